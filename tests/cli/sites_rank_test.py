#!/usr/bin/env python3
"""footfall sites rank and footfall replay."""
import csv
import json
import os
import signal
import subprocess
import time
import unittest

import footfall


class SitesRank(footfall.Case):
    def rank(self, *arguments):
        return json.loads(self.footfall("sites", "rank", *arguments, "--json")[0])

    @staticmethod
    def column(results, table, column):
        for t in results["tables"]:
            if t["id"] == table:
                return next(c["values"] for c in t["columns"] if c["id"] == column)
        raise KeyError(table)

    def test_prints_a_table_and_writes_a_result(self):
        city = self.city()
        out, _ = self.footfall("sites", "rank", city, "--draws", "20", "--out", "result")
        self.assertIn("Net-new sales", out)
        self.assertIn("result/report.html", out)
        files = self.bytes_of(self.folder / "result")
        for name in ("report.html", "run.json", "results.json", "sites.csv", "stores.csv", "transfers.csv",
                     "sites.geojson", "scenario.footfall"):
            self.assertIn(name, files)
        rows = list(csv.DictReader(files["sites.csv"].decode().splitlines()))
        self.assertEqual([r["rank"] for r in rows], [str(i + 1) for i in range(6)])
        self.assertEqual(json.loads(files["sites.geojson"])["type"], "FeatureCollection")

    def test_threads_do_not_change_a_byte(self):
        city = self.city()
        texts = {self.footfall("--threads", n, "sites", "rank", city, "--draws", "30", "--json")[0]
                 for n in (1, 2, 5)}
        self.assertEqual(len(texts), 1)

    def test_replay_makes_the_same_bytes(self):
        city = self.city()
        self.footfall("sites", "rank", city, "--draws", "15", "--set", "catchment.decay_exponent=2.4",
                      "--lang", "zh", "--out", "result")
        out, _ = self.footfall("replay", "result/run.json", "--out", "again")
        self.assertNotIn("differs", out)
        one, two = self.bytes_of(self.folder / "result"), self.bytes_of(self.folder / "again")
        self.assertEqual(one, two)
        (self.folder / "result/sites.csv").write_text("changed by hand")
        self.footfall("replay", "result")  # what is recorded counts, not what stands there
        run = json.loads(one["run.json"])
        run["options"]["seed"] = 99
        (self.folder / "result/run.json").write_text(json.dumps(run))
        _, errors = self.footfall("replay", "result/run.json", status=1)
        self.assertIn("results.json", errors)

    def test_set_and_edits_are_the_same_edits(self):
        city = self.city()
        by_flag = self.rank(city, "--draws", "5", "--set", "catchment.spending_per_head=2000")
        (self.folder / "edits.json").write_text(json.dumps({"edits": by_flag["provenance"]["edits"]}))
        by_file = self.rank(city, "--draws", "5", "--edits", "edits.json")
        self.assertEqual(by_flag, by_file)
        plain = self.rank(city, "--draws", "5")
        self.assertNotEqual(self.column(plain, "sites", "expected_sales"),
                            self.column(by_flag, "sites", "expected_sales"))

    def test_moving_a_candidate(self):
        city = self.city()
        with open(city / "stores.csv", newline="") as file:
            site = next(r for r in csv.DictReader(file) if r["role"] == "candidate")
        place = [float(site["lon"]), float(site["lat"])]
        there = [round(place[0] + 0.004, 7), place[1]]
        (self.folder / "edits.json").write_text(json.dumps(
            {"edits": [{"path": f"stores/{site['id']}/place", "before": place, "after": there}]}))
        moved = self.rank(city, "--draws", "0", "--edits", "edits.json", "--only", site["id"])
        self.assertEqual(self.column(moved, "sites", "lon"), [there[0]])
        stayed = self.rank(city, "--draws", "0", "--only", site["id"])
        self.assertNotEqual(self.column(moved, "sites", "expected_sales"),
                            self.column(stayed, "sites", "expected_sales"))

    def test_bad_input(self):
        city = self.city()
        self.refused("sites", "rank", "missing", says=["missing"])
        self.refused("sites", "rank", city, "--set", "catchment.decay_exponent=lots", says=["decay_exponent", "lots"])
        self.refused("sites", "rank", city, "--set", "decay=1", "--set", "x", says=["decay", "x"])
        self.refused("sites", "rank", city, "--draws", "-1", says=["draws", "-1"])
        self.refused("sites", "rank", city, "--only", "1000000", says=["1000000"])
        (self.folder / "broken.json").write_text('{"edits": [')
        self.refused("sites", "rank", city, "--edits", "broken.json", says=["broken.json"])
        (self.folder / "stale.json").write_text('{"edits": [{"path": "name", "before": "Old", "after": "New"}]}')
        self.refused("sites", "rank", city, "--edits", "stale.json", says=["stale.json"])
        (self.folder / "file").write_text("x")
        self.refused("sites", "rank", city, "--draws", "0", "--out", "file", says=["file"])
        self.refused("replay", "missing/run.json", says=["missing"])

    def test_an_interrupted_run_leaves_the_old_result(self):
        city = self.city()
        self.footfall("sites", "rank", city, "--draws", "0", "--out", "result")
        before = self.bytes_of(self.folder / "result")
        run = subprocess.Popen([footfall.PROGRAM, "sites", "rank", str(city), "--draws", "100000", "--out", "result"],
                               cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        self.assertIsNone(run.poll(), "the run is too short to be interrupted")
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=10)
        self.assertEqual(run.returncode, 130)
        self.assertIn("cancelled", errors)
        self.assertEqual(before, self.bytes_of(self.folder / "result"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["city", "result"])


if __name__ == "__main__":
    unittest.main()
