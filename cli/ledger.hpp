// The ledger of a batch: one SQLite file that holds the plan, the scenario it was made for, and
// each unit that has been run. It needs nothing beside it, so it can be copied, sent and run
// elsewhere.
//
//   plan   copy (two equal rows: one heals the other), json, scenario (packed, zstd), sha256
//   unit   id, state (running, done, failed), seed, figures (JSON: id -> [value, low, high, unit]),
//          results (whole JSON, zstd; null where figures are enough), results_sha256 (of the JSON),
//          message (of a failure), sha256 (over all so far but results), seconds (the unit took),
//          finished (Unix time)
//
// A unit without a row is planned and was never begun. Every change is one transaction in a
// write-ahead log: a program that is killed leaves all finished units and no half one. (Without a
// flush for each: a power cut may lose the last few, which are then run again.)
//
// One program at a time runs a ledger, by a lock on the file beside it (NAME.lock) that ends with
// the program that holds it, however it ends. So a unit that is found `running` by the next holder
// belongs to a dead or stopped program, and is taken again. Reading is always possible.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "sim/experiment/tally.hpp"

struct sqlite3;

namespace footfall::cli {

using experiment::UnitState;

struct UnitRecord {
  std::uint64_t id = 0;
  UnitState state = UnitState::planned;
  std::uint64_t seed = 0;
  std::string figures;  ///< JSON text; of units that are done
  std::string results;  ///< JSON text; empty where only figures are kept
  std::string message;  ///< of units that failed
  double seconds = 0;
  double finished = 0;
  std::string sha256;  ///< 32 bytes, as read
};

/// The lock of the one program that runs a ledger.
class LedgerLock {
 public:
  /// Errors: another program holds it (with its process id); the folder cannot be written.
  static Result<LedgerLock> take(const std::string& ledger);
  LedgerLock(LedgerLock&& other) noexcept;
  LedgerLock& operator=(LedgerLock&&) = delete;
  ~LedgerLock();

 private:
  LedgerLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_;
  std::string path_;
};

/// What heal() found and did.
struct Healing {
  std::vector<std::string> findings;  ///< one line each; empty: the ledger is whole
  std::vector<std::uint64_t> lost;    ///< units that were there and have to be run again
  std::uint64_t kept = 0;             ///< units whose checksum is right
};

class Ledger {
 public:
  /// A new file with a plan and no units. Refused where something stands at the path.
  /// `scenario`: packed (scenario::pack).
  static Errors create(const std::string& path, const experiment::Plan& plan,
                       const std::string& scenario);

  /// Errors: no such file, no ledger, damaged (says what to do), of a newer format.
  static Result<Ledger> open(const std::string& path);

  const std::string& path() const { return path_; }
  const experiment::Plan& plan() const { return plan_; }
  const std::string& scenario() const { return scenario_; }
  std::uint64_t points() const { return points_.count; }
  const experiment::Points& design() const { return points_; }
  std::uint64_t unit_count() const { return points_.count * plan_.replications; }

  /// What a running program writes. Each is one transaction.
  Errors start(const experiment::Unit& unit);
  Errors finish(const UnitRecord& record);  ///< done or failed

  /// All units that have a row, by id, until `visit` says false. With `whole`, results are read and
  /// checked too. A wrong checksum is an error that says to verify, unless `damaged` takes the ids.
  Errors each(bool whole, const std::function<bool(const UnitRecord&)>& visit,
              std::vector<std::uint64_t>* damaged = nullptr) const;
  Result<UnitRecord> unit(std::uint64_t id) const;  ///< whole; planned where there is no row

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  using Db = std::unique_ptr<sqlite3, Close>;

  Ledger() = default;
  Errors trouble() const;
  void salvage(const std::function<void(const UnitRecord&)>& good, Healing& healing) const;

  std::string path_;
  Db db_;
  experiment::Plan plan_;
  experiment::Points points_;
  std::string scenario_;
  bool plan_damaged_ = false;  ///< one of the two copies is

  friend Errors merge_ledgers(const std::vector<std::string>& parts, const std::string& out);
  friend Result<Healing> heal(const std::string& path);
};

/// Checks the file's structure, the plan's copies and every unit's checksum. Where anything is
/// wrong, all that is right is written to a new file that takes the ledger's place. Errors: neither
/// copy of the plan can be read. Call it with the lock held.
Result<Healing> heal(const std::string& path);

/// Joins ledgers of one plan. A unit that is in several must be the same in all. Refused where
/// plans differ (two scenarios: with both hashes).
Errors merge_ledgers(const std::vector<std::string>& parts, const std::string& out);

/// The error of a plan that is not the ledger's; both scenario hashes where they differ.
Error other_plan(const std::string& file, const experiment::Plan& has,
                 const std::string& other_file, const experiment::Plan& other);

std::string zstd_compressed(std::string_view bytes, int level = 3);
/// Empty result where the bytes are no whole zstd frame with its size, or larger than 2 GiB.
Result<std::string> zstd_decompressed(std::string_view bytes);

}  // namespace footfall::cli
