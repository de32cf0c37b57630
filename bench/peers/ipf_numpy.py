#!/usr/bin/python3
"""The peers of bench/population.cpp in numpy on one core.

"ipf/numpy": a cube of 200 x 200 x 200 fitted in place to its three margins, to the same tolerance.
"entropy/numpy": 800 zones of 13 controls and 61 kinds of households, each by Newton's method on the
dual with dense matrices. Prints medians of three runs.
"""
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import statistics
import time

import numpy as np

SIDE = 200
ZONES, CONTROLS, KINDS = 800, 13, 61


def ipf(cells, margins):
    total = margins[0].sum()
    holding = 0  # margins in a row that hold
    while True:
        for axis, target in enumerate(margins):
            others = tuple(a for a in range(3) if a != axis)
            sums = cells.sum(axis=others)
            off = np.abs(sums - target).max()
            shape = [1, 1, 1]
            shape[axis] = SIDE
            cells *= (target / sums).reshape(shape)
            holding = holding + 1 if off <= 1e-11 * total else 1
            if holding >= len(margins):
                return cells


def zone(random):
    matrix = np.zeros((KINDS, CONTROLS))
    for k in range(KINDS):
        chosen = np.arange(k % 2, CONTROLS, 2 + k % 3)
        matrix[k, chosen] = random.integers(1, 4, len(chosen))
    return matrix, random.uniform(1, 20, KINDS), random.uniform(1, 20, KINDS) @ matrix


def entropy(matrix, prior, target):
    unknown = np.zeros(CONTROLS)
    weight = prior
    for _ in range(200):
        gradient = weight @ matrix - target
        if np.abs(gradient / np.maximum(1, target)).max() <= 1e-10:
            break
        hessian = matrix.T @ (weight[:, None] * matrix) + 1e-9 * np.eye(CONTROLS)
        step = np.linalg.solve(hessian, -gradient)
        unknown += step * min(1, 4 / max(np.abs(matrix @ step).max(), 1e-300))
        weight = prior * np.exp(matrix @ unknown)
    return weight


def median(run, prepare=lambda: None):
    times = []
    for _ in range(3):
        given = prepare()
        start = time.perf_counter()
        run(given)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    random = np.random.default_rng(1)
    seed = random.uniform(0.1, 1, (SIDE, SIDE, SIDE))
    truth = seed * random.uniform(0.5, 2, seed.shape)
    margins = [truth.sum(axis=(1, 2)), truth.sum(axis=(0, 2)), truth.sum(axis=(0, 1))]
    print(f"ipf/numpy {median(lambda cells: ipf(cells, margins), seed.copy):.3f} ms")
    zones = [zone(random) for _ in range(ZONES)]
    print(f"entropy/numpy {median(lambda _: [entropy(*z) for z in zones]):.3f} ms")


main()
