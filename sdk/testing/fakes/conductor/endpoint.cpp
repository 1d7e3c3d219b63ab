#include "endpoint.hpp"

#include <boost/json/serialize.hpp>

#include <utility>

namespace conductor::test {

http_answer json_answer(boost::json::value const& value) {
    return {.body = boost::json::serialize(value)};
}

http_answer text_answer(std::string text) {
    return {.body = std::move(text), .headers = {{"Content-Type", "text/plain;charset=UTF-8"}}};
}

http_answer empty_answer(int status) { return {.status = status, .headers = {}}; }

http_answer error_answer(int status, std::string_view message) {
    auto answer = json_answer(boost::json::object{
        {"status", status}, {"message", message}, {"instance", "fake"}, {"retryable", false}});
    answer.status = status;
    return answer;
}

}  // namespace conductor::test
