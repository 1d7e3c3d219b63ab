#include "name_service.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <utility>

namespace conductor::test {

name_service& name_service::instance() {
    static name_service service;
    return service;
}

void name_service::define(std::string name, std::vector<std::string> addresses) {
    std::lock_guard const lock(mutex_);
    entries_.push_back({std::move(name), std::move(addresses)});
}

void name_service::hold() {
    std::lock_guard const lock(mutex_);
    is_held_ = true;
}

void name_service::release() {
    std::lock_guard const lock(mutex_);
    is_held_ = false;
    released_.notify_all();
}

std::vector<std::string> name_service::look_up(std::string const& name) {
    std::unique_lock lock(mutex_);
    for (auto const& [known, addresses] : entries_)
        if (known == name) return addresses;
    released_.wait(lock, [this] { return !is_held_; });
    return {};
}

}  // namespace conductor::test

// Stands before the one of the C library in the order of symbols.
extern "C" int getaddrinfo(char const* name, char const* service, addrinfo const* hints,
                           addrinfo** found) {
    using function = int (*)(char const*, char const*, addrinfo const*, addrinfo**);
    static auto const real = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    *found = nullptr;
    auto** end = found;
    for (auto const& address : conductor::test::name_service::instance().look_up(name)) {
        // The C library frees entries one by one, so lists of its own making can be joined.
        addrinfo numeric = *hints;
        numeric.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
        if (int const error = real(address.c_str(), service, &numeric, end)) return error;
        end = &(*end)->ai_next;
    }
    return *found == nullptr ? EAI_NONAME : 0;
}
