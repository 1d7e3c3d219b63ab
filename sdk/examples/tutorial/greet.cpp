#include "greet.hpp"

#include <stdexcept>

conductor::result<greeted> greet(greeting const& in, conductor::task_context& context) {
    if (in.noisy == true && context.task().retry_count() == 0)
        throw std::runtime_error{"the line was noisy"};  // FAILED: the server tries again

    std::string const word = in.language == "de" ? "Hallo" : "Hello";
    greeted out;
    for (int i = 0; i < in.times; ++i) out.text += (i > 0 ? ", " : "") + word + ' ' + in.name;
    context.log("greeted " + in.name);
    return out;
}
