#include <daemon/version.hpp>

namespace conductor::daemon {

std::string_view version() noexcept { return CONDUCTOR_VERSION; }

}  // namespace conductor::daemon
