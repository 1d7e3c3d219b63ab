#include <conductor/json.hpp>

#include "api/json_text.hpp"

#include <boost/json/parser.hpp>

#include <array>
#include <utility>

namespace conductor {

result<boost::json::value> api::parse_json(std::string_view text,
                                           boost::json::storage_ptr storage) {
    boost::json::parse_options options;
    options.max_depth = 200;
    // Where the parser keeps what is not whole yet; more comes from the heap.
    std::array<unsigned char, 8 * 1024> room;
    boost::json::parser parser({}, options, room.data(), room.size());
    parser.reset(std::move(storage));
    boost::system::error_code ec;
    auto const read = parser.write(text.data(), text.size(), ec);
    if (!ec) return parser.release();
    return failure{errc::bad_response,
                   "not JSON at byte " + std::to_string(read) + ": " + ec.message()};
}

namespace detail {

std::string_view kind_name(boost::json::kind kind) {
    switch (kind) {
        case boost::json::kind::null: return "null";
        case boost::json::kind::bool_: return "a boolean";
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
        case boost::json::kind::double_: return "a number";
        case boost::json::kind::string: return "a string";
        case boost::json::kind::array: return "a list";
        case boost::json::kind::object: return "an object";
    }
    return "something else";
}

bool json_reader::expected(std::string_view what, boost::json::value const& got) {
    return fail("expected " + std::string(what) + ", got " + std::string(kind_name(got.kind())));
}

bool json_reader::read(boost::json::value const& in, bool& out) {
    if (!in.is_bool()) return expected("a boolean", in);
    out = in.get_bool();
    return true;
}

bool json_reader::read(boost::json::value const& in, std::string& out) {
    if (!in.is_string()) return expected("a string", in);
    out.assign(in.get_string().data(), in.get_string().size());
    return true;
}

}  // namespace detail
}  // namespace conductor
