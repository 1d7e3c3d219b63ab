// A handler's output as JSON: what the server would refuse must not get through.

#include "fuzz.hpp"

#include "api/json_text.hpp"
#include "runtime/output_text.hpp"

#include <conductor/raw_json.hpp>

#include <string>

namespace conductor::fuzz {

void try_input(std::string_view input) {
    constexpr std::size_t bytes_max = 1024;
    auto const mended = runtime_detail::as_utf8(std::string(input));
    require(mended.size() == input.size(), "a byte that is not UTF-8 is replaced by one");
    require(runtime_detail::as_utf8(mended) == mended, "UTF-8 is left as it is");

    // Any bytes as text and as a name; and, where they are JSON, what they describe.
    boost::json::object const raw{{"text", boost::json::string_view(input)},
                                  {boost::json::string_view(input), 1}};
    auto const text = runtime_detail::write_output(raw, bytes_max);
    if (text) {
        require(mended == input, "an output is UTF-8");
        require(text->size() <= bytes_max, "an output keeps its limit");
        auto const read = api::parse_json(*text, {});
        require(read && *read == boost::json::value(raw), "an output is read as it was");
    }
    auto const parsed = api::parse_json(input, {});
    require(check_object(input).has_value() == (parsed && parsed->is_object()),
            "text is an object where the parser reads one");
    if (!parsed || !parsed->is_object()) return;
    auto const written = runtime_detail::write_output(parsed->get_object(), bytes_max);
    if (!written) return;
    auto const again = api::parse_json(*written, {});
    require(again.has_value() && again->is_object(), "what was written is JSON");
    // Boost.JSON 1.81 reads long fractions with an error in the last place: no text is compared, it
    // may take more digits, and the largest number there is may become infinite.
    auto const twice = runtime_detail::write_output(again->get_object(), 8 * bytes_max);
    require(twice || twice.error().detail.find("not finite") != std::string::npos,
            "what was written can be written again");
}

}  // namespace conductor::fuzz
