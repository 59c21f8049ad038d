"""Columns: every row of a frame is a claim, decided as `Plan.evaluate` decides it; what is wrong with a row is said in that
row's results. Called by `_rules.Plan.evaluate_frame`, whose documentation is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal

from huzhu import _core
from huzhu._errors import ArgumentError, DataError
from huzhu._tables import Rows, is_reader, of_kind, read_as_asked, rows_of

if TYPE_CHECKING:
    from huzhu._rules import Plan

Counters = Literal["given", "fresh", "carried"]
Floats = Literal["refuse", "round-half-even", "round-half-up"]
COUNTERS = {"given": 0, "fresh": 1, "carried": 2}
FLOATS = {"refuse": 0, "round-half-even": 1, "round-half-up": 2}
_PIECE = 65_536  # rows of a piece of work: small enough to share out, large enough not to be felt


def one_of(what: str, word: str, words: dict[str, int]) -> int:
    if word not in words:
        raise ArgumentError(f"{what}={word!r}", hint=f"the words are {', '.join(words)}")
    return words[word]


def evaluate_frame(
    plan: Plan,
    frame: Any,
    columns: Sequence[str] | None,
    counters: Counters,
    tables: dict[str, Any] | None,
    floats: Floats,
    ignore: Sequence[str],
    threads: int,
    progress: bool,
) -> Any:
    how = one_of("counters", counters, COUNTERS)
    rounding = one_of("floats", floats, FLOATS)
    if threads < 1:
        raise ArgumentError(f"threads={threads}", hint="at least 1")
    rows = rows_of(frame)
    wanted = None if columns is None else list(columns)

    def bind() -> Any:
        return _core.flat_bind(plan._handle, rows.schema, rounding, how, wanted, list(ignore))

    if tables is not None and how != COUNTERS["carried"]:
        raise ArgumentError("tables of counters are for counters that are carried", hint='write counters="carried"')
    if rows.stream is not None and is_reader(frame) and tables is None and threads == 1 and not progress:
        return read_as_asked(_core.arrow_stream(bind(), rows.stream))
    with Progress(progress, rows.total) as done:
        if how == COUNTERS["carried"]:
            bound, arrays = _carried(rows, bind, tables, threads, done)
            if tables is not None:
                _tables_out(bound, tables, frame)
        else:
            bound, arrays = _apart(rows, bind, threads, done)
    return of_kind(frame, _core.arrow_schema(bound[0]), arrays, same_rows=True)


class Progress:
    """A bar of tqdm where one is wanted and it is there; else nothing."""

    def __init__(self, wanted: bool, total: int | None) -> None:
        self._bar: Any = None
        if wanted:
            try:
                from tqdm.auto import tqdm
            except ImportError as error:
                raise ArgumentError("progress=True needs tqdm", hint="pip install tqdm") from error
            self._bar = tqdm(total=total, unit=" rows", unit_scale=True)

    def __enter__(self) -> Progress:
        return self

    def __call__(self, rows: int) -> None:
        if self._bar is not None:
            self._bar.update(rows)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def _apart(rows: Rows, bind: Callable[[], Any], threads: int, done: Progress) -> tuple[list[Any], list[Any]]:
    """Rows that do not hang on each other: pieces, as many at a time as there are threads."""
    bound = [bind() for _ in range(threads)]
    results: list[Any] = []
    if threads == 1:
        for array in rows.arrays:
            results.append(_core.arrow_evaluate(bound[0], array))
            done(_core.flat_rows(array))
        return bound, results
    free = list(bound)

    def piece(array: Any, first: int, count: int) -> Any:
        arrow = free.pop()
        try:
            return _core.flat_evaluate(arrow, array, first, count)
        finally:
            free.append(arrow)

    with ThreadPoolExecutor(threads) as pool:
        for array in rows.arrays:
            total = _core.flat_rows(array)
            size = max(min(_PIECE, -(-total // threads)), 1)
            begun = [(pool.submit(piece, array, first, min(size, total - first)), min(size, total - first)) for first in range(0, total, size)]
            for future, count in begun:
                results.append(future.result())
                done(count)
    return bound, results


def _carried(
    rows: Rows, bind: Callable[[], Any], tables: dict[str, Any] | None, threads: int, done: Progress
) -> tuple[list[Any], list[Any]]:
    """Rows that find the counters where the rows before them left those. Several threads share out a frame of one array whose
    rows come grouped by turn; else one thread does it all, with the same answers."""
    arrays = list(rows.arrays)
    bound = [bind()]
    given = _tables_in(bound[0], tables)
    ends: list[int] | None = None
    if threads > 1 and len(arrays) == 1 and not given:
        try:
            ends = _core.flat_partition(bound[0], arrays[0], threads)
        except DataError:
            ends = None
    if ends is None:
        results = []
        for array in arrays:
            results.append(_core.arrow_evaluate(bound[0], array))
            done(_core.flat_rows(array))
        return bound, results
    bound += [bind() for _ in range(threads - 1)]
    with ThreadPoolExecutor(threads) as pool:
        begun = []
        first = 0
        for arrow, end in zip(bound, ends, strict=True):
            begun.append((pool.submit(_core.flat_evaluate, arrow, arrays[0], first, end - first), end - first))
            first = end
        results = []
        for future, count in begun:
            results.append(future.result())
            done(count)
    return bound, results


def _tables_in(bound: Any, tables: dict[str, Any] | None) -> bool:
    """Sets the counters under the keys of tables; whether there were any."""
    if not tables:
        return False
    names = [_core.arrow_counter_name(bound, i) for i in range(_core.arrow_counter_count(bound))]
    for name, table in tables.items():
        if name not in names:
            raise ArgumentError(f"there is no counter `{name}`", hint=f"the counters are {', '.join(names)}")
        counter = rows_of(table)
        for array in counter.arrays:
            _core.arrow_set_counter(bound, names.index(name), counter.schema, array)
    return True


def _tables_out(bound: list[Any], tables: dict[str, Any], frame: Any) -> None:
    """A table of each counter: the parts of its key, and `value`. Threads have keys of their own."""
    tables.clear()
    for index in range(_core.arrow_counter_count(bound[0])):
        schema = _core.arrow_counter_schema(bound[0], index)
        arrays = [_core.arrow_counter_array(arrow, index) for arrow in bound]
        tables[_core.arrow_counter_name(bound[0], index)] = of_kind(frame, schema, arrays, same_rows=False)
