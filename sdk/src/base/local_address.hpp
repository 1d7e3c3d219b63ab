#pragma once

#include <boost/asio/ip/address.hpp>

#include <string>

namespace conductor::base {

/** @brief Whether packets to an address stay on this machine or its link: loopback, link-local
 * (where clouds keep the credentials of a machine), unspecified, multicast and broadcast addresses.
 *
 *  An IPv6 address that stands for an IPv4 one is judged by that: mapped, compatible, 6to4 and
 *  NAT64 (RFC 4291, 3056, 6052).
 */
bool is_local(boost::asio::ip::address const& where);

/** @brief Whether a host says by itself where it leads: an address as text, or `localhost`.
 *
 *  Other spellings of an address, such as `127.1` and `0x7f000001`, are names: the system's look-up
 *  reads them, and its answer is judged.
 */
bool is_written_out(std::string const& host);

}  // namespace conductor::base
