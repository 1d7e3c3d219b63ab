#include <github_fetch/fetch_run.hpp>

#include <contract/retry_after.hpp>
#include <contract/send_until_stopped.hpp>
#include <github_fetch/graphql_errors.hpp>
#include <github_fetch/json_members.hpp>
#include <github_fetch/restriction.hpp>
#include <github_fetch/step_request.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds waited_in_place_max{2};
constexpr int waits_in_place_max = 3;
constexpr int redirects_max = 5;

std::int64_t saved_count(json::object const& previous, std::string_view name) {
    return count_member(previous, name).value_or(0);
}

struct request_stop {
    std::stop_source source;

    void operator()() { source.request_stop(); }
};

}  // namespace

fetch_run::fetch_run(fetch_service const& service, fetch_input input, task_context& context)
    : service_(service),
      input_(std::move(input)),
      context_(context),
      job_(make_job(input_, context.previous_output())),
      started_(service.clock->now()),
      budget_(started_, context.deadline(), service.request_timeout),
      repository_url_(input_.repository_url()),
      requests_(saved_count(context.previous_output(), "requests")),
      limits_(static_cast<int>(
          std::min<std::int64_t>(saved_count(context.previous_output(), "limits"), 1000))),
      earlier_reading_(saved_count(context.previous_output(), "reading_milliseconds")),
      on_stop_(context.stop_token(), request_stop{abandon_}) {}

// Whatever comes of the work, nothing of it may outlive the run.
awaitable<task_result> fetch_run::run() {
    landed_ = service_.clock->make_timer(co_await boost::asio::this_coro::executor);
    std::optional<task_result> made;
    std::exception_ptr failed;
    try {
        made.emplace(co_await work());
    } catch (...) {
        failed = std::current_exception();
    }
    abandon_.request_stop();
    while (in_the_air_ > 0) co_await landed_->wait_until(time_point::max());
    if (failed) std::rethrow_exception(failed);
    co_return *std::move(made);
}

awaitable<task_result> fetch_run::work() {
    auto const executor = co_await boost::asio::this_coro::executor;
    for (;;) {
        auto const steps = job_->next();
        if (steps.empty()) break;
        bool const has_landed = !flights_.empty() && flights_.front()->has_landed;
        if (auto ended = has_landed ? std::nullopt : end_of_claim()) co_return *std::move(ended);
        launch(steps, executor);
        auto ended = co_await advance(steps.front());
        if (ended) co_return *std::move(ended);
    }
    co_return task_result::completed(with_counts(job_->output({})));
}

// Starts what is to be asked and is not under way yet; what is no longer wanted is left to itself.
void fetch_run::launch(std::vector<fetch_step> const& steps,
                       boost::asio::any_io_executor const& executor) {
    std::deque<std::shared_ptr<flight>> wanted;
    for (auto const& step : steps) {
        auto const found = std::ranges::find(flights_, step, &flight::step_of);
        if (found != flights_.end()) {
            wanted.push_back(*found);
        } else if (wanted.empty() || may_launch()) {
            wanted.push_back(std::make_shared<flight>(flight{.step = step}));
            ++in_the_air_;
            boost::asio::co_spawn(executor, ask(step), landing{this, wanted.back()});
        }
    }
    flights_ = std::move(wanted);
}

// Asking for more than one needs to know is no way to meet a limit or an error.
bool fetch_run::may_launch() const {
    return std::ranges::all_of(flights_, [](auto const& one) {
        return !one->has_landed || std::holds_alternative<github_answer>(one->answer);
    });
}

void fetch_run::landing::operator()(std::exception_ptr failed, verdict answer) const {
    whose->has_landed = true;
    whose->failed = std::move(failed);
    whose->answer = std::move(answer);
    --run->in_the_air_;
    run->landed_->wake();
}

awaitable<void> fetch_run::land(std::shared_ptr<flight> one) {
    while (!one->has_landed) co_await landed_->wait_until(time_point::max());
    if (one->failed) std::rethrow_exception(one->failed);
}

awaitable<std::optional<task_result>> fetch_run::advance(fetch_step step) {
    auto const first = flights_.front();
    co_await land(first);
    flights_.pop_front();
    auto const meaning = std::move(first->answer);
    if (auto const* const limit = std::get_if<rate_limit>(&meaning))
        co_return co_await wait(*limit);
    if (auto const* const why = std::get_if<fault>(&meaning)) co_return refuse(*why);
    limits_ = 0;
    auto const taken = job_->take(step, std::get<github_answer>(meaning));
    if (taken.has_error()) co_return refuse(taken.error());
    co_return std::nullopt;
}

std::optional<task_result> fetch_run::refuse(fault why) {
    auto const final_word = job_->refuse(std::move(why));
    return final_word ? std::optional{end(*final_word)} : std::nullopt;
}

// A claim ends before the server would take the task back, and in good time for reporting.
std::optional<task_result> fetch_run::end_of_claim() const {
    if (context_.stop_token().stop_requested()) return give_back();
    bool const over = input_.time_limit && earlier_reading_ + reading_time() >= *input_.time_limit;
    if (over && job_->can_be_cut())
        return task_result::completed(with_counts(job_->output("time_limit")));
    bool const is_spent = budget_.left(service_.clock->now()) == std::chrono::nanoseconds{0};
    return is_spent ? std::optional{give_back()} : std::nullopt;
}

awaitable<verdict> fetch_run::ask(fetch_step step) {
    if (auto why = impossible(step, input_)) co_return *std::move(why);
    auto meaning = co_await send(step);
    auto const* const refusal = std::get_if<fault>(&meaning);
    if (refusal == nullptr) co_return meaning;
    bool const said_so = refusal->code == codes::gh_stargazers_restricted;
    if (!said_so && !may_be_restricted(step, *refusal)) co_return meaning;
    meaning = co_await make_sense_of(step, *refusal);
    co_return meaning;
}

// Given the repository's own answer, a refused list is restricted, or what that answer says.
awaitable<verdict> fetch_run::make_sense_of(fetch_step step, fault refusal) {
    bool const said_so = refusal.code == codes::gh_stargazers_restricted;
    if (!said_so && !job_->has_seen_repository()) {
        fetch_step const repository;
        auto of_repository = co_await send(repository);
        if (!std::holds_alternative<github_answer>(of_repository)) co_return of_repository;
    }
    if (!lists_stargazers(step.where)) co_return refusal;
    co_return restricted(refusal, input_.full_name(), !input_.token.empty());
}

// Redirects are followed here and not by the client: no host but the allowed ones is contacted.
awaitable<verdict> fetch_run::send(fetch_step step) {
    auto request = request_of(step, input_, repository_url_);
    for (int hops = 0; hops <= redirects_max; ++hops) {
        ++requests_;
        request.timeout = budget_.request_timeout(service_.clock->now());
        request.local_addresses = service_.access.local_addresses_of(request.url);
        auto const answer =
            co_await send_until_stopped(service_.client, request, abandon_.get_token());
        if (answer.has_error()) co_return judge(answer.error());
        note_quota(answer->headers);
        auto to = service_.access.redirect(*answer, request.url);
        if (to.has_error()) co_return to.error();
        bool const by_graphql = step.where == endpoint::graphql;
        if (!*to && by_graphql) co_return judge_graphql(*answer, wall(), limits_);
        if (!*to) co_return judge(*answer, wall(), limits_);
        request.url = **std::move(to);
        if (!by_graphql) repository_url_ = repository_url_of(step, request.url);
    }
    co_return fault{codes::gh_redirect,
                    "more than " + std::to_string(redirects_max) + " redirects in a row"};
}

awaitable<std::optional<task_result>> fetch_run::wait(rate_limit limit) {
    if (limit.wait > input_.max_wait) co_return end(limit.why);
    ++limits_;
    if (limit.wait > waited_in_place_max || limits_ > waits_in_place_max) {
        auto delay = limit.wait;
        limit.why.message = hide(input_.token, std::move(limit.why.message));
        context_.log("rate limit; handed back for " + std::to_string(delay.count()) + " s");
        co_return hand_back(limit.why, delay, progress());
    }
    auto const timer = service_.clock->make_timer(co_await boost::asio::this_coro::executor);
    co_await timer->wait_until(service_.clock->now() + limit.wait);
    co_return std::nullopt;
}

// A request that the stop has cut off, or that failed as the stop came, is not the task's failure.
task_result fetch_run::end(fault why) const {
    if (context_.stop_token().stop_requested() && !why.code.terminal) return give_back();
    why.message = hide(input_.token, std::move(why.message));
    return fail(why, with_counts({}));
}

task_result fetch_run::give_back() const {
    context_.log("given back before it is done");
    return task_result::call_back_after(seconds{0}, progress());
}

milliseconds fetch_run::reading_time() const {
    return std::chrono::floor<milliseconds>(service_.clock->now() - started_);
}

instant fetch_run::wall() const { return std::chrono::floor<milliseconds>(service_.clock->wall()); }

void fetch_run::note_quota(http::headers const& headers) {
    quota_remaining_ = number_header(headers, "X-RateLimit-Remaining");
    quota_reset_ = number_header(headers, "X-RateLimit-Reset");
}

json::object fetch_run::with_counts(json::object output) const {
    output["source"] = to_text(job_->source());
    output["requests"] = requests_;
    output["rate"] = json::object{{"remaining", number_or_null(quota_remaining_)},
                                  {"reset", number_or_null(quota_reset_)}};
    return output;
}

json::object fetch_run::progress() const {
    auto output = with_counts(job_->progress());
    output["limits"] = limits_;
    output["reading_milliseconds"] = (earlier_reading_ + reading_time()).count();
    return output;
}

}  // namespace conductor::workers::github
