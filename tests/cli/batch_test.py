#!/usr/bin/env python3
"""footfall batch: plan, run, kill, resume, shards, merge, export, verify."""
import array
import csv
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import footfall

# A city so small that a unit takes a few milliseconds.
TINY = ["--demand-points", "40", "--residents", "3000", "--radius-m", "1500", "--candidates", "2",
        "--own-stores", "1", "--competitors", "2", "--suburbs", "0", "--seed", "3"]
VARY = ["--vary", "catchment.decay_exponent=1.5:2.5", "--vary", "catchment.access_min=1:3"]


def read_columns(path):
    """The reader of docs/batch.md."""
    data = pathlib.Path(path).read_bytes()
    size = int.from_bytes(data[-16:-8], "little")
    table = {}
    for column in json.loads(data[-16 - size:-16])["columns"]:
        packed = data[column["offset"]:column["offset"] + column["bytes"]]
        raw = subprocess.run(["zstd", "-dc"], input=packed, stdout=subprocess.PIPE, check=True).stdout
        kind = {"f64": "d", "i64": "q"}.get(column["type"])
        table[column["id"]] = array.array(kind, raw) if kind else json.loads(raw)
    return table


class Batch(footfall.Case):
    def setUp(self):
        super().setUp()
        self.footfall("scenario", "generate", *TINY, "--out", "city")

    def plan(self, name, *arguments, draws=2):
        self.footfall("batch", "plan", "sites rank", "city", "--out", name, "--option", f"draws={draws}", *arguments)
        return self.folder / name

    def run_all(self, name, *arguments):
        return self.footfall("batch", "run", name, *arguments)

    def csv(self, name):
        return self.footfall("batch", "export", name)[0]

    def status(self, name):
        return json.loads(self.footfall("batch", "status", name, "--json")[0])

    # --- the whole way

    def test_plan_run_status_export(self):
        out, _ = self.footfall("batch", "plan", "sites rank", "city", "-o", "a.ledger", "--design", "sobol", "--points",
                               "8", "--replications", "3", "--option", "draws=5", *VARY)
        self.assertIn("sobol of 8 points x 3 replications = 24 units", out)
        before = self.status("a.ledger")
        self.assertEqual((before["done"], before["left"], before["figures"]), (0, 24, []))
        lines = [json.loads(line) for line in self.run_all("a.ledger", "--json")[0].splitlines()]
        self.assertEqual(sorted(line["id"] for line in lines), list(range(24)))
        self.assertEqual({line["state"] for line in lines}, {"done"})
        after = self.status("a.ledger")
        self.assertEqual((after["done"], after["failed"], after["left"]), (24, 0, 0))
        self.assertEqual(after["figures"][0]["over"], "replications")
        text, _ = self.footfall("batch", "status", "a.ledger")
        self.assertIn("24 done", text)
        self.assertIn("Net-new sales of the best site", text)
        rows = list(csv.DictReader(self.csv("a.ledger").splitlines()))
        self.assertEqual([int(r["id"]) for r in rows], list(range(24)))
        for r in rows:
            self.assertEqual(int(r["id"]), int(r["replication"]) * 8 + int(r["point"]))
            self.assertTrue(1.5 <= float(r["catchment.decay_exponent"]) <= 2.5)
        # What is exact does not depend on the replication; what is drawn does (common random numbers).
        by_point = {}
        for r in rows:
            by_point.setdefault(r["point"], []).append(r)
        self.assertTrue(all(len({r["own_sales_now"] for r in rows}) == 1 for rows in by_point.values()))
        self.assertTrue(any(len({r["best_net_new_sales_low"] for r in rows}) > 1 for rows in by_point.values()))
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.ledger", "city"])

    def test_a_unit_is_the_study_with_its_values(self):
        self.plan("a.ledger", "--points", "3", "--replications", "2", "--keep", "results", *VARY)
        self.run_all("a.ledger")
        for unit in (0, 4):
            alone, _ = self.footfall("batch", "run", "a.ledger", "--id", unit)
            kept, _ = self.footfall("batch", "export", "a.ledger", "--id", unit)
            self.assertEqual(alone, kept)
        made = json.loads(alone)
        row = list(csv.DictReader(self.csv("a.ledger").splitlines()))[4]
        by_hand, _ = self.footfall("sites", "rank", "city", "--draws", "2", "--seed", made["provenance"]["seed"],
                                   "--set", "catchment.decay_exponent=" + row["catchment.decay_exponent"],
                                   "--set", "catchment.access_min=" + row["catchment.access_min"], "--json")
        self.assertEqual(json.loads(by_hand), made)
        self.refused("batch", "run", "a.ledger", "--id", "6", says=["a.ledger", "6", "0 to 5"])

    def test_threads_do_not_change_a_byte(self):
        texts = set()
        for threads in (1, 2, 5):
            self.plan(f"{threads}.ledger", "--points", "12", *VARY)
            self.footfall("--threads", threads, "batch", "run", f"{threads}.ledger")
            texts.add(self.csv(f"{threads}.ledger"))
        self.assertEqual(len(texts), 1)

    def test_columns_hold_what_the_csv_holds(self):
        if not shutil.which("zstd"):
            self.skipTest("zstd is not here")
        self.plan("a.ledger", "--points", "20", *VARY, "--vary", "catchment.decay=power,exponential")
        self.run_all("a.ledger")
        self.footfall("batch", "export", "a.ledger", "--csv", "units.csv", "--columns", "units.columns")
        columns = read_columns(self.folder / "units.columns")
        rows = list(csv.DictReader((self.folder / "units.csv").read_text().splitlines()))
        self.assertEqual(list(columns), list(rows[0]))
        for name, values in columns.items():
            for row, value in zip(rows, values):
                self.assertEqual(row[name] if isinstance(value, str) else float(row[name]), value)
        data = bytearray((self.folder / "units.columns").read_bytes())
        data[60] ^= 1
        (self.folder / "bad.columns").write_bytes(data)
        with self.assertRaises(subprocess.CalledProcessError):
            read_columns(self.folder / "bad.columns")

    def test_designs(self):
        (self.folder / "points.csv").write_text("catchment.decay_exponent,draws,catchment.decay\n1.5,2,power\n"
                                                "2.5,3,exponential\n")
        self.plan("list.ledger", "--list", "points.csv")
        self.run_all("list.ledger")
        rows = list(csv.DictReader(self.csv("list.ledger").splitlines()))
        self.assertEqual([(r["catchment.decay_exponent"], r["draws"], r["catchment.decay"]) for r in rows],
                         [("1.5", "2", "power"), ("2.5", "3", "exponential")])
        self.plan("grid.ledger", "--design", "grid", "--vary", "catchment.decay_exponent=1.5:2.5:3", "--vary",
                  "draws=1,4")
        self.run_all("grid.ledger")
        rows = list(csv.DictReader(self.csv("grid.ledger").splitlines()))
        self.assertEqual([(r["catchment.decay_exponent"], r["draws"]) for r in rows],
                         [(a, b) for a in ("1.5", "2", "2.5") for b in ("1", "4")])
        self.plan("whole.ledger", "--vary", "draws=1:5", "--points", "10")
        self.run_all("whole.ledger")
        self.assertEqual({r["draws"] for r in csv.DictReader(self.csv("whole.ledger").splitlines())}, set("12345"))

    def test_sensitivity(self):
        self.plan("m.ledger", "--design", "morris", "--points", "6", *VARY, "--vary",
                  "catchment.spending_per_head=3000:4000", draws=0)
        self.run_all("m.ledger")
        found = json.loads(self.footfall("batch", "sensitivity", "m.ledger", "--json")[0])
        spending = next(f for f in found if f["figure"] == "spending_total")["variables"]
        # Spending is people times spending a head and depends on nothing else.
        self.assertAlmostEqual(spending[2]["mu_star"]["value"] / 1000, 3000, delta=150)
        self.assertEqual([v["mu_star"]["value"] for v in spending[:2]], [0, 0])
        self.plan("s.ledger", "--design", "saltelli", "--points", "32", *VARY, "--vary",
                  "catchment.spending_per_head=3000:4000", draws=0)
        self.run_all("s.ledger")
        found = json.loads(self.footfall("batch", "sensitivity", "s.ledger", "--figure", "spending_total", "--json")[0])
        self.assertAlmostEqual(found[0]["variables"][2]["total"]["value"], 1, delta=0.2)
        self.assertEqual(found[0]["variables"][0]["total"]["value"], 0)
        self.assertIn("first order", self.footfall("batch", "sensitivity", "s.ledger")[0])
        self.plan("l.ledger", "--points", "2", *VARY)
        self.refused("batch", "sensitivity", "l.ledger", says=["lhs", "morris or saltelli"])
        self.refused("batch", "sensitivity", "s.ledger", "--figure", "x", says=["x", "spending_total"])

    def test_until_it_is_known_well_enough(self):
        # The upper end of an interval from few draws scatters with the replication, the figure itself does not.
        self.plan("a.ledger", "--until", "best_top1_share=8%", "--replications", "300", draws=20)
        self.run_all("a.ledger")
        status = self.status("a.ledger")
        self.assertEqual(status["left"], 0)
        figure = next(f for f in status["figures"] if f["id"] == "best_top1_share")
        self.assertLessEqual(figure["high"] - figure["mean"], 0.08 * figure["mean"])
        self.assertTrue(10 <= status["done"] <= 300)
        self.plan("b.ledger", "--until", "own_sales_now=1", *VARY, "--points", "4")
        self.run_all("b.ledger")
        self.assertEqual(self.status("b.ledger")["done"], 40)  # exact: the first look is enough
        self.plan("c.ledger", "--until", "no_such=1")
        self.refused("batch", "run", "c.ledger", says=["no_such", "own_sales_now"])

    # --- what goes wrong

    def test_killed_a_hundred_times_it_ends_with_the_same_bytes(self):
        arguments = ["--points", "150", "--replications", "4", *VARY]
        self.plan("whole.ledger", *arguments)
        start = time.monotonic()
        self.run_all("whole.ledger")
        alone = time.monotonic() - start
        self.plan("killed.ledger", *arguments)
        chance, kills, seen = random.Random(1), 0, {}
        while kills < 100:
            with open(self.folder / "lines", "w") as lines, open(self.folder / "errors", "w") as errors:
                process = subprocess.Popen([footfall.PROGRAM, "batch", "resume", "killed.ledger", "--json"],
                                           cwd=self.folder, stdout=lines, stderr=errors)
                try:
                    process.wait(0.01 + chance.random() * alone / 25)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                process.wait()
            if process.returncode == 0:
                self.plan(f"killed.ledger{kills}", *arguments)  # done: begin anew until there were 100 kills
                os.replace(self.folder / f"killed.ledger{kills}", self.folder / "killed.ledger")
                seen = {}
                continue
            self.assertEqual(process.returncode, -signal.SIGKILL, (self.folder / "errors").read_text())
            kills += 1
            for line in (self.folder / "lines").read_text().splitlines():
                try:
                    unit = json.loads(line)["id"]
                except json.JSONDecodeError:
                    continue  # cut by the kill
                self.assertNotIn(unit, seen, "a finished unit was run again")
                seen[unit] = kills
        self.assertTrue(seen, "nothing was finished between the kills")
        for line in self.run_all("killed.ledger", "--json")[0].splitlines():
            self.assertNotIn(json.loads(line)["id"], seen)
        self.assertEqual(self.csv("killed.ledger"), self.csv("whole.ledger"))
        self.assertIn("600 units have the right checksum", self.footfall("batch", "verify", "killed.ledger")[0])

    def test_interrupted_it_stops_cleanly(self):
        self.plan("a.ledger", "--replications", "2000", draws=200)
        process = subprocess.Popen([footfall.PROGRAM, "batch", "run", "a.ledger"], cwd=self.folder,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.7)
        self.assertIsNone(process.poll(), "too short to be interrupted")
        self.refused("batch", "run", "a.ledger", says=["being run by process " + str(process.pid)])
        self.assertGreater(self.status("a.ledger")["left"], 0)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=10)
        self.assertEqual(process.returncode, 130)
        self.assertIn("batch resume a.ledger", out)
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.ledger", "city"])
        self.assertGreater(self.status("a.ledger")["done"], 0)

    def test_shards_and_merge_are_one_run(self):
        arguments = ["--points", "15", "--replications", "3", *VARY]
        self.plan("whole.ledger", *arguments)
        self.run_all("whole.ledger")
        self.plan("plan.ledger", *arguments)
        processes = []
        for i in (1, 2, 3):  # as the tasks of an array job do
            shutil.copy(self.folder / "plan.ledger", self.folder / f"{i}.ledger")
            processes.append(subprocess.Popen([footfall.PROGRAM, "batch", "run", f"{i}.ledger", "--shard", f"{i}/3"],
                                              cwd=self.folder, stdout=subprocess.DEVNULL))
        self.assertEqual([p.wait(60) for p in processes], [0, 0, 0])
        self.assertEqual([self.status(f"{i}.ledger")["done"] for i in (1, 2, 3)], [15, 15, 15])
        self.footfall("batch", "merge", "1.ledger", "2.ledger", "-o", "two.ledger")
        self.assertEqual(self.status("two.ledger")["left"], 15)
        self.footfall("batch", "merge", "3.ledger", "two.ledger", "1.ledger", "-o", "all.ledger")
        self.assertEqual(self.csv("all.ledger"), self.csv("whole.ledger"))
        self.refused("batch", "merge", "1.ledger", "2.ledger", "-o", "all.ledger", says=["all.ledger", "there already"])
        self.plan("other.ledger", "--points", "15", *VARY)
        self.refused("batch", "merge", "1.ledger", "other.ledger", "-o", "x.ledger", says=["other.ledger", "plan"])
        self.assertFalse((self.folder / "x.ledger").exists())

    def test_another_scenario_is_refused_with_both_hashes(self):
        self.plan("a.ledger", "--points", "2", *VARY)
        hashes = {self.status("a.ledger")["plan"]["scenario_hash"]}
        self.run_all("a.ledger", "city")
        os.rename(self.folder / "city", self.folder / "old")
        self.footfall("scenario", "generate", *TINY[:-1], "4", "--out", "city")
        self.plan("b.ledger", "--points", "2", *VARY)
        hashes.add(self.status("b.ledger")["plan"]["scenario_hash"])
        self.assertEqual(len(hashes), 2)
        self.refused("batch", "run", "a.ledger", "city", says=hashes)
        self.refused("batch", "merge", "a.ledger", "b.ledger", "-o", "c.ledger", says=hashes)
        self.refused("batch", "plan", "sites rank", "city", "-o", "a.ledger", "--points", "2", "--option", "draws=2",
                     *VARY, says=hashes)
        out, _ = self.footfall("batch", "plan", "sites rank", "old", "-o", "a.ledger", "--points", "2", "--option",
                               "draws=2", *VARY)
        self.assertIn("already", out)

    def flipped(self, path, offset, bit):
        data = bytearray(path.read_bytes())
        data[offset] ^= 1 << bit
        path.write_bytes(data)

    def test_flipped_bits_are_found_and_healed(self):
        path = self.plan("a.ledger", "--points", "60", *VARY)
        self.run_all("a.ledger")
        good, bytes_before = self.csv("a.ledger"), path.read_bytes()
        self.assertIn("60 units", self.footfall("batch", "verify", "a.ledger")[0])
        self.assertEqual(path.read_bytes(), bytes_before)
        # In a number of a unit.
        self.flipped(path, bytes_before.rindex(b"own_sales_now") + 20, 0)
        self.refused("batch", "export", "a.ledger", says=["damaged", "batch verify a.ledger"])
        out, _ = self.footfall("batch", "verify", "a.ledger")
        self.assertIn("1 units run again", out)
        self.assertEqual(self.csv("a.ledger"), good)
        # Anywhere: found or without effect; never a wrong number, never a crash.
        chance, healed, beyond = random.Random(2), 0, 0
        for _ in range(30):
            path.write_bytes(bytes_before)
            self.flipped(path, chance.randrange(len(bytes_before)), chance.randrange(8))
            run = subprocess.run([footfall.PROGRAM, "batch", "verify", "a.ledger"], cwd=self.folder, text=True,
                                 capture_output=True, timeout=60)
            if run.returncode != 0:  # the header, the table of tables: says so in one line
                self.assertEqual((run.returncode, len(run.stderr.splitlines())), (1, 1), run.stderr)
                beyond += 1
                continue
            healed += "healed" in run.stdout
            self.footfall("batch", "resume", "a.ledger")
            self.assertEqual(self.csv("a.ledger"), good)
        self.assertGreater(healed, 10)
        self.assertLess(beyond, 10)

    def test_a_corrupted_page_is_found_and_healed(self):
        path = self.plan("a.ledger", "--points", "200", *VARY)
        self.run_all("a.ledger")
        good, size = self.csv("a.ledger"), path.stat().st_size
        data = bytearray(path.read_bytes())
        page = data.rindex(b"own_sales_now") // 4096
        data[page * 4096:(page + 1) * 4096] = os.urandom(4096)
        path.write_bytes(data)
        out, _ = self.footfall("batch", "verify", "a.ledger")
        self.assertIn("damaged: structure", out)
        self.assertIn("healed", out)
        self.footfall("batch", "resume", "a.ledger")
        self.assertEqual(self.csv("a.ledger"), good)
        # Cut off: as after a copy that broke.
        path.write_bytes(path.read_bytes()[:size * 2 // 3])
        run = subprocess.run([footfall.PROGRAM, "batch", "verify", "a.ledger"], cwd=self.folder, text=True,
                             capture_output=True, timeout=60)
        if run.returncode == 0:
            self.footfall("batch", "resume", "a.ledger")
            self.assertEqual(self.csv("a.ledger"), good)
        else:
            self.assertEqual(len(run.stderr.splitlines()), 1)

    def test_a_full_disk_ends_with_one_line(self):
        self.plan("a.ledger", "--points", "400", *VARY)
        disk = self.folder / "disk"
        disk.mkdir()
        limits = {}
        if os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk],
                                                capture_output=True).returncode == 0:
            self.addCleanup(subprocess.run, ["umount", disk])
        else:
            limits["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
        shutil.copy(self.folder / "a.ledger", disk)
        run = subprocess.run([footfall.PROGRAM, "batch", "run", "disk/a.ledger", "--json"], cwd=self.folder, text=True,
                             capture_output=True, timeout=60, **limits)
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
        self.assertIn("disk is full", run.stderr)
        finished = {json.loads(line)["id"] for line in run.stdout.splitlines()}
        self.assertTrue(0 < len(finished) < 400)
        shutil.move(disk / "a.ledger", self.folder / "b.ledger")
        for suffix in ("-wal", "-shm"):
            if (disk / f"a.ledger{suffix}").exists():
                shutil.move(disk / f"a.ledger{suffix}", self.folder / f"b.ledger{suffix}")
        again = {json.loads(line)["id"] for line in self.run_all("b.ledger", "--json")[0].splitlines()}
        self.assertEqual((again & finished, len(again | finished)), (set(), 400))
        self.run_all("a.ledger")
        self.assertEqual(self.csv("a.ledger"), self.csv("b.ledger"))

    def test_a_failed_unit_is_told_and_run_again(self):
        # A store that does not exist: every unit with this option fails, the others do not.
        with open(self.folder / "city/stores.csv", newline="") as file:
            site = next(r["id"] for r in csv.DictReader(file) if r["role"] == "candidate")
        self.plan("a.ledger", "--design", "grid", "--vary", f"only=1000000,{site}", "--vary", "draws=0,1")
        _, errors = self.footfall("batch", "run", "a.ledger", status=1)
        self.assertIn("units failed", errors)
        status = self.status("a.ledger")
        self.assertEqual((status["done"], status["failed"], status["left"]), (2, 2, 0))
        self.assertIn("1000000", status["failures"][0]["message"])
        lines = self.footfall("batch", "run", "a.ledger", "--json", status=1)[0]
        self.assertEqual(lines, "")  # run leaves failures alone, resume does not
        lines = self.footfall("batch", "resume", "a.ledger", "--json", status=1)[0]
        self.assertEqual(len(lines.splitlines()), 2)

    def test_bad_input(self):
        def plan(*arguments, says):
            self.refused("batch", "plan", "sites rank", "city", "-o", "x.ledger", *arguments, says=says)
            self.assertFalse((self.folder / "x.ledger").exists())
        self.refused("batch", "plan", "dance", "city", "-o", "x.ledger", says=["dance", "sites rank"])
        self.refused("batch", "plan", "sites rank", "missing", "-o", "x.ledger", says=["missing"])
        plan("--vary", "catchment.decay_exponent", says=["--vary", "NAME=VALUE"])
        plan("--vary", "catchment.decay_exponent=2:1", says=["decay_exponent", "2:1", "low:high"])
        plan("--vary", "catchment.decay_exponent=2:99", says=["decay_exponent", "99"])
        plan("--vary", "catchment.dekay=1:2", says=["dekay"])
        plan("--vary", "draws=1:2.5", says=["draws", "2.5"])
        plan("--vary", "seed=1:9", says=["seed", "--seed"])
        plan("--option", "seed=1", says=["seed", "--seed"])
        plan("--option", "draws=-1", says=["draws", "-1"])
        plan("--design", "sobol", says=["needs variables"])
        plan("--design", "grid", "--vary", "catchment.access_min=1:2", says=["access_min", "steps"])
        plan("--design", "list", *VARY, says=["--list"])
        plan(*VARY, "--points", "0", says=["points", "0", "from 1"])
        plan(*VARY, "--replications", "1000000", says=["too many", "10000000"])
        plan("--until", "sales=-5", says=["--until", "-5"])
        plan("--until", "sales=200%", says=["100 %"])
        plan("--list", "missing.csv", says=["missing.csv"])
        (self.folder / "points.csv").write_text("catchment.decay_exponent,draws\n2,5\n99,x\n")
        plan("--list", "points.csv", says=["points.csv", "line 3", "decay_exponent", "99", "x"])
        self.footfall("batch", "plan", "sites rank", "city", "-o", "x", "--design", "dance", status=2)
        self.footfall("batch", "run", status=2)
        for command in ("run", "resume", "status", "export", "verify", "sensitivity"):
            self.refused("batch", command, "missing.ledger", says=["missing.ledger", "does not exist"])
            self.refused("batch", command, "city", says=["city", "folder"])
            self.refused("batch", command, "city/scenario.json", says=["city/scenario.json", "no ledger"])
            self.assertEqual(len(self.refused("batch", command, "missing.ledger", says=[]).splitlines()), 1)
        self.plan("a.ledger", *VARY)
        for shard in ("0/3", "4/3", "x", "1", "1/2/3"):
            self.refused("batch", "run", "a.ledger", "--shard", shard, says=["--shard", shard])
        self.refused("batch", "export", "a.ledger", "--id", "0", says=["unit 0", "--keep results"])
        database = sqlite3.connect(self.folder / "foreign.ledger")
        database.execute("CREATE TABLE unit(id INTEGER)")
        database.commit()
        database.close()
        self.refused("batch", "run", "foreign.ledger", says=["foreign.ledger", "no ledger"])
        self.assertFalse(any(name.endswith(".lock") for name in os.listdir(self.folder)))

    def test_help(self):
        for command in ("plan", "run", "resume", "status", "merge", "export", "verify", "sensitivity"):
            out, _ = self.footfall("batch", command, "--help")
            self.assertIn("Example", out)
            self.assertIn("footfall batch " + command, out)


if __name__ == "__main__":
    unittest.main()
