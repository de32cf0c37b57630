#include "geo/csv.hpp"

#include <doctest/doctest.h>

#include "tests/geo/mutants.hpp"

namespace footfall::geo {
namespace {

using Row = std::vector<std::string>;

std::string problem_of(std::string_view text, std::size_t max_rows = 100) {
  const auto csv = parse_csv(text, "t.csv", max_rows);
  return csv ? "" : describe(csv.error());
}

}  // namespace

TEST_CASE("comma, semicolon, tab, quotes, line ends and byte order mark") {
  for (const std::string_view text :
       {"id,name\n1,a\n2,\"b\"\n", "id;name\r\n1;a\r\n2;b",
        "\xef\xbb\xbfid\tname\n\n1\ta\n2\tb\n\n", "\" id \" , name\r\n1,a\r\n\r\n2,\"b\"  \r\n"}) {
    CAPTURE(text);
    const auto csv = parse_csv(text, "t.csv");
    REQUIRE(csv);
    CHECK(csv->header == Row{"id", "name"});
    CHECK(csv->rows == std::vector<Row>{{"1", "a"}, {"2", "b"}});
    CHECK(csv->column("name") == 1);
    CHECK(csv->column("Name") == Csv::npos);
  }
}

TEST_CASE("cells keep spaces, quotes, separators and line ends") {
  const auto csv =
      parse_csv("a,b,c\n\"x\"\"y\",\"1,2;3\", 5\" \n\"l1\nl2\",,\"\"\nlast,1,2", "t.csv");
  REQUIRE(csv);
  CHECK(csv->rows ==
        std::vector<Row>{{"x\"y", "1,2;3", " 5\" "}, {"l1\nl2", "", ""}, {"last", "1", "2"}});
  CHECK(csv->lines == std::vector<std::size_t>{2, 3, 5});
}

TEST_CASE("the separator is found in the header line alone") {
  const auto one = parse_csv("value\n1;5\n", "t.csv");
  REQUIRE(one);
  CHECK(one->rows == std::vector<Row>{{"1;5"}});
  const auto quoted = parse_csv("\"a,b,c\";d\n1;2\n", "t.csv");
  REQUIRE(quoted);
  CHECK(quoted->header == Row{"a,b,c", "d"});
}

TEST_CASE("a header alone is a table without rows") {
  const auto csv = parse_csv("id,name", "t.csv");
  REQUIRE(csv);
  CHECK(csv->rows.empty());
}

TEST_CASE("each problem has its line, and all are told") {
  CHECK(problem_of("") == "t.csv: is empty (a header line and rows)\n");
  CHECK(problem_of("\n\r\n") == "t.csv: is empty (a header line and rows)\n");
  CHECK(problem_of("a,b\n1\n1,2\n1,2,3\n") ==
        "t.csv: line 2: has 1 cells (2 as in the header)\n"
        "t.csv: line 4: has 3 cells (2 as in the header)\n");
  CHECK(problem_of("a,a\n").find("line 1: column a stands there twice") != std::string::npos);
  CHECK(problem_of("a,,b\n").find("line 1: a column has no name") != std::string::npos);
  CHECK(problem_of("a,b\n1,\"2\n3,4\n").find("line 2: a quote is not closed") != std::string::npos);
  CHECK(problem_of("a,b\n1,\"2\"x\n").find("line 2: there is text behind") != std::string::npos);
  CHECK(problem_of("a\n1\n2\n3\n", 2) == "t.csv: line 4: there are too many rows (at most 2)\n");
  CHECK(problem_of("a\nb\nx\xff\n").find("line 3, byte 2: is not text in UTF-8") !=
        std::string::npos);
  CHECK(problem_of(std::string_view("PK\3\4\0\0", 6)).find("line 1, byte 5") != std::string::npos);
  CHECK(problem_of("\xff\xfe"
                   "a")
            .find("UTF-8") != std::string::npos);
}

TEST_CASE("problems are limited in number") {
  std::string text = "a,b\n";
  for (int i = 0; i < 5000; ++i) text += "1\n";
  const auto csv = parse_csv(text, "t.csv");
  REQUIRE_FALSE(csv);
  CHECK(csv.error().size() == 1000);
}

TEST_CASE("written cells read back") {
  const std::string_view pieces[] = {"a",    ",", ";", "\t", "\"",  "\n",
                                     "\r\n", " ", "ä", "中", "1.5", ""};
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Draws draws(random_key(seed, 0, "test"), 6, 0, 0);
    std::vector<Row> rows;
    std::string text = "x,y,z\n";
    for (std::uint32_t r = draws.below(6); r > 0; --r) {
      Row& row = rows.emplace_back(3);
      for (std::string& cell : row) {
        for (std::uint32_t n = draws.below(5); n > 0; --n) cell += pieces[draws.below(12)];
      }
      text += csv_cell(row[0]) + "," + csv_cell(row[1]) + "," + csv_cell(row[2]) + "\n";
    }
    const auto csv = parse_csv(text, "t.csv");
    REQUIRE(csv);
    CHECK(csv->rows == rows);
  }
  CHECK(csv_cell("plain") == "plain");
  CHECK(csv_cell("a;b") == "\"a;b\"");
}

TEST_CASE("broken tables give a table or problems with a line") {
  const std::string good =
      "id;name;value\r\n1;\"Müller; Söhne\";2.5\r\n2;\"x \"\"y\"\"\";-1e3\r\n3;;0\r\n";
  int failed = 0;
  for (std::uint32_t i = 0; i < mutant_count(); ++i) {
    const auto csv = parse_csv(mutant(good, i), "t.csv");
    if (csv) {
      CHECK(csv->rows.size() == csv->lines.size());
      for (const Row& row : csv->rows) CHECK(row.size() == csv->header.size());
      continue;
    }
    ++failed;
    REQUIRE_FALSE(csv.error().empty());
    for (const Error& error : csv.error()) CHECK_FALSE(error.message.empty());
  }
  CHECK(failed > 0);
}

}  // namespace footfall::geo
