#include "running_runtime.hpp"

#include <gtest/gtest.h>

#include <string>

namespace conductor::test {
namespace {

namespace json = boost::json;

// Echoes, with what an earlier claim left behind.
awaitable<json::object> echo(json::object const& input, task_context& context) {
    json::object output = input;
    for (auto const& [name, value] : context.previous_output()) output[name] = value;
    co_return output;
}

json::object const kept_elsewhere{{"externalInputPayloadStoragePath", "task/input/1.json"},
                                  {"inputData", json::object{}}};
failure const gone{make_http_error(403), "external payload storage"};

// A runtime that echoes, and may send an output of ten bytes.
struct ExternalPayloadTest : testing::Test {
    ExternalPayloadTest() {
        runtime.add(echo);
        runtime.start();
        runtime.hand_out({"first"});  // from now on there is a server to script
        runtime.reports(1);
    }

    task_update report_of(json::object const& members) {
        runtime.hand_out({"t"}, members);
        return runtime.reports(2).at(1);
    }

    running_runtime runtime{{.output_bytes_max = 10}};
};

TEST_F(ExternalPayloadTest, AHandlerSeesAnInputThatIsKeptElsewhere) {
    runtime.api->inputs.push(json::object{{"a", 1}});
    auto const update = report_of(kept_elsewhere);
    EXPECT_EQ(update.status, task_status::completed);
    EXPECT_EQ(update.output, (json::object{{"a", 1}}));
    EXPECT_EQ(runtime.api->calls(call_kind::fetch_input).at(0).text, "task/input/1.json");
    EXPECT_EQ(runtime.observer->count(event_kind::payload_external), 1U);
}

TEST_F(ExternalPayloadTest, AHandlerSeesAnEarlierOutputThatIsKeptElsewhere) {
    runtime.api->inputs.push(json::object{});
    runtime.api->earlier_outputs.push(json::object{{"b", 2}});
    auto members = kept_elsewhere;
    members["externalOutputPayloadStoragePath"] = "task/output/1.json";
    auto const update = report_of(members);
    EXPECT_EQ(update.output, (json::object{{"b", 2}}));
    EXPECT_EQ(runtime.api->calls(call_kind::fetch_output).at(0).text, "task/output/1.json");
    EXPECT_EQ(runtime.observer->count(event_kind::payload_external), 2U);
}

TEST_F(ExternalPayloadTest, ATaskFailsSayingThatItsEarlierOutputCannotBeHad) {
    runtime.api->earlier_outputs.push(gone);
    auto const update = report_of({{"externalOutputPayloadStoragePath", "task/output/1.json"}});
    EXPECT_EQ(update.status, task_status::failed);
    EXPECT_EQ(update.reason,
              "the earlier output, kept at task/output/1.json, cannot be had: " + gone.message());
}

TEST_F(ExternalPayloadTest, ATaskFailsSayingThatItsInputCannotBeHad) {
    runtime.api->inputs.push(gone);
    auto const update = report_of(kept_elsewhere);
    EXPECT_EQ(update.status, task_status::failed) << "the next attempt may get it";
    EXPECT_EQ(update.reason,
              "the input, kept at task/input/1.json, cannot be had: " + gone.message());
    EXPECT_EQ(update.output, json::object{});
}

TEST_F(ExternalPayloadTest, AnOutputThatIsTooLargeIsKeptElsewhere) {
    runtime.api->outputs.push(std::string{"task/output/2.json"});
    auto const update = report_of({{"inputData", {{"text", "more than ten bytes"}}}});
    EXPECT_EQ(update.status, task_status::completed);
    EXPECT_EQ(update.output, json::object{});
    EXPECT_EQ(update.output_text, "");
    EXPECT_EQ(update.extra.at("externalOutputPayloadStoragePath"), "task/output/2.json");
    EXPECT_EQ(runtime.api->calls(call_kind::store_output).at(0).text,
              R"({"text":"more than ten bytes"})");
    EXPECT_EQ(runtime.observer->count(event_kind::payload_external), 1U);
}

TEST_F(ExternalPayloadTest, ATaskEndsWithTheSizeOfAnOutputThatCanBeKeptNowhere) {
    auto const update = report_of({{"inputData", {{"text", "more than ten bytes"}}}});
    EXPECT_EQ(update.status, task_status::failed_with_terminal_error);
    EXPECT_TRUE(
        update.reason.starts_with("the output has 30 bytes; at most 10 can be sent, and "
                                  "not be kept elsewhere: "))
        << update.reason;
    EXPECT_EQ(update.output, json::object{});
}

TEST_F(ExternalPayloadTest, ATaskThatGoesBackUnrunKeepsWhatIsStoredOfIt) {
    ASSERT_TRUE(runtime.api->wait_for(call_kind::poll, 2));
    runtime.drain();
    ASSERT_TRUE(runtime.observer->wait_for(event_kind::draining));
    auto const update = report_of({{"externalOutputPayloadStoragePath", "task/output/1.json"}});
    EXPECT_EQ(update.status, task_status::in_progress);
    EXPECT_EQ(update.extra.at("externalOutputPayloadStoragePath"), "task/output/1.json");
}

TEST_F(ExternalPayloadTest, AnOutputThatNobodyCouldReadIsNotKept) {
    runtime.api->inputs.push(json::object{{"text", "not UTF-8 \xff"}});
    auto const update = report_of(kept_elsewhere);
    EXPECT_EQ(update.status, task_status::failed_with_terminal_error);
    EXPECT_EQ(runtime.api->calls(call_kind::store_output).size(), 0U);
}

}  // namespace
}  // namespace conductor::test
