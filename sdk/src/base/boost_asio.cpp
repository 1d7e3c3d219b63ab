// Compiles Boost.Asio once; every other file sees declarations only.
#include <boost/asio/impl/src.hpp>
