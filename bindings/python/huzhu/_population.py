"""A SYNTHETIC population: members, covers and events, made up so that a year comes to what the programme published.

    >>> import huzhu
    >>> people = huzhu.population(n=20_000, seed=1)
    >>> people
    <SYNTHETIC population: 20,000 members, 2019, seed 1; nobody is behind it>
    >>> people.events["inpatient-allowance"].column("cause").labels
    ('illness', 'accident', 'psychiatric')

No record of anybody went into it. It serves to try rules, scenarios and programs; what it says of Beijing's members is what
was published of them in total, and the rest is assumed: `Population.calibration` lists every figure with its source.
It needs NumPy, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from ._columns import Column, Table, flags, numbers
from ._errors import ArgumentError
from ._synthetic import events_fee, events_free
from ._synthetic.calibration import CONSTANTS, NOT_ALONE, PUBLISHED, Constant, Published
from ._synthetic.covers import FIRST_YEAR, PLANS, Covers, covers_of
from ._synthetic.draws import Array, Draws
from ._synthetic.events_fee import Rows
from ._synthetic.people import People

__all__ = ["Constant", "Table", "Population", "Published", "population"]

_FREE: dict[str, Callable[[People, Draws, int], Rows | Iterator[Rows]]] = {
    "medical-reimbursement": events_free.medical_reimbursement,
    "accident-and-property": events_free.accident_and_property,
    "startup-loan-subsidy": events_free.startup_loan_subsidy,
}
_FEE: dict[str, Callable[[People, Covers, Draws], Rows]] = {
    "inpatient-medical": events_fee.inpatient_medical,
    "inpatient-allowance": events_fee.inpatient_allowance,
    "critical-illness": events_fee.critical_illness,
    "womens-diseases": events_fee.womens_diseases,
    "group-accident": events_fee.group_accident,
    "child-accident": events_fee.child_accident,
    "comprehensive-a": events_fee.comprehensive,
    "comprehensive-b": events_fee.comprehensive,
}
# Columns of events that are there to group by, and inputs of some plans only.
ATTRIBUTES = ("synthetic", "year", "sex", "age_group", "income_band", "industry", "district", "household", "age")
ALL_PLANS = (*_FREE, *_FEE)


class Frames(Mapping[str, Table]):
    """Frames by plan, made when they are asked for and kept then."""

    def __init__(self, names: Sequence[str], make: Callable[[str], Table]) -> None:
        self._names, self._make, self._made = tuple(names), make, dict[str, Table]()

    def __getitem__(self, name: str) -> Table:
        if name not in self._names:
            hint = " It is a part of the packages and not offered alone." if name == NOT_ALONE else ""
            raise KeyError(f"the population has no {name!r}.{hint} It has {', '.join(self._names)}")
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<frames of {', '.join(self._names)}>"


class Population:
    """What `population()` makes. Frames are made on demand: those of a plan that is not asked for cost nothing.

    members   a row a member: sex, age, income, unit, hardship …
    covers    by plan: who joined, from when to when
    events    by plan: the rows that are decided, in the order of members and days, with what to group by beside the inputs
    """

    def __init__(self, n: int, seed: int, years: Sequence[int]) -> None:
        self.n, self.seed, self.years = n, seed, tuple(years)
        self._people = People(n, seed)
        self.members: Table = self._people.frame(self.years[0], self.metadata)
        self.covers = Frames(PLANS, self._covers)
        self.events = Frames(ALL_PLANS, self._events)

    @property
    def metadata(self) -> dict[str, str]:
        """What every frame carries, in Arrow too."""
        return {
            "synthetic": "SYNTHETIC: made up by huzhu.population, calibrated to published totals; nobody is behind it",
            "population": f"n={self.n} seed={self.seed} years={','.join(map(str, self.years))}",
        }

    @property
    def plans(self) -> tuple[str, ...]:
        """Plans that have events."""
        return ALL_PLANS

    @property
    def calibration(self) -> tuple[Constant, ...]:
        """Every figure of the model: name, value, kind (published, derived, fitted, assumed) and where it comes from.

        >>> import huzhu
        >>> [c.why for c in huzhu.population(n=1000).calibration if c.kind == "published"]
        ['覆盖全市425万会员 (programme-2020)']
        """
        return tuple(CONSTANTS.values())

    @property
    def published(self) -> tuple[Published, ...]:
        """The totals that the programme published, a row for each plan, and why rules and totals disagree where they do."""
        return PUBLISHED

    def __repr__(self) -> str:
        years = ", ".join(map(str, self.years))
        return f"<SYNTHETIC population: {self.n:,} members, {years}, seed {self.seed}; nobody is behind it>"

    def _covers_of(self, plan: str) -> list[Covers]:
        return [covers_of(self._people, plan, year, self.years[0], self.seed) for year in self.years]

    def _covers(self, plan: str) -> Table:
        parts = [c.frame(self._people, self.metadata) for c in self._covers_of(plan)]
        frame = _joined(parts[0].name, [p.columns for p in parts], self.metadata)
        return frame.take(np.argsort(frame.column("member").values, kind="stable"))

    def _events(self, plan: str) -> Table:
        rows: list[Rows] = []
        number = ALL_PLANS.index(plan)
        covers = self._covers_of(plan) if plan in _FEE else []
        years: list[Array] = []
        for i, year in enumerate(self.years):
            draw = Draws(self.seed, 2, number, year)
            made = _FEE[plan](self._people, covers[i], draw) if plan in _FEE else _FREE[plan](self._people, draw, year)
            some = [made] if isinstance(made, tuple) else list(made)
            rows += some
            years += [np.full(len(r[0]), year, dtype=np.int16) for r in some]
        return self._ordered(plan, rows, np.concatenate(years))

    def _ordered(self, plan: str, rows: Sequence[Rows], year: Array) -> Table:
        """Rows of years and kinds put together: by member, then by day. `year` is the one that a row was made for: that its cover
        begins in, or the costs are of."""
        at = np.concatenate([r[0] for r in rows])
        day = np.concatenate([r[1] for r in rows]).astype(np.int64)
        order = np.argsort((at.astype(np.int64) << 20) | day, kind="stable")
        inputs = _joined(plan, [r[2] for r in rows], self.metadata).take(order)
        at = at[order]
        columns = {"member": numbers(self._people.key(at)), **inputs.columns}
        for name, column in self._people.attributes(at).items():
            columns.setdefault(name, column)
        columns["year"] = numbers(year[order])
        columns["synthetic"] = flags(np.ones(len(at), dtype=bool))
        return Table(plan, columns, self.metadata)


def _joined(name: str, parts: Sequence[Mapping[str, Column]], metadata: Mapping[str, str]) -> Table:
    """Columns one behind the other."""
    if len(parts) == 1:
        return Table(name, parts[0], metadata)
    columns = {}
    for key, first in parts[0].items():
        each = [p[key] for p in parts]
        valid: Array | None = None
        if any(c.valid is not None for c in each):
            valid = np.concatenate([np.ones(len(c.values), dtype=bool) if c.valid is None else c.valid for c in each])
        columns[key] = Column(first.kind, np.concatenate([c.values for c in each]), valid, first.labels)
    return Table(name, columns, metadata)


def population(n: int = 4_250_000, seed: int = 1, years: int | Iterable[int] = 2019) -> Population:
    """A SYNTHETIC population of n members and what happens to them in the years given: nobody is behind it.

    The same n, seed and years give the same bytes on every machine. Counts are of Beijing's 4.25 million members, times
    n / 4,250,000: of a small population the rare plans have few rows or none. Years are 2019 or later: packages, and covers
    of one year under critical illness, begin then.
    """
    chosen = (years,) if isinstance(years, int) else tuple(years)
    if n < 1 or n > 100_000_000:
        raise ArgumentError(f"n is {n}; a population has 1 to 100,000,000 members")
    if not chosen or list(chosen) != list(range(chosen[0], chosen[0] + len(chosen))):
        raise ArgumentError(f"years are {list(chosen)}; they are to follow each other, as in range(2019, 2022)")
    if chosen[0] < FIRST_YEAR or chosen[-1] > 2035:
        raise ArgumentError(f"years are {list(chosen)}; the model describes {FIRST_YEAR} to 2035")
    return Population(n, seed, chosen)
