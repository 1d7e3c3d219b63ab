#pragma once

#include <conductor/environment.hpp>
#include <conductor/json.hpp>
#include <conductor/raw_json.hpp>
#include <conductor/task_context.hpp>
#include <conductor/task_result.hpp>

#include <concepts>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace conductor::detail {

template <class F>
struct signature : signature<decltype(&F::operator())> {};
template <class R, class... A>
struct signature<R (*)(A...)> {
    using returned = R;
    using arguments = std::tuple<A...>;
};
template <class C, class R, class... A>
struct signature<R (C::*)(A...)> : signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct signature<R (C::*)(A...) const> : signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct signature<R (C::*)(A...) noexcept> : signature<R (*)(A...)> {};
template <class C, class R, class... A>
struct signature<R (C::*)(A...) const noexcept> : signature<R (*)(A...)> {};
template <class R, class... A>
struct signature<R (*)(A...) noexcept> : signature<R (*)(A...)> {};

template <class T>
struct awaited {
    using type = T;
    static constexpr bool is_awaitable = false;
};
template <class T>
struct awaited<awaitable<T>> {
    using type = T;
    static constexpr bool is_awaitable = true;
};

// What a handler may return, made a task_result.
inline task_result to_outcome(task_result outcome) { return outcome; }
inline task_result to_outcome(boost::json::object output) {
    return task_result::completed(std::move(output));
}
inline task_result to_outcome(raw_json output) { return task_result::completed(std::move(output)); }
template <described_struct T>
task_result to_outcome(T const& output) {
    return task_result::completed(to_json(output).as_object());
}
template <class T>
task_result to_outcome(result<T> outcome) {
    if (outcome.has_error()) return task_result::failed(outcome.error().message());
    if constexpr (std::is_void_v<T>)
        return task_result::completed();
    else
        return to_outcome(*std::move(outcome));
}

template <class T>
concept passed_as_is = std::same_as<T, boost::json::object> || std::same_as<T, task>;

inline boost::json::object const& as_is(task const& task, boost::json::object const*) {
    return task.input();
}
inline task const& as_is(task const& task, conductor::task const*) { return task; }

// What is made of a task's input for a handler that does not take it as it is.
template <class T>
result<T> read_input(task const& task) {
    if constexpr (std::same_as<T, raw_json>)
        return task.input_text();
    else
        return from_json<T>(task.input());
}

template <class... A>
struct parameters;
template <>
struct parameters<> {
    using input = void;
    static constexpr bool has_context = false;
};
template <>
struct parameters<task_context&> {
    using input = void;
    static constexpr bool has_context = true;
};
template <class A>
struct parameters<A> {
    using input = std::remove_cvref_t<A>;
    static constexpr bool has_context = false;
    static constexpr bool takes_reference = std::is_reference_v<A>;
};
template <class A>
struct parameters<A, task_context&> : parameters<A> {
    static constexpr bool has_context = true;
};

template <class Tuple>
struct parameters_of;
template <class... A>
struct parameters_of<std::tuple<A...>> : parameters<A...> {};

// A user's function together with what its signature says.
template <class F>
struct function_shape {
    using parameters = parameters_of<typename signature<F>::arguments>;
    using input = typename parameters::input;
    using returned = typename signature<F>::returned;
    static constexpr bool is_coroutine = awaited<returned>::is_awaitable;
    static constexpr bool reads_input = !std::is_void_v<input> && !passed_as_is<input>;
    static_assert(!reads_input || std::same_as<input, raw_json> || described_struct<input>,
                  "a handler takes a struct described by BOOST_DESCRIBE_STRUCT, "
                  "boost::json::object const&, conductor::raw_json, conductor::task const& or "
                  "nothing, and then optionally conductor::task_context&");

    // Calls a function whose input needs no reading.
    static returned call(F& f, task const& task, task_context& context) {
        if constexpr (std::is_void_v<input>) {
            if constexpr (parameters::has_context) return f(context);
            if constexpr (!parameters::has_context) return f();
        } else {
            input const* const kind = nullptr;
            if constexpr (parameters::has_context) return f(as_is(task, kind), context);
            if constexpr (!parameters::has_context) return f(as_is(task, kind));
        }
    }

    // Calls a function with the input that was read for it.
    template <class Input>
    static returned call(F& f, Input& in, task_context& context) {
        if constexpr (parameters::has_context) return f(std::move(in), context);
        if constexpr (!parameters::has_context) return f(std::move(in));
    }
};

inline task_result bad_input(failure const& error) {
    return task_result::failed_for_good("input " + error.detail);
}

template <class Call>
task_result outcome_of(Call const& call) {
    if constexpr (std::is_void_v<std::invoke_result_t<Call const&>>) {
        call();
        return task_result::completed();
    } else {
        return to_outcome(call());
    }
}

template <class F>
task_result run_blocking(F& f, task const& task, task_context& context) {
    using shape = function_shape<F>;
    if constexpr (shape::reads_input) {
        auto in = read_input<typename shape::input>(task);
        if (!in) return bad_input(in.error());
        return outcome_of([&] { return shape::call(f, *in, context); });
    } else {
        return outcome_of([&] { return shape::call(f, task, context); });
    }
}

template <class T>
awaitable<task_result> await_outcome(awaitable<T> running) {
    if constexpr (std::is_void_v<T>) {
        co_await std::move(running);
        co_return task_result::completed();
    } else {
        co_return to_outcome(co_await std::move(running));
    }
}
inline awaitable<task_result> await_outcome(awaitable<task_result> running) { return running; }

inline awaitable<task_result> give(task_result outcome) { co_return outcome; }

// Keeps what the user's coroutine refers to alive while it runs.
inline awaitable<task_result> keep(std::shared_ptr<void> kept, awaitable<task_result> running) {
    auto const until_then = std::move(kept);
    co_return co_await std::move(running);
}

// No coroutine itself: as one, gcc 14 fails on it in a unity build when the user's function takes a
// type of an unnamed namespace.
template <class F>
awaitable<task_result> run_coroutine(F& f, task const& task, task_context& context) {
    using shape = function_shape<F>;
    if constexpr (!shape::reads_input) {
        return await_outcome(shape::call(f, task, context));
    } else {
        auto in = read_input<typename shape::input>(task);
        if (!in) return give(bad_input(in.error()));
        if constexpr (shape::parameters::takes_reference) {
            auto const kept = std::make_shared<typename shape::input>(*std::move(in));
            return keep(kept, await_outcome(shape::call(f, *kept, context)));
        } else {
            return await_outcome(shape::call(f, *in, context));
        }
    }
}

}  // namespace conductor::detail
