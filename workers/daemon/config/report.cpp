#include <daemon/config/report.hpp>

#include <algorithm>

namespace conductor::daemon {

std::vector<fault> report::faults() const {
    std::vector<fault> out = faults_;
    std::ranges::stable_sort(out, {}, [](fault const& one) {
        bool const outside_the_file = one.where.line == 0;
        return std::pair{outside_the_file, one.where};
    });
    return out;
}

void report::asked(std::string path, std::string form) {
    if (std::ranges::find(known_, path, &known_key::path) != known_.end()) return;
    known_.push_back({std::move(path), std::move(form)});
}

void report::note(std::string path, std::string value, std::string origin) {
    effective_value noted{std::move(path), std::move(value), std::move(origin)};
    auto const earlier = std::ranges::find(effective_, noted.path, &effective_value::path);
    if (earlier == effective_.end())
        effective_.push_back(std::move(noted));
    else
        *earlier = std::move(noted);
}

}  // namespace conductor::daemon
