#include "api/documents.hpp"

#include <utility>

namespace conductor::api {

awaitable<result<std::optional<boost::json::object>>> find_document(
    std::shared_ptr<rest_client> rest, rest_call call) {
    auto const what = call.method + " " + call.path;
    auto answer = co_await rest->call_json(std::move(call));
    if (!answer) {
        if (answer.error().code == condition::gone) co_return std::nullopt;
        co_return std::move(answer).error();
    }
    // Some servers answer 200 with nothing for what they do not have.
    if (answer->is_null()) co_return std::nullopt;
    auto* document = answer->if_object();
    if (document == nullptr) co_return failure{errc::bad_response, what + ": not an object", true};
    co_return std::optional<boost::json::object>(std::move(*document));
}

awaitable<result<boost::json::object>> read_document(std::shared_ptr<rest_client> rest,
                                                     rest_call call) {
    auto const what = call.method + " " + call.path;
    auto answer = co_await rest->call_json(std::move(call));
    if (!answer) co_return std::move(answer).error();
    auto* document = answer->if_object();
    if (document == nullptr) co_return failure{errc::bad_response, what + ": not an object", true};
    co_return std::move(*document);
}

awaitable<result<void>> run_call(std::shared_ptr<rest_client> rest, rest_call call) {
    auto answer = co_await rest->call(std::move(call));
    if (!answer) co_return std::move(answer).error();
    co_return boost::system::in_place_value;
}

}  // namespace conductor::api
