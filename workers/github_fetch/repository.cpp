#include <github_fetch/repository.hpp>

#include <github_fetch/json_members.hpp>

#include <boost/algorithm/string/predicate.hpp>

namespace conductor::workers::github {

namespace json = boost::json;

result<repository> read_repository(json::value const& body) {
    auto const* const object = body.if_object();
    if (object == nullptr) return failure{errc::bad_response, "expected an object"};
    auto const id = count_member(*object, "id");
    auto full_name = text_member(*object, "full_name");
    auto const stars = count_member(*object, "stargazers_count");
    auto const forks = count_member(*object, "forks_count");
    if (!id) return failure{errc::bad_response, "/id: expected a whole number"};
    if (!full_name) return failure{errc::bad_response, "/full_name: expected a text"};
    if (!stars) return failure{errc::bad_response, "/stargazers_count: expected a whole number"};
    if (!forks) return failure{errc::bad_response, "/forks_count: expected a whole number"};
    return repository{*id, *std::move(full_name), *stars, *forks};
}

json::object to_json(repository const& repository) {
    return {{"id", repository.id},
            {"full_name", repository.full_name},
            {"stargazers_count", repository.stargazers_count},
            {"forks_count", repository.forks_count}};
}

json::object repo_output(repository const& repository, std::string const& asked) {
    json::object out{{"id", repository.id}, {"full_name", repository.full_name}};
    bool const renamed = !boost::algorithm::iequals(repository.full_name, asked);
    if (renamed) out["renamed_from"] = asked;
    return out;
}

}  // namespace conductor::workers::github
