"""Members and their work units, made up: nobody is behind them.

Members of a unit stand together; a unit has a district, an industry and a month in which its covers begin.
"""

from __future__ import annotations

import numpy as np

from .._columns import Column, Table, codes, dates, flags, numbers
from .calibration import constant
from .draws import Array, Draws, Quantiles, Weights, lognormal

SEXES = ("female", "male")
AGE_GROUPS = ("16-29", "30-39", "40-49", "50-59")
INCOME_BANDS = ("below 60k", "60k-100k", "100k-150k", "150k-250k", "above 250k")
CLASSES = ("ordinary", "model", "hardship")
# Shares of members, assumed: by the size of districts and industries as anybody knows them, rounded.
DISTRICTS = Weights({
    "chaoyang": 19, "haidian": 18, "fengtai": 10, "xicheng": 9, "changping": 8, "daxing": 7, "dongcheng": 6, "tongzhou": 6,
    "shunyi": 5, "fangshan": 4, "shijingshan": 3, "miyun": 1.5, "huairou": 1.2, "pinggu": 1.0, "mentougou": 0.8, "yanqing": 0.5,
})  # fmt: skip
INDUSTRIES = Weights({
    "manufacturing": 15, "construction": 8, "transport": 9, "trade": 10, "finance": 6, "information": 12, "education": 11,
    "health": 7, "government": 8, "services": 14,
})  # fmt: skip
_INCOME_OF_INDUSTRY = np.array([90, 80, 88, 82, 150, 155, 105, 110, 108, 72])  # %, as INDUSTRIES
_INCOME_OF_AGE = np.array([62, 100, 112, 104])  # %, as AGE_GROUPS
_AGES = Weights({a: (1.0 if a < 23 else 3.0 if a < 30 else 3.4 if a < 45 else 2.4 if a < 55 else 1.1) for a in range(18, 60)})


class People:
    """Columns of members, and of units by `unit`."""

    def __init__(self, count: int, seed: int) -> None:
        draw = Draws(seed, 0)
        self.count = count
        self.staff, self.unit = _units(draw, count)
        units = len(self.staff)
        self.district = DISTRICTS.of(draw.bits(units))
        self.industry = INDUSTRIES.of(draw.bits(units))
        self.dues_paid = draw.chance(units, constant("dues_paid"))
        self.managed = draw.chance(units, constant("managed"))
        self.cover_month = np.array([1, 1, 1, 1, 3, 4, 6, 7, 7, 9, 10, 12], dtype=np.int8)[draw.below(units, 12)]
        self.sex = (~draw.chance(count, constant("women"))).astype(np.int8)
        age = _AGES.of(draw.bits(count)).astype(np.int8) + np.int8(18)
        self.age = np.where((self.sex == 0) & (age > 54), age - np.int8(20), age)  # women retire at 55
        self.age_group = np.searchsorted(np.array([30, 40, 50], dtype=np.int8), self.age, side="right").astype(np.int8)
        self.income = self._income(draw)
        self.income_band = np.searchsorted(np.array([60_000, 100_000, 150_000, 250_000]), self.income, side="right").astype(
            np.int8
        )
        kind = draw.bits(count) >> np.uint64(40)
        model, hardship = int(constant("model_workers") * 2**24), int(constant("hardship") * 2**24)
        self.member_class = ((kind < model) * np.int8(1) + ((kind >= model) & (kind < model + hardship)) * np.int8(2)).astype(
            np.int8
        )
        self.in_service = draw.chance(count, constant("in_service"))
        self.insured = draw.chance(count, constant("insured"))
        self.card = draw.chance(count, constant("card"))
        self.child_age = self._child_age(draw)

    def _income(self, draw: Draws) -> Array:
        base = lognormal(constant("income_median"), constant("income_spread"), 3_000_000, least=28_000).of(draw.bits(self.count))
        percent = _INCOME_OF_INDUSTRY[self.industry[self.unit]] * _INCOME_OF_AGE[self.age_group]
        return np.asarray(np.maximum(base * percent // 10_000, 28_000) // 100 * 100)

    def _child_age(self, draw: Draws) -> Array:
        """Years of the youngest child; -1: none below 18."""
        parent = draw.chance(self.count, 0.62) & (self.age > 24)
        years = (draw.below(self.count, np.clip(self.age.astype(np.int64) - 23, 1, 18))).astype(np.int8)
        return np.where(parent & (self.age < 52), years, np.int8(-1))

    def attributes(self, at: Array) -> dict[str, Column]:
        """What rows can be grouped by, of the members at these places."""
        unit = self.unit[at]
        return {
            "sex": codes(self.sex[at], SEXES),
            "age_group": codes(self.age_group[at], AGE_GROUPS),
            "income_band": codes(self.income_band[at], INCOME_BANDS),
            "industry": codes(self.industry[unit], INDUSTRIES.labels),
            "district": codes(self.district[unit], DISTRICTS.labels),
        }

    def key(self, at: Array) -> Array:
        """The keys of members."""
        return (at + 1).astype(np.int64)

    def household(self, at: Array) -> Array:
        """The keys of households: of sixteen members two are a couple."""
        return np.where(at % 16 == 15, at, at + 1).astype(np.int64)

    def frame(self, year: int, synthetic: dict[str, str]) -> Table:
        everyone = np.arange(self.count)
        born = (np.int64(year) - self.age - 1970) * 365 + np.int64(100)
        columns = {
            "member": numbers(self.key(everyone)),
            "household": numbers(self.household(everyone)),
            "unit": numbers((self.unit + 1).astype(np.int32)),
            **self.attributes(everyone),
            "age": numbers(self.age),
            "born": dates(born),
            "income": numbers(self.income.astype(np.int32)),
            "unit_staff": numbers(self.staff[self.unit]),
            "member_class": codes(self.member_class, CLASSES),
            "in_service": flags(self.in_service),
            "insured": flags(self.insured),
            "dues_paid": flags(self.dues_paid[self.unit]),
            "managed": flags(self.managed[self.unit]),
            "card": flags(self.card),
            "child_age": numbers(np.maximum(self.child_age, 0), self.child_age >= 0),
            "synthetic": flags(np.ones(self.count, dtype=bool)),
        }
        return Table("members", columns, synthetic)


def _units(draw: Draws, count: int) -> tuple[Array, Array]:
    """Staff of each unit, and the unit of each member."""
    sizes: Quantiles = lognormal(constant("unit_staff_median"), constant("unit_staff_spread"), 8_000, least=3)
    staff: list[Array] = []
    left = count
    while left > 0:
        some = sizes.of(draw.bits(max(left // 100, 8)))
        staff.append(some)
        left -= int(some.sum())
    every = np.concatenate(staff)
    ends = np.cumsum(every)
    units = int(np.searchsorted(ends, count)) + 1
    every = every[:units]
    every[-1] -= int(ends[units - 1]) - count  # the last one has who is left
    return every.astype(np.int32), np.repeat(np.arange(units, dtype=np.int32), every)
