"""Counts of people: for how many members something is paid, and who gets more or less in all, under each scenario.

The library's sums count rows, and a member may have several. So rows are summed once more by member, some ten thousand at a
time, and members are counted here. Called by `_simulate`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _core
from ._arrow import read_columns
from ._columns import Array, Column
from ._errors import ArgumentError
from ._tally import Binding, Piece, Source, Sums, bound, in_threads, summed

Key = tuple[object, ...]
OUTCOMES = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error")


@dataclass(frozen=True)
class People:
    """Of a scenario and group: members paid; members whose amounts come to more, or less, than under the first scenario."""

    people: int
    winners: int
    losers: int


Counts = dict[tuple[str, tuple[str, ...]], dict[Key, People]]


def count(
    study: Any,
    scenarios: Sequence[str],
    source: Source,
    chunks: Sequence[list[Piece]],
    how: Binding,
    person: str,
    finest: tuple[str, ...],
    groupings: Sequence[tuple[str, ...]],
    threads: int,
) -> Counts:
    """People by scenario and grouping (names of columns): for each group's values. The study sums each member's rows, under all
    scenarios in one pass; no member has rows in two chunks."""

    def work(pieces: list[Piece]) -> Counts:
        columns = read_columns(*summed(study, source, pieces, how, Sums((person, *finest), ("total",))))
        rows = len(columns["rows"].values) // len(scenarios)  # of a scenario: the same groups in each
        paid, total = (columns[n].values.reshape(len(scenarios), rows) for n in ("paid", "total"))
        keys = {n: [columns[n].rows(0, rows)] for n in (person, *finest)}
        member = _numbered(keys[person])[0]
        return _counts(member, {n: _groups(keys, n, rows) for n in groupings}, scenarios, paid > 0, total)

    out: Counts = {}
    for part in in_threads(chunks, work, threads):
        for which, counts in part.items():
            into = out.setdefault(which, {})
            for key, more in counts.items():
                had = into.get(key, People(0, 0, 0))
                into[key] = People(had.people + more.people, had.winners + more.winners, had.losers + more.losers)
    return out


def count_rows(
    decided: Mapping[str, tuple[Array, Array]],
    source: Source,
    parts: Sequence[list[Piece]],
    person: str,
    groupings: Sequence[tuple[str, ...]],
) -> Counts:
    """The same of rows that were decided: by scenario which are paid, and their totals."""
    pieces = [piece for part in parts for piece in part]
    member = _numbered([_needed(source, person, piece) for piece in pieces])[0]
    keys = {n: [_needed(source, n, piece) for piece in pieces] for names in groupings for n in names}
    paid, total = (np.stack([d[i] for d in decided.values()]) for i in (0, 1))
    return _counts(member, {n: _groups(keys, n, len(member)) for n in groupings}, list(decided), paid, total)


def _counts(
    member: Array, groups: Mapping[tuple[str, ...], tuple[Array, list[Key]]], scenarios: Sequence[str], paid: Array, total: Array
) -> Counts:
    out: Counts = {}
    for at, scenario in enumerate(scenarios):
        for names, (number, keys) in groups.items():
            out[scenario, names] = _count(member, number, keys, paid[at], total[at] - total[0])
    return out


def decide(
    plan: Any, source: Source, parts: Sequence[list[Piece]], how: Binding, names: Sequence[str]
) -> tuple[Array, dict[str, Array]]:
    """The rows of a plan (a handle) decided: their outcomes as places in OUTCOMES, and amounts in 分, 0 where a row has none."""

    def work(pieces: list[Piece]) -> list[tuple[Array, dict[str, Array]]]:
        batch = bound(plan, source, how, ["outcome", *names])
        schema = _core.arrow_schema(batch)
        done = []
        for number, start, rows in pieces:
            columns = read_columns(schema, _core.flat_evaluate(batch, source.arrays[number], start, rows))
            outcome = columns.pop("outcome")
            places = np.array([OUTCOMES.index(o) if o in OUTCOMES else -1 for o in outcome.labels], dtype=np.int64)
            amounts = {n: c.values if c.valid is None else np.where(c.valid, c.values, 0) for n, c in columns.items()}
            done.append((places[outcome.values], amounts))
        return done

    done = [item for part in in_threads(parts, work) for item in part]
    return np.concatenate([d[0] for d in done]), {n: np.concatenate([d[1][n] for d in done]) for n in names}


def _needed(source: Source, name: str, piece: Piece) -> Column:
    column = source.column(name, piece)
    if column is None:
        raise ArgumentError(
            f"people cannot be counted: the rows have no column `{name}`",
            hint="name the column of members with person=, or give people=False",
        )
    return column


def _numbered(columns: Sequence[Column]) -> tuple[Array, list[object]]:
    """The same number for the same value, and each number's value; rows without a value have one of their own."""
    if columns[0].labels or columns[0].kind == "code":
        labels = list(dict.fromkeys(label for c in columns for label in c.labels))
        place = {label: i for i, label in enumerate(labels)}
        numbers = [np.array([place[x] for x in c.labels] or [0], dtype=np.int64)[c.values] for c in columns]
        values: list[object] = list(labels)
    else:
        whole = np.concatenate([c.values for c in columns]).astype(np.int64)
        rising = len(whole) == 0 or bool((whole[1:] >= whole[:-1]).all())
        if rising:
            starts = np.concatenate([[True], whole[1:] != whole[:-1]]) if len(whole) else np.empty(0, dtype=bool)
            unique, joined = whole[starts], np.cumsum(starts) - 1
        else:
            unique, joined = np.unique(whole, return_inverse=True)
        numbers, values = [joined], [bool(v) for v in unique] if columns[0].kind == "flag" else unique.tolist()
    out = np.concatenate(numbers)
    valid = np.concatenate([np.ones(len(c.values), dtype=bool) if c.valid is None else c.valid for c in columns])
    return np.where(valid, out, len(values)), [*values, None]


def groups_of(source: Source, pieces: Sequence[Piece], names: tuple[str, ...]) -> tuple[Array, list[Key]]:
    """The number of each row's group, and the values of each group."""
    keys = {n: [_needed(source, n, piece) for piece in pieces] for n in names}
    return _groups(keys, names, sum(p[2] for p in pieces))


def _groups(columns: Mapping[str, Sequence[Column]], names: tuple[str, ...], rows: int) -> tuple[Array, list[Key]]:
    number = np.zeros(rows, dtype=np.int64)
    lists: list[list[object]] = []
    for name in names:
        column, values = _numbered(columns[name])
        number = number * len(values) + column
        lists.append(values)
    unique, joined = np.unique(number, return_inverse=True)
    keys = []
    for code in unique.tolist():
        key: list[object] = []
        for values in reversed(lists):
            code, place = divmod(code, len(values))
            key.append(values[place])
        keys.append(tuple(reversed(key)))
    return joined, keys


def _count(person: Array, group: Array, keys: Sequence[Key], paid: Array, more: Array) -> dict[Key, People]:
    width = len(keys)
    both = person * width + group
    helped = np.bincount(_distinct(both[paid]) % width, minlength=width)
    moved = np.flatnonzero(more)
    order = np.argsort(both[moved], kind="stable")
    who, by = both[moved][order], more[moved][order]
    starts = np.flatnonzero(np.concatenate([[True], who[1:] != who[:-1]])) if len(who) else np.empty(0, dtype=np.int64)
    sums = np.add.reduceat(by, starts) if len(who) else np.empty(0, dtype=np.int64)
    winners = np.bincount(who[starts][sums > 0] % width, minlength=width)
    losers = np.bincount(who[starts][sums < 0] % width, minlength=width)
    return {key: People(int(helped[i]), int(winners[i]), int(losers[i])) for i, key in enumerate(keys)}


def _distinct(numbers: Array) -> Array:
    """Each number once. By sorting, which finds most of them sorted: np.unique takes hashes."""
    rising = np.sort(numbers, kind="stable")
    return rising[np.concatenate([[True], rising[1:] != rising[:-1]])] if len(rising) else rising
