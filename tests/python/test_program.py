"""Claims that Hypothesis makes get from Python the bytes that the program prints: single claims, with a ledger, and frames."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import huzhu
from conftest import RULESET

RULES = huzhu.load("beijing")
DAYS = st.one_of(
    st.dates(date(2010, 1, 1), date(2025, 12, 31)), st.sampled_from([date(2015, 6, 30), date(2015, 7, 1), date(2020, 2, 29)])
)
TEXTS = {"icd10": st.sampled_from(["C50", "C50.9", "D05.1", "C53", "D39.2", "A00", "C56"])}


def value(info: huzhu.Input) -> st.SearchStrategy[object]:
    """Values that the input takes, mostly, as Python has them."""
    kinds: dict[str, st.SearchStrategy[object]] = {
        "key": st.sampled_from(["M1", "M2", "职工-3", "𠮷"]),
        "date": DAYS,
        "boolean": st.booleans(),
        "code": st.sampled_from(list(info.codes) or ["none"]),
        "text": TEXTS.get(info.name, st.text(max_size=5)),
        "count": st.integers(0, 200),
        "money": st.decimals(0, 400000, places=2, allow_nan=False),
        "rate": st.decimals(0, Decimal("0.2"), places=4, allow_nan=False),
        "number": st.decimals(0, 100, places=max(info.scale, 0), allow_nan=False),
    }
    return kinds[info.type]


def claims(plan: huzhu.Plan) -> st.SearchStrategy[list[dict[str, object]]]:
    required = {name: value(info) for name, info in plan.inputs.items() if info.need == "required"}
    others = {name: value(info) for name, info in plan.inputs.items() if info.need != "required"}
    return st.lists(st.fixed_dictionaries(required, optional=others), min_size=20, max_size=40)


def line(claim: dict[str, object]) -> str:
    plain = {name: item.isoformat() if isinstance(item, date) else str(item) if isinstance(item, Decimal) else item for name, item in claim.items()}
    return json.dumps(plain, ensure_ascii=False)


def printed(program: str, plan: huzhu.Plan, lines: list[str], *options: str) -> list[str]:
    command = [program, "eval", str(RULESET), "--plan", plan.id, *options]
    done = subprocess.run(command, input="".join(f"{line}\n" for line in lines).encode(), capture_output=True, timeout=60)
    return done.stdout.decode().splitlines()


FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)


@pytest.mark.parametrize("id", list(RULES))
def test_single_claims(id: str, program: str) -> None:
    plan = RULES[id]

    @FEW
    @given(claims(plan))
    def hold(made: list[dict[str, object]]) -> None:
        ledger = huzhu.Ledger()
        expected = printed(program, plan, [line(claim) for claim in made], "--carry")
        for number, (claim, bytes) in enumerate(zip(made, expected, strict=True), 1):
            try:
                got = plan.evaluate(claim, ledger=ledger).to_json("zh", number)
            except huzhu.InputError as error:
                said = json.loads(bytes)["error"]
                assert (error.code, error.message, error.hint, error.input) == (said["code"], said["message"], said.get("hint", ""), said.get("input", ""))
            else:
                assert got == bytes

    hold()


@pytest.mark.parametrize("id", list(RULES))
def test_rows(id: str, program: str) -> None:
    plan = RULES[id]

    @FEW
    @given(claims(plan))
    def hold(made: list[dict[str, object]]) -> None:
        frame = {name: [claim.get(name) for claim in made] for name in plan.inputs}
        got = plan.evaluate_frame(frame, counters="carried", columns=["outcome", "total", "error", "reasons"])
        expected = [json.loads(bytes) for bytes in printed(program, plan, [line(claim) for claim in made], "--carry")]
        for row, decision in enumerate(expected):
            assert got["outcome"][row] == decision["outcome"]
            assert str(got["total"][row]) == str(decision["total"])
            assert got["error"][row] == decision.get("error", {}).get("code")
            if not plan.parts:
                assert list(got["reasons"][row]) == [reason["code"] for reason in decision.get("reasons", [])]

    hold()
