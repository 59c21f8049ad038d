"""What-if studies: one population under many scenarios in one pass; only sums are kept, so memory does not grow with rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from huzhu import _core
from huzhu._errors import ArgumentError, DataError
from huzhu._frames import COUNTERS, FLOATS, Counters, Floats, Progress, one_of
from huzhu._tables import of_kind, rows_of
from huzhu._values import Settings, settings_lines

if TYPE_CHECKING:
    from huzhu._rules import Plan


def added(tallies: Sequence[Any]) -> Any:
    """The sums of threads, in the first of them."""
    first, *others = tallies
    for other in others:
        try:
            _core.tally_add(first, other)
        except DataError as error:
            raise DataError(
                "rows of one turn do not all come behind each other",
                code="E_COLUMN",
                hint="sort the rows by what the plan settles claims in turn by (`member` as a rule), keeping their order within one",
            ) from error
    return first


class Study:
    """A plan under scenarios, compiled together. It does not change and may be used by any number of threads.

    >>> import huzhu
    >>> plan = huzhu.load("beijing")["inpatient-allowance"]
    >>> study = plan.study({"baseline": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}})
    >>> study.scenarios
    {'baseline': '', '60 a day': 'inpatient-allowance.daily_amount=60'}
    """

    def __init__(self, plan: Plan, scenarios: Mapping[str, Settings]) -> None:
        if not scenarios:
            raise ArgumentError("a study has at least one scenario", hint='write {"baseline": {}, …}')
        self._plan = plan
        names = [str(name) for name in scenarios]
        settings = ["\n".join(settings_lines(said)) for said in scenarios.values()]
        self._handle = _core.flat_study(plan._handle, names, settings)

    @property
    def plan(self) -> Plan:
        return self._plan

    @property
    def scenarios(self) -> dict[str, str]:
        """Names of the scenarios, with the settings in force in canonical form."""
        count = _core.study_scenario_count(self._handle)
        name, settings = _core.study_scenario_name, _core.study_scenario_settings
        return {name(self._handle, i): settings(self._handle, i) for i in range(count)}

    def tally(
        self,
        frame: Any,
        *,
        by: Sequence[str] = (),
        columns: Sequence[str] | None = None,
        bounds: Sequence[Decimal | int | str] = (),
        quantiles: Sequence[int] = (),
        counters: Counters = "given",
        floats: Floats = "refuse",
        ignore: Sequence[str] = (),
        threads: int = 1,
        progress: bool = False,
        group_limit: int = 0,
    ) -> Any:
        """Sums over the rows of a frame: a row for each scenario and group, in a frame of the same kind.

        `by` names the columns that make the groups. Columns of the result: scenario, those of `by`, rows, paid, nothing_due,
        refused, incomplete, undetermined, error (rows with this outcome), the quantities (`columns`: total, BENEFIT.net,
        BENEFIT.gross; left out: total and every net), better, worse, gained, lost (against the first scenario), rows by
        `bounds` of their total in yuan, and `quantiles` (50 is the median) of the totals of paid rows.

        Where counters are carried each scenario finds what its own rows left, and rows have to come grouped by what the plan
        settles in turn by (mostly member); `threads` then share out a frame of one array.
        """
        rows = rows_of(frame)
        how = one_of("counters", counters, COUNTERS)
        rounding = one_of("floats", floats, FLOATS)
        fen = [_fen(bound) for bound in bounds]
        if isinstance(by, str):
            by = [by]

        def bind() -> Any:
            return _core.flat_tally(
                self._handle,
                rows.schema,
                rounding,
                how,
                list(by),
                None if columns is None else list(columns),
                list(ignore),
                fen,
                list(quantiles),
                group_limit,
                0,
            )

        tallies = [bind() for _ in range(max(threads, 1))]
        with Progress(progress, rows.total) as done:
            # Carried counters: what threads take has to hold all rows of a turn, which a frame of one array alone says.
            arrays = list(rows.arrays) if how == COUNTERS["carried"] else rows.arrays
            apart = how != COUNTERS["carried"] or (isinstance(arrays, list) and len(arrays) == 1)
            for array in arrays:
                ends = self._ends(array, rows.schema, len(tallies), rounding, how, list(ignore)) if apart else [_core.flat_rows(array)]
                self._take(tallies, array, ends)
                done(_core.flat_rows(array))
        sums = added(tallies)
        return of_kind(frame, _core.tally_schema(sums), [_core.tally_array(sums)], same_rows=False)

    def _ends(self, array: Any, schema: Any, parts: int, rounding: int, how: int, ignore: list[str]) -> list[int]:
        """Where the rows of each thread end."""
        if how != COUNTERS["carried"]:
            total = _core.flat_rows(array)
            return [total * (i + 1) // parts for i in range(parts)]
        bound = _core.flat_bind(self._plan._handle, schema, rounding, how, ["outcome"], ignore)
        ends: list[int] = _core.flat_partition(bound, array, parts)
        return ends

    def _take(self, tallies: list[Any], array: Any, ends: list[int]) -> None:
        firsts = [0, *ends[:-1]]
        work = list(zip(tallies, firsts, ends, strict=False))
        if len(work) == 1:
            _core.tally_take(tallies[0], array)
            return
        with ThreadPoolExecutor(len(work)) as pool:
            for future in [pool.submit(_core.flat_take, tally, array, first, end - first) for tally, first, end in work]:
                future.result()

    def __repr__(self) -> str:
        return f"<huzhu.Study of {self._plan.id}: {', '.join(self.scenarios)}>"


def _fen(bound: Decimal | int | str) -> int:
    fen = Decimal(bound) * 100
    if fen != fen.to_integral_value():
        raise ArgumentError(f"the bound {bound} is no amount of whole 分", hint="at most two decimals")
    return int(fen)
