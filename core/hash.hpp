// SHA-256 (FIPS 180-4), for the identity of scenarios, results and golden outputs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace footfall {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> bytes);
  void update(std::string_view text);
  /// Integers and doubles in little-endian order; NaN is not allowed (asserted), -0 is written as
  /// 0.
  void update_u32(std::uint32_t value);
  void update_u64(std::uint64_t value);
  void update_f64(double value);
  void update_f32(float value);

  /// Ends the message; the object must not be used afterwards.
  std::array<std::uint8_t, 32> digest();
  /// As 64 lower-case hexadecimal digits.
  std::string hex();

 private:
  void compress(const std::uint8_t* block);
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> buffer_{};
  std::uint64_t length_ = 0;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace footfall
