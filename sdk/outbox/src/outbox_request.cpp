#include "outbox_request.hpp"

#include <algorithm>
#include <span>

namespace conductor::storage {
namespace {

using requests = std::span<std::shared_ptr<outbox_request> const>;

bool reads(std::shared_ptr<outbox_request> const& request) {
    return std::holds_alternative<read_request>(request->what);
}

/** @brief Carries one request out, and says whether that worked. */
struct carrier {
    outbox_store* on;

    bool operator()(put_request& request) const {
        request.outcome = on->insert(request.row);
        return request.outcome.has_value();
    }
    bool operator()(remove_request& request) const {
        request.outcome = on->erase(request.key);
        return request.outcome.has_value();
    }
    bool operator()(read_request& request) const {
        request.outcome = on->read(request.key);
        return request.outcome.has_value();
    }
};

void fail(requests all, failure const& error) {
    for (auto const& request : all)
        std::visit([&error](auto& what) { what.outcome = error; }, request->what);
}

/** @brief Writes in one transaction; all fail if one does. */
bool write(outbox_store& on, requests group) {
    auto writing = on.begin();
    if (!writing) {
        fail(group, as_told(writing.error()));
        return false;
    }
    for (auto const& request : group)
        if (!std::visit(carrier{&on}, request->what)) return false;
    auto const kept = writing->commit();
    if (!kept) fail(group, as_told(kept.error()));
    return kept.has_value();
}

std::size_t write_group(outbox_store& on, requests group) {
    if (write(on, group) || group.size() == 1) return 1;
    for (std::size_t at = 0; at < group.size(); ++at) write(on, group.subspan(at, 1));
    return 1 + group.size();
}

}  // namespace

std::size_t carry_out(outbox_store& on, outbox_batch const& batch) {
    std::size_t transactions = 0;
    for (requests left{batch}; !left.empty();) {
        auto const writes =
            static_cast<std::size_t>(std::ranges::find_if(left, reads) - left.begin());
        if (writes == 0)
            std::visit(carrier{&on}, left.front()->what);
        else
            transactions += write_group(on, left.first(writes));
        left = left.subspan(std::max<std::size_t>(writes, 1));
    }
    return transactions;
}

}  // namespace conductor::storage
