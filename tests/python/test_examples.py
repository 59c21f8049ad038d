"""Every worked example of the rulesets through Python: the same claims, typed, one after another with a ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

import huzhu
from conftest import RULESET

FILES = sorted(RULESET.glob("*.examples.yaml"))


def typed(inputs: dict[str, huzhu.Input], name: str, text: object) -> object:
    """A value of a file, all of whose scalars are texts, as the type that the input has."""
    info = inputs.get(name.rpartition(".")[2])
    if text in ("null", "~", "") or info is None:
        return None if text in ("null", "~", "") else text
    if not isinstance(text, str):
        return text
    if info.type == "date":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if info.type == "boolean" and text in ("true", "false"):
        return text == "true"
    if info.type in ("count", "money", "rate", "number"):
        return Decimal(text) if text.replace(".", "").replace("-", "").isdigit() else text
    return text


def same(got: object, expected: object) -> bool:
    if expected in ("null", "~"):
        return got is None
    if got is None:
        return False
    if isinstance(got, bool):
        return got == (expected == "true")
    if isinstance(got, date):
        return got.isoformat() == expected
    if isinstance(got, (int, Decimal)):
        return Decimal(got) == Decimal(str(expected))
    return got == expected


def counters_of(decision: huzhu.Decision) -> dict[str, object]:
    found = {}
    for part in (decision, *decision.parts):
        for name, counter in part.counters.items():
            found[name] = counter.after
            found[f"{part.plan}.{name}"] = counter.after
    return found


def check(decision: huzhu.Decision, expect: dict[str, object], where: str, known: dict[str, object]) -> None:
    """known: where the counters of the claims before stand, for those that this claim does not move."""
    known.update(counters_of(decision))
    for key, wanted in expect.items():
        at = f"{where}: {key}"
        if key == "outcome":
            assert decision.outcome == wanted, at
        elif key == "total":
            assert same(decision.total, wanted), at
        elif key == "reasons":
            assert [reason.code for reason in decision.reasons] == wanted, at
        elif key == "missing":
            assert sorted(decision.missing) == sorted(wanted), at
        elif key == "fees":
            assert all(same(decision.fees[name], fee) for name, fee in wanted.items()), at
        elif key == "error":
            assert decision.error is not None and decision.error.code == wanted, at
        elif key == "counters":
            assert all(same(known.get(name), value) for name, value in wanted.items()), f"{at}: {known}"
        elif key == "benefits":
            for name, amounts in wanted.items():
                benefit = decision.benefits[name]
                amounts = amounts if isinstance(amounts, dict) else {"net": amounts}
                assert all(same(getattr(benefit, which), value) for which, value in amounts.items()), f"{at} {name}"
        elif key == "parts":
            parts = {part.plan: part for part in decision.parts}
            for name, of_part in wanted.items():
                if not isinstance(of_part, dict):
                    word = isinstance(of_part, str) and of_part.replace("_", "").isalpha()
                    of_part = {"outcome": of_part} if word and of_part != "null" else {"total": of_part}
                check(parts[name], of_part, f"{at} {name}", known)
        else:
            pytest.fail(f"{at}: no such key")


def settle(rules: huzhu.Ruleset, plans: list[str] | None, plan: huzhu.Plan, ledger: huzhu.Ledger, claim: dict, counters: dict, id: str, ask: str):
    """The decision, or the error of a claim that cannot be read."""
    try:
        if plans is not None:
            return rules.event(plans, claim, counters=counters, ledger=ledger, id=id)
        return plan.evaluate(claim, counters=counters, ledger=ledger, id=id, ask=ask)
    except huzhu.InputError as error:
        return error


@pytest.mark.parametrize("path", FILES, ids=[path.name.removesuffix(".examples.yaml") for path in FILES])
def test_examples(path: Path, rules: huzhu.Ruleset) -> None:
    file = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
    done = 0
    for example in file["examples"]:
        settings = example.get("with", [])
        under = rules.under(settings) if settings else rules
        plans = file.get("plans")
        plan = under[file["plan"] if plans is None else plans[0]]
        inputs = {name: info for id in (plans or [plan.id]) for name, info in under[id].inputs.items()}
        ledger = huzhu.Ledger(keep_claims=True)
        claims = example.get("claims", [{}])
        expects = example["expect"] if isinstance(example["expect"], list) else [example["expect"]]
        assert len(claims) == len(expects), example["id"]
        total = Decimal(0)
        known: dict[str, object] = {}
        standing: set[str] = set()
        for number, (claim, expect) in enumerate(zip(claims, expects, strict=True), 1):
            where = f"{path.name} {example['id']} claim {number}"
            if "reverses" in claim:
                total += reverse(ledger, plan, plans, claim["reverses"], expect, where)
                standing.discard(claim["reverses"])
                done += 1
                continue
            whole = {**file.get("given", {}), **example.get("given", {}), **claim}
            whole = {name: typed(inputs, name, value) for name, value in whole.items()}
            # Counters are given until a claim has moved them, and again when all that did are taken back.
            given = {name: {"true": True, "false": False}.get(text, text) for name, text in example.get("counters", {}).items()} if not standing else {}
            known.update(given)
            decision = settle(under, plans, plan, ledger, whole, given, str(number), example.get("ask", "claim"))
            if isinstance(decision, huzhu.InputError):
                assert expect.get("error", decision.code) == decision.code and expect.get("outcome", "error") == "error", f"{where}: {decision}"
            else:
                check(decision, expect, where, known)
                total += decision.total or 0
                if any(part.counters for part in (decision, *decision.parts)):
                    standing.add(str(number))
            done += 1
        if "sum" in example:
            assert same(total, example["sum"]), f"{path.name} {example['id']}: the sum is {total}"
    assert done >= len(file["examples"])


def reverse(ledger: huzhu.Ledger, plan: huzhu.Plan, plans: list[str] | None, id: str, expect: dict, where: str) -> Decimal:
    """What taking back pays: a negative amount."""
    try:
        said = ledger.reverse(plan, id)
    except huzhu.NotReversibleError:
        assert expect["outcome"] == "error" and expect.get("error", "R_NOT_REVERSIBLE") == "R_NOT_REVERSIBLE", where
        return Decimal(0)
    except huzhu.NotFoundError:
        assert expect["outcome"] == "error" and expect.get("error", "R_NO_CLAIM") == "R_NO_CLAIM", where
        return Decimal(0)
    assert expect.get("outcome", "reversed") == "reversed" and said["outcome"] == "reversed", where
    if "total" in expect:
        assert same(Decimal(said["total"]), expect["total"]), where
    return Decimal(said["total"])
