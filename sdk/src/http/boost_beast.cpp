// Compiles Boost.Beast once.
#include <boost/beast/src.hpp>
