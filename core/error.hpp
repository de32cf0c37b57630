// Errors are values. A function that can fail on its input returns Result<T>, and the failure holds
// every problem found, not the first one only. Each problem says where it is and what is allowed,
// so that one line of text is enough to mend it:
//
//   stores.csv: line 12, column floor_area_m2: "-40" is not allowed (a number from 1 to 500000)
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace footfall {

/// One problem in one place. Only `message` is always there.
struct Error {
  std::string file;  ///< File or layer name as the user knows it ("stores.csv"); may be empty.
  std::string
      place;  ///< Line, column, id or path inside it ("line 12, column brand"); may be empty.
  std::string value;  ///< The offending value as text, cut to 60 characters; may be empty.
  std::string
      message;  ///< What is wrong ("is not a number"); never empty, no full stop at the end.
  std::string allowed;  ///< What would be right ("a number from 1 to 500000"); may be empty.
};

/// All problems found, in the order of the input.
using Errors = std::vector<Error>;

template <class T>
using Result = tl::expected<T, Errors>;

/// One line of text: `file: place: "value" message (allowed)`, empty parts left out. Control
/// characters in the parts are replaced by a space so that it stays one line.
std::string describe(const Error& error);

/// The lines of all problems; after `limit` of them one line says how many more there are.
std::string describe(const Errors& errors, std::size_t limit = 20);

inline void append(Errors& errors, const Errors& more) {
  errors.insert(errors.end(), more.begin(), more.end());
}

/// Shorthand for the common return of one problem.
inline tl::unexpected<Errors> fail(Error error) {
  return tl::unexpected<Errors>(Errors{std::move(error)});
}
inline tl::unexpected<Errors> fail(Errors errors) {
  return tl::unexpected<Errors>(std::move(errors));
}
inline tl::unexpected<Errors> fail(std::string file, std::string place, std::string message) {
  return fail(Error{std::move(file), std::move(place), {}, std::move(message), {}});
}

}  // namespace footfall
