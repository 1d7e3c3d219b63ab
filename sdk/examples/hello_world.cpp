#include <boost/describe.hpp>
#include <conductor/conductor.hpp>
#include <string>

struct greeting { std::string name; };
BOOST_DESCRIBE_STRUCT(greeting, (), (name))

int main() {
    conductor::runtime runtime{conductor::client_options::from_environment()};
    runtime.add("greet", [](greeting in) {
        return boost::json::object{{"text", "Hello " + in.name}};
    });
    return runtime.run();  // until SIGTERM or SIGINT, then drains
}
