"""Random bits to amounts, codes and days, by whole numbers alone: the same seed gives the same bytes on every machine.

Only the raw 64 bits of PCG64 are used, which NumPy guarantees; what it makes of them (normal, choice, …) may change from
version to version. A distribution is a table of its quantiles, and a draw looks it up: no logarithm runs per row.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

CELLS = 1 << 12  # of a table of quantiles
_WEIGHT_BITS = 16


class Draws:
    """A stream of random bits of its own: of a seed and what it is for, so that one plan's rows do not move another's."""

    def __init__(self, seed: int, *purpose: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=purpose))

    def bits(self, count: int) -> Array:
        """64 random bits each."""
        return np.asarray(self._bits.random_raw(count), dtype=np.uint64)

    def below(self, count: int, limit: int | Array) -> Array:
        """Whole numbers from 0 to limit - 1 (limit at most 2^31), all as likely."""
        high = self.bits(count) >> np.uint64(33)
        return ((high * np.asarray(limit, dtype=np.uint64)) >> np.uint64(31)).astype(np.int64)

    def chance(self, count: int, share: float) -> Array:
        """True in so many of all rows, by chance."""
        return self.bits(count) < np.uint64(min(int(share * 2.0**64), 2**64 - 1))

    def strata(self, count: int) -> Array:
        """64 bits each, one in each of count equal strata, in random order: what is drawn of them has nearly its mean sum
        even where rows are few."""
        if count < 2:
            return self.bits(count)
        step = np.uint64(2**64 // count)
        return (np.arange(count, dtype=np.uint64) * step + self.bits(count) % step)[self.order(count)]

    def order(self, count: int) -> Array:
        """A random order of count rows."""
        return np.argsort(self.bits(count), kind="stable")

    def choose(self, weights: Array, count: int) -> Array:
        """Rows in rising order, as likely as their weights (whole numbers), spread evenly: none twice unless count times its
        weight is more than all."""
        ends = np.cumsum(weights, dtype=np.int64)
        total = int(ends[-1]) if len(ends) else 0
        if total == 0 or count == 0:
            return np.empty(0, dtype=np.int64)
        start = int(self.below(1, min(total, 2**31 - 1))[0])
        marks = np.sort((start + np.arange(count, dtype=np.int64) * total // count) % total)
        return np.searchsorted(ends, marks, side="right").astype(np.int64)


class Weights:
    """Codes by weight: a table from the upper bits of a draw."""

    def __init__(self, weights: Mapping[Any, float]) -> None:
        self.labels = tuple(weights)
        total = math.fsum(weights.values())
        ends = np.cumsum([round(w / total * (1 << _WEIGHT_BITS)) for w in weights.values()])
        ends[-1] = 1 << _WEIGHT_BITS
        self._table = np.searchsorted(ends, np.arange(1 << _WEIGHT_BITS), side="right").astype(np.int8)

    def of(self, bits: Array) -> Array:
        """Positions in labels."""
        return self._table[(bits >> np.uint64(64 - _WEIGHT_BITS)).astype(np.int64)]


class Quantiles:
    """Amounts by their quantiles: CELLS + 1 whole numbers, straight lines between them."""

    def __init__(self, points: Sequence[int]) -> None:
        self._points = np.asarray(points, dtype=np.int64)
        self._rise = np.diff(self._points)

    def of(self, bits: Array) -> Array:
        cell = (bits >> np.uint64(52)).astype(np.int64)
        within = ((bits >> np.uint64(28)) & np.uint64((1 << 24) - 1)).astype(np.int64)
        return self._points[cell] + ((self._rise[cell] * within) >> 24)


def lognormal(median: float, spread: float, most: float, scale: int = 1, least: float = 0) -> Quantiles:
    """A log-normal distribution cut off at least and most, in whole numbers of 1/scale."""
    normal = NormalDist()
    points = [round(least * scale)]
    for i in range(1, CELLS):
        value = median * math.exp(spread * normal.inv_cdf(i / CELLS))
        points.append(round(min(max(value, least), most) * scale))
    return Quantiles([*points, round(most * scale)])
