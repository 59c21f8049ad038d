"""Scenarios as analysts write them, as the texts that the library reads; and the grids of sweeps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ._errors import ArgumentError
from ._values import Settings, settings_lines

Scenario: TypeAlias = Settings


def scenario_text(settings: Scenario) -> str:
    """The settings of one scenario, one a line."""
    return "\n".join(settings_lines(settings))


class Sweep(Mapping[str, Scenario]):
    """Scenarios of a grid: one for each combination of values, behind a baseline without settings."""

    def __init__(self, axes: Mapping[str, Sequence[object]], baseline: str = "baseline") -> None:
        if not axes or any(not len(values) for values in axes.values()):
            raise ArgumentError(
                "a sweep needs a path with at least one value",
                hint='as in sweep({"inpatient-allowance.daily_amount": [40, 60, 80]})',
            )
        self.axes = {path: tuple(values) for path, values in axes.items()}
        self.baseline = baseline
        self.points: dict[str, dict[str, object]] = {}
        self._scenarios: dict[str, Scenario] = {baseline: {}}
        short = short_names(list(axes))
        for values in itertools.product(*self.axes.values()):
            point = dict(zip(self.axes, values, strict=True))
            name = ", ".join(f"{short[path]} = {value}" for path, value in point.items())
            if name in self._scenarios:
                raise ArgumentError(f"the sweep has {name} twice")
            self.points[name] = point
            self._scenarios[name] = point

    def __getitem__(self, name: str) -> Scenario:
        return self._scenarios[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scenarios)

    def __len__(self) -> int:
        return len(self._scenarios)

    def __repr__(self) -> str:
        return f"<huzhu.Sweep of {', '.join(self.axes)}: {len(self.points)} points>"


def short_names(paths: Sequence[str]) -> dict[str, str]:
    """Each path by its last name, or whole where two end alike."""
    last = {path: path.split(" from ")[0].rsplit(".", 1)[-1] for path in paths}
    return {path: name if list(last.values()).count(name) == 1 else path for path, name in last.items()}


def sweep(axes: Mapping[str, Sequence[object]], *, baseline: str = "baseline") -> Sweep:
    """Scenarios over a grid of values, for `simulate`: every combination of the values of all paths.

    >>> import huzhu
    >>> huzhu.sweep({"inpatient-allowance.daily_amount": [40, 60, 80], "inpatient-allowance.first_paid_day": [1, 2]})
    <huzhu.Sweep of inpatient-allowance.daily_amount, inpatient-allowance.first_paid_day: 6 points>
    """
    return Sweep(axes, baseline)
