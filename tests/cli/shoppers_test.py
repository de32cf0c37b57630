#!/usr/bin/env python3
"""footfall shoppers calibrate, and what other studies make of it."""
import csv
import json
import unittest

import footfall


class Calibrate(footfall.Case):
    def test_counts_become_factors_that_the_ranking_reads(self):
        city = self.city()
        (self.folder / "seen.csv").write_text("store;hour;count\n1;9;60\n1;17;90\n2;9;500\n2;17;400\n")
        out, _ = self.footfall("shoppers", "calibrate", city, "--counts", "seen.csv", "--out", "fit")
        for text in ("Counted", "Residual", "fit/edits.json"):
            self.assertIn(text, out)
        files = self.bytes_of(self.folder / "fit")
        stores = list(csv.DictReader(files["counted_stores.csv"].decode().splitlines()))
        self.assertEqual([s["observed_visits"] for s in stores], ["150.0", "900.0"])
        self.assertEqual([s["residual"].lstrip("-") for s in stores], ["0.0", "0.0"])
        self.assertEqual(len(files["counted_hours.csv"].decode().splitlines()), 25)
        again, _ = self.footfall("replay", "fit")
        self.assertNotIn("differs", again)

        plain = self.footfall("sites", "rank", city, "--draws", "0", "--json")[0]
        with_edits = self.footfall("sites", "rank", city, "--draws", "0", "--edits", "fit/edits.json", "--json")[0]
        self.footfall("scenario", "convert", city, "calibrated", "--edits", "fit/edits.json")
        in_scenario = self.footfall("sites", "rank", "calibrated", "--draws", "0", "--json")[0]
        setting = list(csv.DictReader(files["calibrated.csv"].decode().splitlines()))[0]
        by_set = self.footfall("sites", "rank", city, "--draws", "0", "--json", "--set",
                               f"{setting['parameter']}={setting['fitted_value']}")[0]
        figures = [json.loads(text)["figures"] for text in (with_edits, in_scenario, by_set)]
        self.assertEqual(figures[0], figures[1])
        self.assertEqual(figures[0], figures[2])
        self.assertNotEqual(figures[0], json.loads(plain)["figures"])
        # In the scenario's own folder the table needs no flag.
        (city / "counts.csv").write_text("store,count\n1,150\n")
        self.footfall("shoppers", "calibrate", city)

    def test_bad_input(self):
        city = self.city()
        self.refused("shoppers", "calibrate", city, says=["counts.csv", "is missing"])
        self.refused("shoppers", "calibrate", city, "--counts", "none.csv", says=["none.csv"])
        bad = self.folder / "bad.csv"
        for text, says in (
                ("", ["bad.csv"]),
                ("store,count\n", ["bad.csv", "no rows"]),
                ("shop,count\n1,2\n", ["bad.csv: line 1", "store and count"]),
                ("store,hour,count\n1,24,5\n1,9,-3\n1,9,x\n",
                 ["bad.csv: line 2, column hour", "0 to 23", "line 3, column count", "-3", "line 4", "x"]),
                ("store,hour,count\n1,9,5\n1,9,6\n", ["bad.csv: line 3", "repeats"]),
                ("store,count\n1,5\n777,5\n", ["bad.csv: line 3", "777", "ids of own stores"]),
                ("store,count\n1,1e8\n", ["bad.csv", "more visits a day", "less than"])):
            bad.write_text(text)
            self.refused("shoppers", "calibrate", city, "--counts", "bad.csv", says=says)
        self.refused("sites", "rank", city, "--set", "catchment.attraction=777:2, 1:0",
                     says=["catchment/attraction", "1:0"])
        self.refused("sites", "rank", city, "--set", "catchment.attraction=777:2", says=["777", "no open store"])


if __name__ == "__main__":
    unittest.main()
