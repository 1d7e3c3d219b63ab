#include "conformance/server_under_test.hpp"

#include <cstdlib>
#include <memory>
#include <string_view>

namespace conductor::test {
namespace {

bool is_on(std::string_view name) {
    auto const* const backend = std::getenv("CONDUCTOR_CONFORMANCE_BACKEND");
    return backend != nullptr && backend == name;
}

}  // namespace

std::string const& server_under_test() {
    static auto const* const named = std::getenv("CONDUCTOR_CONFORMANCE_URL");
    static std::string const url = named == nullptr ? fake_under_test()->url() : named;
    return url;
}

bool server_has_index() { return !is_on("redis"); }

bool server_finds_whole_tasks() { return server_has_index() && !is_on("postgres"); }

bool server_waits_for_full_batches() { return !is_on("redis"); }

fake_conductor* fake_under_test() {
    static bool const is_named = std::getenv("CONDUCTOR_CONFORMANCE_URL") != nullptr;
    static auto const fake = is_named ? nullptr : std::make_unique<fake_conductor>();
    return fake.get();
}

}  // namespace conductor::test
