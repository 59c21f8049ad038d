"""Covers: who joined which plan with a fee in a year, unit by unit, as many as the programme's enrolments a year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .._columns import Column, Table, dates, flags, numbers
from .calibration import MEMBERS, constant, published
from .draws import Array, Draws
from .people import People

# Plans with covers, in the order of their draws: a plan added behind leaves the others as they are.
PLANS = (
    "inpatient-medical", "inpatient-allowance", "critical-illness", "womens-diseases", "group-accident", "child-accident",
    "comprehensive-a", "comprehensive-b",
)  # fmt: skip
PACKAGES = ("comprehensive-a", "comprehensive-b")
FIRST_YEAR = 2019  # packages and the covers of one year of critical illness begin


@dataclass(frozen=True)
class Covers:
    """Covers of a plan that begin in one year: a row each, in the order of members."""

    plan: str
    year: int
    at: Array  # places of members
    start: Array  # days since 1970
    end: Array
    renewed: Array  # flags: it follows another cover without a gap
    staff: Array  # of the unit
    enrolled: Array

    def __len__(self) -> int:
        return len(self.at)

    def key(self, pick: Array) -> Array:
        return ((self.at[pick] + 1) * 10_000 + self.year).astype(np.int64)

    def columns(self, pick: Array, plan_has_end: bool = True) -> dict[str, Column]:
        """Inputs of the covers at these rows, as all plans with covers name them."""
        out = {"cover": numbers(self.key(pick)), "cover_start": dates(self.start[pick])}
        if plan_has_end:
            out["cover_end"] = dates(self.end[pick])
        return out

    def previous_end(self, pick: Array) -> Column:
        """The last day of the cover before; null: there was none."""
        return dates(self.start[pick] - 1, self.renewed[pick])

    def frame(self, people: People, synthetic: dict[str, str]) -> Table:
        every = np.arange(len(self))
        columns = {
            "member": numbers(people.key(self.at)),
            **self.columns(every),
            "previous_cover_end": self.previous_end(every),
            **people.attributes(self.at),
            "staff": numbers(self.staff),
            "enrolled": numbers(self.enrolled),
            "synthetic": flags(np.ones(len(self), dtype=bool)),
        }
        return Table(f"covers of {self.plan}", columns, synthetic)


def covers_of(people: People, plan: str, year: int, first_year: int, seed: int) -> Covers:
    """The covers of a plan that begin in a year. Units that join stay, so covers of later years are renewals."""
    draw = Draws(seed, 1, PLANS.index(plan))
    units = len(people.staff)
    share = np.where(people.staff <= 20, 100, 80 + draw.below(units, 21))  # % of a unit's staff
    joins = draw.below(people.count, 100) < share[people.unit]
    eligible = _eligible(people, plan) & joins
    row = published(plan)
    assert row.enrolments is not None
    wanted = row.enrolments / row.years * people.count / MEMBERS
    if plan in PACKAGES:
        wanted *= constant("comprehensive_b") if plan == PACKAGES[1] else 1 - constant("comprehensive_b")
    enrolled = np.bincount(people.unit[eligible], minlength=units)
    order = draw.order(units)
    chosen = np.zeros(units, dtype=bool)
    chosen[order[np.cumsum(enrolled[order]) <= max(wanted, 1)]] = True
    at = np.flatnonzero(eligible & chosen[people.unit])
    unit = people.unit[at]
    start, end = _days(people.cover_month[unit], year)
    before = year > first_year or (plan not in PACKAGES)
    renewed = np.ones(len(at), dtype=bool) if year > first_year else draw.chance(len(at), constant("renewed") if before else 0.0)
    return Covers(plan, year, at, start, end, renewed, people.staff[unit], enrolled[unit].astype(np.int32))


def _eligible(people: People, plan: str) -> Array:
    if plan == "womens-diseases":
        return np.asarray(people.sex == 0)
    if plan == "child-accident":
        return np.asarray(people.child_age >= 0)
    return np.ones(people.count, dtype=bool)


def _days(month: Array, year: int) -> tuple[Array, Array]:
    """First and last day of covers of a year that begin on the first of a month."""
    begin = np.datetime64(f"{year}-01", "M") + (month.astype(np.int64) - 1)
    start = begin.astype("datetime64[D]").astype(np.int32)
    return start, (begin + 12).astype("datetime64[D]").astype(np.int32) - np.int32(1)
