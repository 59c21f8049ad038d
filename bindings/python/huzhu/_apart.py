"""Sums of plans that the library has no studies of, packages: each scenario is decided on its own, and its rows are summed here.

The same rows of sums as `_tally.tally` gives. Called by `_simulate`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from . import _core
from ._arrow import column_names
from ._columns import Array
from ._people import OUTCOMES, decide, groups_of
from ._tally import Binding, Piece, Source, Sums


def apart(
    plans: Mapping[str, Any], source: Source, parts: Sequence[list[Piece]], how: Binding, sums: Sums
) -> tuple[list[dict[str, object]], dict[str, tuple[Array, Array]]]:
    """A row for each scenario and group; and by scenario which rows are paid, and their totals. plans: handles, by scenario."""
    decided: dict[str, tuple[Array, Array]] = {}
    if source.rows == 0:
        return [], decided
    number, keys = groups_of(source, [piece for part in parts for piece in part], sums.by)
    every = _core.flat_bind(next(iter(plans.values())), source.schema, how.floats, how.counters, None, list(how.ignored))
    names = ["total", *(n for n in column_names(_core.arrow_schema(every)) if n.endswith(".net"))]
    out: list[dict[str, object]] = []
    first: Array | None = None
    for scenario, plan in plans.items():
        outcome, amounts = decide(plan, source, parts, how, names)
        first = amounts["total"] if first is None else first
        decided[scenario] = outcome == OUTCOMES.index("paid"), amounts["total"]
        more = amounts["total"] - first
        counts = _counts(number, len(keys), outcome, amounts["total"], more, sums)
        yuan = {
            **{n: _sum(number, len(keys), a) for n, a in amounts.items()},
            "gained": _sum(number, len(keys), np.maximum(more, 0)),
            "lost": _sum(number, len(keys), np.maximum(-more, 0)),
        }
        for group, key in enumerate(keys):
            row: dict[str, object] = {"scenario": scenario, **dict(zip(sums.by, key, strict=True))}
            row.update({n: int(c[group]) for n, c in counts.items()})
            row.update({n: Decimal(int(a[group])).scaleb(-2) for n, a in yuan.items()})
            row.update(_quantiles(amounts["total"][(number == group) & (outcome == 0)], sums.quantiles))
            out.append(row)
    return out, decided


def _sum(number: Array, groups: int, values: Array) -> Array:
    made = np.zeros(groups, dtype=np.int64)
    np.add.at(made, number, values)
    return made


def _counts(number: Array, groups: int, outcome: Array, total: Array, more: Array, sums: Sums) -> dict[str, Array]:
    def count(which: Array) -> Array:
        return np.bincount(number[which], minlength=groups)

    out = {"rows": np.bincount(number, minlength=groups), "better": count(more > 0), "worse": count(more < 0)}
    out.update({name: count(outcome == place) for place, name in enumerate(OUTCOMES)})
    if sums.bounds:
        paid = outcome == OUTCOMES.index("paid")
        step = np.searchsorted(np.asarray(sums.bounds, dtype=np.int64), total, side="right")
        names = [f"total<{Decimal(b).scaleb(-2)}" for b in sums.bounds] + [f"total>={Decimal(sums.bounds[-1]).scaleb(-2)}"]
        out.update({name: count(paid & (step == place)) for place, name in enumerate(names)})
    return out


def _quantiles(paid: Array, wanted: Sequence[int]) -> dict[str, object]:
    """The smallest total that so many of a hundred paid rows do not exceed."""
    rising = np.sort(paid)
    return {
        f"total.p{p}": Decimal(int(rising[max(-(-len(rising) * p // 100) - 1, 0)])).scaleb(-2) if len(rising) else None
        for p in wanted
    }
