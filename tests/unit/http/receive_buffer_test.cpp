#include "http/receive_buffer.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

namespace conductor::http {
namespace {

// Puts as much of `text` into the buffer as one read would.
std::size_t receive(receive_buffer& buffer, std::string_view text) {
    auto const room = buffer.prepare();
    auto const size = std::min(room.size(), text.size());
    std::memcpy(room.data(), text.data(), size);
    buffer.commit(size);
    return size;
}

TEST(ReceiveBufferTest, GivesWhatWasReceived) {
    receive_buffer buffer;
    EXPECT_TRUE(buffer.is_empty());
    receive(buffer, "hello");
    EXPECT_EQ(buffer.data(), "hello");
    buffer.consume(2);
    EXPECT_EQ(buffer.data(), "llo");
    buffer.consume(3);
    EXPECT_TRUE(buffer.is_empty());
}

TEST(ReceiveBufferTest, WhatIsLeftStaysInFront) {
    receive_buffer buffer;
    receive(buffer, "abc");
    buffer.consume(2);
    receive(buffer, "def");
    EXPECT_EQ(buffer.data(), "cdef");
}

TEST(ReceiveBufferTest, ShortReadsDoNotMakeItGrow) {
    receive_buffer buffer;
    auto const size = buffer.prepare().size();
    for (int i = 0; i < 10; ++i) {
        receive(buffer, "abc");
        buffer.consume(3);
    }
    EXPECT_EQ(buffer.prepare().size(), size);
}

TEST(ReceiveBufferTest, FullReadsMakeItGrowToALimit) {
    receive_buffer buffer;
    std::string const text(1 << 20, 'x');
    std::size_t largest = 0;
    for (int i = 0; i < 20; ++i) {
        auto const size = receive(buffer, text);
        EXPECT_GE(size, largest);
        largest = size;
        buffer.consume(size);
    }
    EXPECT_EQ(largest, 64u * 1024);
}

TEST(ReceiveBufferTest, WhatIsNotConsumedAlwaysFits) {
    receive_buffer buffer;
    std::string text;
    for (int i = 0; text.size() < 200'000; ++i) {
        std::string const piece(1000, static_cast<char>('a' + i % 26));
        for (std::string_view rest = piece; !rest.empty();) {
            auto const taken = receive(buffer, rest);
            ASSERT_GT(taken, 0u);
            rest.remove_prefix(taken);
        }
        text += piece;
    }
    EXPECT_EQ(buffer.data(), text);
}

}  // namespace
}  // namespace conductor::http
