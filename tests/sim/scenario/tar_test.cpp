#include <doctest/doctest.h>

#include "tests/geo/mutants.hpp"
#include "tests/sim/scenario/fixture.hpp"

using namespace footfall;
using namespace footfall::scenario;

namespace {

/// A member as other tar programs write it.
std::string member(const std::string& name, char type, const std::string& bytes) {
  std::string block = pack({{name.substr(0, 99), bytes}});
  block.resize(block.size() - 1024);
  block[156] = type;
  for (std::size_t i = 148; i < 156; ++i) block[i] = ' ';
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(block[i]);
  for (std::size_t i = 6; i-- > 0; sum /= 8) block[148 + i] = static_cast<char>('0' + sum % 8);
  block[154] = '\0';
  return block;
}

const std::string end_mark(1024, '\0');

}  // namespace

TEST_CASE("files come back from the single-file form; the same files give the same bytes") {
  const FileSet files = write_scenario(small_scenario());
  const std::string packed = pack(files);
  CHECK(packed.size() % 512 == 0);
  CHECK(packed == pack(files));
  const auto back = unpack(packed, "x.footfall");
  REQUIRE(back);
  CHECK(*back == files);
  CHECK(packed.substr(257, 8) == std::string("ustar\00000", 8));
}

TEST_CASE("one common folder, ./ and extended headers of pax and GNU are understood") {
  const FileSet expected{{"a.csv", "1\n"}, {"b.csv", "2\n"}};
  const auto dotted = unpack(member("./", '5', "") + member("./a.csv", '0', "1\n") +
                                 member("./b.csv", '0', "2\n") + end_mark,
                             "x");
  REQUIRE_MESSAGE(dotted, problems(dotted));
  CHECK(*dotted == expected);
  const auto folder = unpack(member("city/", '5', "") + member("city/a.csv", '0', "1\n") +
                                 member("city/b.csv", '0', "2\n") + end_mark,
                             "x");
  REQUIRE_MESSAGE(folder, problems(folder));
  CHECK(*folder == expected);
  const auto pax =
      unpack(member("g", 'g', "20 comment=whatever\n") +
                 member("PaxHeaders/a", 'x', "19 path=city/a.csv\n") + member("short", '0', "1\n") +
                 member("././@LongLink", 'L', std::string("city/b.csv\0", 11)) +
                 member("short", '0', "2\n") + end_mark,
             "x");
  REQUIRE_MESSAGE(pax, problems(pax));
  CHECK(*pax == expected);
}

TEST_CASE("what is no archive of one scenario is refused with one line") {
  const std::string good = pack(write_scenario(small_scenario()));
  const auto said = [](const std::string& bytes) { return problems(unpack(bytes, "f")); };
  CHECK(said("") == "f: is empty\n");
  CHECK(holds(said("hello"), "is no tar archive"));
  CHECK(holds(said(std::string(2000, 'x')), "is no tar archive"));
  CHECK(holds(said(good.substr(0, good.size() - 1024)), "is truncated"));
  CHECK(holds(said(good.substr(0, 700)), "is truncated"));
  CHECK(holds(said(end_mark), "holds no files"));
  CHECK(holds(said(member("a", '0', "") + member("d/b", '0', "") + end_mark), "another folder"));
  CHECK(holds(said(member("d/e/b", '0', "") + end_mark), "another folder"));
  CHECK(holds(said(member("../b", '0', "") + end_mark), "another folder"));
  CHECK(holds(said(member("/b", '0', "") + end_mark), "another folder"));
  CHECK(holds(said(member("b", '2', "") + end_mark), "is no regular file"));
  CHECK(holds(said(member("b", '0', "") + member("b", '0', "") + end_mark), "is there twice"));
  std::string many;
  for (int i = 0; i < 65; ++i) many += member(std::to_string(i), '0', "");
  CHECK(holds(said(many + end_mark), "at most 64 files"));
  std::string damaged = good;
  damaged[0] ^= 1;
  CHECK(holds(said(damaged), "is no tar archive"));
  std::string huge = member("a", '0', "");
  for (std::size_t i = 124; i < 135; ++i) huge[i] = '7';
  CHECK_FALSE(unpack(huge + end_mark, "f"));
}

TEST_CASE("mutated archives never crash") {
  const std::string good = pack(write_scenario(small_scenario()));
  std::uint32_t refused = 0;
  for (std::uint32_t i = 0; i < geo::mutant_count(); ++i) {
    const auto files = unpack(geo::mutant(good, i), "f");
    refused += !files;
    if (files) CHECK(files->size() <= 64);
  }
  CHECK(refused > 0);
}
