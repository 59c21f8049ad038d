"""Single claims: values as Python has them, answers that do not change, and errors that carry code, place and hint."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import numpy
import pandas
import pytest

import huzhu
from conftest import RULESET



def test_values_of_all_types_say_the_same(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    said = allowance.evaluate(stay, fresh=True)
    assert (said.outcome, said.total) == ("paid", Decimal("6520.00"))
    for admitted in (date(2024, 1, 8), datetime(2024, 1, 8), pandas.Timestamp("2024-01-08")):
        assert allowance.evaluate(stay, admitted=admitted, fresh=True) == said
    for level in (3, "3", "3.00", Decimal(3), Decimal("3.0"), Decimal("3E0"), numpy.int8(3), numpy.uint64(3)):
        assert allowance.evaluate(stay, hospital_level=level, fresh=True) == said
    assert allowance.evaluate(**stay, fresh=True) == said
    assert allowance.evaluate_json(json.dumps(stay), fresh=True) == said


def test_none_is_not_given(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    decision = allowance.evaluate(stay, discharged=None, fresh=True)
    assert (decision.outcome, decision.total, decision.missing) == ("incomplete", None, ("discharged",))


def test_booleans(rules: huzhu.Ruleset) -> None:
    plan = rules["startup-loan-subsidy"]
    for yes in (True, numpy.True_):
        assert "union_member" not in plan.evaluate(union_member=yes).missing
    with pytest.raises(huzhu.InputTypeError):
        plan.evaluate(union_member=1)


@pytest.mark.parametrize(
    ("name", "value", "kind", "code", "hint"),
    [
        ("hospital_level", 9, huzhu.InputValueError, "R_RANGE", "from 1 to 3"),
        ("hospital_level", Decimal("2.5"), huzhu.InputValueError, "R_SCALE", "no decimals but zeros: 3 or 3.00"),
        ("hospital_level", Decimal("NaN"), huzhu.InputValueError, "R_NUMBER", "leave it out, or write null, when it is not known: NaN and Infinity are not amounts"),
        ("hospital_level", 10**30, huzhu.InputValueError, "R_RANGE", "from 1 to 3"),
        ("hospital_level", True, huzhu.InputTypeError, "R_TYPE", "plain digits, with quotes or without: 1300.00"),
        ("hospital_level", 3.0, huzhu.InputTypeError, "R_TYPE", 'write Decimal("1300.00"), "1300.00", or a whole number'),
        ("hospital_level", numpy.float32(3), huzhu.InputTypeError, "R_TYPE", 'write Decimal("1300.00"), "1300.00", or a whole number'),
        ("cause", "ilness", huzhu.InputValueError, "R_CODE", 'did you mean "illness"? The codes are illness, accident, psychiatric'),
        ("admitted", "2024-02-30", huzhu.InputValueError, "R_DATE", "days run from 0001-01-01 to 9999-12-31"),
        ("admitted", datetime(2024, 1, 8, 16, tzinfo=timezone.utc), huzhu.InputValueError, "R_DATE", None),
        ("admitted", 20240108, huzhu.InputTypeError, "R_TYPE", 'write the date in quotes: "2016-03-01"'),
        ("member", 7, huzhu.InputTypeError, "R_TYPE", "write it in quotes"),
        ("member", b"M1", huzhu.InputTypeError, "R_TYPE", None),
        ("member", "\ud800", huzhu.InputError, None, None),
        ("member", "a\0b", huzhu.InputValueError, "R_TEXT", None),
        ("admited", "2024-01-08", huzhu.UnknownNameError, "R_UNKNOWN_KEY", "did you mean `admitted`?"),
        ("admited", None, huzhu.UnknownNameError, "R_UNKNOWN_KEY", "did you mean `admitted`?"),
        ("paid_this_period", 3, huzhu.UnknownNameError, "R_UNKNOWN_KEY", 'it is a counter: write it inside "counters"'),
    ],
)
def test_what_does_not_fit(
    allowance: huzhu.Plan, stay: dict[str, object], name: str, value: object, kind: type, code: str | None, hint: str | None
) -> None:
    with pytest.raises(huzhu.Error) as caught:
        allowance.evaluate({**stay, name: value}, fresh=True)
    error = caught.value
    assert isinstance(error, kind) and isinstance(error, huzhu.InputError), repr(error)
    assert code is None or error.code == code
    assert hint is None or error.hint == hint
    assert error.code is None or error.code in str(error)
    # The plan goes on as if nothing had been.
    assert allowance.evaluate(stay, fresh=True).total == Decimal("6520.00")


def test_families_of_exceptions() -> None:
    assert issubclass(huzhu.InputTypeError, TypeError) and issubclass(huzhu.InputValueError, ValueError)
    assert issubclass(huzhu.UnknownNameError, LookupError) and issubclass(huzhu.PlanNotFound, KeyError)
    assert issubclass(huzhu.LoadError, OSError) and issubclass(huzhu.RulesError, ValueError)
    assert all(issubclass(getattr(huzhu, name), huzhu.Error) for name in dir(huzhu) if name.endswith("Error"))


def test_contradictory_inputs_are_an_answer(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    decision = allowance.evaluate(stay, discharged="2023-01-01", fresh=True)
    assert decision.outcome == "error" and decision.total is None
    assert decision.error is not None and decision.error.code == "R_CHECK"
    assert [reason.code for reason in decision.reasons] == ["DATES"]


def test_counters(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    assert allowance.evaluate(stay).missing == ("days_this_period", "paid_this_period")
    decision = allowance.evaluate(stay, counters={"paid_this_period": Decimal("7000.00"), "days_this_period": 3})
    assert decision.total == Decimal("200.00")
    assert [reason.code for reason in decision.reasons] == ["PERIOD_CAP"]
    after = {name: counter.after for name, counter in decision.counters.items()}
    assert after == {"days_this_period": 166, "paid_this_period": Decimal("7200.00")}
    # What one decision says the next claim takes, as it is.
    again = allowance.evaluate(stay, counters=decision.counters)
    assert (again.outcome, again.total) == ("nothing_due", Decimal("0.00"))
    with pytest.raises(huzhu.UnknownNameError) as caught:
        allowance.evaluate(stay, counters={"paid_this_perod": 1})
    assert caught.value.hint == "did you mean `paid_this_period`?"
    with pytest.raises(huzhu.InputTypeError):
        allowance.evaluate(stay, counters={"paid_this_period": 1.5})


def test_flags_and_days_as_counters(rules: huzhu.Ruleset) -> None:
    plan = rules["critical-illness"]
    assert plan.counters["cover_ended"].type == "boolean"
    claim = dict(
        member="M1", cover="C1", cover_start="2019-06-01", cover_end="2020-05-31", diagnosed="2020-01-01", disease="cancer",
        units=1, age=40, sex="female", staff=100, enrolled=100,
    )
    decision = plan.evaluate(claim, counters={"already_paid": False, "cover_ended": True})
    assert decision.reasons[0].code == "COVER_ENDED"


def test_ledger(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    ledger = huzhu.Ledger(keep_claims=True)
    assert allowance.evaluate(stay, ledger=ledger, id="1").total == Decimal("6520.00")
    assert allowance.evaluate(stay, ledger=ledger, id="2").total == Decimal("680.00")
    with pytest.raises(huzhu.NotReversibleError):
        ledger.reverse(allowance, "1")
    assert ledger.reverse(allowance, "2")["total"] == "-680.00"
    with pytest.raises(huzhu.NotFoundError):
        ledger.reverse(allowance, "2")
    assert allowance.evaluate(stay, ledger=ledger, id="3").total == Decimal("680.00")


def test_find_counters(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    found = allowance.find_counters(stay)
    assert [(read.name, read.key) for read in found] == [
        ("days_this_period", {"member": "M1", "cover": "C1"}),
        ("paid_this_period", {"member": "M1", "cover": "C1"}),
    ]


def test_decisions_do_not_change(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    first = allowance.evaluate(stay, fresh=True, id="first")
    text = first.to_json()
    others = [allowance.evaluate(stay, admitted=f"2024-02-{day:02d}", fresh=True) for day in range(1, 28)]
    assert len({other.total for other in others}) == 27
    assert first.to_json() == text and first.id == "first" and first.total == Decimal("6520.00")
    with pytest.raises(AttributeError):
        first.total = Decimal(0)  # type: ignore[misc]
    with pytest.raises(TypeError):
        first.benefits["allowance"] = None  # type: ignore[index]
    with pytest.raises((AttributeError, TypeError)):
        first.benefits["allowance"].net = Decimal(0)  # type: ignore[misc]


def test_a_decision_keeps_what_it_needs(stay: dict[str, object]) -> None:
    decision = huzhu.load("beijing")["inpatient-allowance"].evaluate(stay, fresh=True)
    assert "6520" in decision.explain("en")
    part = huzhu.load("beijing").event(["inpatient-allowance"], stay, fresh=True).parts[0]
    assert part.total == Decimal("6520.00") and "住院津贴" in part.explain()


def test_what_a_decision_says(allowance: huzhu.Plan, stay: dict[str, object], rules: huzhu.Ruleset) -> None:
    decision = allowance.evaluate(stay, discharged="2024-12-30", fresh=True, id="𠮷-1")
    assert decision.id == "𠮷-1" and decision.plan == "inpatient-allowance" and decision.currency == "CNY"
    benefit = decision.benefits["allowance"]
    assert (benefit.gross, benefit.net) == (Decimal("7200.00"), Decimal("7200.00"))
    assert decision.values["paid_days"].caps[0] == huzhu.Cap("DAYS_LIMIT", Decimal(180), Decimal(0), Decimal(176))
    reason = decision.reasons[0]
    assert (reason.code, reason.kind) == ("DAYS_LIMIT", "cap") and "180 天" in reason.text
    assert "180 days" in decision.reasons_in("en")[0].text
    rate = next(item for item in decision.basis if item.path == "inpatient-allowance.daily_amount")
    assert (rate.value, rate.since, rate.status, rate.source) == ("40", "2011-01-01", "published", "programme-2020")
    assert "inpatient-allowance.dated by" in decision.rests_on
    assert decision.ruleset.sha256 == rules.sha256 and decision.ruleset.scenario is None
    assert decision.to_dict()["schema"] == "huzhu.decision/1"
    assert decision.explanation("en")["plan"] == "inpatient-allowance"
    assert repr(decision) == "<huzhu.Decision inpatient-allowance: paid 7200.00 (DAYS_LIMIT)>"
    page = decision._repr_html_()
    assert "7,200.00 元" in page and "在职职工住院津贴" in page and "<script" not in page
    with pytest.raises(huzhu.ArgumentError):
        decision.explain("fr")  # type: ignore[arg-type]


def test_the_notebook_view_escapes(allowance: huzhu.Plan, stay: dict[str, object]) -> None:
    page = allowance.evaluate(stay, member="<b>&", fresh=True)._repr_html_()
    assert "<b>&" not in page and "&lt;b&gt;&amp;" in page


def test_enrolment(allowance: huzhu.Plan) -> None:
    decision = allowance.evaluate(member="M1", cover="C1", cover_start=date(2024, 1, 1), ask="enrolment")
    assert decision.outcome == "accepted" and decision.ask == "enrolment"
    assert decision.fees == {"fee": Decimal("60.00")}
    with pytest.raises(huzhu.InputValueError):
        allowance.evaluate(ask="enrolement")  # type: ignore[arg-type]


def test_packages_and_events(rules: huzhu.Ruleset, stay: dict[str, object]) -> None:
    package = rules["comprehensive-b"]
    assert [part.id for part in package.parts][0] == "inpatient-allowance"
    decision = package.evaluate(stay, sex="female", ci_units=2, fresh=True)
    assert decision.outcome == "paid" and decision.total == sum(part.total or 0 for part in decision.parts)
    counters = {"inpatient-allowance": {"days_this_period": 175, "paid_this_period": 14000}}
    less = package.evaluate(stay, sex="female", ci_units=2, counters=counters, fresh=True)
    assert less.total == Decimal("400.00")
    event = rules.event(["inpatient-allowance", "critical-illness"], stay, fresh=True)
    assert event.plan == "" and [part.plan for part in event.parts] == ["inpatient-allowance", "critical-illness"]
    assert event.parts[0].total == Decimal("6520.00") and event.total is None and event.outcome == "paid"
    with pytest.raises(huzhu.PlanNotFound):
        rules.event(["inpatient-alowance"], stay)


def test_plans_introduce_themselves(rules: huzhu.Ruleset) -> None:
    plan = rules["inpatient-allowance"]
    assert str(plan.title) == plan.title.zh == "在职职工住院津贴互助保障计划"
    level = plan.inputs["hospital_level"]
    assert (level.type, level.need, level.range, level.label.zh) == ("count", "required", "[1..3]", "医院级别")
    assert list(plan.inputs["cause"].codes) == ["illness", "accident", "psychiatric"]
    assert plan.benefits == ("allowance",) and plan.counters["paid_this_period"].per == ("member", "cover")
    assert "PERIOD_CAP" in plan.reasons
    assert "40" in plan.show("2015-07", "en")
    assert any(figure["path"].endswith("daily_amount") for figure in plan.figures())
    assert "住院津贴" in rules.handbook()
    fire = rules["accident-and-property"].inputs["fire_loss"]
    assert (fire.need, fire.condition) == ("conditional", 'kind = "fire"')


def test_rulesets(rules: huzhu.Ruleset, tmp_path: Path) -> None:
    assert huzhu.rulesets() == ("beijing",) and len(rules) == 12 and "womens-diseases" in rules
    files = {str(path.relative_to(RULESET)): path.read_bytes() for path in RULESET.rglob("*.yaml")}
    for same in (huzhu.load(RULESET), huzhu.load(str(RULESET)), huzhu.load(files)):
        assert same.sha256 == rules.sha256
    with pytest.raises(huzhu.PlanNotFound) as missing:
        rules["inpatient-alowance"]
    assert missing.value.hint == "did you mean `inpatient-allowance`?"
    with pytest.raises(huzhu.LoadError) as unknown:
        huzhu.load("bejing")
    assert "beijing" in unknown.value.hint
    with pytest.raises(huzhu.LoadError):
        huzhu.load(tmp_path / "nothing")
    with pytest.raises(ValueError):
        huzhu.load("a\0b/c")


def test_rules_that_are_wrong(tmp_path: Path) -> None:
    for path in RULESET.rglob("*.yaml"):
        to = tmp_path / path.relative_to(RULESET)
        to.parent.mkdir(exist_ok=True)
        to.write_bytes(path.read_bytes())
    plan = tmp_path / "inpatient-allowance.yaml"
    plan.write_text(plan.read_text().replace("paid_days * daily_amount", "paid_days * daly_amount", 1))
    with pytest.raises(huzhu.RulesError) as caught:
        huzhu.load(tmp_path)
    error = caught.value
    assert (error.code, error.file) == ("E_UNKNOWN_NAME", "inpatient-allowance.yaml") and error.line > 1 and error.column > 1
    assert "daily_amount" in error.hint and "^" in str(error)
    assert error.diagnostics[0].severity == "error"


def test_settings(rules: huzhu.Ruleset, stay: dict[str, object]) -> None:
    path = "inpatient-allowance.daily_amount"
    for settings in ({path: 60}, {path: Decimal("60.00")}, {path: "60 from 2020-01-01"}, [f"{path} = 60"], f"{path}=60 # more\n"):
        more = rules.under(settings)
        assert more["inpatient-allowance"].evaluate(stay, fresh=True).benefits["allowance"].gross == 163 * 60, settings
        assert more.sha256 == rules.sha256 and more.scenario
    twice = rules.under({path: 60}).under({"inpatient-allowance.period_cap": 100000})
    assert twice["inpatient-allowance"].evaluate(stay, fresh=True).total == Decimal("9780.00")
    assert rules.affects(rules.under({})) == {}
    with pytest.raises(huzhu.RulesError) as caught:
        rules.under({"inpatient-allowance.daily_amout": 60})
    assert caught.value.code == "E_SCENARIO_PATH" and caught.value.hint == f"did you mean `{path}`?"
    with pytest.raises(huzhu.InputTypeError):
        rules.under({path: 60.5})


def test_what_cannot_be_pickled_says_so(allowance: huzhu.Plan) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(allowance)
