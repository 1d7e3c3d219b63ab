#include "conformance/server_under_test.hpp"

#include <cstdlib>
#include <memory>

namespace conductor::test {

std::string const& server_under_test() {
    static auto const* const named = std::getenv("CONDUCTOR_CONFORMANCE_URL");
    static std::string const url = named == nullptr ? fake_under_test()->url() : named;
    return url;
}

fake_conductor* fake_under_test() {
    static bool const is_named = std::getenv("CONDUCTOR_CONFORMANCE_URL") != nullptr;
    static auto const fake = is_named ? nullptr : std::make_unique<fake_conductor>();
    return fake.get();
}

}  // namespace conductor::test
