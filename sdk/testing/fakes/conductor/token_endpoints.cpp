#include "endpoint.hpp"
#include "members.hpp"

namespace conductor::test {

namespace {

http_answer create(server_state& state, endpoint_call const& call) {
    if (!state.tokens.needed()) return error_answer(404, "No static resource api/token.");
    if (!call.body.is_object()) return error_answer(500, "JSON parse error");
    auto const& body = call.body.get_object();
    auto const token = state.tokens.issue(text_of(body, "keyId"), text_of(body, "keySecret"));
    if (!token) return error_answer(401, "Invalid access key or secret");
    return json_answer(boost::json::object{{"token", *token}});
}

constexpr std::array token_table{endpoint{"POST", "/token", create}};

}  // namespace

std::span<endpoint const> token_endpoints() { return token_table; }

}  // namespace conductor::test
