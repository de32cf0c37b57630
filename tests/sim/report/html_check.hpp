// A strict reader of the HTML that reports are made of: every element is closed in order,
// attributes are quoted, text holds no bare "<", ids stand once.
#pragma once

#include <string>
#include <string_view>

namespace footfall::report_test {

/// What is wrong first, with some text around it; "" where all is well.
std::string problem_in(std::string_view html);

std::size_t count(std::string_view text, std::string_view part);

}  // namespace footfall::report_test
