#include "daemon_process.hpp"

#include "fakes/fake_conductor.hpp"
#include "support/temporary_folder.hpp"

#include <conductor/error.hpp>

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace conductor::test {
namespace {

namespace asio = boost::asio;

constexpr char page_token[] = "the-token-of-the-page";

// A started daemon's admin page, as a browser reaches it.
class control_page {
public:
    explicit control_page(std::string const& started) {
        auto const at = started.find("control=127.0.0.1:") + 18;
        port_ = static_cast<std::uint16_t>(std::stoi(started.substr(at)));
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    // All of an answer, or what comes of it up to a mark.
    std::string ask(std::string const& head, std::string const& body = {},
                    std::string const& mark = {}) const {
        asio::io_context loop;
        asio::ip::tcp::socket socket{loop};
        socket.connect({asio::ip::make_address("127.0.0.1"), port_});
        auto const length = body.empty() ? "" : "Content-Length: " + std::to_string(body.size());
        asio::write(socket,
                    asio::buffer(head + length + (body.empty() ? "\r\n" : "\r\n\r\n") + body));
        std::string text;
        error_code end;
        if (mark.empty())
            asio::read(socket, asio::dynamic_buffer(text), end);
        else
            asio::read_until(socket, asio::dynamic_buffer(text), mark, end);
        return text;
    }
    std::string get(std::string const& path, std::string const& more = {},
                    std::string const& mark = {}) const {
        return ask("GET " + path + " HTTP/1.1\r\n" + host() + cookie_ + more, {}, mark);
    }
    std::string post(std::string const& path, std::string const& body) const {
        return ask(
            "POST " + path + " HTTP/1.1\r\n" + host() + "Origin: " + url() + "\r\n" + cookie_,
            body);
    }
    std::string host() const { return "Host: 127.0.0.1:" + std::to_string(port_) + "\r\n"; }

    void log_in() {
        auto const answer = post("/login", "token=" + std::string{page_token});
        auto const at = answer.find("Set-Cookie: ") + 12;
        cookie_ = "Cookie: " + answer.substr(at, answer.find(';', at) - at) + "\r\n";
        auto const page = get("/");
        auto const form = page.find("name=\"form\" value=\"") + 19;
        form_ = page.substr(form, page.find('"', form) - form);
    }
    std::string form(std::string const& more) const { return "form=" + form_ + "&" + more; }

    boost::json::value status(std::string const& more = {}) const {
        auto const answer = get("/status", more);
        return boost::json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
    }

private:
    std::uint16_t port_ = 0;
    std::string cookie_;
    std::string form_;
};

std::string text_at(boost::json::value const& object, std::string_view name) {
    return std::string{std::string_view{object.at(name).as_string()}};
}

class ControlServerTest : public testing::Test {
protected:
    std::string config(std::string const& admin, std::string const& worker = {}) const {
        return folder.write("w.yaml",
                            "server: { url: \"" + server.url() + "\" }\n" +
                                "workers: { star_filter: { poll_timeout_ms: 0, " + worker +
                                "} }\nadmin: { listen: none, control_listen: 127.0.0.1:0" + admin +
                                " }\n");
    }
    std::string config_with_token(std::string const& worker = {}) const {
        return config(", token: \"file:" + folder.write("token", page_token) + "\"", worker);
    }

    std::string enqueue(std::string const& stars = "[]") {
        auto const input = boost::json::parse(
            R"({"activity_name": "starred", "gh_account": "a", "gh_repo": "b",
                "cutoff": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z", "stars": )" +
            stars + "}");
        return server.enqueue({.type = "star_filter", .input = input.as_object()});
    }

    // Whether the page comes to say something of the task type, within so many questions.
    static bool comes_to(control_page const& page, std::string const& name,
                         boost::json::value const& value) {
        for (int question = 0; question < 100'000; ++question)
            if (page.status().at("types").at(0).at(name) == value) return true;
        return false;
    }

    std::size_t polls() {
        auto const all = server.http().requests();
        return static_cast<std::size_t>(std::ranges::count_if(all, [](auto const& one) {
            return one.target.find("/tasks/poll") != std::string::npos;
        }));
    }

    temporary_folder folder;
    fake_conductor server;
};

TEST_F(ControlServerTest, IsNotThereUnlessItIsAskedFor) {
    auto const file = folder.write("w.yaml", "server: { url: \"" + server.url() +
                                                 "\" }\nworkers: { star_filter: }\n"
                                                 "admin: { listen: none }\n");
    daemon_process daemon{{"run", "--config", file}};
    EXPECT_EQ(daemon.wait_for_line(" started ").find("control="), std::string::npos);
    daemon.stop();
}

TEST_F(ControlServerTest, ShowsWhatTheDaemonHasDone) {
    daemon_process daemon{{"run", "--config", config("")}};
    control_page const page{daemon.wait_for_line(" started ")};
    auto const done = enqueue();
    ASSERT_TRUE(server.wait_for_status(done, "COMPLETED"));
    auto const failed = enqueue("\"<script>\"");
    ASSERT_TRUE(server.wait_for_status(failed, "FAILED_WITH_TERMINAL_ERROR"));
    daemon.wait_for_line("task failed");

    auto const status = page.status();
    auto const& type = status.at("types").at(0);
    EXPECT_EQ(text_at(status.at("server"), "address"), server.url());
    EXPECT_EQ(status.at("server").at("token"), "not needed");
    EXPECT_EQ(type.at("type"), "star_filter");
    EXPECT_EQ(type.at("slots"), 2);
    EXPECT_EQ(type.at("completed"), 1);
    EXPECT_EQ(type.at("failed"), 1);
    EXPECT_EQ(type.at("tasks_last_minute"), 2);
    EXPECT_TRUE(type.as_object().contains("last_poll_ms_ago"));
    auto const& failure = status.at("failed_tasks").at(0);
    EXPECT_EQ(text_at(failure, "task"), failed);
    EXPECT_NE(failure.at("reason").as_string().find("BAD_INPUT"), std::string_view::npos);

    auto const html = page.get("/");
    EXPECT_NE(html.find("\r\nContent-Security-Policy: default-src 'none'"), std::string::npos);
    EXPECT_NE(html.find(failed), std::string::npos);
    EXPECT_EQ(html.find("<form"), std::string::npos);
    EXPECT_TRUE(page.post("/pause", "type=star_filter").starts_with("HTTP/1.1 403 "));
    daemon.stop();
}

TEST_F(ControlServerTest, PausesAndResumesPolls) {
    daemon_process daemon{{"run", "--config", config_with_token()}};
    control_page page{daemon.wait_for_line(" started ")};
    EXPECT_TRUE(page.get("/status").starts_with("HTTP/1.1 401 "));
    page.log_in();
    EXPECT_TRUE(page.post("/pause", page.form("type=star_filter")).starts_with("HTTP/1.1 303 "));
    EXPECT_NE(daemon.wait_for_line("paused by the admin page").find("type=star_filter"),
              std::string::npos);
    ASSERT_TRUE(comes_to(page, "state", "paused"));
    // A poll that was under way may still end, and none begins; the server holds none. Many times
    // what one takes: each of these is a round trip like it.
    auto const rounds = [&] {
        for (int round = 0; round < 200; ++round) page.status();
        return polls();
    };
    auto const before = rounds();
    auto const id = enqueue();
    EXPECT_EQ(rounds(), before);
    EXPECT_EQ(server.task(id).at("status"), "SCHEDULED");

    EXPECT_TRUE(page.post("/resume", page.form("type=star_filter")).starts_with("HTTP/1.1 303 "));
    EXPECT_TRUE(server.wait_for_status(id, "COMPLETED"));
    EXPECT_EQ(page.status().at("types").at(0).at("paused"), false);
    daemon.stop();
}

TEST_F(ControlServerTest, RefusesForgedFormsWrongTokensAndOtherHosts) {
    daemon_process daemon{{"run", "--config", config_with_token()}};
    control_page page{daemon.wait_for_line(" started ")};
    EXPECT_TRUE(page.post("/login", "token=wrong").starts_with("HTTP/1.1 403 "));
    EXPECT_NE(daemon.wait_for_line("gave a wrong token"), "");
    page.log_in();
    auto const forged = [&](std::string const& lines, std::string const& body) {
        return page.ask("POST /pause HTTP/1.1\r\n" + lines, body).substr(9, 3);
    };
    auto const good = page.form("type=star_filter");
    EXPECT_EQ(forged(page.host() + "Origin: http://evil.example\r\n", good), "403");
    EXPECT_EQ(forged(page.host(), good), "403");
    EXPECT_EQ(forged(page.host() + "Origin: " + page.url() + "\r\n", good), "401");
    EXPECT_EQ(forged("Host: evil.example\r\nOrigin: http://evil.example\r\n", good), "421");
    EXPECT_TRUE(page.post("/pause", "form=x&type=star_filter").starts_with("HTTP/1.1 403 "));
    EXPECT_EQ(page.status().at("types").at(0).at("paused"), false);
    auto const html = page.get("/");
    EXPECT_EQ(html.find(page_token), std::string::npos);
    daemon.stop();
}

TEST_F(ControlServerTest, StreamsTheFacts) {
    daemon_process daemon{{"run", "--config", config("")}};
    control_page const page{daemon.wait_for_line(" started ")};
    auto const stream = page.get("/events", "", "\n\ndata: ");
    EXPECT_NE(stream.find("\r\nContent-Type: text/event-stream\r\n"), std::string::npos);
    EXPECT_EQ(stream.find("Content-Length"), std::string::npos);
    EXPECT_NE(stream.find("data: {\"version\":"), std::string::npos);
    daemon.stop();
}

TEST_F(ControlServerTest, AStreamDoesNotKeepTheDaemonFromStopping) {
    daemon_process daemon{{"run", "--config", config("")}};
    control_page const page{daemon.wait_for_line(" started ")};
    asio::io_context loop;
    asio::ip::tcp::socket socket{loop};
    auto const port = page.url().substr(page.url().rfind(':') + 1);
    socket.connect(
        {asio::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(std::stoi(port))});
    asio::write(socket, asio::buffer("GET /events HTTP/1.1\r\n" + page.host() + "\r\n"));
    std::string text;
    asio::read_until(socket, asio::dynamic_buffer(text), "data: ");
    daemon.stop();
}

TEST_F(ControlServerTest, APauseOutlastsAReloadThatDoesNotSpeakOfIt) {
    daemon_process daemon{{"run", "--config", config_with_token("slots: 2")}};
    control_page page{daemon.wait_for_line(" started ")};
    page.log_in();
    page.post("/pause", page.form("type=star_filter"));
    config_with_token("slots: 3");
    daemon.signal(SIGHUP);
    ASSERT_NE(daemon.wait_for_line("configuration read again"), "");
    ASSERT_TRUE(comes_to(page, "slots", 3));
    EXPECT_EQ(page.status().at("types").at(0).at("paused"), true);

    config_with_token("slots: 3, paused: true");
    daemon.signal(SIGHUP);
    ASSERT_NE(daemon.wait_for_line("configuration read again"), "");
    config_with_token("slots: 3, paused: false");
    daemon.signal(SIGHUP);
    ASSERT_NE(daemon.wait_for_line("configuration read again"), "");
    EXPECT_TRUE(comes_to(page, "paused", false));
    daemon.stop();
}

TEST_F(ControlServerTest, AnotherAddressNeedsARestart) {
    daemon_process daemon{{"run", "--config", config("")}};
    ASSERT_NE(daemon.wait_for_line(" started "), "");
    config(", hosts: [workers.example]");
    daemon.signal(SIGHUP);
    EXPECT_NE(daemon.wait_for_line("needs a restart").find("admin.hosts"), std::string::npos);
    daemon.stop();
}

TEST_F(ControlServerTest, StatusTellsATerminalTheSame) {
    server.http().go_down();
    daemon_process daemon{{"run", "--config", config_with_token()}};
    control_page const page{daemon.wait_for_line(" started ")};
    auto const status = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"status", "--url", page.url()});
        daemon_process asking{std::move(more)};
        auto const text = asking.rest();
        return std::pair{asking.wait(), text};
    };
    auto const token = "file:" + folder.path("token");
    ASSERT_NE(daemon.wait_for_line("cannot poll the server"), "");
    auto told = status({"--token", token});
    EXPECT_EQ(told.first, 3) << told.second;
    EXPECT_NE(told.second.find(": not ready, up for "), std::string::npos) << told.second;
    EXPECT_NE(told.second.find("\nlast poll of star_filter: "), std::string::npos) << told.second;

    server.http().go_up();
    for (int question = 0; question < 1000 && told.first == 3; ++question)
        told = status({"--token", token});
    EXPECT_EQ(told.first, 0) << told.second;
    EXPECT_TRUE(told.second.starts_with("conductor-workerd ")) << told.second;
    EXPECT_NE(told.second.find(": ready, up for "), std::string::npos) << told.second;
    EXPECT_NE(told.second.find("\nstar_filter  polling  0/2 "), std::string::npos) << told.second;
    EXPECT_EQ(told.second.find('\x1b'), std::string::npos);

    auto const refused = status({});
    EXPECT_EQ(refused.first, 1);
    EXPECT_NE(refused.second.find("the token is missing, wrong"), std::string::npos)
        << refused.second;
    daemon.stop();
    EXPECT_EQ(status({"--token", token}).first, 1);
}

TEST_F(ControlServerTest, StatusFindsThePageByTheConfiguration) {
    daemon_process daemon{{"run", "--config", config_with_token()}};
    control_page const page{daemon.wait_for_line(" started ")};
    auto const port = page.url().substr(page.url().rfind(':'));
    auto const file = folder.write(
        "status.yaml", "workers: { star_filter: }\nadmin: { control_listen: \"0.0.0.0" + port +
                           "\", token: \"file:" + folder.path("token") + "\" }\n");
    daemon_process asking{{"status", "--config", file}};
    EXPECT_NE(asking.wait_for_line("conductor-workerd ").find("ready, up for"), std::string::npos);
    asking.rest();
    asking.wait();
    daemon.stop();
}

TEST_F(ControlServerTest, AnAddressInUseIsExitStatus2) {
    auto const file = folder.write(
        "w.yaml", "workers: { star_filter: }\nadmin: { listen: none, control_listen: 127.0.0.1:" +
                      std::to_string(server.http().port()) + " }\n");
    daemon_process daemon{{"run", "--config", file}};
    auto const text = daemon.rest();
    EXPECT_EQ(daemon.wait(), 2);
    EXPECT_NE(text.find("admin.control_listen: cannot listen on 127.0.0.1:"), std::string::npos)
        << text;
}

}  // namespace
}  // namespace conductor::test
