"""Runs studies over data: arrays are cut for threads where one member's rows end, each thread sums its own, sums are added.

Called by `simulate`. Nothing is computed here: what rows come to is the library's.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from . import _core
from ._arrow import column_names, read_columns
from ._columns import CODE, DATE, FLAG, MONEY, Column
from ._errors import ArgumentError
from ._study import added

COUNTERS = {"given": 0, "fresh": 1, "carried": 2}
FLOATS = {"refuse": 0, "round-half-even": 1, "round-half-up": 2}
_CUTS = 64  # places that an array may be cut at

Made = TypeVar("Made")
Piece = tuple[int, int, int]  # number of the array, first row, rows


@dataclass(frozen=True)
class Binding:
    """How columns become inputs: what a tally and a batch are bound with."""

    counters: int = 2
    floats: int = 0
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sums:
    """What a tally is to sum, by what."""

    by: tuple[str, ...] = ()
    wanted: tuple[str, ...] | None = None
    bounds: tuple[int, ...] = ()
    quantiles: tuple[int, ...] = ()
    group_limit: int = 0  # 0: the library's


@dataclass
class Source:
    """Data as capsules: a schema and arrays, all of them in memory (they are not copied)."""

    schema: Any
    arrays: list[Any]
    names: tuple[str, ...] = ()
    rows: int = 0
    lengths: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, data: Any) -> Source:
        if not hasattr(data, "__arrow_c_stream__"):
            raise ArgumentError(
                f"rows are a {type(data).__name__}, which has no Arrow columns",
                hint="give a frame of polars, pyarrow or pandas, a relation of DuckDB, or a population of huzhu",
            )
        stream = data.__arrow_c_stream__()
        schema = _core.flat_stream_schema(stream)
        arrays = []
        while _core.is_array(array := _core.flat_next(stream)):
            arrays.append(array)
        lengths = [_core.flat_rows(array) for array in arrays]
        return cls(schema, arrays, column_names(schema), sum(lengths), lengths)

    def column(self, name: str, piece: Piece) -> Column | None:
        """A column of a piece; None: there is none, or of no type that can be read."""
        number, first, rows = piece
        found = read_columns(self.schema, self.arrays[number], [name]).get(name)
        return None if found is None else found.rows(first, first + rows)


def bound(plan: Any, source: Source, how: Binding, wanted: Sequence[str]) -> Any:
    """A batch of a plan (a handle) over the data."""
    return _core.flat_bind(plan, source.schema, how.floats, how.counters, list(wanted), list(how.ignored))


def cut(plan: Any, source: Source, how: Binding, threads: int) -> list[list[Piece]]:
    """Rows in so many parts, about as many in each. Where counters are carried they are cut only inside arrays, where rows of a
    turn end."""
    whole = [(i, 0, length) for i, length in enumerate(source.lengths) if length]
    if threads < 2 or source.rows < 4096:
        return [whole]
    if how.counters != COUNTERS["carried"]:
        edges = [source.rows * t // threads for t in range(threads + 1)]
        return [_pieces(source, first, last) for first, last in itertools.pairwise(edges)]
    batch = bound(plan, source, how, ["outcome"])
    cuts: list[int] = []  # rows of all arrays before
    start = 0
    for number, length in enumerate(source.lengths):
        goals = [source.rows * t // threads for t in range(1, threads) if start <= source.rows * t // threads < start + length]
        if goals and length > _CUTS:
            ends = sorted({e for e in _core.flat_partition(batch, source.arrays[number], _CUTS) if 0 < e < length})
            for goal in goals:
                if ends:
                    cuts.append(start + min(ends, key=lambda e: abs(start + e - goal)))
        start += length
    edges = sorted({0, *cuts, source.rows})
    return [_pieces(source, first, last) for first, last in itertools.pairwise(edges)]


def _pieces(source: Source, first: int, last: int) -> list[Piece]:
    out, start = [], 0
    for number, length in enumerate(source.lengths):
        low, high = max(first - start, 0), min(last - start, length)
        if low < high:
            out.append((number, low, high - low))
        start += length
    return out


def in_threads(parts: Sequence[list[Piece]], work: Callable[[list[Piece]], Made], threads: int | None = None) -> list[Made]:
    """The work of each part: as many at a time as there are threads (None: all)."""
    if len(parts) == 1 or threads == 1:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(threads or len(parts)) as pool:
        return list(pool.map(work, parts))


def bind_tally(study: Any, source: Source, how: Binding, sums: Sums) -> Any:
    wanted = None if sums.wanted is None else list(sums.wanted)
    bounds, quantiles = list(sums.bounds), list(sums.quantiles)
    names = list(sums.by), wanted, list(how.ignored)
    return _core.flat_tally(study, source.schema, how.floats, how.counters, *names, bounds, quantiles, sums.group_limit, 0)


def take(tally: Any, source: Source, pieces: Sequence[Piece]) -> None:
    for number, first, rows in pieces:
        _core.flat_take(tally, source.arrays[number], first, rows)


def summed(study: Any, source: Source, pieces: Sequence[Piece], how: Binding, sums: Sums) -> tuple[Any, Any]:
    """The sums of some rows, as capsules of a schema and an array. There may be as many groups as rows."""
    made = bind_tally(study, source, how, replace(sums, group_limit=2**31))
    take(made, source, pieces)
    return _core.tally_schema(made), _core.tally_array(made)


def tally(study: Any, source: Source, parts: Sequence[list[Piece]], how: Binding, sums: Sums) -> list[dict[str, object]]:
    """A row for each scenario and group, as huzhu/study.h has them."""

    def work(pieces: list[Piece]) -> Any:
        made = bind_tally(study, source, how, sums)
        take(made, source, pieces)
        return made

    first = added(in_threads(parts, work))
    return rows_of(read_columns(_core.tally_schema(first), _core.tally_array(first)))


def rows_of(columns: dict[str, Column]) -> list[dict[str, object]]:
    """Columns as rows of Python's values: amounts are Decimal."""
    lists = {name: _values(column) for name, column in columns.items()}
    names = list(lists)
    return [dict(zip(names, row, strict=True)) for row in zip(*lists.values(), strict=True)]


def _values(column: Column) -> list[object]:
    from datetime import date, timedelta
    from decimal import Decimal

    given = column.valid.tolist() if column.valid is not None else [True] * len(column.values)
    raw = column.values.tolist()
    if column.kind == CODE:
        return [column.labels[v] if g else None for v, g in zip(raw, given, strict=True)]
    if column.kind == MONEY:
        return [Decimal(v).scaleb(-2) if g else None for v, g in zip(raw, given, strict=True)]
    if column.kind == DATE:
        return [date(1970, 1, 1) + timedelta(days=v) if g else None for v, g in zip(raw, given, strict=True)]
    if column.kind == FLAG:
        return [bool(v) if g else None for v, g in zip(raw, given, strict=True)]
    return [v if g else None for v, g in zip(raw, given, strict=True)]
