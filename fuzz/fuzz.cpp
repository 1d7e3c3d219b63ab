#include "fuzz.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace conductor::fuzz {

void require(bool holds, char const* rule) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", rule);
    std::abort();
}

std::pair<std::string_view, std::string_view> split_line(std::string_view input) {
    auto const end = input.find('\n');
    if (end == input.npos) return {input, {}};
    return {input.substr(0, end), input.substr(end + 1)};
}

}  // namespace conductor::fuzz

// What libFuzzer calls, by this name.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    conductor::fuzz::try_input({reinterpret_cast<char const*>(data), size});
    return 0;
}
