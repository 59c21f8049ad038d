"""Rulesets and plans: what is loaded, what plans ask, and single claims.

Columns are in `_frames`, studies in `_study`; both hang on the plans here.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from huzhu import _core
from huzhu._decision import CounterChange, Decision, Language, PlanFacts, language
from huzhu._errors import DataError, Error, InputError, LoadError, NotFoundError, unread
from huzhu._values import COUNTER_SETTERS, COUNTERS, NEEDS, SETTERS, TYPES, Setter, Settings, Unfit, claim_json, settings_lines

if TYPE_CHECKING:
    from huzhu._frames import Counters, Floats
    from huzhu._study import Study

Ask = Literal["claim", "enrolment"]
_ASKS = {"claim": 0, "enrolment": 1}
_POOLED = 64  # claims and decisions kept for the next evaluate


class Label(NamedTuple):
    """A text in both languages; as a str it is the Chinese one."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a plan: what a claim may say under its name."""

    name: str
    type: str
    """key, date, boolean, code, text, count, money, rate, number"""
    need: str
    """required, optional, default, conditional"""
    scale: int
    label: Label
    unit: str
    default: str
    range: str
    codes: Mapping[str, Label]
    """Of a code: its ids with their labels."""
    condition: str
    """Of a conditional one: when it is required."""
    for_claim: bool
    for_enrolment: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter of a plan: what the host keeps between claims, under the key that `per` names."""

    name: str
    type: str
    """number, boolean, date"""
    scale: int
    unit: str
    per: tuple[str, ...]


class CounterRead(NamedTuple):
    """A counter that a claim will read, and the key that it stands under."""

    name: str
    key: Mapping[str, str]


class Ledger:
    """Counters kept in memory from claim to claim, for whoever has no database. One ledger may serve several plans.

    `keep_claims=True` keeps what each claim found, so that `reverse` can take it back: some 200 bytes a claim.

    >>> import huzhu
    >>> ledger = huzhu.Ledger()
    >>> plan = huzhu.load("beijing")["inpatient-allowance"]
    >>> stay = dict(member="M1", cover="C1", cover_start="2024-01-01", cover_end="2024-12-31", hospital_level=3, cause="illness")
    >>> plan.evaluate(stay, admitted="2024-01-08", discharged="2024-06-20", ledger=ledger).total
    Decimal('6520.00')
    >>> plan.evaluate(stay, admitted="2024-08-01", discharged="2024-10-01", ledger=ledger).total
    Decimal('680.00')
    """

    def __init__(self, *, keep_claims: bool = False) -> None:
        self._handle = _core.ledger_new()
        self._lock = Lock()
        if keep_claims:
            _core.ledger_keep_claims(self._handle)

    def reverse(self, plan: Plan, id: str) -> dict[str, Any]:
        """Takes the newest claim of that id back: its counters are as before it, exactly."""
        output = _core.output_new()
        with self._lock:
            _core.ledger_reverse(self._handle, plan._handle, str(id), output)
        found: dict[str, Any] = json.loads(_core.output_text(output))
        return found


class Plan:
    """A plan of a ruleset. Plans do not change and may be used by any number of threads."""

    def __init__(self, ruleset: Ruleset, handle: Any) -> None:
        self._ruleset = ruleset
        self._handle = handle
        self._claims: deque[Any] = deque(maxlen=_POOLED)
        self._setters: dict[str, tuple[int, Setter]] = {
            info.name: (index, SETTERS[kind]) for index, (kind, info) in enumerate(self._input_infos)
        }
        self._simple = _core.plan_part_count(handle) == 0

    # ---- What it asks ---------------------------------------------------------------------------------------------------

    @property
    def ruleset(self) -> Ruleset:
        return self._ruleset

    @cached_property
    def id(self) -> str:
        return str(_core.plan_id(self._handle))

    @cached_property
    def title(self) -> Label:
        """In both languages; `str` of it is Chinese."""
        return Label(_core.plan_title(self._handle, _core.ZH), _core.plan_title(self._handle, _core.EN))

    @cached_property
    def _input_infos(self) -> list[tuple[int, Input]]:
        found = []
        for index in range(_core.plan_input_count(self._handle)):
            (kind, need, scale, name, zh, en, unit, fallback, bounds, codes, for_claim, for_enrolment, condition) = (
                _core.plan_input_at(self._handle, index)
            )
            listed = {}
            for number in range(codes):
                code, code_zh, code_en = _core.plan_code_at(self._handle, index, number)
                listed[code] = Label(code_zh, code_en)
            info = Input(
                name,
                TYPES[kind],
                NEEDS[need],
                scale,
                Label(zh, en),
                unit,
                fallback,
                bounds,
                MappingProxyType(listed),
                condition,
                bool(for_claim),
                bool(for_enrolment),
            )
            found.append((kind, info))
        return found

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        """What claims say, by name.

        >>> import huzhu
        >>> plan = huzhu.load("beijing")["inpatient-allowance"]
        >>> plan.inputs["cause"].codes["illness"]
        Label(zh='疾病', en='illness')
        """
        return MappingProxyType({info.name: info for _, info in self._input_infos})

    @cached_property
    def benefits(self) -> tuple[str, ...]:
        """Ids of its benefits."""
        return tuple(_core.plan_benefit_id(self._handle, i) for i in range(_core.plan_benefit_count(self._handle)))

    @cached_property
    def counters(self) -> Mapping[str, Counter]:
        """Its counters, by name; those of a package are its parts'."""
        found = {}
        for index in range(_core.plan_counter_count(self._handle)):
            kind, scale, name, unit, per = _core.plan_counter_at(self._handle, index)
            found[name] = Counter(name, COUNTERS[kind], scale, unit, tuple(per.split(",")))
        return MappingProxyType(found)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Codes of all reasons that it can give."""
        return tuple(_core.plan_reason_code(self._handle, i + 1) for i in range(_core.plan_reason_count(self._handle)))

    @cached_property
    def parts(self) -> tuple[Plan, ...]:
        """Of a package: the plans it consists of, as it has them."""
        return tuple(Plan(self._ruleset, _core.plan_part_at(self._handle, i)) for i in range(_core.plan_part_count(self._handle)))

    @cached_property
    def _facts(self) -> dict[str, PlanFacts]:
        """What decisions know of the plan and its parts."""
        return {
            plan.id: PlanFacts(plan.title.zh, {name: counter.type for name, counter in plan.counters.items()})
            for plan in (self, *self.parts)
        }

    def show(self, on: str, lang: Language = "zh") -> str:
        """The plan as it stood on a day, everything dated resolved."""
        output = _core.output_new()
        _core.plan_show(self._handle, str(on), language(lang), output)
        return str(_core.output_text(output))

    def figures(self) -> list[dict[str, Any]]:
        """Every figure that it states, version by version: path, date, value, unit, status, sources."""
        output = _core.output_new()
        _core.plan_figures(self._handle, output)
        return [json.loads(line) for line in _core.output_text(output).splitlines()]

    # ---- Single claims ------------------------------------------------------------------------------------------------------

    def evaluate(
        self,
        inputs: Mapping[str, object] | None = None,
        /,
        *,
        counters: Mapping[str, object] | None = None,
        fresh: bool = False,
        ledger: Ledger | None = None,
        ask: Ask = "claim",
        id: str | int | None = None,
        **more: object,
    ) -> Decision:
        """Decides one claim. Inputs come by name, or as a mapping in front, or both.

        Dates are `date` or "YYYY-MM-DD", amounts `Decimal`, whole numbers or texts, never floats; None is the same as not
        given. Counters stand where `counters` says; those that it leaves out start with `fresh=True` (their keys are new),
        come from a `ledger`, or are missing, which makes the decision incomplete if they matter.

        Raises `UnknownNameError`, `InputTypeError`, `InputValueError` for what does not fit; a claim that is refused, or
        whose inputs contradict each other, is an answer.

        >>> import huzhu
        >>> plan = huzhu.load("beijing")["inpatient-allowance"]
        >>> plan.evaluate(admited="2024-01-08")
        Traceback (most recent call last):
          ...
        huzhu._errors.UnknownNameError: R_UNKNOWN_KEY: `admited` is no input of plan `inpatient-allowance`
            hint: did you mean `admitted`?
        """
        claim = self._take_claim()
        given = more if inputs is None else {**inputs, **more} if more else inputs
        if not self._set(claim, given, counters, ask, id):
            self._read(claim, given, counters, ask, id)
        try:
            return self._decide(claim, fresh, ledger)
        finally:
            self._claims.append(claim)

    def evaluate_json(self, line: str | bytes, *, fresh: bool = False, ledger: Ledger | None = None) -> Decision:
        """Decides one claim from its JSON. Whatever is wrong with it is in the decision: nothing is raised for a claim.

        >>> import huzhu
        >>> huzhu.load("beijing")["inpatient-allowance"].evaluate_json('{"hospital_level": 9}').error.code
        'R_RANGE'
        """
        claim = self._take_claim()
        try:
            _core.claim_read_json(claim, line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line)
        except DataError:
            pass  # the claim remembers, and its decision says it
        decision = self._decide(claim, fresh, ledger, raises=False)
        self._claims.append(claim)
        return decision

    def find_counters(self, inputs: Mapping[str, object] | None = None, /, *, ask: Ask = "claim", **more: object) -> tuple[CounterRead, ...]:
        """Which counters, under which keys, a claim will read: look them up, then evaluate with `counters`.

        >>> import huzhu
        >>> plan = huzhu.load("beijing")["inpatient-allowance"]
        >>> stay = dict(member="M1", cover="C1", cover_start="2024-01-01", cover_end="2024-12-31", hospital_level=3, cause="illness")
        >>> plan.find_counters(stay, admitted="2024-01-08", discharged="2024-06-20")[1]
        CounterRead(name='paid_this_period', key={'member': 'M1', 'cover': 'C1'})
        """
        claim = self._take_claim()
        self._read(claim, {**inputs, **more} if inputs else more, None, ask, None)
        decision = _core.decision_new()
        count = _core.claim_find_counters(claim, decision)
        found = (_core.decision_counter_read_at(decision, index) for index in range(count))
        return tuple(CounterRead(name, json.loads(key)) for _, name, key in found)

    def _take_claim(self) -> Any:
        try:
            claim = self._claims.pop()
        except IndexError:
            return _core.claim_new(self._handle)
        _core.claim_reset(claim)
        return claim

    def _set(self, claim: Any, given: Mapping[str, object], counters: Mapping[str, object] | None, ask: str, id: object) -> bool:
        """Sets the claim input by input. False: something does not fit, or it is no simple claim; then it goes by JSON."""
        if not self._simple or (id is not None and not isinstance(id, str)) or ask not in _ASKS:
            return False
        try:
            setters = self._setters
            for name, value in given.items():
                index, setter = setters[name]
                if value is not None:
                    setter(claim, index, value)
            if counters:
                for name, value in counters.items():
                    index, setter = self._counter_setters[name]
                    setter(claim, index, value.after if isinstance(value, CounterChange) else value)
            if ask != "claim":
                _core.claim_ask(claim, _ASKS[ask])
            if id is not None:
                _core.claim_set_id(claim, id)
        except (Unfit, KeyError, UnicodeEncodeError, Error):
            return False
        return True

    @cached_property
    def _counter_setters(self) -> dict[str, tuple[int, Setter]]:
        return {name: (index, COUNTER_SETTERS[counter.type]) for index, (name, counter) in enumerate(self.counters.items())}

    def _read(self, claim: Any, given: Mapping[str, object], counters: Mapping[str, object] | None, ask: str, id: object) -> None:
        whole = dict(given)
        if counters:
            whole["counters"] = {
                name: value.after if isinstance(value, CounterChange) else value for name, value in counters.items()
            }
        if ask != "claim":
            whole["ask"] = ask
        if id is not None:
            whole["id"] = id
        try:
            # A lone surrogate is no text: the library says so.
            _core.claim_read_json(claim, claim_json(whole).encode("utf-8", "surrogatepass"))
        except InputError:
            raise
        except DataError:
            pass  # the claim remembers; _decide tells

    def _decide(self, claim: Any, fresh: bool, ledger: Ledger | None, *, raises: bool = True) -> Decision:
        handle = self._ruleset._take_decision()
        if ledger is not None:
            with ledger._lock:
                _core.ledger_fill(ledger._handle, claim)
                _core.claim_evaluate(claim, handle)
                _core.ledger_apply(ledger._handle, handle)
        else:
            if fresh:
                _core.claim_set_fresh(claim, 1)
            _core.claim_evaluate(claim, handle)
        decision = Decision(handle, self._facts, self._ruleset._decisions.append)
        if raises and decision.outcome == "error":
            wrong = unread(*_core.decision_error(handle))
            if wrong is not None:
                raise wrong
        return decision

    # ---- Columns and studies ------------------------------------------------------------------------------------------------

    def evaluate_frame(
        self,
        frame: Any,
        *,
        columns: Sequence[str] | None = None,
        counters: Counters = "given",
        tables: dict[str, Any] | None = None,
        floats: Floats = "refuse",
        ignore: Sequence[str] = (),
        threads: int = 1,
        progress: bool = False,
    ) -> Any:
        """Decides every row of a frame: each is a claim, decided as `evaluate` decides it. What is wrong with a row is said in
        its results and disturbs no other.

        `frame` is anything that speaks Arrow's PyCapsule protocol (polars, pyarrow, pandas, a relation of DuckDB), or a dict
        of NumPy arrays; the result is of the same kind, its rows in the same order. Columns go to the input of their name,
        or to the counter of their name, as it stands before the claim; `id` passes through; others are not looked at, but
        for names that are nearly an input's, which are refused unless `ignore` lists them.

        `columns` are those wanted: id, outcome, reason, error, reasons, caps, total, BENEFIT.gross, BENEFIT.net,
        COUNTER.after; left out: all but the lists, gross amounts and caps. Of a package also PART.total and so on.

        `counters` says where counters stand that a row does not give: "given": nowhere, they are missing where a row hangs
        on them; "fresh": every row has keys of its own, which start; "carried": where the rows before under the same key
        left them, as settling claims one by one with a ledger. Carried counters come from `tables`, a dict of frames by
        counter (those that a run before left there), and are put into it, replacing what it held.

        `floats` are refused for amounts unless it says how their exact value is rounded: "round-half-even" or
        "round-half-up". `threads` shares out the rows, with the GIL released; where counters are carried, the rows have to
        come grouped by what the plan settles in turn by (mostly member), else one thread does the work. `progress` shows a
        bar of tqdm.

        >>> import huzhu
        >>> plan = huzhu.load("beijing")["inpatient-allowance"]
        >>> year = {"member": ["M1", "M1"], "cover": ["C1", "C1"], "cover_start": ["2024-01-01"] * 2,
        ...         "cover_end": ["2024-12-31"] * 2, "admitted": ["2024-01-08", "2024-08-01"],
        ...         "discharged": ["2024-06-20", "2024-10-01"], "hospital_level": [3, 3], "cause": ["illness"] * 2}
        >>> plan.evaluate_frame(year, counters="carried", columns=["outcome", "total"])["total"].tolist()
        [Decimal('6520.00'), Decimal('680.00')]
        """
        from huzhu._frames import evaluate_frame

        return evaluate_frame(self, frame, columns, counters, tables, floats, ignore, threads, progress)

    def study(self, scenarios: Mapping[str, Settings]) -> Study:
        """Compiles the plan under scenarios, each a name and settings; the first is what the others are compared with."""
        from huzhu._study import Study

        return Study(self, scenarios)

    def __repr__(self) -> str:
        return f"<huzhu.Plan {self.id}: {self.title.zh}>"


class Ruleset(Mapping[str, Plan]):
    """A ruleset: its plans by their ids. It does not change and may be used by any number of threads."""

    def __init__(self, handle: Any, source: object) -> None:
        self._handle = handle
        self._source = source
        self._decisions: deque[Any] = deque(maxlen=_POOLED)
        self._plans = {
            plan.id: plan
            for plan in (Plan(self, _core.ruleset_plan_at(handle, i)) for i in range(_core.ruleset_plan_count(handle)))
        }

    def _take_decision(self) -> Any:
        try:
            return self._decisions.pop()
        except IndexError:
            return _core.decision_new()

    @property
    def name(self) -> str:
        return str(_core.ruleset_name(self._handle))

    @property
    def version(self) -> str:
        return str(_core.ruleset_version(self._handle))

    @property
    def sha256(self) -> str:
        """Over the files, examples excluded: which rules answered."""
        return str(_core.ruleset_sha256(self._handle))

    @property
    def scenario(self) -> str:
        """The settings applied, in canonical form, one a line; empty without."""
        return str(_core.ruleset_scenario(self._handle))

    def __getitem__(self, id: str) -> Plan:
        try:
            return self._plans[id]
        except KeyError:
            pass
        from difflib import get_close_matches

        near = get_close_matches(str(id), self._plans, 1)
        hint = f"did you mean `{near[0]}`?" if near else f"the plans are {', '.join(self._plans)}"
        raise PlanNotFound(f"there is no plan `{id}`", hint=hint)

    def __iter__(self) -> Iterator[str]:
        return iter(self._plans)

    def __len__(self) -> int:
        return len(self._plans)

    def __contains__(self, id: object) -> bool:
        return id in self._plans

    def under(self, settings: Settings) -> Ruleset:
        """The same files loaded under settings, behind those that it was loaded with.

        >>> import huzhu
        >>> rules = huzhu.load("beijing")
        >>> more = rules.under({"inpatient-allowance.daily_amount": 60})
        >>> rules.affects(more)["inpatient-allowance"]
        ('outcome', 'reason', 'total', 'allowance.gross', 'allowance.net', 'days_this_period.after', 'paid_this_period.after')
        """
        return load(self._source, settings=[*self.scenario.splitlines(), *settings_lines(settings)])

    def affects(self, other: Ruleset) -> dict[str, tuple[str, ...]]:
        """What can differ between the answers of two rulesets of the same files under different settings, by plan; what is
        not named cannot differ for any claim."""
        output = _core.output_new()
        _core.ruleset_affects(self._handle, other._handle, _core.AFFECTS_JSON, output)
        lines = [json.loads(line) for line in _core.output_text(output).splitlines()]
        return {line["plan"]: tuple(line["can_move"]) for line in lines if line["can_move"]}

    def event(
        self,
        plans: Sequence[str],
        inputs: Mapping[str, object] | None = None,
        /,
        *,
        counters: Mapping[str, object] | None = None,
        fresh: bool = False,
        ledger: Ledger | None = None,
        id: str | int | None = None,
        **more: object,
    ) -> Decision:
        """Settles one event under several plans. An input goes to every plan that has it; "plan.input" in the mapping goes
        to one. The decision has a part for each plan; its total is their sum."""
        claim = _core.event_new(self._handle)
        whole: dict[str, object] = {"plans": list(plans), **(inputs or {}), **more}
        asked = [self[plan] for plan in plans]
        if not asked:
            raise NotFoundError("no plan is asked", hint="name the plans that the event is settled under")
        asked[0]._read(claim, whole, counters, "claim", id)
        decision = asked[0]._decide(claim, fresh, ledger)
        facts: dict[str, PlanFacts] = {}
        for plan in asked:
            facts.update(plan._facts)
        decision.__dict__["_plans"] = facts
        return decision

    def handbook(self, lang: Language = "zh") -> str:
        """All plans as one document, in Markdown: every version of everything with what it stands on."""
        output = _core.output_new()
        _core.ruleset_handbook(self._handle, language(lang), output)
        return str(_core.output_text(output))

    def __repr__(self) -> str:
        under = f", under {len(self.scenario.splitlines())} settings" if self.scenario else ""
        return f"<huzhu.Ruleset {self.name} {self.version} ({self.sha256[:8]}): {len(self)} plans{under}>"


def resettle(was: Plan, now: Plan, claims: Iterable[Mapping[str, object] | str], lang: Language = "zh") -> Iterator[dict[str, Any]]:
    """Settles past claims a second time, under a plan as it was and as it is now, each side with counters of its own from claim
    to claim: what each claim's total, benefits and counters change by, with both explanations (schema huzhu.resettlement/1).

    Claims are mappings (inputs, and `id`, `counters`, `reverses` as in JSON) or lines of JSON: all of a key, from the first
    that the change concerns, in the order of settling.

    >>> import huzhu
    >>> rules = huzhu.load("beijing")
    >>> more = rules.under({"inpatient-allowance.daily_amount": 60})
    >>> stay = dict(id="A-1", member="M1", cover="C1", cover_start="2024-01-01", cover_end="2024-12-31", hospital_level=3,
    ...             cause="illness", admitted="2024-03-01", discharged="2024-03-09")
    >>> [line["total"]["difference"] for line in huzhu.resettle(rules["inpatient-allowance"], more["inpatient-allowance"], [stay])]
    ['140.00']
    """
    handle = _core.resettlement_new(was._handle, now._handle)
    output = _core.output_new()
    for number, claim in enumerate(claims, 1):
        line = claim if isinstance(claim, str) else claim_json(claim)
        _core.output_clear(output)
        _core.resettlement_json(handle, line.encode("utf-8", "surrogatepass"), language(lang), number, output)
        yield json.loads(_core.output_text(output))


class PlanNotFound(NotFoundError, KeyError):
    """No plan of that id in the ruleset."""

    def __str__(self) -> str:
        return Error.__str__(self)


def packaged(name: str) -> str | None:
    """The folder of a ruleset that the package brings; None: there is none of that name."""
    here = Path(__file__).resolve().parent
    for folder in (here / "rulesets", here.parents[2] / "rulesets"):  # in the wheel, in a checkout
        if (folder / name / "ruleset.yaml").is_file():
            return str(folder / name)
    return None


def rulesets() -> tuple[str, ...]:
    """Names of the rulesets that the package brings."""
    here = Path(__file__).resolve().parent
    folder = next((found for found in (here / "rulesets", here.parents[2] / "rulesets") if found.is_dir()), None)
    return tuple(sorted(item.name for item in folder.iterdir() if (item / "ruleset.yaml").is_file())) if folder else ()


def load(source: object = "beijing", *, settings: Settings = None, check_examples: bool = False) -> Ruleset:
    """Reads and compiles a ruleset: by the name of one that the package brings, from a folder, or from a mapping of paths to
    contents.

    `settings` make it a scenario: a mapping from paths to values, a list of lines, or the text of a scenario file.

    >>> import huzhu
    >>> rules = huzhu.load("beijing")
    >>> rules["child-accident"].title.en
    "Accidents of employees' children"
    >>> huzhu.load("beijing", settings={"inpatient-allowance.daily_amout": 60})
    Traceback (most recent call last):
      ...
    huzhu._errors.RulesError: --set:1:1: error[E_SCENARIO_PATH]: there is no `inpatient-allowance.daily_amout`
        1 | inpatient-allowance.daily_amout=60
          | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    hint: did you mean `inpatient-allowance.daily_amount`?
    """
    lines = settings_lines(settings)
    if isinstance(source, Mapping):
        contents = [item.decode() if isinstance(item, bytes) else str(item) for item in source.values()]
        return Ruleset(_core.flat_load_files([str(path) for path in source], contents, lines), source)
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"a name, a path or a mapping of files, not {type(source).__name__}")
    path = os.fspath(source)
    if not isinstance(path, str):
        path = os.fsdecode(path)
    if not os.path.exists(path) and os.sep not in path:
        found = packaged(path)
        if found is None:
            raise LoadError(f"there is no ruleset `{path}`", hint=f"the package brings {', '.join(rulesets())}; a folder is loaded by its path")
        path = found
    return Ruleset(_core.flat_load(path, lines, 1 if check_examples else 0), source)
