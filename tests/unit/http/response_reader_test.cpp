#include "http/response_reader.hpp"

#include "support/gzip.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conductor::http {
namespace {

using test::gzip;

constexpr response_limits limits{1000, 1000};

struct reading {
    error_code error{};
    bool complete = false;
    bool keeps = false;
    std::size_t left = 0;
    response answer{};
    std::string complaint{};
};

// Reads an answer that arrives in portions and, when still incomplete, ends with a close.
reading read(std::string_view bytes, std::size_t portion = 1'000'000,
             response_limits limit = limits,
             response_reader::body expected = response_reader::body::as_announced) {
    response_reader reader(limit, expected);
    reading seen;
    std::string pending;
    for (std::size_t i = 0; i < bytes.size() && !seen.error && !reader.is_complete();
         i += portion) {
        pending += bytes.substr(i, portion);
        pending.erase(0, reader.put(pending, seen.error));
        seen.left = bytes.size() - std::min(bytes.size(), i + portion) + pending.size();
    }
    if (!seen.error && !reader.is_complete()) reader.put_end(seen.error);
    seen.complete = reader.is_complete();
    seen.complaint = reader.complaint();
    if (!seen.error && seen.complete) {
        seen.keeps = reader.keeps_connection();
        seen.answer = reader.take();
    }
    return seen;
}

TEST(ResponseReaderTest, ReadsStatusHeadersAndBody) {
    auto const seen =
        read("HTTP/1.1 404 Not Found\r\nA: 1\r\na:  2 \r\nContent-Length: 3\r\n\r\nxyz");
    EXPECT_TRUE(seen.keeps);
    EXPECT_EQ(seen.answer.status, 404);
    EXPECT_EQ(seen.answer.headers, (headers{{"A", "1"}, {"a", "2"}, {"Content-Length", "3"}}));
    EXPECT_EQ(seen.answer.body, "xyz");
}

constexpr auto chunked_answer =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
    "5;ext=1\r\nhello\r\nA\r\n, world...\r\n0\r\nTrailer: t\r\n\r\n";

TEST(ResponseReaderTest, PortionsDoNotMatter) {
    for (std::size_t portion = 1; portion < std::string(chunked_answer).size(); ++portion) {
        auto const seen = read(chunked_answer, portion);
        ASSERT_FALSE(seen.error) << portion;
        EXPECT_EQ(seen.answer.body, "hello, world...") << portion;
        EXPECT_TRUE(seen.keeps) << portion;
    }
}

TEST(ResponseReaderTest, TrailerLinesAreNoHeaders) {
    EXPECT_EQ(read(chunked_answer).answer.headers.find("Trailer"), std::nullopt);
}

TEST(ResponseReaderTest, AnAnswerThatEndsEarlyIsNeverTakenForWhole) {
    std::string const whole(chunked_answer);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(read(whole.substr(0, size)).error, errc::connection_closed) << size;
    std::string const sized = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t size = 0; size < sized.size(); ++size)
        EXPECT_EQ(read(sized.substr(0, size)).error, errc::connection_closed) << size;
}

TEST(ResponseReaderTest, WithoutLengthTheCloseEndsTheBody) {
    auto const seen = read("HTTP/1.1 200 OK\r\n\r\nto the end");
    EXPECT_FALSE(seen.error);
    EXPECT_EQ(seen.answer.body, "to the end");
    EXPECT_FALSE(seen.keeps);
}

TEST(ResponseReaderTest, SomeStatusesHaveNoBody) {
    for (auto const* status : {"204 No Content", "304 Not Modified"}) {
        auto const seen = read("HTTP/1.1 " + std::string(status) + "\r\nContent-Length: 5\r\n\r\n");
        EXPECT_FALSE(seen.error) << status;
        EXPECT_TRUE(seen.complete) << status;
        EXPECT_TRUE(seen.keeps) << status;
    }
}

TEST(ResponseReaderTest, AnAnswerToHeadHasNoBody) {
    auto const seen = read("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n",
                           1000, limits, response_reader::body::none);
    EXPECT_FALSE(seen.error);
    EXPECT_EQ(seen.answer.headers.find("Content-Length"), "5");
    EXPECT_TRUE(seen.keeps);
}

TEST(ResponseReaderTest, InterimAnswersAreTold) {
    response_reader reader(limits, response_reader::body::as_announced);
    std::string_view const bytes = "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200";
    error_code error;
    EXPECT_EQ(reader.put(bytes, error), bytes.size() - 12);
    EXPECT_TRUE(reader.is_complete());
    EXPECT_TRUE(reader.is_interim());
}

TEST(ResponseReaderTest, LeavesWhatFollowsTheAnswer) {
    auto const seen = read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1");
    EXPECT_EQ(seen.answer.body, "x");
    EXPECT_EQ(seen.left, 8u);
}

TEST(ResponseReaderTest, TheConnectionsEndIsAnnounced) {
    EXPECT_FALSE(read("HTTP/1.1 204 N\r\nConnection: close\r\n\r\n").keeps);
    EXPECT_FALSE(read("HTTP/1.0 204 N\r\n\r\n").keeps);
    EXPECT_TRUE(read("HTTP/1.0 204 N\r\nConnection: keep-alive\r\n\r\n").keeps);
}

std::string with_body(std::string const& lines, std::string const& body) {
    return "HTTP/1.1 200 OK\r\n" + lines + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

TEST(ResponseReaderTest, DecodesGzipAndDropsWhatDescribesTheEncoding) {
    auto const bytes = with_body("Content-Encoding: GZip\r\nA: 1\r\n", gzip("hello"));
    for (std::size_t portion = 1; portion < bytes.size(); ++portion) {
        auto const seen = read(bytes, portion);
        ASSERT_FALSE(seen.error) << portion;
        EXPECT_EQ(seen.answer.body, "hello");
        EXPECT_EQ(seen.answer.headers, (headers{{"A", "1"}}));
    }
}

TEST(ResponseReaderTest, AnEmptyBodyIsNoGzip) {
    EXPECT_FALSE(read(with_body("Content-Encoding: gzip\r\n", "")).error);
}

TEST(ResponseReaderTest, OtherEncodingsAreLeftAlone) {
    auto const seen = read(with_body("Content-Encoding: br\r\n", "abc"));
    EXPECT_EQ(seen.answer.body, "abc");
    EXPECT_EQ(seen.answer.headers.find("Content-Encoding"), "br");
}

TEST(ResponseReaderTest, TruncatedGzipIsRefused) {
    auto packed = gzip("hello");
    packed.pop_back();
    auto const seen = read(with_body("Content-Encoding: gzip\r\n", packed));
    EXPECT_EQ(seen.error, errc::bad_response);
    EXPECT_EQ(seen.complaint, "incomplete gzip");
}

TEST(ResponseReaderTest, AGzipBombIsTooLarge) {
    auto const bomb = gzip(std::string(1001, 'x'));
    EXPECT_EQ(read(with_body("Content-Encoding: gzip\r\n", bomb)).error, errc::body_too_large);
}

TEST(ResponseReaderTest, EncodedBytesThatGiveNothingAreBoundedToo) {
    std::string nothing;
    while (nothing.size() < 5000) nothing += gzip("");
    EXPECT_EQ(read(with_body("Content-Encoding: gzip\r\n", nothing)).error, errc::body_too_large);
}

TEST(ResponseReaderTest, TheBodysLimitIsExact) {
    EXPECT_FALSE(read(with_body("", std::string(1000, 'x'))).error);
    EXPECT_EQ(read(with_body("", std::string(1001, 'x'))).error, errc::body_too_large);
    std::string const open = "HTTP/1.1 200 OK\r\n\r\n";
    EXPECT_FALSE(read(open + std::string(1000, 'x')).error);
    EXPECT_EQ(read(open + std::string(1001, 'x')).error, errc::body_too_large);
    std::string const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_FALSE(read(chunked + "3e8\r\n" + std::string(1000, 'x') + "\r\n0\r\n\r\n").error);
    EXPECT_EQ(read(chunked + "3e9\r\n" + std::string(1001, 'x')).error, errc::body_too_large);
}

TEST(ResponseReaderTest, ALengthBeyondTheLimitIsRefusedBeforeTheBody) {
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n").error,
              errc::body_too_large);
}

TEST(ResponseReaderTest, AHeaderIsLimitedInOneLineAndInAll) {
    auto const start = std::string("HTTP/1.1 200 OK\r\n");
    EXPECT_EQ(read(start + "A: " + std::string(2000, 'x')).error, errc::header_too_large);
    std::string lines;
    while (lines.size() < 1500) lines += "Name: value\r\n";
    for (std::size_t const portion : {std::size_t{1}, std::size_t{50}, lines.size() * 2})
        EXPECT_EQ(read(start + lines + "\r\n", portion).error, errc::header_too_large) << portion;
}

TEST(ResponseReaderTest, EndlessLinesInsideABodyAreLimited) {
    auto const start = std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(read(start + "1;" + std::string(3000, 'x'), 100).error, errc::header_too_large);
    EXPECT_EQ(read(start + "0\r\nT: " + std::string(3000, 'x'), 100).error, errc::header_too_large);
}

struct bad_answer {
    std::string name;
    std::string bytes;
};

void PrintTo(bad_answer const& answer, std::ostream* out) { *out << answer.name; }

class BadAnswerTest : public testing::TestWithParam<bad_answer> {};

TEST_P(BadAnswerTest, IsRefusedWithAReason) {
    for (std::size_t const portion : {1, 1000}) {
        auto const seen = read(GetParam().bytes, portion);
        EXPECT_EQ(seen.error, errc::bad_response) << portion;
        EXPECT_FALSE(seen.complaint.empty()) << portion;
    }
}

std::string header(std::string const& lines) { return "HTTP/1.1 200 OK\r\n" + lines + "\r\n"; }

INSTANTIATE_TEST_SUITE_P(
    ResponseReaderTest, BadAnswerTest,
    testing::Values(bad_answer{"OtherProtocol", "SSH-2.0-OpenSSH_9.2p1\r\n\r\n"},
                    bad_answer{"OtherVersion", "HTTP/2.0 200 OK\r\n\r\n"},
                    bad_answer{"NoStatus", "HTTP/1.1 OK\r\n\r\n"},
                    bad_answer{"StatusTooSmall", "HTTP/1.1 099 No\r\n\r\n"},
                    bad_answer{"ChangeOfProtocol", "HTTP/1.1 101 Switching\r\n\r\n"},
                    bad_answer{"LineWithoutColon", header("abc\r\n")},
                    bad_answer{"ControlCharacter", header("a: \x01\r\n")},
                    bad_answer{"LengthNoNumber", header("Content-Length: x\r\n")},
                    bad_answer{"LengthNegative", header("Content-Length: -1\r\n")},
                    bad_answer{"TwoLengths", header("Content-Length: 1\r\nContent-Length: 2\r\n")},
                    bad_answer{"LengthAndChunked",
                               header("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")},
                    bad_answer{"ChunkedAndLength",
                               header("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")},
                    bad_answer{"OtherCoding", header("Transfer-Encoding: gzip, chunked\r\n")},
                    bad_answer{"ChunkSizeNoNumber",
                               header("Transfer-Encoding: chunked\r\n") + "x\r\n\r\n"},
                    bad_answer{"ChunkSizeTooLarge", header("Transfer-Encoding: chunked\r\n") +
                                                        "fffffffffffffffff\r\n\r\n"},
                    bad_answer{"ChunkWithoutEnd",
                               header("Transfer-Encoding: chunked\r\n") + "1\r\nxyz\r\n0\r\n\r\n"},
                    bad_answer{"NotGzip", with_body("Content-Encoding: gzip\r\n", "hello")}),
    [](auto const& instance) { return instance.param.name; });

}  // namespace
}  // namespace conductor::http
