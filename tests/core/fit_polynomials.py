#!/usr/bin/env python3
"""Fits the polynomials of core/math_lanes.hpp and prints their coefficients.

The greatest value of |weight(x) (p(x) - f(x))| on the interval becomes about as small as it can be.
Coefficients are then rounded one after another, the lowest first, and the rest
is fitted again, so that rounding costs little. Not part of any build or test: needs python3-mpmath.
"""
import struct

from mpmath import cos, exp, expm1, linspace, log, lu_solve, matrix, mp, mpf, pi

mp.prec = 160


def rounded(value, single):
    if single:
        return mpf(struct.unpack("f", struct.pack("f", float(value)))[0])
    return mpf(float(value))


def value_of(coefficients, x):
    return sum(c * x**i for i, c in enumerate(coefficients))


def minimax(f, weight, low, high, fixed, degree):
    """Coefficients whose lowest are `fixed`: Lawson's iteration of weighted least squares."""
    count = 24 * (degree + 1)
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * (i + 0.5) / count) for i in range(count)]
    size = degree + 1 - len(fixed)
    rows = [[weight(x) * x ** (len(fixed) + i) for i in range(size)] for x in nodes]
    wanted = [weight(x) * (f(x) - value_of(fixed, x)) for x in nodes]
    importance = [mpf(1) / count] * count
    for _ in range(25):
        a, b = matrix(size, size), matrix(size, 1)
        for row, y, w in zip(rows, wanted, importance):
            for i in range(size):
                b[i] += w * row[i] * y
                for j in range(size):
                    a[i, j] += w * row[i] * row[j]
        solution = list(lu_solve(a, b))
        errors = [abs(y - sum(r * c for r, c in zip(row, solution))) for row, y in zip(rows, wanted)]
        importance = [w * e for w, e in zip(importance, errors)]
        total = sum(importance)
        importance = [w / total for w in importance]
    return fixed + solution


def fit(name, f, weight, low, high, degree, single):
    low, high = mpf(low), mpf(high)
    fixed = []
    while len(fixed) <= degree:
        coefficients = minimax(f, weight, low, high, fixed, degree)
        fixed.append(rounded(coefficients[len(fixed)], single))
    worst = max(abs(weight(x) * (value_of(fixed, x) - f(x))) for x in linspace(low, high, 4001))
    print(f"{name}: degree {degree}, error 2^{float(log(worst, 2)):.1f}")
    print("  " + ", ".join(f"{float(c):.9g}" if single else repr(float(c)) for c in fixed))


def near_zero(f, limit):
    return lambda x: f(x) if abs(x) > mpf(2) ** -60 else limit


ln2 = log(2)

# exp(r) = 1 + r + r^2 q(r)
fit("exp", near_zero(lambda r: (expm1(r) - r) / r**2, mpf(1) / 2), lambda r: r**2,
    -ln2 / 2 * 1.0001, ln2 / 2 * 1.0001, 9, False)


# log((1 + s) / (1 - s)) = 2 s + s^3 q(s^2)
def log_rest(z):
    s = z**0.5
    return (log((1 + s) / (1 - s)) - 2 * s) / s**3


fit("log", near_zero(log_rest, mpf(2) / 3), lambda z: z, 0, (mpf(3) - 8**mpf("0.5")) ** 2 * 1.001,
    6, False)

# log2(1 + f) = f + f q(f)
for degree in (7, 8, 9):
    fit("log2f", near_zero(lambda f: log(1 + f, 2) / f - 1, 1 / ln2 - 1), lambda f: f, -0.25, 0.5,
        degree, True)

# 2^r = 1 + r q(r)
for degree in (5, 6):
    fit("exp2f", near_zero(lambda r: expm1(r * ln2) / r, ln2), lambda r: r, -0.5005, 0.5005, degree,
        True)
