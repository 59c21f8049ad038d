"""What callers write, for mypy alone: it is never run."""

from datetime import date
from decimal import Decimal

import huzhu


def settle(rules: huzhu.Ruleset) -> Decimal:
    plan: huzhu.Plan = rules["inpatient-allowance"]
    decision: huzhu.Decision = plan.evaluate(admitted=date(2024, 1, 8), hospital_level=3, fresh=True)
    net: Decimal = decision.benefits["allowance"].net
    codes: list[str] = [reason.code for reason in decision.reasons]
    print(codes, decision.explain("en"), plan.inputs["cause"].codes["illness"].zh)
    return decision.total if decision.total is not None else net


def frames(plan: huzhu.Plan) -> None:
    tables: dict[str, object] = {}
    plan.evaluate_frame({}, counters="carried", tables=tables, floats="round-half-even", threads=2)
    study: huzhu.Study = plan.study({"baseline": {}, "more": {"inpatient-allowance.daily_amount": Decimal(60)}})
    study.tally({}, by=["sex"], quantiles=[50])
