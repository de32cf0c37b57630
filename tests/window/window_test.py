#!/usr/bin/env python3
"""The native window under Xvfb: the demo appears, is dragged, undone; a broken file loses nothing.

  xvfb-run -a -s '-screen 0 1600x1000x24' tests/window/window_test.py

FOOTFALL and FOOTFALL_WINDOW name the programs.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from window import Window

FOOTFALL = os.environ.get("FOOTFALL", "build/release/footfall")
LIVE = ["expected_sales", "net_new_sales", "transferred", "from_competitors", "from_outside"]
work = pathlib.Path(tempfile.mkdtemp())


def site(state, number):
    return next(s for s in state["sites"] if s["id"] == number)


def city(name, *options):
    folder = work / name
    subprocess.run([FOOTFALL, "scenario", "generate", "--demand-points", "3000", "--candidates", "8",
                    *options, "--out", folder], check=True, capture_output=True)
    return folder


def drag(window, number, dx, dy):
    """Holds the candidate's pin and moves it; the button stays down."""
    x, y = window.item(f"site.{number}")
    window.move(x, y)
    window.press()
    for step in range(1, 7):
        window.move(x + dx * step / 6, y + dy * step / 6)


def ranked(scenario, edits):
    """The command line's sites by id, after these edits."""
    path = work / "edits.json"
    path.write_text(json.dumps(edits))
    run = subprocess.run([FOOTFALL, "sites", "rank", scenario, "--edits", path, "--json"],
                         check=True, text=True, capture_output=True)
    table = next(t for t in json.loads(run.stdout)["tables"] if t["id"] == "sites")
    columns = {c["id"]: c["values"] for c in table["columns"]}
    return {number: {c: f"{columns[c][row]:.2f}" for c in LIVE}
            for row, number in enumerate(columns["id"])}


def test_appears_computed(scenario):
    with Window(scenario) as w:
        state = w.computed()
        assert state["gl"]["ok"] and state["gl"]["uploads"] == 1, state["gl"]
        assert len(state["sites"]) == 8 and state["selection"] == state["sites"][0]["id"]
        assert [s["rank"] for s in state["sites"]] == list(range(1, 9))
        assert w.picture(work / "demo.png") > 300, "the picture is empty"
        # Idle: nothing is drawn when nothing happens.
        w.wait("idle", lambda s: s["idle"])
        time.sleep(1)
        before = w.snapshot()["frame"]
        time.sleep(1)
        assert w.snapshot()["frame"] - before <= 1, "draws although nothing happens"
    assert w.code == 0


def test_drag_equals_command_line(scenario):
    with Window(scenario) as w:
        number = w.computed()["sites"][2]["id"]
        before = site(w.snapshot(), number)
        ground = w.snapshot()["gl"]
        drag(w, number, 60, -40)
        held = w.wait("held", lambda s: s["dragging"] and s["live"])
        assert held["gl"] == ground, "a drag over a still map draws its ground again"
        assert held["live"]["id"] == number, held["live"]
        assert held["live"]["expected_sales"] != before["expected_sales"]
        w.wait("the interval arrives while the mouse rests", lambda s: not s["pending"])
        held = w.snapshot()
        w.release()
        state = w.wait("one step", lambda s: s["undo_depth"] == 1 and not s["pending"])
        moved = site(state, number)
        for column in LIVE:
            assert held["live"][column] == moved[column], column
        theirs = ranked(scenario, w.ask("edits"))
        for s in state["sites"]:
            assert {c: s[c] for c in LIVE} == theirs[s["id"]], (s, theirs[s["id"]])

        w.keys("ctrl+z")
        state = w.wait("undone", lambda s: s["undo_depth"] == 0 and not s["pending"])
        assert state["redo_depth"] == 1
        assert site(state, number)["lon"] == before["lon"]
        assert site(state, number)["expected_sales"] == before["expected_sales"]
        w.keys("ctrl+shift+z")
        state = w.wait("done again", lambda s: s["undo_depth"] == 1 and not s["pending"])
        assert site(state, number)["lon"] == moved["lon"]
        # A drag that is called off leaves no step.
        drag(w, number, -50, 30)
        w.keys("Escape")
        w.wait("called off", lambda s: not s["dragging"])
        w.release()
        state = w.wait("as before", lambda s: not s["pending"])
        assert state["undo_depth"] == 1 and site(state, number)["lon"] == moved["lon"]


def test_add_and_delete(scenario):
    with Window(scenario) as w:
        w.computed()
        w.click_item("edit.add_site")
        w.wait("the tool", lambda s: s["tool"] == "add_site")
        area = w.snapshot()["map"]
        w.click(area["x"] + area["width"] * 0.45, area["y"] + area["height"] * 0.55)
        state = w.wait("a ninth site", lambda s: len(s["sites"]) == 9 and not s["pending"])
        assert site(state, state["selection"])["name"]
        w.keys("Escape")
        w.keys("Delete")
        w.wait("deleted", lambda s: len(s["sites"]) == 8 and not s["pending"])
        w.click_item("edit.undo")
        w.wait("back", lambda s: len(s["sites"]) == 9 and not s["pending"])


def test_pan_and_zoom_keep_the_place(scenario):
    with Window(scenario) as w:
        first = w.computed()["sites"][0]
        grounds = w.snapshot()["gl"]["grounds"]
        area = w.snapshot()["map"]
        x, y = area["x"] + area["width"] * 0.3, area["y"] + 60
        w.move(x, y)
        w.press()
        w.move(x + 20, y + 10)
        w.move(x + 45, y + 25)
        w.release()
        w.wait("panned", lambda s: abs(site(s, first["id"])["x"] - first["x"] - 45) < 2)
        moved = site(w.snapshot(), first["id"])
        assert abs(moved["y"] - first["y"] - 25) < 2
        assert w.snapshot()["gl"]["grounds"] > grounds
        assert w.snapshot()["undo_depth"] == 0
        w.move(moved["x"], moved["y"] + 2)
        w.tool("click", 4)
        w.wait("zoomed", lambda s: site(s, first["id"])["y"] != moved["y"])
        zoomed = site(w.snapshot(), first["id"])
        assert abs(zoomed["x"] - moved["x"]) < 2 and abs(zoomed["y"] - moved["y"]) < 3
        w.keys("f")
        w.wait("fitted", lambda s: abs(site(s, first["id"])["x"] - first["x"]) < 1)


def test_broken_file(scenario):
    broken = {"empty.footfall": b"", "noise.footfall": os.urandom(5000),
              "text.footfall": b"{}" * 600, "cut.footfall": b"scenario.json" + b"\0" * 700}
    with Window(scenario, folder=work) as w:
        w.computed()
        w.keys("Delete")
        before = w.wait("deleted", lambda s: s["undo_depth"] == 1 and not s["pending"])
        for name, content in broken.items():
            path = work / name
            path.write_bytes(content)
            w.ask("command file.open")
            w.wait("the dialog", lambda s: s["dialog"] == "open" and s["text_input"])
            w.keys("ctrl+a")
            w.type(name)
            w.keys("Return")
            state = w.wait(f"a toast on {name}",
                           lambda s: s["toast"] and name in s["toast"]["text"])
            assert state["toast"]["kind"] == "error"
            assert "\n" not in state["toast"]["text"].strip(), state["toast"]
            for key in ("scenario", "undo_depth", "selection", "sites"):
                assert state[key] == before[key], key


def test_languages_themes_and_restart(scenario):
    with Window(scenario, "--lang", "zh", "--theme", "dark") as w:
        state = w.computed()
        assert state["language"] == "zh" and state["theme"] == "dark"
        w.click_item("view.language")
        w.click_item("view.theme")
        state = w.wait("switched", lambda s: s["language"] == "en" and s["theme"] == "light")
    with Window(scenario) as w:
        w.computed()
        w.keys("t")
        w.keys("Delete")
        w.wait("seven sites", lambda s: len(s["sites"]) == 7)
        time.sleep(0.3)
    with Window(scenario, state=w.state) as again:
        state = again.wait("the change is back", lambda s: len(s["sites"]) == 7)
        assert state["theme"] == "dark" and state["undo_depth"] == 1
        again.keys("ctrl+z")
        again.wait("eight sites", lambda s: len(s["sites"]) == 8)


def test_palette_and_narrow(scenario):
    with Window(scenario, size="760x800") as w:
        w.computed()
        w.click_item("tab.chart")
        w.item("chart")
        w.click_item("tab.parameters")
        w.item("catchment.decay")
        w.keys("ctrl+k")
        w.wait("palette", lambda s: s["dialog"] == "palette" and s["text_input"])
        w.type("theme")
        w.item("palette.view.theme")
        theme = w.snapshot()["theme"]
        w.keys("Return")
        w.wait("run", lambda s: s["dialog"] == "" and s["theme"] != theme)


def test_parameter(scenario):
    with Window(scenario) as w:
        before = w.computed()
        w.click_item("tab.parameters")
        w.click_item("catchment.decay")
        w.click_item("catchment.decay.exponential")
        state = w.wait("another decay", lambda s: s["undo_depth"] == 1 and not s["pending"])
        assert state["sites"][0]["expected_sales"] != before["sites"][0]["expected_sales"]
        theirs = ranked(scenario, w.ask("edits"))
        for s in state["sites"]:
            assert {c: s[c] for c in LIVE} == theirs[s["id"]]
        w.click_item("reset.catchment.decay")
        state = w.wait("reset", lambda s: s["undo_depth"] == 2 and not s["pending"])
        assert state["sites"] == before["sites"] or [s["expected_sales"] for s in state["sites"]] == [
            s["expected_sales"] for s in before["sites"]]


def test_shoppers(scenario):
    """Who lives where by tags; then the year, its film, and what becomes stale by an edit."""
    with Window(scenario) as w:
        before = w.computed()
        w.keys("2")
        state = w.wait("everyone", lambda s: s["study"] and s["study"]["has_results"])
        assert state["workspace"] == "shoppers" and state["study"]["name"] == "shoppers explore"
        assert state["study"]["figures"]["chosen_share"] == "100.00", state["study"]
        assert state["dots"] > 1000
        for item in ("pyramid", "joint", "figure.shoppers_chosen"):
            w.item(item)
        w.click_item("shoppers explore.income")
        w.click_item("shoppers explore.income.highest")
        state = w.wait("the highest fifth", lambda s: s["study"]["options"] and not s["study"][
            "stale"] and s["idle"])
        assert state["study"]["options"] == {"income": "highest"}
        assert 15 < float(state["study"]["figures"]["chosen_share"]) < 25
        told = subprocess.run([FOOTFALL, "shoppers", "explore", scenario, "--income", "highest",
                               "--json"], check=True, text=True, capture_output=True)
        figures = {f["id"]: f"{f['value']:.2f}" for f in json.loads(told.stdout)["figures"]}
        assert state["study"]["figures"] == figures, figures
        # Nothing here touches the sites.
        assert state["undo_depth"] == 0
        for old, new in zip(before["sites"], state["sites"], strict=True):
            assert {c: old[c] for c in LIVE} == {c: new[c] for c in LIVE}

        w.click_item("shoppers.year")
        state = w.wait("not run", lambda s: s["study"]["name"] == "shoppers simulate")
        assert not state["study"]["has_results"] and state["film"] is None
        w.click_item("study.run")
        state = w.wait("the year", lambda s: s["study"]["has_results"] and s["idle"], 120)
        assert state["study"]["tables"]["store_hours"] > 0 and not state["study"]["stale"]
        assert state["film"]["days"] > 10 and state["film"]["trips"] > 0
        w.keys("space")
        w.wait("it plays", lambda s: s["film"]["playing"] and s["film"]["second"] > 33000)
        w.keys("space")
        state = w.wait("it pauses", lambda s: not s["film"]["playing"])
        w.keys("Right")
        w.wait("a quarter on", lambda s: abs(s["film"]["second"] - state["film"]["second"] - 900) < 1)
        day = state["film"]["day"]
        w.keys("shift+Right")
        w.wait("the next day", lambda s: s["film"]["day"] > day)
        rect = w.ask("rect film.hours")
        w.click(rect["x"] + rect["width"] * 0.75, rect["y"] + rect["height"] / 2)
        state = w.wait("at six", lambda s: abs(s["film"]["second"] - 64800) < 600)
        assert state["film"]["dots"] > 0
        for tab in ("hours", "origins", "cycle", "tables"):
            w.click_item(f"results.tab.{tab}")
        w.item("result.table")
        w.click_item("result.head.visits")
        # An edit on the sites makes it stale, undo makes it current again.
        w.keys("1")
        w.wait("sites", lambda s: s["workspace"] == "sites" and s["study"] is None)
        w.keys("Delete")
        w.wait("deleted", lambda s: s["undo_depth"] == 1 and not s["pending"])
        w.keys("2")
        w.wait("stale", lambda s: s["study"] and s["study"]["stale"])
        w.keys("Delete")  # no site is selected here
        w.keys("ctrl+z")
        w.wait("current", lambda s: s["undo_depth"] == 0 and not s["study"]["stale"])


def test_study_is_cancelled(scenario):
    """A long study goes on beside the ranking, and ends when it is told to."""
    with Window(scenario) as w:
        w.computed()
        w.keys("2")
        w.click_item("shoppers.year")
        w.number("shoppers simulate.days", 366)
        w.wait("a long one", lambda s: s["study"]["options"].get("days") == 366)
        w.ask("command run.again")
        w.wait("runs", lambda s: s["study"]["running"])
        w.click_item("study.cancel")
        state = w.wait("ended", lambda s: not s["study"]["running"] and s["idle"])
        assert not state["study"]["has_results"] and state["study"]["error"] == ""
        w.ask("command run.again")
        w.wait("runs", lambda s: s["study"]["running"])
        w.keys("1")
        w.keys("Delete")
        w.wait("ranked meanwhile", lambda s: s["undo_depth"] == 1 and not s["pending"])
        w.keys("2")
        w.wait("of the state before", lambda s: s["study"]["has_results"] and s["study"]["stale"], 120)


def test_world(scenario):
    """A short season: truth beside estimate."""
    with Window(scenario) as w:
        w.computed()
        w.keys("3")
        w.wait("the world", lambda s: s["workspace"] == "world" and s["study"]["name"] == "world run")
        for option, value in (("days", 35), ("replications", 1)):
            w.number(f"world run.{option}", value)
            w.wait(option, lambda s: s["study"]["options"].get(option) == value)
        w.click_item("study.run")
        w.wait("runs", lambda s: s["study"]["running"])
        state = w.wait("told", lambda s: not s["study"]["running"] and s["idle"], 400)
        assert state["study"]["error"] == "", state["study"]["error"]
        assert {"story", "funnel", "days", "campaigns"} <= set(state["study"]["tables"])
        w.item("funnel")
        w.item("world.report")
        assert w.picture(work / "world.png") > 300
    with Window(scenario, state=w.state) as again:
        again.wait("remembered", lambda s: s["workspace"] == "world")


def batch_means(scenario, setup, figure):
    """Means by point of a batch that the command line runs for the form of the window; two
    replications, whose mean is the same in any order."""
    ledger, table = work / "runs.ledger", work / "runs.csv"
    ledger.unlink(missing_ok=True)
    vary = [f"--vary={v['name']}={v['low']}:{v['high']}" for v in setup["variables"]]
    options = [f"--option={name}={value}" for name, value in setup["options"].items()]
    assert setup["replications"] == 2
    for arguments in (["plan", setup["study"], scenario, "--out", ledger, "--design",
                       setup["design"], "--points", setup["points"], "--replications", 2,
                       "--seed", setup["seed"], *vary, *options],
                      ["run", ledger], ["export", ledger, "--csv", table]):
        subprocess.run([FOOTFALL, "batch", *map(str, arguments)], check=True, capture_output=True)
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    points = {}
    for row in rows:
        points.setdefault(int(row["point"]), []).append(float(row[figure]))
    return {point: sum(values) / 2 for point, values in points.items()}


def test_runs(scenario):
    """A batch is watched, called off, gone on with; its figures are the command line's."""
    with Window(scenario) as w:
        w.computed()
        w.keys("4")
        state = w.wait("the runs", lambda s: s["workspace"] == "runs" and s["runs"])
        assert not state["runs"]["started"] and state["study"] is None
        w.click_item("runs.tab.options")
        w.number("sites rank.draws", 10)
        w.wait("draws", lambda s: s["runs"]["setup"]["options"] == {"draws": 10})
        w.click_item("runs.tab.design")
        for name, value in (("points", 60), ("replications", 2), ("seed", 5)):
            w.number(f"runs.{name}", value)
            w.wait(name, lambda s: s["runs"]["setup"][name] == value)
        w.click_item("runs.run")
        state = w.wait("figures arrive", lambda s: s["runs"]["done"] >= 3)
        assert state["runs"]["wanted"] == 120 and state["runs"]["table"][0]["n"] >= 1
        w.ask("command run.cancel")
        state = w.wait("stopped", lambda s: not s["runs"]["running"] and s["idle"])
        done = state["runs"]["done"]
        assert 3 <= done < 120, done
        w.click_item("runs.run")
        state = w.wait("goes on", lambda s: s["runs"]["done"] > done)
        state = w.wait("done", lambda s: not s["runs"]["running"] and s["idle"], 200)
        runs = state["runs"]
        assert runs["done"] == 120 and not runs["failures"] and not runs["error"], runs["error"]
        w.click_item("runs.figure")
        w.click_item("runs.figure.best_top1_share")
        w.click_item("runs.row.1")
        state = w.wait("shown", lambda s: s["runs"]["figure"] == "best_top1_share" and
                       s["runs"]["selected"] == 1)
        means = batch_means(scenario, state["runs"]["setup"], "best_top1_share")
        assert {row["point"]: float(row["mean"]) for row in state["runs"]["table"]} == means
        for item in ("runs.chart", "runs.settling", "runs.table", "runs.progress"):
            w.item(item)
        assert w.picture(work / "runs.png") > 300
        w.click_item("file.runs")
        w.wait("saved", lambda s: s["toast"] and s["toast"]["kind"] == "success")
        # Units that fail are told and stop nothing.
        w.click_item("runs.design")
        w.click_item("runs.design.list")
        w.click_item("runs.list")
        w.wait("the list takes text", lambda s: s["text_input"])
        number = state["sites"][0]["id"]
        for line in ("only", str(number), "4711"):
            w.type(line)
            w.keys("Return")
        w.wait("listed", lambda s: s["runs"]["setup"]["list"] == f"only\n{number}\n4711\n")
        assert w.snapshot()["runs"]["stale"]
        w.click_item("runs.run")
        state = w.wait("done", lambda s: s["runs"]["points"] == 2 and not s["runs"]["running"])
        assert state["runs"]["done"] == 2 and not state["runs"]["error"], state["runs"]["error"]
        failed = state["runs"]["failures"]
        assert sorted(failed) == ["1", "3"] and all("4711" in why for why in failed.values()), failed
        w.click_item("runs.tab.failed")


def test_wrong_options():
    for arguments, code in ((["--size", "9x9"], 2), (["--lang", "xx"], None), (["--help"], 0)):
        done = subprocess.run([os.environ.get("FOOTFALL_WINDOW", "build/release/footfall-window"),
                               *arguments], capture_output=True, text=True)
        assert done.returncode == code if code is not None else done.returncode != 0, arguments


def main():
    scenario = city("city")
    failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_"):
            continue
        start = time.monotonic()
        try:
            test(scenario) if test.__code__.co_argcount else test()
            print(f"passed {name} ({time.monotonic() - start:.1f} s)", flush=True)
        except Exception as error:  # a failed check of one test must not hide the others
            failed += 1
            print(f"FAILED {name}: {type(error).__name__}: {error}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
