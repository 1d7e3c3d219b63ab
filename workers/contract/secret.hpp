#pragma once

#include <string>

namespace conductor::workers {

/** @brief A key or token. It cannot be printed or compared, and its memory is overwritten when it
 *  is destroyed, assigned to or moved from. */
class secret {
public:
    secret() = default;
    /** @brief Takes the text over; a text that was moved in leaves nothing behind. */
    explicit secret(std::string text);
    secret(secret const&) = default;
    secret(secret&& other) noexcept;
    secret& operator=(secret other) noexcept;
    ~secret();

    /** @brief The text itself, for the one place that sends it. */
    std::string const& reveal() const { return text_; }
    /** @brief Whether there is no text. */
    bool empty() const { return text_.empty(); }

private:
    std::string text_;
};

/** @brief Replaces the secret by `***` wherever a text from outside repeats it. */
std::string hide(secret const& hidden, std::string text);

}  // namespace conductor::workers
