#include <report/github_link.hpp>

#include <algorithm>

namespace conductor::workers::report {
namespace {

constexpr std::string_view app_suffix = "[bot]";
constexpr std::size_t name_bytes_max = 100;  // of an owner, and of a repository

bool is_word(std::string_view text, std::string_view also) {
    auto const fits = [&](char one) {
        return (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
               (one >= '0' && one <= '9') || also.find(one) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= name_bytes_max && std::ranges::all_of(text, fits);
}

bool is_login(std::string_view text) { return is_word(text, "-_"); }

bool is_full_name(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    auto const name = text.substr(slash + 1);
    return is_login(text.substr(0, slash)) && is_word(name, "-_.") && name != "." && name != "..";
}

markup link(std::string_view folder, std::string_view page, std::string_view name) {
    markup made{R"(<a href="https://github.com/)"};
    return made.raw(folder).text(page).raw(R"("><bdi>)").text(name).raw("</bdi></a>");
}

markup plain(std::string_view name) { return markup{"<bdi>"}.text(name).raw("</bdi>"); }

}  // namespace

markup person_link(person const& who) {
    std::string_view const name = who.name;
    if (name.empty()) return markup{R"(<span class="faint">unknown</span>)"};
    if (who.on_github && is_login(name)) return link("", name, name);
    // An app acts by the login "name[bot]".
    auto const app = name.substr(0, name.size() - std::min(app_suffix.size(), name.size()));
    bool const is_app = name.ends_with(app_suffix) && is_login(app);
    return who.on_github && is_app ? link("apps/", app, name) : plain(name);
}

markup repository_link(std::string_view name) {
    return is_full_name(name) ? link("", name, name) : plain(name);
}

markup repository_name(std::string_view name) {
    auto const slash = name.find('/');
    if (slash == std::string_view::npos || !is_full_name(name)) return plain(name);
    markup made{"<bdi>"};
    return made.text(name.substr(0, slash + 1))
        .raw("<wbr>")
        .text(name.substr(slash + 1))
        .raw("</bdi>");
}

}  // namespace conductor::workers::report
