// What a task costs between the bytes of an answer and the bytes of a report.
#include "api/task_codec.hpp"
#include "sample_task.hpp"

#include <benchmark/benchmark.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace conductor::bench {
namespace {

// Sizes of the input: next to nothing, and that of a page of rows.
constexpr std::int64_t small = 64;
constexpr std::int64_t large = 100'000;

std::size_t input_bytes(benchmark::State const& state) {
    return static_cast<std::size_t>(state.range(0));
}

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

void parse_one_task(benchmark::State& state) {
    auto const body = sample_task(input_bytes(state));
    api::known_values known;
    for (auto _ : state) benchmark::DoNotOptimize(api::parse_task(body, known));
    count_bytes(state, body.size());
}
BENCHMARK(parse_one_task)->Arg(small)->Arg(large);

void parse_a_batch(benchmark::State& state) {
    std::string body = "[" + sample_task(input_bytes(state));
    for (int i = 1; i < 16; ++i) body += "," + sample_task(input_bytes(state));
    body += "]";
    api::known_values known;
    for (auto _ : state) benchmark::DoNotOptimize(api::parse_tasks(body, known));
    count_bytes(state, body.size());
}
BENCHMARK(parse_a_batch)->Arg(small);

task_update sample_update(std::size_t bytes) {
    task_update update;
    update.task_id = "00000000-0000-4000-8000-000000000001";
    update.workflow_id = "99f72d2f-8b5e-4cb0-aa8a-224de0b6a8bb";
    update.worker_id = "host-8f2a-1d3c-4b5e-9f60-718293a4b5c6";
    update.output = boost::json::parse(sample_input(bytes)).as_object();
    update.extra = {{"executionMetadata",
                     {{"executionStartTime", 1795437127914}, {"executionEndTime", 1795437127915}}}};
    return update;
}

void write_an_update(benchmark::State& state) {
    auto const update = sample_update(input_bytes(state));
    for (auto _ : state) benchmark::DoNotOptimize(api::write_update(update));
    count_bytes(state, api::write_update(update).size());
}
BENCHMARK(write_an_update)->Arg(small)->Arg(large);

void write_an_update_of_text(benchmark::State& state) {
    auto update = sample_update(input_bytes(state));
    update.output_text = boost::json::serialize(update.output);
    for (auto _ : state) benchmark::DoNotOptimize(api::write_update(update));
    count_bytes(state, api::write_update(update).size());
}
BENCHMARK(write_an_update_of_text)->Arg(small)->Arg(large);

}  // namespace
}  // namespace conductor::bench

BENCHMARK_MAIN();
