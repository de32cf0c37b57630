#include "sim/probe/pcap.hpp"

#include <array>

namespace footfall::probe {
namespace {

constexpr std::uint32_t radiotap_bytes = 24, checksum_bytes = 4;

template <class T>
void add_little_endian(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

/// CRC-32 of IEEE 802.3, as zlib computes it.
std::uint32_t crc32(std::string_view bytes) {
  static constexpr auto table = [] {
    std::array<std::uint32_t, 256> entries{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0u);
      entries[i] = value;
    }
    return entries;
  }();
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 0xff];
  return ~crc;
}

void add_radiotap(std::string& out, const Packet& packet) {
  add_little_endian<std::uint16_t>(out, 0);  // version and padding
  add_little_endian<std::uint16_t>(out, radiotap_bytes);
  add_little_endian<std::uint32_t>(out,
                                   0x0000082f);  // timer, flags, rate, channel, signal, antenna
  add_little_endian<std::uint64_t>(out, packet.timer_us);
  add_little_endian<std::uint8_t>(out, 0x10);  // a checksum stands at the end
  add_little_endian<std::uint8_t>(out, 2);     // 1 Mbit/s in halves
  add_little_endian<std::uint16_t>(out, packet.frequency_mhz);
  add_little_endian<std::uint16_t>(out, 0x00a0);  // 2.4 GHz, CCK
  add_little_endian<std::uint8_t>(out, static_cast<std::uint8_t>(packet.signal_dbm));
  add_little_endian<std::uint8_t>(out, 0);
}

std::string probe_request(const Packet& packet) {
  const std::string everyone(6, '\xff');
  std::string out;
  add_little_endian<std::uint16_t>(out, 0x0040);  // management, probe request
  add_little_endian<std::uint16_t>(out, 0);
  out += everyone;
  for (const std::uint8_t octet : packet.mac) out += static_cast<char>(octet);
  out += everyone;
  add_little_endian<std::uint16_t>(out, static_cast<std::uint16_t>(packet.sequence << 4));
  out += packet.elements;
  return out;
}

std::string elements_of(std::uint32_t fingerprint) {
  constexpr std::string_view any_network("\x00\x00", 2);
  constexpr std::string_view rates("\x01\x08\x82\x84\x8b\x96\x0c\x12\x18\x24", 10);
  constexpr std::string_view vendor("\xdd\x07\x02\x46\x46", 5);
  std::string out;
  out += any_network;
  out += rates;
  out += vendor;
  add_little_endian(out, fingerprint);
  return out;
}

}  // namespace

std::string pcap_header() {
  std::string out;
  add_little_endian<std::uint32_t>(out, 0xa1b2c3d4u);  // microseconds
  add_little_endian<std::uint16_t>(out, 2);
  add_little_endian<std::uint16_t>(out, 4);
  add_little_endian<std::uint64_t>(out, 0);
  add_little_endian<std::uint32_t>(out, 0xffff);  // longest packet
  add_little_endian<std::uint32_t>(out, 127);     // radiotap
  return out;
}

void add_packet(std::string& file, const Packet& packet) {
  const std::string request = probe_request(packet);
  const auto bytes = radiotap_bytes + static_cast<std::uint32_t>(request.size()) + checksum_bytes;
  add_little_endian(file, static_cast<std::uint32_t>(packet.unix_us / 1'000'000));
  add_little_endian(file, static_cast<std::uint32_t>(packet.unix_us % 1'000'000));
  add_little_endian(file, bytes);
  add_little_endian(file, bytes);
  add_radiotap(file, packet);
  file += request;
  add_little_endian(file, crc32(request));
}

std::string pcap(const Capture& capture, Date first_day) {
  const std::int64_t start_us = days_from_civil(first_day) * micros_per_day;
  std::string file = pcap_header();
  for (const Frame& frame : capture.frames) {
    const std::string elements = elements_of(frame.fingerprint);
    Packet packet;
    packet.unix_us = static_cast<std::uint64_t>(start_us + frame.time);
    packet.timer_us = static_cast<std::uint64_t>(frame.time);
    packet.signal_dbm = frame.signal_dbm;
    packet.mac = frame.mac;
    packet.sequence = frame.sequence;
    packet.elements = elements;
    add_packet(file, packet);
  }
  return file;
}

}  // namespace footfall::probe
