#!/usr/bin/python3
"""Writes bench/results/<group>.csv from the outputs of the benchmarks.

Usage: collect.py FOLDER GOOGLE_BENCHMARK.json [LINES.txt ...]

The group is the part of a name before the first slash. Lines are "name median unit", as the peers
and the wasm program print them. The ratio is the peer's time over ours, where there is a peer.
"""
import csv
import json
import pathlib
import sys

PEERS = {
    "shares/": "shares/numpy",
    "shares_road/": "shares_road/numpy",
    "roads/dial/": "roads/boost_dijkstra/",
    "visits/counts": "visits/numpy_counts",
    "ipf/": "ipf/numpy",
    "entropy/": "entropy/numpy",
    "columns/csv": "columns/csv_fmt",
    "columns/zstd": "columns/memory_copy",
}


def machine():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return "unknown"


def medians(json_file, line_files):
    found = {}
    for run in json.loads(pathlib.Path(json_file).read_text())["benchmarks"]:
        if run.get("aggregate_name") == "median" and not run.get("error_occurred"):
            name = run["run_name"].removesuffix("/real_time")
            found[name] = (run["real_time"], run["time_unit"])
    for file in line_files:
        for line in pathlib.Path(file).read_text().splitlines():
            name, value, unit = line.split()
            found[name] = (float(value), unit)
    return found


def peer_of(name):
    for start, peer in PEERS.items():
        if name.startswith(start) and name != peer:
            return peer + name[len(start) :] if peer.endswith("/") else peer
    return None


def main():
    folder = pathlib.Path(sys.argv[1])
    found = medians(sys.argv[2], sys.argv[3:])
    groups = {}
    for name, (value, unit) in found.items():
        group, variant = name.split("/", 1)
        peer = found.get(peer_of(name))
        ratio = f"{peer[0] / value:.1f}" if peer else ""
        groups.setdefault(group, []).append([machine(), variant, f"{value:.3f}", unit, ratio])
    folder.mkdir(exist_ok=True)
    for group, rows in groups.items():
        with open(folder / f"{group}.csv", "w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["machine", "variant", "median", "unit", "ratio_to_peer"])
            writer.writerows(rows)
        print(f"bench/results/{group}.csv: {len(rows)} rows")


main()
