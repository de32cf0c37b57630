#include "core/hash.hpp"

#include <string>

#include <doctest/doctest.h>

#include "core/rng.hpp"

using namespace footfall;

TEST_CASE("SHA-256 gives the vectors of NIST") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklm"
            "nopqrlmnopqrsmnopqrstnopqrstu") ==
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("pieces of any length give the hash of the whole") {
  std::string text;
  Draws draws(random_key(1, 0, "hash_test"), 1, 0, 0);
  for (int i = 0; i < 1000; ++i) text += static_cast<char>(draws.below(256));
  for (int round = 0; round < 200; ++round) {
    Sha256 hash;
    std::string_view left = text;
    while (!left.empty()) {
      const std::size_t n = 1 + draws.below(150);
      hash.update(left.substr(0, n));
      left.remove_prefix(std::min(n, left.size()));
    }
    REQUIRE(hash.hex() == sha256_hex(text));
  }
  for (std::size_t n = 50; n < 70; ++n) {  // around the ends of the padding
    Sha256 hash;
    for (std::size_t i = 0; i < n; ++i) hash.update(std::string_view("x"));
    CHECK(hash.hex() == sha256_hex(std::string(n, 'x')));
  }
}

TEST_CASE("numbers are hashed in little-endian order, both zeros alike") {
  Sha256 numbers;
  numbers.update_u32(0x64636261);
  numbers.update_u64(0x6c6b6a6968676665);
  numbers.update_f64(1.0);
  numbers.update_f32(1.0f);
  CHECK(numbers.hex() ==
        sha256_hex(std::string("abcdefghijkl\0\0\0\0\0\0\xf0\x3f\0\0\x80\x3f", 24)));
  Sha256 negative, positive;
  negative.update_f64(-0.0);
  negative.update_f32(-0.0f);
  positive.update_f64(0.0);
  positive.update_f32(0.0f);
  CHECK(negative.hex() == positive.hex());
}
