#include "api/answer_memory.hpp"

#include <gtest/gtest.h>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace conductor::api {
namespace {

namespace json = boost::json;

json::value sample(json::storage_ptr storage) {
    json::value value = json::parse("{}", std::move(storage));
    auto& rows = value.as_object()["rows"].emplace_array();
    for (int row = 0; row < 100; ++row)
        rows.push_back({{"id", row}, {"name", std::string(30, 'x')}});
    return value;
}

TEST(AnswerMemoryTest, HoldsMoreThanItsFirstBlock) {
    open_memory memory(16);
    EXPECT_EQ(sample(memory.storage()), sample({}));
}

TEST(AnswerMemoryTest, LivesAsLongAsItsValues) {
    std::optional<json::value> value;
    {
        open_memory memory(1024);
        value.emplace(sample(memory.storage()));
    }
    EXPECT_EQ(*value, sample({}));
}

TEST(AnswerMemoryTest, CopiesMayBeMadeOnManyThreads) {
    std::optional<json::value> value;
    {
        open_memory memory(1024);
        value.emplace(sample(memory.storage()));
    }
    std::vector<std::string> texts(4);
    {
        std::vector<std::jthread> threads;
        for (auto& text : texts) {
            threads.emplace_back([&text, &value = *value] {
                for (int i = 0; i < 50; ++i) {
                    auto copy = value;
                    copy.as_object()["more"] = value.at("rows");
                    text = json::serialize(copy);
                }
            });
        }
    }
    for (auto const& text : texts) EXPECT_EQ(text, texts.front());
}

TEST(AnswerMemoryTest, CopiesShareWhatIsLeftOfABlock) {
    std::optional<json::value> value;
    {
        open_memory memory(std::size_t{64} * 1024);
        value.emplace(json::value({1, 2, 3}, memory.storage()));
    }
    std::vector<json::value> copies(20, *value);
    for (auto const& copy : copies) EXPECT_EQ(copy.as_array().size(), 3U);
    std::vector<std::uintptr_t> places;
    for (auto const& copy : copies)
        places.push_back(reinterpret_cast<std::uintptr_t>(copy.as_array().data()));
    auto const [first, last] = std::ranges::minmax(places);
    EXPECT_LT(last - first, 20 * 80U) << "one beside the other";
}

TEST(AnswerMemoryTest, ACopyOutlivesTheOriginal) {
    std::optional<json::value> copy;
    {
        open_memory memory(1024);
        auto const value = sample(memory.storage());
        copy.emplace(value);
    }
    EXPECT_EQ(*copy, sample({}));
}

}  // namespace
}  // namespace conductor::api
