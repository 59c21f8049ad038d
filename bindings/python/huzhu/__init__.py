"""Is this benefit due, how much, which caps cut it, and why?

>>> import huzhu
>>> from datetime import date
>>> rules = huzhu.load("beijing")
>>> decision = rules["inpatient-allowance"].evaluate(
...     member="BJ-000123", cover="2024", cover_start=date(2024, 1, 1), cover_end=date(2024, 12, 31),
...     admitted=date(2024, 1, 8), discharged=date(2024, 6, 20), hospital_level=3, cause="illness", fresh=True)
>>> decision.total
Decimal('6520.00')
>>> print(decision.explain("en").splitlines()[1])
6520.00 yuan to be paid

`docs/python.md` is the way in: single claims, frames of millions of rows, scenarios.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from huzhu import _core
from huzhu._decision import Basis, Benefit, Cap, CounterChange, Decision, Fault, Reason, RulesetId, Value
from huzhu._errors import (
    ArgumentError,
    DataError,
    Diagnostic,
    Error,
    InputError,
    InputTypeError,
    InputValueError,
    LimitError,
    LoadError,
    NotFoundError,
    NotReversibleError,
    RulesError,
    StateError,
    UnknownNameError,
    UnsupportedError,
)
from huzhu._study import Study
from huzhu._tables import Frame
from huzhu._rules import Counter, CounterRead, Input, Label, Ledger, Plan, PlanNotFound, Ruleset, load, resettle, rulesets

if TYPE_CHECKING:
    from huzhu._population import Constant, Population, Published, Table, population
    from huzhu._simulate import Result, Sweep, affects, simulate, sweep

# Studies of whole populations need NumPy, which nothing else does: they are read when they are asked for.
_LATER = {
    **dict.fromkeys(("Constant", "Population", "Published", "Table", "population"), "huzhu._population"),
    **dict.fromkeys(("Result", "Sweep", "affects", "simulate", "sweep"), "huzhu._simulate"),
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module 'huzhu' has no attribute {name!r}")
    try:
        found: object = getattr(import_module(_LATER[name]), name)
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise ImportError(f"huzhu.{name} needs NumPy: pip install 'huzhu[study]'") from error
    globals()[name] = found
    return found


if _core.abi_version() != _core.ABI_VERSION:
    raise ImportError("huzhu._core was built with another library")

__version__: str = _core.version_text()

__all__ = [
    "ArgumentError",
    "Basis",
    "Benefit",
    "Cap",
    "Constant",
    "Counter",
    "CounterChange",
    "CounterRead",
    "DataError",
    "Decision",
    "Diagnostic",
    "Error",
    "Fault",
    "Frame",
    "Input",
    "InputError",
    "InputTypeError",
    "InputValueError",
    "Label",
    "Ledger",
    "LimitError",
    "LoadError",
    "NotFoundError",
    "NotReversibleError",
    "Plan",
    "PlanNotFound",
    "Population",
    "Published",
    "Reason",
    "Result",
    "RulesError",
    "Ruleset",
    "RulesetId",
    "StateError",
    "Study",
    "Sweep",
    "Table",
    "UnknownNameError",
    "UnsupportedError",
    "Value",
    "__version__",
    "affects",
    "load",
    "population",
    "resettle",
    "rulesets",
    "simulate",
    "sweep",
]
