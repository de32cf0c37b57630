#!/usr/bin/env python3
"""Writes reference/<function>.txt: lines "x f(x) rest" or "x y f(x, y) rest" as hexadecimal doubles, f
being correctly rounded and `rest` what rounding took off, in units in the last place. Arguments are spread over the ranges that matter, with a fixed seed. Needs
python3-mpmath; only run again when a function or a range is added.
"""
import math
import os
import random

import mpmath
from mpmath import mp, mpf

mp.prec = 240
COUNT = 250


def uniform(low, high):
    return lambda r: r.uniform(low, high)


def powers(low, high, sign=False):
    def draw(r):
        x = 2.0 ** r.uniform(low, high)
        return -x if sign and r.random() < 0.5 else x

    return draw


def nearly(value, draws):
    return lambda r: value + draws(r)


FUNCTIONS = {
    "exp": (mpmath.exp, [uniform(-708, 709), uniform(-1, 1), powers(-40, 9, True)]),
    "log": (mpmath.log, [powers(-1070, 1023), uniform(0.5, 2), nearly(1, powers(-30, -2, True))]),
    "sin": (mpmath.sin, [uniform(-10, 10), powers(-20, 40, True)]),
    "cos": (mpmath.cos, [uniform(-10, 10), powers(-20, 40, True)]),
    "tan": (mpmath.tan, [uniform(-10, 10), powers(-20, 40, True)]),
    "asin": (mpmath.asin, [uniform(-1, 1)]),
    "acos": (mpmath.acos, [uniform(-1, 1)]),
    "atan": (mpmath.atan, [uniform(-5, 5), powers(-20, 40, True)]),
    "sinh": (mpmath.sinh, [uniform(-20, 20), powers(-20, 9, True)]),
    "cosh": (mpmath.cosh, [uniform(-20, 20)]),
    "tanh": (mpmath.tanh, [uniform(-20, 20), powers(-20, 3, True)]),
    "asinh": (mpmath.asinh, [uniform(-5, 5), powers(-20, 60, True)]),
    "atanh": (mpmath.atanh, [uniform(-1, 1), powers(-20, -1, True)]),
    "expm1": (mpmath.expm1, [uniform(-3, 3), powers(-40, 9, True)]),
    "log1p": (mpmath.log1p, [uniform(-0.9, 3), powers(-40, 100)]),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), [powers(-300, 300, True)]),
    "lgamma": (lambda x: mpmath.loggamma(x).real, [uniform(2.5, 50), powers(6, 60)]),
    "erf": (mpmath.erf, [uniform(-4, 4)]),
    "erfc": (mpmath.erfc, [uniform(-4, 20)]),
    "pow": (mpmath.power, [(powers(-20, 20), uniform(-30, 30)), (uniform(0.5, 2), uniform(-500, 500))]),
    "atan2": (mpmath.atan2, [(powers(-20, 20, True), powers(-20, 20, True))]),
    "hypot": (mpmath.hypot, [(powers(-100, 100, True), powers(-100, 100, True))]),
}


def arguments(draws, random_source):
    return [d(random_source) for d in (draws if isinstance(draws, tuple) else (draws,))]


folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference")
os.makedirs(folder, exist_ok=True)
for name, (function, ranges) in FUNCTIONS.items():
    source = random.Random(name)
    with open(os.path.join(folder, name + ".txt"), "w") as out:
        written = 0
        while written < COUNT * len(ranges):
            x = arguments(ranges[written % len(ranges)], source)
            exact = function(*[mpf(v) for v in x])
            value = float(exact)
            if math.isinf(value) or abs(value) < 1e-300:
                continue
            rest = float((exact - mpf(value)) / mpf(math.ulp(value)))
            out.write(" ".join(v.hex() for v in x + [value]) + f" {rest:.3f}\n")
            written += 1
