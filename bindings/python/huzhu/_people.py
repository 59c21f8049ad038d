"""Counts of people: for how many members something is paid, and who gets more or less in all, under each scenario.

The library's sums count rows, and a member may have several. So rows are decided once more for each scenario, and members
are counted here. Called by `simulate`.
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
from ._tally import Binding, Piece, Source, bound, in_threads

Key = tuple[object, ...]
OUTCOMES = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error")


@dataclass(frozen=True)
class People:
    """Of a scenario and group: members paid; members whose amounts come to more, or less, than under the first scenario."""

    people: int
    winners: int
    losers: int


def count(
    plans: Mapping[str, Any],
    source: Source,
    parts: Sequence[list[Piece]],
    how: Binding,
    key: str,
    groupings: Sequence[tuple[str, ...]],
) -> dict[tuple[str, tuple[str, ...]], dict[Key, People]]:
    """People by scenario and grouping (names of columns): for each group's values. plans: handles, by scenario."""
    pieces = [piece for part in parts for piece in part]
    person = _numbered([_needed(source, key, piece) for piece in pieces])[0]
    groups = {names: groups_of(source, pieces, names) for names in groupings}
    out: dict[tuple[str, tuple[str, ...]], dict[Key, People]] = {}
    first: Array | None = None
    for scenario, plan in plans.items():
        outcome, amounts = decide(plan, source, parts, how, ["total"])
        paid, total = outcome == OUTCOMES.index("paid"), amounts["total"]
        first = total if first is None else first
        for names, (number, keys) in groups.items():
            out[scenario, names] = _count(person, number, keys, paid, total - first)
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
    number = np.zeros(sum(p[2] for p in pieces), dtype=np.int64)
    lists: list[list[object]] = []
    for name in names:
        column, values = _numbered([_needed(source, name, piece) for piece in pieces])
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
