#!/usr/bin/python3
"""Visits to 300 stores by day and hour over a year from 100 million people, in numpy on one core.

The peer of visits/counts_100m_people_year in bench/visits.cpp: the same law. Shares of the stores
for 20,000 zones (Huff), favourites of each zone and kind of shopper (multinomial), then one Poisson
draw for each day, store and hour. Prints the median of
three runs.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import statistics
import time

import numpy as np

ZONES, STORES, KINDS, HEADS, DAYS = 20_000, 300, 2, 2_500, 365
RATE, ONLINE, LOYALTY = 0.2, 0.03, 0.65


def shares(random):
    x, y = random.uniform(-10_000, 10_000, (2, ZONES))
    store_x, store_y = random.uniform(-10_000, 10_000, (2, STORES))
    area = random.uniform(0.2, 4, STORES)
    dx, dy = x[:, None] - store_x, y[:, None] - store_y
    utility = area * (np.sqrt(dx * dx + dy * dy) / 1000 + 0.2) ** -2.0
    both = np.hstack([utility, np.full((ZONES, 1), 2.0 / 144)])
    return both / both.sum(axis=1)[:, None]


def counts(random, hours):
    share = shares(random)
    rate = np.zeros((KINDS, STORES + 1))
    for kind in range(KINDS):
        favourites = random.multinomial(HEADS, share)
        heads = LOYALTY * favourites + (1 - LOYALTY) * HEADS * share
        rate[kind] = RATE * (1 - ONLINE) * heads.sum(axis=0)
    mean = np.einsum("ks,kh->sh", rate, hours)
    return random.poisson(np.broadcast_to(mean, (DAYS, STORES + 1, 24)))


def main():
    random = np.random.Generator(np.random.Philox(1))
    hours = np.tile(np.full(24, 1 / 24), (KINDS, 1))
    times = []
    for _ in range(3):
        start = time.perf_counter()
        counts(random, hours)
        times.append((time.perf_counter() - start) * 1000)
    print(f"visits/numpy_counts {statistics.median(times):.3f} ms")


main()
