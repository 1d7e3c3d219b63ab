#pragma once

#include <fakes/fake_http_server.hpp>
#include <github_fetch/github_fetch.hpp>
#include <support/leaping_clock.hpp>

#include <conductor/task_result.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace conductor::workers::test {

/** @brief GitHub's repository `netflix/conductor`, once called `netflix/old`, with 420 stars: the
 *  person number `n` starred at second `n`, and forked as repository `1000 + n`. */
class github_pages {
public:
    /** @brief How many stars. */
    static constexpr std::int64_t stars = 420;

    /** @brief The answer to a request. */
    static conductor::test::http_answer answer(conductor::test::http_request const& request);
    /** @brief The answer for the repository. */
    static conductor::test::http_answer repository();
    /** @brief The answer for a page of stars. */
    static conductor::test::http_answer page(std::int64_t number, std::int64_t per_page = 100);
    /** @brief The answer for a page of forks. */
    static conductor::test::http_answer forks(std::int64_t number, std::int64_t per_page = 100);
    /** @brief GraphQL's answer to the body of a request; a cursor is the last person read. */
    static conductor::test::http_answer graphql(std::string const& body);
    /** @brief The public feed: that the people from `newest` down to `oldest` starred. */
    static conductor::test::http_answer feed(std::int64_t newest, std::int64_t oldest);
    /** @brief A GraphQL error, which comes with status 200. */
    static conductor::test::http_answer graphql_error(std::string const& type,
                                                      http::headers headers = {});
    /** @brief An error as GitHub words it. */
    static conductor::test::http_answer error(int status, std::string const& message,
                                              http::headers headers = {});
};

/** @brief The worker as the daemon makes it, and a GitHub for it. */
struct github_bench {
    /** @brief GitHub. */
    conductor::test::fake_http_server server;
    /** @brief Where the worker runs. */
    boost::asio::io_context loop;
    /** @brief Its time. */
    std::shared_ptr<conductor::test::leaping_clock> clock =
        std::make_shared<conductor::test::leaping_clock>();
    /** @brief Its configuration; `api_base` is filled in. */
    github_fetch_options options{};
    /** @brief Stops the handler. */
    std::stop_source stop;
    /** @brief Response timeout of the task; none for no limit. */
    std::optional<std::chrono::seconds> response_timeout{};
    /** @brief What the task logged in the last run. */
    std::vector<task_log> logs;

    /** @brief With the token `default-token` for inputs that name none.
     *  @param answer  GitHub's answers. */
    explicit github_bench(conductor::test::fake_http_server::handler answer = github_pages::answer);

    /** @brief Runs a task on the repository.
     *  @param input     Members beside `gh_account` and `gh_repo`, which they may replace.
     *  @param previous  What an earlier claim left. */
    task_result run(boost::json::object input, boost::json::object previous = {});
    /** @brief The targets of all requests so far. */
    std::vector<std::string> targets() const;
};

/** @brief The people of an output's rows, in order. */
std::vector<std::int64_t> people_of(boost::json::object const& output,
                                    std::string_view rows = "stargazers");

/** @brief A `since` before all stars: a walk with it asks for one page after the other. */
constexpr char since_ever[] = "1970-01-01T00:00:00Z";

/** @brief The numbers from `from` down to `to`. */
std::vector<std::int64_t> down(std::int64_t from, std::int64_t to);

}  // namespace conductor::workers::test
