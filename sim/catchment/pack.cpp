#include <cmath>
#include <cstring>
#include <type_traits>

#include "sim/catchment/market.hpp"

namespace footfall::catchment {
namespace {

constexpr std::string_view magic = "footfall field 1";

// Values go as they lie in memory: both instances are of one build, and every platform of ours is
// little-endian.
template <class T>
void put(std::string& out, const T& value) {
  static_assert(std::is_arithmetic_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
template <class T>
void put(std::string& out, const std::vector<T>& column) {
  put(out, static_cast<std::uint64_t>(column.size()));
  out.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T));
}

/// Takes values from the front; once something was missing, `ok` stays false.
struct Reader {
  std::string_view rest;
  bool ok = true;

  void bytes(void* to, std::size_t size) {
    ok = ok && size <= rest.size();
    if (!ok) return;
    if (size > 0) std::memcpy(to, rest.data(), size);
    rest.remove_prefix(size);
  }
  template <class T>
  void take(T& value) {
    T read{};
    bytes(&read, sizeof read);
    value = read;
    if constexpr (std::is_floating_point_v<T>) ok = ok && std::isfinite(read) && read >= 0;
  }
  template <class T>
  void take(std::vector<T>& column) {
    std::uint64_t size = 0;
    take(size);
    ok = ok && size <= rest.size() / sizeof(T);
    if (!ok) return;
    column.resize(static_cast<std::size_t>(size));
    bytes(column.data(), column.size() * sizeof(T));
    for (const T value : column) ok = ok && std::isfinite(value) && value >= 0;
  }
};

/// The numbers of a field, in the order of the bytes.
template <class F, class Visit>
void visit_numbers(F& field, const Visit& visit) {
  visit(field.choice.area_exponent);
  visit(field.choice.decay_value);
  visit(field.choice.access);
  visit(field.choice.outside_utility);
  visit(field.choice.online_share);
  visit(field.choice.spending_per_head);
  visit(field.outside);
  visit(field.online);
  visit(field.spending);
  visit(field.unserved);
  visit(field.unserved_points);
  visit(field.weight);
  visit(field.own);
  visit(field.rivals);
  visit(field.sales);
}

bool in_range(const Choice& choice) {
  return choice.area_exponent <= 3 && choice.decay_value <= 5 && choice.access >= 0.01 &&
         choice.access <= 60 && choice.outside_utility < 1e30 && choice.online_share <= 1;
}

}  // namespace

std::string pack(const Field& field) {
  std::string out(magic);
  put(out, static_cast<std::uint8_t>(field.choice.measure));
  put(out, static_cast<std::uint8_t>(field.choice.decay));
  visit_numbers(field, [&](const auto& value) { put(out, value); });
  return out;
}

Result<Field> unpack_field(std::string_view bytes) {
  if (bytes.substr(0, magic.size()) != magic) return fail("field", {}, "is not a packed field");
  Reader reader{bytes.substr(magic.size())};
  std::uint8_t measure = 0, decay = 0;
  reader.take(measure);
  reader.take(decay);
  Field field;
  visit_numbers(field, [&](auto& value) { reader.take(value); });
  const bool ok = reader.ok && reader.rest.empty() && measure <= 2 && decay <= 1 &&
                  in_range(field.choice) && field.own.size() == field.weight.size() &&
                  field.rivals.size() == field.weight.size();
  if (!ok) return fail("field", {}, "is truncated or has values out of range");
  field.choice.measure = static_cast<Measure>(measure);
  field.choice.decay = static_cast<Decay>(decay);
  field.decayed = decayed(field.choice);
  return field;
}

}  // namespace footfall::catchment
