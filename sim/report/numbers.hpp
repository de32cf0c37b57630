// Numbers as people read them in a report: grouped, in millions where they are large, never longer
// than needed. The exact ones stand in the CSV files.
#pragma once

#include <string>
#include <string_view>

#include "core/texts.hpp"

namespace footfall::report {

/// Fixed decimals with "," between thousands; where |value| >= 1e15 its shortest form; "–" for a
/// value that is not finite.
std::string number_text(double value, int decimals);

/// In what the values of one unit are counted: 1, a million and a billion, or 万 and 亿. Only
/// amounts of money are scaled (units such as "CHF/year"), and only from a million on.
struct Scale {
  double divisor = 1;
  std::string_view name;  ///< "million": for unit_label()
};
Scale scale_for(double largest, std::string_view unit, Language language);

/// Three significant digits at most after scaling; whole numbers without decimals, large ones
/// grouped.
std::string short_number(double value, const Scale& scale);

/// "12.4 CHF million a year"; "%" and "°" stand close to the number, no unit gives the bare number.
std::string with_unit(std::string_view number, std::string_view unit, const Scale& scale,
                      Language language);

}  // namespace footfall::report
