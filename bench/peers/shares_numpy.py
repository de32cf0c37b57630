#!/usr/bin/python3
"""Huff shares and sales in numpy on one core: the peers of bench/shares.cpp.

The same formulas in double from 100,000 demand points, for 1,000 stores and straight distance and
for 300 stores and travel times. "shares/numpy" and "shares_road/numpy" are the plain way, over the
whole matrix of utilities; "…/numpy_sliced" cuts the demand so that a slice stays near the caches.
Prints medians of three runs.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import statistics
import time

import numpy as np

POINTS, STORES, ROAD_STORES = 100_000, 1_000, 300


def add_sales(total, utility, weight, outside=0.02):
    share = utility / (outside + utility.sum(axis=1))[:, None]
    total += weight @ share


def straight(size, x, y, weight, store_x, store_y, area, exponent=1.9, access=0.2):
    total = np.zeros(STORES)
    for i in range(0, POINTS, size):
        dx = x[i : i + size, None] - store_x
        dy = y[i : i + size, None] - store_y
        utility = area * (np.sqrt(dx * dx + dy * dy) / 1000 + access) ** -exponent
        add_sales(total, utility, weight[i : i + size])


def by_road(size, quarters, weight, area, exponent=1.9, access=2):
    total = np.zeros(ROAD_STORES)
    for i in range(0, POINTS, size):
        utility = area * (quarters[i : i + size] / 240 + access) ** -exponent
        add_sales(total, utility, weight[i : i + size])


def measure(group, sales, *columns):
    for name, size in (("numpy", POINTS), ("numpy_sliced", 500)):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            sales(size, *columns)
            times.append((time.perf_counter() - start) * 1000)
        print(f"{group}/{name} {statistics.median(times):.3f} ms")


def main():
    random = np.random.default_rng(1)
    x, y = random.uniform(-10_000, 10_000, (2, POINTS))
    store_x, store_y = random.uniform(-10_000, 10_000, (2, STORES))
    weight = random.uniform(1, 20, POINTS)
    area = random.uniform(0.2, 4, STORES)
    quarters = random.integers(0, 8_000, (POINTS, ROAD_STORES), dtype=np.uint16)
    measure("shares", straight, x, y, weight, store_x, store_y, area)
    measure("shares_road", by_road, quarters, weight, area[:ROAD_STORES])


main()
