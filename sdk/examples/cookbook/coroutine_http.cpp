// A handler that calls a web service without a thread of its own.
#include "check.hpp"

#include <boost/describe.hpp>
#include <conductor/conductor.hpp>
#include <conductor/http/client.hpp>
#include <conductor/testing/fake_server.hpp>

#include <memory>
#include <string>
#include <thread>

namespace coroutine_http {

namespace test = conductor::test;

// snippet: handler
struct page {
    std::string url;
};
BOOST_DESCRIBE_STRUCT(page, (), (url))

// All coroutines share the runtime's thread and one client, which keeps connections open.
class page_reader {
public:
    explicit page_reader(boost::asio::any_io_executor executor)
        : client_(std::make_shared<conductor::http::client>(std::move(executor))) {}

    conductor::awaitable<conductor::task_result> operator()(
        page in, conductor::task_context& context) const {
        using conductor::task_result;
        conductor::http::request request{.url = in.url, .timeout = std::chrono::seconds{10}};
        auto const answer = co_await client_->send(std::move(request));
        if (answer.has_error()) co_return task_result::failed(answer.error().message());
        context.log("status " + std::to_string(answer->status));
        if (answer->status == 404) co_return task_result::failed_for_good("no such page");
        if (answer->status != 200) co_return task_result::failed("no page now");
        co_return task_result::completed({{"bytes", answer->body.size()}});
    }

private:
    std::shared_ptr<conductor::http::client> client_;
};

void serve(conductor::client_options server, std::stop_token stop) {
    conductor::runtime runtime{std::move(server)};
    runtime.add("read_page", page_reader{runtime.get_executor()}, {.slots = 200});
    runtime.run(stop);
}
// end snippet

}  // namespace coroutine_http

// The fake server stands in for the web service as well.
void check_coroutine_http() {
    conductor::test::fake_server server;
    server.define_task({{"name", "read_page"}, {"retryCount", 0}});
    std::jthread const running{
        [&](std::stop_token stop) { coroutine_http::serve(server.client(), stop); }};
    auto const there = server.url() + "/metadata/taskdefs/read_page";
    auto const found = server.enqueue({.type = "read_page", .input = {{"url", there}}});
    check(server.wait_for_end(found).status() == "COMPLETED", "a page is read");
    auto const nowhere = server.url() + "/nowhere";
    auto const missed = server.enqueue({.type = "read_page", .input = {{"url", nowhere}}});
    check(server.wait_for_end(missed).reason() == "no such page", "a page that is not there");
}
