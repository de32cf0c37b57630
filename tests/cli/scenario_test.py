#!/usr/bin/env python3
"""footfall scenario: generate, check, convert, import, schema."""
import json
import subprocess
import unittest

import footfall


class Scenario(footfall.Case):
    def test_help_everywhere(self):
        for words in ([], ["scenario"], ["scenario", "check"], ["scenario", "generate"], ["scenario", "convert"],
                      ["scenario", "import", "osm"], ["scenario", "schema"], ["sites"], ["sites", "rank"],
                      ["replay"]):
            out, _ = self.footfall(*words, "--help")
            self.assertIn("Usage", out)
        for words in (["scenario", "generate"], ["sites", "rank"], ["replay"]):
            self.assertIn("Example:", self.footfall(*words, "--help")[0])

    def test_wrong_words_are_refused(self):
        for words in ([], ["dance"], ["scenario"], ["sites", "rank"], ["sites", "rank", "x", "--no-such"]):
            _, errors = self.footfall(*words, status=2)
            self.assertTrue(errors)

    def test_generate_is_repeatable_and_checks(self):
        one, two = self.city("one"), self.city("two")
        self.assertEqual(self.bytes_of(one), self.bytes_of(two))
        out, _ = self.footfall("scenario", "check", one)
        self.assertIn("No errors", out)
        self.assertIn("6 candidate", out)
        self.refused("scenario", "generate", "--demand-points", "0", "--out", "x", says=["--demand", "1"])
        self.refused("scenario", "generate", "--demand-points", "many", "--out", "x", says=["many"])
        self.assertFalse((self.folder / "x").exists())

    def test_folder_and_single_file_are_the_same(self):
        city = self.city()
        self.footfall("scenario", "convert", city, "city.footfall")
        self.footfall("scenario", "convert", "city.footfall", "back")
        self.assertEqual(self.bytes_of(city), self.bytes_of(self.folder / "back"))
        listing = subprocess.run(["tar", "tf", "city.footfall"], cwd=self.folder, text=True,
                                 capture_output=True, check=True).stdout
        self.assertIn("demand.csv", listing)
        subprocess.run(["tar", "cf", "by-tar.footfall", "city"], cwd=self.folder, check=True)
        self.footfall("scenario", "check", "by-tar.footfall")

    def test_all_errors_are_reported_with_file_and_line(self):
        city = self.city()
        stores = (city / "stores.csv").read_text().splitlines()
        header = stores[0].split(",")
        for line, column, value in ((1, "floor_area_m2", "-40"), (2, "lat", "nan"), (3, "role", "boss")):
            cells = stores[line].split(",")
            cells[header.index(column)] = value
            stores[line] = ",".join(cells)
        (city / "stores.csv").write_text("\n".join(stores) + "\n")
        head = json.loads((city / "scenario.json").read_text())
        head["currency"] = 7
        (city / "scenario.json").write_text(json.dumps(head))
        errors = self.refused("scenario", "check", city, says=["stores.csv", "line 2", "line 3", "line 4", "-40",
                                                               "boss", "scenario.json", "currency"])
        self.assertIn(str(city), errors)

    def test_parameter_errors_have_their_path(self):
        city = self.city()
        head = json.loads((city / "scenario.json").read_text())
        head["parameters"] = {"catchment": {"decay_exponent": 99, "dekay": 1}}
        (city / "scenario.json").write_text(json.dumps(head))
        self.refused("scenario", "check", city, says=["catchment/decay_exponent", "99", "dekay"])

    def test_what_is_no_scenario_is_one_line(self):
        (self.folder / "empty").mkdir()
        (self.folder / "text.footfall").write_text("hello")
        (self.folder / "none.footfall").write_bytes(b"")
        (self.folder / "binary.footfall").write_bytes(bytes(range(256)) * 40)
        for name in ("empty", "text.footfall", "none.footfall", "binary.footfall", "missing"):
            self.assertEqual(1, len(self.refused("scenario", "check", name, says=[name]).splitlines()))

    def test_a_foreign_folder_is_not_replaced(self):
        mine = self.folder / "mine"
        mine.mkdir()
        (mine / "thesis.txt").write_text("years of work")
        self.refused("scenario", "generate", *footfall.CITY, "--out", mine, says=["mine", "not replaced"])
        self.assertEqual((mine / "thesis.txt").read_text(), "years of work")

    def test_schema_names_the_rooms(self):
        schema = json.loads(self.footfall("scenario", "schema")[0])
        self.assertIn("decay_exponent", schema["properties"]["parameters"]["properties"]["catchment"]["properties"])
        committed = footfall.ROOT / "data/schemas/scenario.schema.json"
        self.assertEqual(schema, json.loads(committed.read_text()),
                         "data/schemas is old: footfall scenario schema > data/schemas/scenario.schema.json")


class ImportOsm(footfall.Case):
    POPULATION = ("municipality,residents\nVaduz,5197\nSchaan,5748\nTriesen,4701\nBalzers,4447\nEschen,4008\n"
                  "Mauren,3626\nTriesenberg,2689\nRuggell,1862\nGamprin,1268\nSchellenberg,1004\nPlanken,377\n")

    def setUp(self):
        super().setUp()
        if not footfall.MAP.exists():
            self.skipTest("the map is not in the cache; ./run setup fetches it")
        (self.folder / "residents.csv").write_text(self.POPULATION)

    def test_liechtenstein(self):
        out, _ = self.footfall("scenario", "import", "osm", footfall.MAP, "--population", "residents.csv",
                               "--out", "li", "--currency", "CHF")
        self.assertIn("34 927 residents", out)
        self.footfall("scenario", "check", "li")
        head = json.loads((self.folder / "li/scenario.json").read_text())
        self.assertTrue(any("OpenStreetMap" in line for line in head["attribution"]))
        self.assertTrue(head["notes"])
        self.footfall("sites", "rank", "li", "--draws", "20", "--out", "result")

    def test_bad_input(self):
        (self.folder / "cut.osm.pbf").write_bytes(footfall.MAP.read_bytes()[:100_000])
        (self.folder / "empty.osm.pbf").write_bytes(b"")
        (self.folder / "other.csv").write_text("town,people\nVaduz,5\n")
        (self.folder / "wrong.csv").write_text("municipality,residents\nVaduz,-5\nSchaan,x\n")
        for name in ("cut.osm.pbf", "empty.osm.pbf", "residents.csv", "missing.osm.pbf"):
            self.refused("scenario", "import", "osm", name, "--population", "residents.csv", "--out", "li",
                         says=[name])
        self.refused("scenario", "import", "osm", footfall.MAP, "--population", "other.csv", "--out", "li",
                     says=["other.csv", "municipality"])
        self.refused("scenario", "import", "osm", footfall.MAP, "--population", "wrong.csv", "--out", "li",
                     says=["wrong.csv", "line 2", "line 3"])
        self.assertFalse((self.folder / "li").exists())


if __name__ == "__main__":
    unittest.main()
