// Compiles the TLS part of Boost.Asio once.
#include <boost/asio/ssl/impl/src.hpp>
