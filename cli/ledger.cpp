#include "cli/ledger.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "core/hash.hpp"

namespace footfall::cli {
namespace {

namespace fs = std::filesystem;

constexpr int application_id = 0x46464c47;  // "FFLG"
constexpr int format = 1;
constexpr const char* plan_schema =
    "CREATE TABLE plan(copy INTEGER PRIMARY KEY, json TEXT NOT NULL, scenario BLOB NOT NULL, "
    "sha256 BLOB NOT NULL)";
constexpr const char* unit_schema =
    "CREATE TABLE unit(id INTEGER PRIMARY KEY, state TEXT NOT NULL, seed INTEGER NOT NULL, figures "
    "TEXT, results BLOB, results_sha256 BLOB, message TEXT, sha256 BLOB, seconds REAL, finished "
    "REAL)";

Errors problem(const std::string& path, std::string message, std::string allowed = {}) {
  return {{path, "", "", std::move(message), std::move(allowed)}};
}

std::string damaged_message(const std::string& path) {
  return "is damaged; heal it by: footfall batch verify " + path;
}

/// One line for what went wrong in SQLite.
Errors trouble_of(sqlite3* db, const std::string& path) {
  const int code = sqlite3_errcode(db) & 0xff;
  const int system = sqlite3_system_errno(db);
  if (code == SQLITE_FULL || ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) &&
                              (system == ENOSPC || system == EFBIG || system == EDQUOT))) {
    return problem(path, "cannot grow: the disk is full; what is finished stays in it");
  }
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) return problem(path, damaged_message(path));
  if (code == SQLITE_BUSY) return problem(path, "is in use by another program");
  return problem(path, sqlite3_errmsg(db));
}

/// A prepared statement; columns and parameters count from 0 and 1 as in SQLite.
class Statement {
 public:
  Statement(sqlite3* db, const char* sql) { sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr); }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  explicit operator bool() const { return statement_ != nullptr; }
  void bind(int at, std::int64_t value) { sqlite3_bind_int64(statement_, at, value); }
  void bind(int at, double value) { sqlite3_bind_double(statement_, at, value); }
  void bind_text(int at, std::string_view text) {
    sqlite3_bind_text64(statement_, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void bind_blob(int at, std::string_view bytes) {
    sqlite3_bind_blob64(statement_, at, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
  int step() { return statement_ == nullptr ? SQLITE_ERROR : sqlite3_step(statement_); }
  void reset() { sqlite3_reset(statement_); }

  std::int64_t integer(int at) const { return sqlite3_column_int64(statement_, at); }
  double number(int at) const { return sqlite3_column_double(statement_, at); }
  std::string bytes(int at) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, at));
    return data == nullptr
               ? std::string()
               : std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, at)));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

bool execute(sqlite3* db, const char* sql) {
  return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::string digest_text(Sha256& hash) {
  const auto digest = hash.digest();
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string checksum(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return digest_text(hash);
}

std::string checksum(const UnitRecord& r, std::string_view results_sum) {
  Sha256 hash;
  hash.update_u64(r.id);
  hash.update_u64(r.seed);
  for (const std::string_view part :
       {name_of(r.state), std::string_view(r.figures), results_sum, std::string_view(r.message)}) {
    hash.update_u64(part.size());
    hash.update(part);
  }
  return digest_text(hash);
}

std::string checksum_of_plan(std::string_view json, std::string_view scenario) {
  Sha256 hash;
  hash.update_u64(json.size());
  hash.update(json);
  hash.update(scenario);
  return digest_text(hash);
}

/// Nothing in a file that was made elsewhere may run: no triggers, views or own functions.
void harden(sqlite3* db) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout(db, 20'000);
  execute(db, "PRAGMA cell_size_check=ON; PRAGMA synchronous=NORMAL;");
}

/// Exactly our two tables.
bool schema_is_ours(sqlite3* db) {
  Statement s(db, "SELECT sql FROM sqlite_schema ORDER BY name");
  for (const char* expected : {plan_schema, unit_schema}) {
    if (s.step() != SQLITE_ROW || s.bytes(0) != expected) return false;
  }
  return s.step() == SQLITE_DONE;
}

std::int64_t pragma(sqlite3* db, const char* sql) {
  Statement s(db, sql);
  return s.step() == SQLITE_ROW ? s.integer(0) : -1;
}

/// Reads units row by row and checks them.
class UnitReader {
 public:
  UnitReader(sqlite3* db, bool whole, const char* where)
      : whole_(whole),
        statement_(db,
                   ("SELECT id, state, seed, figures, " + std::string(whole ? "results" : "NULL") +
                    ", results_sha256, message, sha256, seconds, finished FROM unit " + where)
                       .c_str()) {}

  Statement& statement() { return statement_; }

  /// The row that the statement stands at; false where it is not as it was written.
  bool read(UnitRecord& r) const {
    const Statement& s = statement_;
    r = {};
    r.id = static_cast<std::uint64_t>(s.integer(0));
    const std::string state = s.bytes(1);
    for (const UnitState known : {UnitState::running, UnitState::done, UnitState::failed}) {
      if (state == name_of(known)) r.state = known;
    }
    r.seed = static_cast<std::uint64_t>(s.integer(2));
    r.figures = s.bytes(3);
    r.message = s.bytes(6);
    r.sha256 = s.bytes(7);
    r.seconds = s.number(8);
    r.finished = s.number(9);
    if (r.state == UnitState::running) return true;  // has nothing to lose
    const std::string results_sum = s.bytes(5);
    if (r.state == UnitState::planned || checksum(r, results_sum) != r.sha256) return false;
    if (!whole_ || results_sum.empty()) return true;
    auto results = zstd_decompressed(s.bytes(4));
    if (!results || checksum(*results) != results_sum) return false;
    r.results = std::move(*results);
    return true;
  }

 private:
  bool whole_;
  Statement statement_;
};

std::string without_suffixes(const std::string& path) {
  std::error_code code;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(path + suffix, code);
  return path;
}

Errors put_in_place(const std::string& temporary, const std::string& path) {
  const int file = ::open(temporary.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ::fsync(file);
    ::close(file);
  }
  std::error_code code;
  for (const char* suffix : {"-wal", "-shm"}) fs::remove(path + suffix, code);
  if (::rename(temporary.c_str(), path.c_str()) == 0) return {};
  Errors errors = problem(path, std::string("cannot be replaced: ") + std::strerror(errno));
  without_suffixes(temporary);
  return errors;
}

std::string temporary_of(const std::string& path) {
  return path + ".tmp-" + std::to_string(::getpid());
}

}  // namespace

std::string zstd_compressed(std::string_view bytes, int level) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), level);
  out.resize(ZSTD_isError(size) ? 0 : size);  // fails only without memory
  return out;
}

Result<std::string> zstd_decompressed(std::string_view bytes) {
  constexpr unsigned long long most = 2ull << 30;
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > most) {
    return fail("", "", "is no compressed data");
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != size) return fail("", "", "is damaged");
  return out;
}

// --- the lock

Result<LedgerLock> LedgerLock::take(const std::string& ledger) {
  const std::string path = ledger + ".lock";
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
      return fail(path, "", std::string("cannot be written: ") + std::strerror(errno));
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      char holder[32] = {};
      const ssize_t n = ::pread(file, holder, sizeof holder - 1, 0);
      ::close(file);
      return fail(Error{ledger, "", "",
                        "is being run by process " + std::string(holder, n > 0 ? n : 0),
                        "wait for it, or run a copy with --shard and merge"});
    }
    struct stat ours {
    }, there{};
    const bool still_there = ::fstat(file, &ours) == 0 && ::stat(path.c_str(), &there) == 0 &&
                             ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
    if (!still_there) {  // its holder took it away between our two steps
      ::close(file);
      continue;
    }
    const std::string id = std::to_string(::getpid());
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, id.data(), id.size(), 0) < 0) {
      // The id is only for the message: a full disk must not keep anyone from running.
    }
    return LedgerLock(file, path);
  }
}

LedgerLock::LedgerLock(LedgerLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

LedgerLock::~LedgerLock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());
  ::close(file_);
}

// --- the ledger

void Ledger::Close::operator()(sqlite3* db) const {
  sqlite3_close(db);
}

Errors Ledger::trouble() const {
  return trouble_of(db_.get(), path_);
}

Errors Ledger::create(const std::string& path, const experiment::Plan& plan,
                      const std::string& scenario) {
  std::error_code code;
  if (fs::exists(path, code)) return problem(path, "is there already", "a name that is free");
  const std::string temporary = without_suffixes(temporary_of(path));
  sqlite3* raw = nullptr;
  sqlite3_open_v2(temporary.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Db db(raw);
  const std::string json = experiment::to_json(plan).dump();
  const std::string packed = zstd_compressed(scenario);
  const std::string sum = checksum_of_plan(json, packed);
  const std::string identity = "PRAGMA application_id=" + std::to_string(application_id) +
                               "; PRAGMA user_version=" + std::to_string(format) + ";";
  bool ok = execute(raw, identity.c_str()) && execute(raw, "BEGIN") && execute(raw, plan_schema) &&
            execute(raw, unit_schema);
  for (std::int64_t copy = 1; ok && copy <= 2; ++copy) {
    Statement s(raw, "INSERT INTO plan VALUES(?,?,?,?)");
    s.bind(1, copy);
    s.bind_text(2, json);
    s.bind_blob(3, packed);
    s.bind_blob(4, sum);
    ok = s.step() == SQLITE_DONE;
  }
  ok = ok && execute(raw, "COMMIT") && execute(raw, "PRAGMA journal_mode=WAL");
  Errors errors = ok ? Errors{} : trouble_of(raw, path);
  db.reset();
  if (errors.empty()) return put_in_place(temporary, path);
  without_suffixes(temporary);
  return errors;
}

Result<Ledger> Ledger::open(const std::string& path) {
  std::error_code code;
  if (!fs::exists(path, code)) return fail(path, "", "does not exist");
  if (fs::is_directory(path, code)) return fail(path, "", "is a folder, no ledger of a batch");
  Ledger out;
  out.path_ = path;
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr);
  out.db_.reset(raw);
  if (opened != SQLITE_OK) return fail(trouble_of(raw, path));
  harden(raw);
  if (pragma(raw, "PRAGMA application_id") != application_id) {
    const bool other = sqlite3_errcode(raw) == SQLITE_OK || sqlite3_errcode(raw) == SQLITE_ROW ||
                       sqlite3_errcode(raw) == SQLITE_DONE ||
                       (sqlite3_errcode(raw) & 0xff) == SQLITE_NOTADB;
    if (other) return fail(path, "", "is no ledger of a batch");
    return fail(trouble_of(raw, path));
  }
  const std::int64_t version = pragma(raw, "PRAGMA user_version");
  if (version != format) {
    return fail(Error{path, "", std::to_string(version), "is a format this version cannot read",
                      std::to_string(format)});
  }
  if (!schema_is_ours(raw)) return fail(problem(path, damaged_message(path)));

  std::optional<Errors> reason;
  bool found = false;
  for (std::int64_t copy = 1; copy <= 2; ++copy) {
    Statement s(raw, "SELECT json, scenario, sha256 FROM plan WHERE copy=?");
    s.bind(1, copy);
    if (s.step() != SQLITE_ROW || checksum_of_plan(s.bytes(0), s.bytes(1)) != s.bytes(2)) {
      out.plan_damaged_ = true;
      continue;
    }
    if (found) continue;
    auto json = parse_json(s.bytes(0), path);
    if (!json) return fail(std::move(json.error()));
    auto plan = experiment::plan_from_json(*json, path);
    if (!plan) return fail(std::move(plan.error()));
    auto scenario = zstd_decompressed(s.bytes(1));
    if (!scenario) return fail(problem(path, damaged_message(path)));
    out.plan_ = std::move(*plan);
    out.scenario_ = std::move(*scenario);
    found = true;
  }
  if (!found) {
    return fail(problem(path,
                        "is damaged beyond healing: both copies of its plan are; plan the "
                        "batch again"));
  }
  out.points_ = experiment::points_of(out.plan_);
  return out;
}

Errors Ledger::start(const experiment::Unit& unit) {
  Statement s(db_.get(), "INSERT OR REPLACE INTO unit(id, state, seed) VALUES(?, 'running', ?)");
  s.bind(1, static_cast<std::int64_t>(unit.id));
  s.bind(2, static_cast<std::int64_t>(unit.seed));
  return s.step() == SQLITE_DONE ? Errors{} : trouble();
}

Errors Ledger::finish(const UnitRecord& r) {
  const std::string packed = r.results.empty() ? std::string() : zstd_compressed(r.results);
  const std::string results_sum = r.results.empty() ? std::string() : checksum(r.results);
  const std::string sum = checksum(r, results_sum);
  Statement s(db_.get(), "INSERT OR REPLACE INTO unit VALUES(?,?,?,?,?,?,?,?,?,?)");
  s.bind(1, static_cast<std::int64_t>(r.id));
  s.bind_text(2, name_of(r.state));
  s.bind(3, static_cast<std::int64_t>(r.seed));
  if (!r.figures.empty()) s.bind_text(4, r.figures);
  if (!packed.empty()) s.bind_blob(5, packed);
  if (!packed.empty()) s.bind_blob(6, results_sum);
  if (!r.message.empty()) s.bind_text(7, r.message);
  s.bind_blob(8, sum);
  s.bind(9, r.seconds);
  s.bind(10, r.finished);
  return s.step() == SQLITE_DONE ? Errors{} : trouble();
}

Errors Ledger::each(bool whole, const std::function<bool(const UnitRecord&)>& visit,
                    std::vector<std::uint64_t>* damaged) const {
  UnitReader reader(db_.get(), whole, "ORDER BY id");
  UnitRecord r;
  int state = SQLITE_DONE;
  while ((state = reader.statement().step()) == SQLITE_ROW) {
    if (!reader.read(r) || r.id >= unit_count()) {
      if (damaged == nullptr) return problem(path_, damaged_message(path_));
      damaged->push_back(r.id);
    } else if (!visit(r)) {
      return {};
    }
  }
  return state == SQLITE_DONE ? Errors{} : trouble();
}

Result<UnitRecord> Ledger::unit(std::uint64_t id) const {
  UnitReader reader(db_.get(), true, "WHERE id=?");
  reader.statement().bind(1, static_cast<std::int64_t>(id));
  UnitRecord r;
  const int state = reader.statement().step();
  if (state == SQLITE_DONE) {
    r.id = id;
    return r;
  }
  if (state != SQLITE_ROW) return fail(trouble());
  if (!reader.read(r)) return fail(problem(path_, damaged_message(path_)));
  return r;
}

// --- healing

/// Hands every unit that is as it was written to `good`, also where pages are missing.
void Ledger::salvage(const std::function<void(const UnitRecord&)>& good, Healing& healing) const {
  std::set<std::uint64_t> seen, lost;
  const auto keep = [&](const UnitRecord& r) {
    if (r.state != UnitState::running && seen.insert(r.id).second) good(r);
    return true;
  };
  std::vector<std::uint64_t> damaged;
  const bool readable = each(true, keep, &damaged).empty();
  for (const std::uint64_t id : damaged) {
    healing.findings.push_back("unit " + std::to_string(id) + ": its checksum");
    if (id < unit_count()) lost.insert(id);
  }
  for (std::uint64_t id = 0; !readable && id < unit_count(); ++id) {
    if (seen.count(id) != 0) continue;  // the scan ended at a bad page: look up the rest
    auto r = unit(id);
    if (!r) {
      lost.insert(id);
    } else if (r->state != UnitState::planned) {
      keep(*r);
    }
  }
  if (!readable) healing.findings.push_back("units: pages cannot be read");
  for (const std::uint64_t id : seen) lost.erase(id);
  healing.kept = seen.size();
  healing.lost.assign(lost.begin(), lost.end());
}

Result<Healing> heal(const std::string& path) {
  auto ledger = Ledger::open(path);
  if (!ledger) return fail(std::move(ledger.error()));
  sqlite3* db = ledger->db_.get();
  execute(db, "PRAGMA wal_checkpoint(TRUNCATE)");
  Healing out;
  if (ledger->plan_damaged_) out.findings.push_back("plan: one of its two copies");
  {
    Statement s(db, "PRAGMA integrity_check(20)");
    int state = SQLITE_DONE;
    while ((state = s.step()) == SQLITE_ROW) {
      if (s.bytes(0) != "ok") out.findings.push_back("structure: " + s.bytes(0));
    }
    if (state != SQLITE_DONE) out.findings.push_back("structure: pages cannot be read");
  }
  ledger->salvage([](const UnitRecord&) {}, out);
  if (out.findings.empty()) return out;

  const std::string temporary = without_suffixes(temporary_of(path) + "-healed");
  Errors errors = Ledger::create(temporary, ledger->plan_, ledger->scenario_);
  if (errors.empty()) {
    auto fresh = Ledger::open(temporary);
    if (!fresh) return fail(std::move(fresh.error()));
    execute(fresh->db_.get(), "BEGIN");
    Healing again;
    ledger->salvage(
        [&](const UnitRecord& r) {
          if (errors.empty()) errors = fresh->finish(r);
        },
        again);
    if (errors.empty() && !execute(fresh->db_.get(), "COMMIT")) errors = fresh->trouble();
  }
  ledger->db_.reset();
  if (errors.empty()) errors = put_in_place(temporary, path);
  if (errors.empty()) return out;
  without_suffixes(temporary);
  return fail(std::move(errors));
}

// --- joining

Error other_plan(const std::string& file, const experiment::Plan& has,
                 const std::string& other_file, const experiment::Plan& other) {
  if (has.scenario_hash != other.scenario_hash) {
    return {file, "", "", "is of scenario " + has.scenario_hash,
            other_file + " is of scenario " + other.scenario_hash};
  }
  return {file, "", "", "holds another plan (" + experiment::plan_hash(has).substr(0, 16) + ")",
          "that of " + other_file + " (" + experiment::plan_hash(other).substr(0, 16) + ")"};
}

Errors merge_ledgers(const std::vector<std::string>& parts, const std::string& out) {
  std::error_code code;
  if (fs::exists(out, code)) return problem(out, "is there already", "a name that is free");
  auto first = Ledger::open(parts.front());
  if (!first) return first.error();
  const std::string temporary = without_suffixes(temporary_of(out) + "-merged");
  Errors errors = Ledger::create(temporary, first->plan_, first->scenario_);
  if (!errors.empty()) return errors;
  {
    auto joined = Ledger::open(temporary);
    if (!joined) return joined.error();
    execute(joined->db_.get(), "BEGIN");
    for (const std::string& part : parts) {
      auto ledger = Ledger::open(part);
      if (!ledger) {
        errors = ledger.error();
      } else if (experiment::plan_hash(ledger->plan_) != experiment::plan_hash(first->plan_)) {
        errors = {other_plan(part, ledger->plan_, parts.front(), first->plan_)};
      } else {
        Errors inner;
        errors = ledger->each(true, [&](const UnitRecord& r) {
          if (r.state == UnitState::running) return true;
          auto there = joined->unit(r.id);
          if (!there) return inner = there.error(), false;
          if (there->state == UnitState::done && r.state == UnitState::done &&
              there->sha256 != r.sha256) {
            inner = {{part, "unit " + std::to_string(r.id), "",
                      "differs from the same unit in a ledger before it",
                      "the same bytes: a unit depends on the plan alone"}};
          } else if (there->state != UnitState::done) {
            inner = joined->finish(r);
          }
          return inner.empty();
        });
        if (errors.empty()) errors = inner;
      }
      if (!errors.empty()) break;
    }
    if (errors.empty() && !execute(joined->db_.get(), "COMMIT")) errors = joined->trouble();
  }
  if (errors.empty()) return put_in_place(temporary, out);
  without_suffixes(temporary);
  return errors;
}

}  // namespace footfall::cli
