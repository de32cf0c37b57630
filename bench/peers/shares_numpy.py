#!/usr/bin/python3
"""Huff shares and sales of 1,000 stores from 100,000 demand points in numpy on one core.

The peer of bench/shares.cpp: the same formula in double. "shares/numpy" is the plain way, over the
whole matrix of utilities; "shares/numpy_sliced" cuts the demand so that a slice stays near the
caches. Prints medians of three runs.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import statistics
import time

import numpy as np

POINTS, STORES = 100_000, 1_000


def sales(size, x, y, weight, store_x, store_y, area, outside=0.02, exponent=1.9, access=0.2):
    total = np.zeros(STORES)
    for i in range(0, POINTS, size):
        dx = x[i : i + size, None] - store_x
        dy = y[i : i + size, None] - store_y
        utility = area * (np.sqrt(dx * dx + dy * dy) / 1000 + access) ** -exponent
        share = utility / (outside + utility.sum(axis=1))[:, None]
        total += weight[i : i + size] @ share
    return total


def main():
    random = np.random.default_rng(1)
    x, y = random.uniform(-10_000, 10_000, (2, POINTS))
    store_x, store_y = random.uniform(-10_000, 10_000, (2, STORES))
    weight = random.uniform(1, 20, POINTS)
    area = random.uniform(0.2, 4, STORES)
    for name, size in (("numpy", POINTS), ("numpy_sliced", 500)):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            sales(size, x, y, weight, store_x, store_y, area)
            times.append((time.perf_counter() - start) * 1000)
        print(f"shares/{name} {statistics.median(times):.3f} ms")


main()
