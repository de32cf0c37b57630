// Captures as pcap files, which Wireshark and the field's scripts read: link type 127, each packet
// a radiotap header of 24 bytes (present word 0x0000082f), a probe request of IEEE 802.11 and its
// checksum.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/probe/probe.hpp"

namespace footfall::probe {

/// A probe request with all that its packet says.
struct Packet {
  std::uint64_t unix_us = 0;   ///< microseconds since 1970-01-01
  std::uint64_t timer_us = 0;  ///< the receiver's own timer
  std::uint16_t frequency_mhz = 2437;
  std::int8_t signal_dbm = 0;
  Mac mac{};
  std::uint16_t sequence = 0;  ///< 12 bits
  std::string_view elements;   ///< information elements as bytes
};

/// The file's first 24 bytes.
std::string pcap_header();
/// Adds one packet to a file.
void add_packet(std::string& file, const Packet& packet);

/// A whole capture. The sensor's timer starts at the scenario's first midnight; local time is
/// written as if it were UTC. Information elements: any network, eight rates, and the fingerprint
/// in an element of a locally administered vendor (02-46-46).
std::string pcap(const Capture& capture, Date first_day);

}  // namespace footfall::probe
