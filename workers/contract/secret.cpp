#include <contract/secret.hpp>

#include <cstring>
#include <string_view>
#include <utility>

namespace conductor::workers {
namespace {

// A short text lives inside the string object and is left behind by a move, so the whole capacity
// is overwritten, by a function that the compiler may not leave out.
void wipe(std::string& text) {
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}

}  // namespace

secret::secret(std::string text) : text_(std::move(text)) { wipe(text); }

secret::secret(secret&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }

secret& secret::operator=(secret other) noexcept {
    text_.swap(other.text_);
    return *this;
}

secret::~secret() { wipe(text_); }

std::string hide(secret const& hidden, std::string text) {
    if (hidden.empty()) return text;
    constexpr std::string_view mask = "***";
    auto at = text.find(hidden.reveal());
    while (at != std::string::npos) {
        text.replace(at, hidden.reveal().size(), mask);
        at = text.find(hidden.reveal(), at + mask.size());
    }
    return text;
}

}  // namespace conductor::workers
