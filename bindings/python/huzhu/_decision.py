"""Decisions: immutable answers. What they say is the library's own JSON (schema huzhu.decision/1), read when asked for.

Made by `_rules`; nothing here computes anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from huzhu import _core
from huzhu._errors import ArgumentError
from huzhu._values import amount, counter_value

if TYPE_CHECKING:
    from collections.abc import Callable

Language = Literal["zh", "en"]
LANGUAGES = {"zh": 0, "en": 1}
OUTCOMES = ("", "paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "accepted", "not_asked")


def language(lang: str) -> int:
    if lang not in LANGUAGES:
        raise ArgumentError(f"no language {lang!r}", hint="the languages are zh and en")
    return LANGUAGES[lang]


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap: what it allows, what was used before, what it cut here. `limit` None: none on this date."""

    code: str
    limit: Decimal | None
    used: Decimal
    cut: Decimal


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit: before caps, each cap, and what is due."""

    id: str
    gross: Decimal
    caps: tuple[Cap, ...]
    net: Decimal


@dataclass(frozen=True, slots=True)
class Value:
    """A named value that a cap cut or could have cut: days, units."""

    id: str
    before: Decimal
    caps: tuple[Cap, ...]
    after: Decimal


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a stable code, its kind (refusal, cap, nothing, missing, unknown, note), its text, the clause."""

    code: str
    kind: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class CounterChange:
    """A counter that the claim moves. Sums have a change; flags, dates and other counters have before and after only."""

    name: str
    key: Mapping[str, str]
    unit: str
    before: Decimal | int | bool | date | None
    change: Decimal | int | None
    after: Decimal | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Basis:
    """A dated value that the answer used: since when, by what status, from which source."""

    path: str
    value: str
    unit: str
    since: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a claim that is in error."""

    code: str
    input: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class RulesetId:
    """Which rules answered."""

    name: str
    version: str
    sha256: str
    scenario: str | None


class PlanFacts(NamedTuple):
    """What decisions know of a plan: its title, and the types of its counters."""

    title: str
    counters: Mapping[str, str]


def _caps(items: list[dict[str, Any]]) -> tuple[Cap, ...]:
    return tuple(
        Cap(item["code"], amount(item.get("limit")), Decimal(item.get("used", "0")), Decimal(item.get("cut", "0")))
        for item in items
    )


class Decision:
    """The answer to a claim.

    >>> import huzhu
    >>> from datetime import date
    >>> plan = huzhu.load("beijing")["inpatient-allowance"]
    >>> decision = plan.evaluate(
    ...     member="BJ-000123", cover="2024", cover_start=date(2024, 1, 1), cover_end=date(2024, 12, 31),
    ...     admitted=date(2024, 1, 8), discharged=date(2024, 6, 20), hospital_level=3, cause="illness", fresh=True)
    >>> decision.outcome, decision.total
    ('paid', Decimal('6520.00'))
    >>> decision.counters["paid_this_period"].after
    Decimal('6520.00')
    """

    outcome: str
    """paid, nothing_due, refused, incomplete, undetermined, error; accepted of an enrolment; not_asked of a part."""
    _give_back: Callable[[Any], None] | None
    _handle: Any
    _owner: object
    _plans: Mapping[str, PlanFacts]

    def __init__(
        self,
        handle: Any,
        plans: Mapping[str, PlanFacts],
        give_back: Callable[[Any], None] | None,
        owner: object = None,
    ) -> None:
        kept = self.__dict__  # past __setattr__
        kept["_handle"] = handle
        kept["_plans"] = plans
        kept["_give_back"] = give_back
        kept["_owner"] = owner  # of a part: the whole, in which it lives
        kept["outcome"] = OUTCOMES[_core.decision_outcome(handle)]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"decisions do not change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"decisions do not change: {name}")

    def __del__(self) -> None:
        give_back = self.__dict__.get("_give_back")
        if give_back is not None:
            give_back(self._handle)

    # ---- What it says --------------------------------------------------------------------------------------------------

    @cached_property
    def total(self) -> Decimal | None:
        """In yuan; 0.00 for refused and nothing_due; None where there is no total: incomplete, undetermined, error."""
        return amount(_core.decision_total_text(self._handle))

    @cached_property
    def _said(self) -> dict[str, Any]:
        return self.to_dict()

    @property
    def plan(self) -> str:
        """Id of the plan; of an event under several plans empty."""
        return str(self._said.get("plan", ""))

    @property
    def title(self) -> str:
        """The plan's title, in Chinese."""
        facts = self._plans.get(self.plan)
        return facts.title if facts is not None else ""

    @property
    def ask(self) -> str:
        """claim or enrolment."""
        return str(self._said.get("ask", "claim"))

    @property
    def id(self) -> str | int | Decimal | None:
        """The claim's id, as it was given."""
        text = _core.decision_id(self._handle)
        return json.loads(text, parse_float=Decimal) if text else None

    @property
    def currency(self) -> str:
        return str(self._said.get("currency", ""))

    @cached_property
    def benefits(self) -> Mapping[str, Benefit]:
        """Benefits by their ids."""
        return MappingProxyType(
            {
                item["id"]: Benefit(item["id"], Decimal(item["gross"]), _caps(item.get("caps", [])), Decimal(item["net"]))
                for item in self._said.get("benefits", [])
            }
        )

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Values that a cap cut or could have cut, by their ids: days, units."""
        return MappingProxyType(
            {
                item["id"]: Value(item["id"], Decimal(item["before"]), _caps(item.get("caps", [])), Decimal(item["after"]))
                for item in self._said.get("values", [])
            }
        )

    @cached_property
    def fees(self) -> Mapping[str, Decimal]:
        """Fees due, of an enrolment."""
        return MappingProxyType({item["id"]: Decimal(item["amount"]) for item in self._said.get("fees", [])})

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """In order; the first is the deciding one. Texts in Chinese; `reasons_in("en")` in English."""
        return self.reasons_in("zh")

    def reasons_in(self, lang: Language) -> tuple[Reason, ...]:
        said = self._said if lang == "zh" else self.to_dict(lang)
        return tuple(
            Reason(item["code"], item["kind"], item.get("text", ""), item.get("clause", "")) for item in said.get("reasons", [])
        )

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Inputs and counters that were needed and not given."""
        return tuple(self._said.get("missing", ()))

    @cached_property
    def counters(self) -> Mapping[str, CounterChange]:
        """Counters that the claim moves, by their names: what a host stores for the claims that follow."""
        facts = self._plans.get(self.plan)
        kinds = facts.counters if facts is not None else {}
        found = {}
        for name, item in self._said.get("counters", {}).items():
            kind = kinds.get(name, "number")
            found[name] = CounterChange(
                name,
                MappingProxyType(item.get("key", {})),
                item.get("unit", ""),
                counter_value(kind, item.get("before")),
                counter_value("number", item.get("change")),  # type: ignore[arg-type]
                counter_value(kind, item.get("after")),
            )
        return MappingProxyType(found)

    @cached_property
    def basis(self) -> tuple[Basis, ...]:
        """The dated values that the answer used: the branch taken, the version in force."""
        return tuple(
            Basis(
                item["path"],
                item.get("value") or "",
                item.get("unit", ""),
                item.get("from", ""),
                item.get("status", ""),
                item.get("source", ""),
            )
            for item in self._said.get("basis", [])
        )

    @cached_property
    def rests_on(self) -> tuple[str, ...]:
        """Paths of what is only assumed, or disputed, and decided this answer."""
        return tuple(self._said.get("rests_on", ()))

    @cached_property
    def error(self) -> Fault | None:
        item = self._said.get("error")
        if item is None:
            return None
        return Fault(item["code"], item.get("input", ""), item["message"], item.get("hint", ""))

    @cached_property
    def parts(self) -> tuple[Decision, ...]:
        """Decisions under the plans of an event, or of the parts of a package."""
        count = _core.decision_part_count(self._handle)
        return tuple(Decision(_core.flat_decision_part(self._handle, i), self._plans, None, self) for i in range(count))

    @property
    def ruleset(self) -> RulesetId:
        """Which rules answered: name, version, SHA-256, and the settings of a scenario."""
        item = self._said["ruleset"]
        return RulesetId(item["name"], item["version"], item["sha256"], item["scenario"])

    # ---- As a whole ------------------------------------------------------------------------------------------------------

    def explain(self, lang: Language = "zh") -> str:
        """Why: a tree from the total down to inputs, dated values, sources and clauses."""
        return str(_core.decision_explain(self._handle, language(lang), _core.EXPLAIN_TEXT))

    def explanation(self, lang: Language = "zh") -> dict[str, Any]:
        """The same tree as nested dictionaries."""
        found: dict[str, Any] = json.loads(_core.decision_explain(self._handle, language(lang), _core.EXPLAIN_JSON))
        return found

    def to_json(self, lang: Language = "zh", line: int = 0) -> str:
        """One line of JSON, schema huzhu.decision/1: the bytes that every other way gives."""
        return str(_core.decision_json(self._handle, language(lang), line))

    def to_dict(self, lang: Language = "zh") -> dict[str, Any]:
        """The same as dictionaries and lists; amounts are texts."""
        found: dict[str, Any] = json.loads(self.to_json(lang))
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __repr__(self) -> str:
        plan = self.plan or "event"
        total = "" if self.total is None else f" {self.total}"
        why = f" ({self.reasons[0].code})" if self.reasons else ""
        return f"<huzhu.Decision {plan}: {self.outcome}{total}{why}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        from huzhu._html import decision_html

        return decision_html(self)
