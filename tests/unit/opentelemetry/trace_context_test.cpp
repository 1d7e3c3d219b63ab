#include "trace_context.hpp"

#include <gtest/gtest.h>

#include <string>

namespace conductor::tracing {
namespace {

constexpr auto traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(TraceContextTest, ReadsAParent) {
    auto const read = parse_trace_context(traceparent, "");

    ASSERT_TRUE(read);
    EXPECT_EQ(to_hex(read->trace), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(to_hex(read->span), "00f067aa0ba902b7");
    EXPECT_TRUE(read->sampled);
    EXPECT_EQ(read->state, "");
}

TEST(TraceContextTest, OnlyTheLastFlagSaysThatTheSenderTraces) {
    std::string text = traceparent;
    for (auto const& [flags, sampled] : {std::pair{"00", false},
                                         {"01", true},
                                         {"02", false},
                                         {"03", true},
                                         {"fe", false},
                                         {"ff", true}}) {
        text.replace(text.size() - 2, 2, flags);
        EXPECT_EQ(parse_trace_context(text, "")->sampled, sampled) << flags;
    }
}

TEST(TraceContextTest, ALaterVersionMayGoOn) {
    std::string const later = "cc" + std::string{traceparent}.substr(2);

    EXPECT_TRUE(parse_trace_context(later, ""));
    EXPECT_TRUE(parse_trace_context(later + "-what-the-future-will-be-like", ""));
    EXPECT_FALSE(parse_trace_context(later + ".what-the-future-will-be-like", ""));
    EXPECT_FALSE(parse_trace_context(std::string{traceparent} + "-01", ""));
}

TEST(TraceContextTest, RefusesWhatIsNoParent) {
    for (auto const* const text :
         {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
          "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
          "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",
          "00-4bf92f3577b34da6a3ce929d0e0e473x-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"})
        EXPECT_FALSE(parse_trace_context(text, "")) << text;
}

TEST(TraceContextTest, PassesAStateOn) {
    for (auto const* const state :
         {"rojo=00f067aa0ba902b7", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7",
          "fw529a3039@dt=FfAKMDy;x~ , a=b", "a=b,,c=d", "tenant@v/_-*=!"})
        EXPECT_EQ(parse_trace_context(traceparent, state)->state, state);
}

TEST(TraceContextTest, LeavesAStateOutThatIsNone) {
    std::string many;
    for (int number = 0; number < 33; ++number) many += "k" + std::to_string(number) + "=v,";
    for (auto const& state :
         {std::string{"a"}, std::string{"=b"}, std::string{"a="}, std::string{"A=b"},
          std::string{"a=b=c"}, std::string{"a=\x7f"}, "a=" + std::string(257, 'x'),
          std::string(257, 'k') + "=b", "a=" + std::string(600, 'x'), many}) {
        auto const read = parse_trace_context(traceparent, state);
        ASSERT_TRUE(read);
        EXPECT_EQ(read->state, "") << state;
    }
}

}  // namespace
}  // namespace conductor::tracing
