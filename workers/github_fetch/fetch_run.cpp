#include <github_fetch/fetch_run.hpp>

#include <contract/retry_after.hpp>
#include <contract/send_until_stopped.hpp>
#include <github_fetch/json_members.hpp>
#include <github_fetch/restriction.hpp>

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace conductor::workers::github {
namespace {

namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds request_timeout_max{30};
constexpr seconds waited_in_place_max{2};
constexpr int waits_in_place_max = 3;
constexpr int redirects_max = 5;

std::int64_t saved_count(json::object const& previous, std::string_view name) {
    return count_member(previous, name).value_or(0);
}

std::string without_suffix(std::string_view url, std::string_view suffix) {
    url = url.substr(0, url.find('?'));
    if (url.ends_with(suffix)) url.remove_suffix(suffix.size());
    return std::string{url};
}

}  // namespace

fetch_run::fetch_run(fetch_service const& service, fetch_input input, task_context& context)
    : service_(service),
      input_(std::move(input)),
      context_(context),
      job_(make_job(input_, context.previous_output())),
      started_(service.clock->now()),
      repository_url_(input_.repository_url()),
      requests_(saved_count(context.previous_output(), "requests")),
      limits_(static_cast<int>(
          std::min<std::int64_t>(saved_count(context.previous_output(), "limits"), 1000))),
      earlier_reading_(saved_count(context.previous_output(), "reading_milliseconds")) {}

awaitable<task_result> fetch_run::run() {
    while (auto const step = job_->next()) {
        if (auto ended = end_of_claim()) co_return *std::move(ended);
        auto meaning = co_await ask(*step);
        if (auto const* const limit = std::get_if<rate_limit>(&meaning)) {
            if (auto given_back = co_await wait(*limit)) co_return *std::move(given_back);
            continue;
        }
        if (auto const* const why = std::get_if<fault>(&meaning)) co_return end(*why);
        limits_ = 0;
        auto const taken = job_->take(std::get<github_answer>(meaning));
        if (taken.has_error()) {
            co_return end({.code = codes::gh_bad_body, .message = taken.error().detail});
        }
    }
    co_return task_result::completed(with_counts(job_->output({})));
}

// A claim ends before the server would take the task back, and in good time for reporting.
std::optional<task_result> fetch_run::end_of_claim() const {
    if (context_.stop_token().stop_requested()) return give_back();
    bool const over = input_.time_limit && earlier_reading_ + reading_time() >= *input_.time_limit;
    if (over && job_->has_seen_repository()) {
        return task_result::completed(with_counts(job_->output("time_limit")));
    }
    auto const now = service_.clock->now();
    if (context_.deadline() && now - started_ >= (*context_.deadline() - started_) * 6 / 10) {
        return give_back();
    }
    return std::nullopt;
}

awaitable<verdict> fetch_run::ask(fetch_step step) {
    if (step.page && input_.pages.beyond_reach(*step.page)) {
        co_return fault{
            codes::gh_pagination_limit,
            "GitHub lists the first 40000 stars of a repository only, and the newest of " +
                input_.full_name() + " come after them"};
    }
    auto meaning = co_await send(url_of(step), step.page.has_value());
    auto const* const refusal = std::get_if<fault>(&meaning);
    if (step.page && refusal != nullptr && may_be_restricted(*refusal)) {
        meaning = co_await make_sense_of(*refusal);
    }
    co_return meaning;
}

awaitable<verdict> fetch_run::make_sense_of(fault refusal) {
    bool const with_token = !input_.token.empty();
    if (job_->has_seen_repository()) {
        co_return restricted(refusal, input_.full_name(), with_token);
    }
    auto of_repository = co_await send(repository_url_, false);
    co_return explain(refusal, std::move(of_repository), input_.full_name(), with_token);
}

// Redirects are followed here and not by the client: no host but the allowed ones is contacted.
awaitable<verdict> fetch_run::send(std::string url, bool for_stars) {
    for (int hops = 0; hops <= redirects_max; ++hops) {
        ++requests_;
        auto const answer = co_await send_until_stopped(
            service_.client, request_for(url, for_stars), context_.stop_token());
        if (answer.has_error()) co_return judge(answer.error());
        note_quota(answer->headers);
        auto to = service_.access.redirect(*answer, url);
        if (to.has_error()) co_return to.error();
        if (!*to) co_return judge(*answer, wall(), limits_);
        url = **std::move(to);
        repository_url_ = without_suffix(url, "/stargazers");
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

std::string fetch_run::url_of(fetch_step step) const {
    if (!step.page) return repository_url_;
    return repository_url_ + "/stargazers?per_page=" + std::to_string(input_.pages.per_page) +
           "&page=" + std::to_string(*step.page);
}

http::request fetch_run::request_for(std::string url, bool for_stars) const {
    http::request request;
    request.url = std::move(url);
    request.timeout = request_timeout();
    request.headers.set(
        "Accept", for_stars ? "application/vnd.github.star+json" : "application/vnd.github+json");
    request.headers.set("X-GitHub-Api-Version", input_.api_version);
    if (!input_.token.empty()) {
        request.headers.set("Authorization", "Bearer " + input_.token.reveal());
    }
    return request;
}

// Over before the deadline, whenever it begins.
milliseconds fetch_run::request_timeout() const {
    if (!context_.deadline()) return request_timeout_max;
    auto const left = *context_.deadline() - service_.clock->now();
    auto const most = std::chrono::floor<milliseconds>(left * 8 / 10);
    return std::clamp<milliseconds>(most, milliseconds{1}, request_timeout_max);
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
    output["source"] = "rest";
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
