#include "cli/batch_tally.hpp"

#include "core/text.hpp"

namespace footfall::cli {

Result<Shard> parse_shard(const std::string& text) {
  const auto parts = split(text, '/');
  const auto index = parse_integer(parts[0]);
  const auto count = parse_integer(parts.size() == 2 ? parts[1] : std::string());
  if (!index || !count || *index < 1 || *count < *index) {
    return fail(Error{"", "--shard", text, "is not allowed", "I/N with I from 1 to N"});
  }
  return Shard{static_cast<std::uint64_t>(*index), static_cast<std::uint64_t>(*count)};
}

Result<Tally> read_tally(const Ledger& ledger, Shard shard) {
  Tally out(ledger.plan(), ledger.points(), shard);
  Errors inner;
  Errors errors = ledger.each(false, [&](const UnitRecord& r) {
    inner = out.note(r.id, r.state, r.figures, ledger.path());
    return inner.empty();
  });
  if (errors.empty()) errors = std::move(inner);
  if (!errors.empty()) return fail(std::move(errors));
  return out;
}

}  // namespace footfall::cli
