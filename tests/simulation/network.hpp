#pragma once

#include "chance.hpp"
#include "facts.hpp"
#include "parking_lot.hpp"
#include "server.hpp"
#include "timeline.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace conductor::simulation {

/** @brief How often calls go wrong: once in so many times each; zero for never. */
struct fault_rates {
    std::uint64_t refused = 0;
    std::uint64_t lost = 0;
    std::uint64_t late = 0;
    std::uint64_t reset = 0;
    std::uint64_t twice = 0;
    std::uint64_t status = 0;
    std::uint64_t slow = 0;
    /** @brief A slow call takes at most so long. */
    std::chrono::milliseconds slow_max{5000};
    /** @brief Of a call that is not slow, each way. */
    std::chrono::milliseconds way_max{20};
};

/** @brief What happens to one call. */
enum class fate {
    answered,
    /** @brief No connection: nothing was sent. */
    refused,
    /** @brief It never arrives. */
    lost,
    /** @brief It arrives after its sender has given it up. */
    late,
    /** @brief It arrives; its answer does not. */
    reset,
    /** @brief It arrives twice. */
    twice,
    /** @brief An error status on the way. */
    status,
    /** @brief It takes long. */
    slow,
};

/** @brief The way between the worker processes and the server. */
class network {
public:
    network(timeline& time, chance luck, facts& noted, server& at_end, fault_rates faults)
        : time_(&time), luck_(luck), facts_(&noted), server_(&at_end), faults_(faults) {}

    /** @brief From now on nothing goes wrong by itself. */
    void heal() { faults_ = {}; }

    /** @brief Who calls, and what is to be said of it. */
    struct call_note {
        std::shared_ptr<life> of;
        std::string_view what;
    };

    /** @brief Makes one call.
     *  @param serve  The call at the server. */
    template <class T>
    awaitable<result<T>> call(call_note note, std::shared_ptr<parking_lot> lot,
                              std::function<void(arrival, reply<T>)> serve) {
        auto const answer = std::make_shared<std::optional<result<T>>>();
        auto const mine = lot->take();
        send<T>(note, std::move(serve), receiver<T>(lot, mine, answer));
        co_await lot->wait(mine);
        co_return *std::move(*answer);
    }

private:
    struct plan {
        conductor::simulation::fate fate;
        std::chrono::milliseconds there;
        std::chrono::milliseconds back;
        std::chrono::milliseconds given_up;
        failure error;
    };

    template <class T>
    using serve_function = std::function<void(arrival, reply<T>)>;

    template <class T>
    static reply<T> receiver(std::shared_ptr<parking_lot> lot, parking_lot::ticket mine,
                             std::shared_ptr<std::optional<result<T>>> answer) {
        return [lot, mine, answer](result<T> got) {
            if (*answer) return;
            answer->emplace(std::move(got));
            lot->release(mine);
        };
    }

    plan draw(call_note const& note);
    std::chrono::milliseconds way() {
        return luck_.between(std::chrono::milliseconds{1}, faults_.way_max);
    }
    failure error_status();
    /** @brief What a server says that cannot serve at all; none when it can. */
    std::optional<failure> refusal() const;
    void failed(call_note const& note, failure const& error);

    template <class T>
    void send(call_note const& note, serve_function<T> serve, reply<T> const& receiver) {
        auto const drawn = draw(note);
        auto const receive = counted<T>(note, drawn, receiver);
        arrival how{.sender = note.of, .sent = time_->now()};
        switch (drawn.fate) {
            case fate::refused:
            case fate::lost:
            case fate::status:
                fail<T>(note, drawn.there + drawn.given_up, drawn.error, receive);
                break;
            case fate::late:
                fail<T>(note, drawn.given_up, drawn.error, receive);
                how.is_given_up = true;
                arrive<T>(drawn.given_up + drawn.back, how, serve, nothing<T>());
                break;
            case fate::reset:
                how.is_unanswered = true;
                arrive<T>(drawn.there, how, serve,
                          failing<T>(note, drawn.back, drawn.error, receive));
                break;
            case fate::twice:
                arrive<T>(drawn.there + drawn.given_up, how.as_copy(), serve, nothing<T>());
                [[fallthrough]];
            case fate::slow:
            case fate::answered:
                arrive<T>(drawn.there, how, serve, answering<T>(note, drawn.back, receive));
                break;
        }
    }

    template <class T>
    void arrive(std::chrono::milliseconds after, arrival how, serve_function<T> serve,
                reply<T> answer) {
        time_->after(after, [this, how, serve = std::move(serve), answer = std::move(answer)] {
            if (auto const refused = refusal())
                answer(*refused);
            else
                serve(how, answer);
        });
    }

    template <class T>
    void fail(call_note const& note, std::chrono::milliseconds after, failure const& error,
              reply<T> const& receive) {
        time_->after(after, [this, note, error, receive] {
            failed(note, error);
            receive(error);
        });
    }

    template <class T>
    reply<T> answering(call_note const& note, std::chrono::milliseconds after,
                       reply<T> const& receive) {
        return [this, note, after, receive](result<T> got) {
            time_->after(after, [this, note, receive, got = std::move(got)] {
                if (!got) failed(note, got.error());
                receive(got);
            });
        };
    }

    template <class T>
    reply<T> failing(call_note const& note, std::chrono::milliseconds after, failure const& error,
                     reply<T> const& receive) {
        return [this, note, after, error, receive](result<T> const&) {
            fail<T>(note, after, error, receive);
        };
    }

    // As long as a call is in trouble, so is its sender.
    template <class T>
    reply<T> counted(call_note const& note, plan const& drawn, reply<T> const& receive) {
        if (drawn.fate == fate::answered || drawn.fate == fate::twice) return receive;
        ++note.of->calls_in_trouble;
        return [this, of = note.of, receive](result<T> got) {
            --of->calls_in_trouble;
            facts_->trouble(*of);
            receive(std::move(got));
        };
    }

    template <class T>
    static reply<T> nothing() {
        return [](result<T> const&) {};
    }

    timeline* time_;
    chance luck_;
    facts* facts_;
    server* server_;
    fault_rates faults_;
};

}  // namespace conductor::simulation
