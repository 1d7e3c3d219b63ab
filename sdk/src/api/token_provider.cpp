#include "api/token_provider.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace conductor::api {
namespace {

// Shared by the provider and by who waits for it, each of whom may be gone before the other.
struct question {
    explicit question(std::unique_ptr<timer> limit) : answered(std::move(limit)) {}

    std::unique_ptr<timer> answered;
    std::optional<result<std::string>> token;
    boost::asio::cancellation_signal cancel;
};

awaitable<result<std::string>> guarded(token_provider provider) {
    try {
        auto token = co_await provider();
        if (token && token->empty())
            co_return failure{errc::bad_value, "the token provider gave an empty token"};
        co_return token;
    } catch (std::exception const& error) {
        co_return failure{errc::bad_value, std::string("the token provider: ") + error.what()};
    } catch (...) {
        co_return failure{errc::bad_value, "the token provider threw no std::exception"};
    }
}

// Completion handler; it keeps the signal for as long as something may be bound to it.
struct note_answer {
    std::shared_ptr<question> asked;

    void operator()(std::exception_ptr const& thrown, result<std::string> token) const {
        if (thrown) return;
        asked->token = std::move(token);
        asked->answered->wake();
    }
};

}  // namespace

awaitable<result<std::string>> ask_token_provider(boost::asio::any_io_executor executor,
                                                  clock& clock, token_provider provider,
                                                  std::chrono::milliseconds limit) {
    auto asked = std::make_shared<question>(clock.make_timer(executor));
    auto note = boost::asio::bind_cancellation_slot(asked->cancel.slot(), note_answer{asked});
    boost::asio::co_spawn(executor, guarded(std::move(provider)), std::move(note));
    if (!asked->token) co_await asked->answered->wait_until(clock.now() + limit);
    if (asked->token) co_return *std::move(asked->token);
    asked->cancel.emit(boost::asio::cancellation_type::all);
    co_return failure{errc::timed_out, "the token provider"};
}

}  // namespace conductor::api
