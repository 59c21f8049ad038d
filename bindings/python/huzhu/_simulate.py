"""What-if studies: one population under many scenarios, as tidy frames.

    >>> import huzhu
    >>> people = huzhu.population(n=40_000, seed=1)
    >>> result = huzhu.simulate(
    ...     people,
    ...     scenarios={"baseline": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}},
    ...     by=["sex", "age_group"],
    ...     frames="dict",
    ... )
    >>> result.costs["scenario"], result.costs["cost"]
    (['baseline', '60 a day'], [Decimal('53680.00'), Decimal('80520.00')])

Every scenario is decided by the rules, to the last cent; nothing is estimated. The first scenario is what the others are
compared with.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, Literal, cast

from . import _core, _people, _tidy
from ._apart import apart
from ._errors import ArgumentError, UnsupportedError
from ._people import OUTCOMES
from ._population import ATTRIBUTES, Population
from ._rules import Ruleset, load
from ._scenarios import Scenario, Sweep, scenario_text, sweep
from ._tally import COUNTERS, FLOATS, Binding, Source, Sums, cut, tally

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Result", "Sweep", "affects", "simulate", "sweep"]

# Of totals, in 分: payments are counted between them.
BOUNDS = tuple(100 * yuan for yuan in (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000))
_CHUNK = 50_000  # rows whose members are counted at a time
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Run:
    """What one plan's rows came to."""

    plan: str
    by: tuple[str, ...]  # columns of the finest groups: the year in front, where there is one
    benefits: tuple[str, ...]
    rows: list[dict[str, object]]
    people: _people.Counts


class Result:
    """What scenarios come to. Frames are tidy: a row for each plan, scenario and group.

    costs          by plan and scenario
    budget         by plan, scenario and year (where the rows have a column `year`)
    groups         by plan, scenario and the columns of `by`
    benefits       each benefit's sum, by plan and scenario
    distribution   payments by their amount, by plan and scenario

    Columns: `cost` is what is paid in all, `payments` the rows paid, `people` the members paid, `average` the cost of a payment;
    `change` is the cost less that of the first scenario, `gained` and `lost` its parts, of rows that get more (`better`) and less
    (`worse`); `winners` and `losers` are members that get more and less in all. `rows` and the other outcomes count rows.
    """

    def __init__(
        self,
        runs: Sequence[_Run],
        scenarios: Sequence[str],
        by: tuple[str, ...],
        year: str | None,
        bounds: tuple[int, ...],
        kind: str,
        sweep: Sweep | None,
        synthetic: bool,
    ) -> None:
        self.synthetic = synthetic
        self.runs, self.scenarios, self.by, self.year = tuple(runs), tuple(scenarios), by, year
        self.bounds, self.kind, self.sweep = bounds, kind, sweep

    @property
    def plans(self) -> tuple[str, ...]:
        return tuple(run.plan for run in self.runs)

    def rows(self, by: Sequence[str] = ()) -> list[dict[str, object]]:
        """The measures by plan, scenario and these columns, as dicts: what the frames are made of."""
        return [row for run in self.runs for row in _grouped(run, self.scenarios, tuple(by))]

    def _columns(self, by: Sequence[str]) -> list[str]:
        counted = any(run.people for run in self.runs)
        measures = [
            "cost",
            "payments",
            *(["people"] if counted else []),
            "average",
            "change",
            "gained",
            "lost",
            "better",
            "worse",
        ]
        return ["plan", "scenario", *by, *measures, *(["winners", "losers"] if counted else []), "rows", *OUTCOMES[1:]]

    def _frame(self, by: Sequence[str]) -> Any:
        return _tidy.frame(self.rows(by), self._columns(by), self.kind)

    @property
    def costs(self) -> Any:
        return self._frame(())

    @property
    def budget(self) -> Any:
        return self._frame((self.year,) if self.year else ())

    @property
    def groups(self) -> Any:
        return self._frame(self.by)

    @property
    def benefits(self) -> Any:
        rows = [
            {"plan": run.plan, "scenario": scenario, "benefit": name, "amount": sum((cast(Decimal, r[name]) for r in run.rows if r["scenario"] == scenario), Decimal("0.00"))}
            for run in self.runs for scenario in self.scenarios for name in run.benefits
        ]  # fmt: skip
        return _tidy.frame(rows, ["plan", "scenario", "benefit", "amount"], self.kind)

    @property
    def distribution(self) -> Any:
        return _tidy.frame(self.distribution_rows(), ["plan", "scenario", "at_least", "below", "payments"], self.kind)

    def distribution_rows(self) -> list[dict[str, object]]:
        """Payments between bounds; `at_least` of the lowest and `below` of the highest are None."""
        amounts = [Decimal(b).scaleb(-2) for b in self.bounds]
        out: list[dict[str, object]] = []
        for run in self.runs:
            for scenario in self.scenarios if amounts else ():
                mine = [r for r in run.rows if r["scenario"] == scenario]
                names = [f"total<{b}" for b in amounts] + [f"total>={amounts[-1]}"]
                for i, name in enumerate(names):
                    low, high = (amounts[i - 1] if i else None), (amounts[i] if i < len(amounts) else None)
                    payments = sum(cast(int, r[name]) for r in mine)
                    out.append({"plan": run.plan, "scenario": scenario, "at_least": low, "below": high, "payments": payments})
        return out

    def quantiles(self) -> Any:
        """The finest groups with the quantiles of payments that were asked for."""
        names = sorted(
            {n for run in self.runs for row in run.rows for n in row if n.startswith("total.p")}, key=lambda n: int(n[7:])
        )
        rows = [{"plan": run.plan, **row} for run in self.runs for row in run.rows]
        return _tidy.frame(rows, ["plan", "scenario", *self._finest(), "paid", *names], self.kind)

    def _finest(self) -> tuple[str, ...]:
        return ((self.year,) if self.year else ()) + self.by

    def grid(self) -> Any:
        """Of a sweep: a row for each plan and point, the values of the paths as columns in front of the measures."""
        return _tidy.frame(self.grid_rows(), [*self._axes(), *[c for c in self._columns(()) if c != "scenario"]], self.kind)

    def _axes(self) -> list[str]:
        if self.sweep is None:
            raise ArgumentError("these scenarios are no grid", hint="simulate(…, scenarios=huzhu.sweep({path: [values]}))")
        return list(self.sweep.axes)

    def grid_rows(self) -> list[dict[str, object]]:
        self._axes()
        assert self.sweep is not None
        return [{**self.sweep.points[row["scenario"]], **row} for row in self.rows() if row["scenario"] in self.sweep.points]

    def plot(self, kind: str | None = None, *, lang: Literal["en", "zh"] = "en", plan: str | None = None) -> Figure:
        """A figure of matplotlib: "cost", "budget", "distribution", "winners" or "sweep"; None: those that there is something
        to see in. `huzhu[plot]` installs matplotlib."""
        from ._plot import plot

        return plot(self, kind, lang=lang, plan=plan)

    def __repr__(self) -> str:
        return f"<huzhu.Result: {len(self.scenarios)} scenarios of {', '.join(self.plans)}>\n" + _tidy.text(
            self.rows(), self._columns(())
        )


def _grouped(run: _Run, scenarios: Sequence[str], by: tuple[str, ...]) -> list[dict[str, object]]:
    """Sums over the finest groups; people are counted, not added."""
    missing = [name for name in by if name not in run.by]
    if missing:
        raise ArgumentError(f"the rows were not grouped by `{missing[0]}`", hint=f"by={list(run.by)}")
    sums: dict[tuple[object, ...], dict[str, Any]] = {}
    for row in run.rows:
        key = (row["scenario"], *(row[name] for name in by))
        into = sums.setdefault(key, {})
        for name in ("total", "gained", "lost", "rows", "better", "worse", *OUTCOMES):
            into[name] = into[name] + row[name] if name in into else row[name]
    counted = {scenario: run.people.get((scenario, by)) for scenario in scenarios}
    out = []
    for key in sorted(sums, key=lambda k: (scenarios.index(k[0]), [(v is None, str(type(v)), v or 0) for v in k[1:]])):
        s = sums[key]
        base = sums.get((scenarios[0], *key[1:]), {"total": Decimal("0.00")})
        people = (counted[cast(str, key[0])] or {}).get(key[1:])
        out.append({
            "plan": run.plan, "scenario": key[0], **dict(zip(by, key[1:], strict=True)),
            "cost": s["total"], "payments": s["paid"], "people": people.people if people else None,
            "average": (s["total"] / s["paid"]).quantize(_CENT, ROUND_HALF_EVEN) if s["paid"] else None,
            "change": s["total"] - base["total"], "gained": s["gained"], "lost": s["lost"], "better": s["better"], "worse": s["worse"],
            "winners": people.winners if people else None, "losers": people.losers if people else None,
            "rows": s["rows"], **{name: s[name] for name in OUTCOMES},
        })  # fmt: skip
    return out


def affects(scenarios: Mapping[str, Scenario] | Scenario, *, rules: object = "beijing") -> dict[str, tuple[str, ...]]:
    """What scenarios (or the settings of one) can move at all, before any row is seen: plan, then outcome, total, ….

    >>> import huzhu
    >>> huzhu.affects({"inpatient-allowance.daily_amount": 60})["inpatient-allowance"][:3]
    ('outcome', 'reason', 'total')
    """
    base = rules if isinstance(rules, Ruleset) else load(rules)
    out: dict[str, dict[str, None]] = {}
    for text in _texts(scenarios).values():
        if text.strip():
            for plan, names in base.affects(_under(base, text)).items():
                if names:
                    out.setdefault(plan, {}).update(dict.fromkeys(names))
    return {plan: tuple(names) for plan, names in out.items()}


def _under(base: Ruleset, text: str) -> Ruleset:
    """The rules under the settings of a scenario's text, in which lines may be empty or comments."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return base.under(lines) if lines else base


def _texts(scenarios: Mapping[str, Scenario] | Scenario) -> dict[str, str]:
    """Texts of scenarios by name; of plain settings one."""
    if isinstance(scenarios, Mapping):
        named = [
            isinstance(v, (Mapping, list, tuple)) or (isinstance(v, str) and ("=" in v or not v.strip()))
            for v in scenarios.values()
        ]
        if isinstance(scenarios, Sweep) or (named and all(named)):
            return {str(name): scenario_text(cast(Scenario, settings)) for name, settings in scenarios.items()}
    return {"settings": scenario_text(scenarios)}


def simulate(
    population: Population | Mapping[str, Any],
    scenarios: Mapping[str, Scenario],
    *,
    by: str | Iterable[str] = (),
    rules: object = "beijing",
    plans: Iterable[str] | None = None,
    counters: Literal["carried", "given", "fresh"] = "carried",
    people: bool | None = None,
    person: str = "member",
    year: str | None = "year",
    bounds: Sequence[int | Decimal] | None = None,
    quantiles: Sequence[int] = (),
    floats: Literal["refuse", "round-half-even", "round-half-up"] = "refuse",
    ignore: Iterable[str] = (),
    threads: int | None = None,
    frames: str | None = None,
) -> Result:
    """Decides all rows under all scenarios in one pass.

    population   what `huzhu.population` made, or rows by plan: `{"inpatient-allowance": df}`, of anything with Arrow columns
    scenarios    settings by name: a mapping from paths to values (`{"inpatient-allowance.daily_amount from 2026-01-01": 60}`), or
                 the lines of a scenario file. The first is what the others are compared with. Or `sweep(…)`
    by           columns of the rows to group by
    rules        a ruleset, its name, or its folder
    plans        which to decide; None: those that some scenario can move (all, if none is to)
    counters     "carried": each scenario keeps its own from row to row, and rows come in the order of members and days;
                 "given" as columns; "fresh": every row begins anew
    people       count members too, which takes one more pass; None: but not of a sweep
    person       the column of members, where people are counted
    year         the column of years for `budget`; None, or not there: no years
    bounds       of amounts in yuan, for the distribution; quantiles in hundredths, of each finest group
    threads      None: as many as there are processors
    frames       "pandas", "polars", "pyarrow" or "dict"; None: the first of them that is installed

    Settings that are wrong raise `RulesError`, columns that do not fit `DataError`, each with place and hint.
    """
    if isinstance(scenarios, Sweep):
        people = bool(people)
    texts = {str(name): scenario_text(settings) for name, settings in scenarios.items()}
    if not texts:
        raise ArgumentError("there is no scenario", hint='{"baseline": {}} is the least')
    base = rules if isinstance(rules, Ruleset) else load(rules)
    data: Mapping[str, Any] = population.events if isinstance(population, Population) else population
    if not isinstance(data, Mapping):
        raise ArgumentError(
            f"a {type(data).__name__} does not say of which plan its rows are", hint='name it: {"inpatient-allowance": df}'
        )
    chosen = _chosen(base, data, texts, plans)
    columns = (by,) if isinstance(by, str) else tuple(by)
    totals = BOUNDS if bounds is None else tuple(int(Decimal(b).scaleb(2)) for b in bounds)
    known = ATTRIBUTES if isinstance(population, Population) else ()
    count = os.process_cpu_count() if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))
    runs, years = [], False
    for name in chosen:
        source = Source.of(data[name])
        has_year = year is not None and year in source.names
        years |= has_year
        finest = ((year,) if has_year and year is not None and year not in columns else ()) + columns
        asked = {*base[name].inputs}
        ignored = tuple(dict.fromkeys(n for n in (*ignore, *known, *finest, person) if n in source.names and n not in asked))
        how = Binding(COUNTERS[counters], FLOATS[floats], ignored)
        sums = Sums(finest, None, totals, tuple(quantiles))
        runs.append(
            _run(base, name, texts, source, how, sums, (count or 1) if threads is None else threads, people is not False, person)
        )
    label = year if years and year not in columns else None
    return Result(
        runs,
        list(texts),
        columns,
        label,
        totals,
        _tidy.kind_of(frames),
        scenarios if isinstance(scenarios, Sweep) else None,
        isinstance(population, Population),
    )


def _chosen(base: Ruleset, data: Mapping[str, Any], texts: Mapping[str, str], plans: Iterable[str] | None) -> list[str]:
    """Plans to decide. Wrong settings are said before anything is run, by the name of their scenario."""
    if plans is not None:
        asked = [plans] if isinstance(plans, str) else list(plans)
        for name in asked:
            base[name]
            if name not in data:
                raise ArgumentError(f"there are no rows of `{name}`", hint=f"there are rows of {', '.join(data)}")
        return asked
    have = [name for name in data if name in base]
    if not have:
        raise ArgumentError(f"there are rows of {', '.join(data) or 'no plan'}, and the ruleset has {', '.join(base)}")
    _study(base, next((name for name in have if not base[name].parts), have[0]), texts)
    if not any(text.strip() for text in texts.values()):
        return have
    moved = {plan.split(".")[0] for plan in affects(dict(texts), rules=base)}
    return [name for name in have if name in moved] or have


def _study(base: Ruleset, name: str, texts: Mapping[str, str]) -> Any:
    """The plan under all scenarios; None: the library has no studies of it, of packages."""
    try:
        return _core.flat_study(base[name]._handle, list(texts), list(texts.values()))
    except UnsupportedError:
        return None


def _run(
    base: Ruleset,
    name: str,
    texts: Mapping[str, str],
    source: Source,
    how: Binding,
    sums: Sums,
    threads: int,
    people: bool,
    person: str,
) -> _Run:
    study, plan = _study(base, name, texts), base[name]._handle
    parts = cut(plan, source, how, threads)
    counting = people and source.rows > 0 and person in source.names
    groupings = list(
        dict.fromkeys([(), sums.by, sums.by[1:], sums.by[:1], sums.by[1:2]])
    )  # the year is in front, if there is one
    counted: _people.Counts = {}
    if study is None:
        rulesets = {s: _under(base, text) for s, text in texts.items()}
        rows, decided = apart({s: rules[name]._handle for s, rules in rulesets.items()}, source, parts, how, sums)
        counted = _people.count_rows(decided, source, parts, person, groupings) if counting else {}
    else:
        rows = tally(study, source, parts, how, sums)
        if counting:
            carried = how.counters == COUNTERS["carried"]  # else members may have rows anywhere
            chunks = cut(plan, source, how, max(source.rows // _CHUNK, threads)) if carried else cut(plan, source, how, 1)
            counted = _people.count(study, list(texts), source, chunks, how, person, sums.by, groupings, threads)
    benefits = tuple(n for n in (rows[0] if rows else {}) if n.endswith(".net"))
    return _Run(name, sums.by, benefits, rows, counted)
