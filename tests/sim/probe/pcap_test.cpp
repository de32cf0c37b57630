#include "sim/probe/pcap.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace footfall;
using namespace footfall::probe;

namespace {

template <std::size_t n>
std::string bytes(const unsigned char (&values)[n]) {
  return std::string(values, values + n);
}

std::uint32_t word(const std::string& file, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(file[at + i])) << (8 * i);
  }
  return value;
}

}  // namespace

TEST_CASE("pcap: a packet made by hand, which tshark decodes with a good checksum, byte for byte") {
  const std::string elements =
      bytes({0x00, 0x00, 0x01, 0x04, 0x02, 0x04, 0x0b, 0x16, 0x32, 0x08, 0x0c, 0x12, 0x18, 0x24,
             0x30, 0x48, 0x60, 0x6c, 0x03, 0x01, 0x01, 0x2d, 0x1a, 0x2d, 0x40, 0x17, 0xff}) +
      std::string(22, '\0') +
      bytes({0x7f, 0x08, 0x04, 0x00, 0x08, 0x84, 0x00, 0x00, 0x00, 0x40, 0xdd, 0x05, 0x00, 0x50,
             0xf2, 0x08, 0x00});
  Packet packet;
  packet.unix_us = 1'700'000'000'000'000;
  packet.timer_us = 5'000'000;
  packet.frequency_mhz = 2412;
  packet.signal_dbm = -48;
  packet.mac = {0xda, 0xa1, 0x19, 0x00, 0x00, 0x01};
  packet.sequence = 100;
  packet.elements = elements;
  std::string file = pcap_header();
  add_packet(file, packet);
  REQUIRE(file.size() == 24 + 16 + 118);
  // Its parts as they stand in the known file.
  CHECK(file.substr(0, 24) == bytes({0xd4, 0xc3, 0xb2, 0xa1, 2,    0,    4, 0, 0,    0, 0, 0,
                                     0,    0,    0,    0,    0xff, 0xff, 0, 0, 0x7f, 0, 0, 0}));
  CHECK(file.substr(40, 24) ==
        bytes({0x00, 0x00, 0x18, 0x00, 0x2f, 0x08, 0x00, 0x00, 0x40, 0x4b, 0x4c, 0x00,
               0x00, 0x00, 0x00, 0x00, 0x10, 0x02, 0x6c, 0x09, 0xa0, 0x00, 0xd0, 0x00}));
  CHECK(file.substr(64, 24) ==
        bytes({0x40, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xda, 0xa1,
               0x19, 0x00, 0x00, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x40, 0x06}));
  CHECK(word(file, file.size() - 4) == 0x52013441u);  // checksum
}

TEST_CASE("pcap: a capture has one packet for each frame, in order") {
  Capture capture;
  CHECK(pcap(capture, {}).size() == 24);
  for (int i = 0; i < 3; ++i) {
    Frame frame;
    frame.time = micros_per_day + i * 1'500'000;
    frame.mac = {2, 0, 0, 0, 0, static_cast<std::uint8_t>(i)};
    frame.sequence = static_cast<std::uint16_t>(4094 + i);
    frame.signal_dbm = static_cast<std::int8_t>(-60 - i);
    frame.fingerprint = 0x01020304;
    capture.frames.push_back(frame);
  }
  const std::string file = pcap(capture, Date{1970, 1, 2});
  const std::size_t packet = (file.size() - 24) / 3;
  CHECK(file.size() == 24 + 3 * packet);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t at = 24 + i * packet;
    CHECK(word(file, at) == 2 * 86'400 + (i == 0 ? 0 : i == 1 ? 1 : 3));
    CHECK(word(file, at + 4) == (i == 1 ? 500'000u : 0u));
    CHECK(word(file, at + 8) == packet - 16);
    CHECK(static_cast<signed char>(file[at + 16 + 22]) == -60 - static_cast<int>(i));
    CHECK(file.substr(file.find(std::string("\xdd\x07", 2), at) + 5, 4) == "\x04\x03\x02\x01");
  }
}
