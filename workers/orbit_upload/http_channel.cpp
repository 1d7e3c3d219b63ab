#include <orbit_upload/http_channel.hpp>

#include <contract/allowed_hosts.hpp>
#include <contract/send_until_stopped.hpp>
#include <orbit_upload/sink_answer.hpp>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <utility>

namespace conductor::workers {

http_channel::http_channel(std::string base, std::shared_ptr<http::client> client,
                           std::shared_ptr<clock> clock)
    : base_(std::move(base)), client_(std::move(client)), clock_(std::move(clock)) {}

awaitable<delivery_report> http_channel::post(http::request request, delivery const& of,
                                              answer_reader read) const {
    request.method = "POST";
    request.headers.set("Content-Type", "application/json");
    request.headers.set("Accept", "application/json");
    request.timeout = of.timeout;
    request.repeatable = true;
    auto const answer = co_await send_until_stopped(client_, std::move(request), of.stop);
    auto const now = std::chrono::floor<instant::duration>(clock_->wall());
    co_return without_key(answer ? read(*answer, now) : judge_failure(answer.error()), of.key);
}

result<std::string> sink_base(std::string base) {
    auto const origin = parse_origin(base);
    if (!origin) return origin.error();
    if (base.find_first_of("?#") != std::string::npos)
        return failure{errc::bad_url, "a base has no query and no fragment"};
    base.erase(base.find_last_not_of('/') + 1);
    return base;
}

std::string path_segment(std::string_view workspace) {
    return boost::urls::encode(workspace, boost::urls::unreserved_chars);
}

std::string bearer(secret const& key) { return "Bearer " + key.reveal(); }

}  // namespace conductor::workers
