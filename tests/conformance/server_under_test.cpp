#include "conformance/server_under_test.hpp"

#include "fakes/fake_conductor.hpp"

#include <cstdlib>
#include <memory>
#include <string_view>

namespace conductor::test {

std::string const& server_under_test() {
    static auto const* const named = std::getenv("CONDUCTOR_CONFORMANCE_URL");
    static auto const fake = named == nullptr ? std::make_unique<fake_conductor>() : nullptr;
    static std::string const url = named == nullptr ? fake->url() : named;
    return url;
}

bool server_has_index() {
    auto const* const index = std::getenv("CONDUCTOR_CONFORMANCE_INDEX");
    return index == nullptr || index != std::string_view{"off"};
}

}  // namespace conductor::test
