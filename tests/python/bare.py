"""What a CPython without any package can do with the wheel: `python bare.py`. Prints nothing when all is well."""

from datetime import date
from decimal import Decimal

import huzhu

rules = huzhu.load("beijing")
assert len(rules) == 12, rules
plan = rules["inpatient-allowance"]
stay = dict(
    member="𠮷野家", cover="C1", cover_start=date(2024, 1, 1), cover_end=date(2024, 12, 31), admitted=date(2024, 1, 8),
    discharged=date(2024, 6, 20), hospital_level=3, cause="illness",
)
decision = plan.evaluate(stay, fresh=True)
assert (decision.outcome, decision.total) == ("paid", Decimal("6520.00")), decision
assert decision.counters["paid_this_period"].key["member"] == "𠮷野家"
assert "6520" in decision.explain("en") and "住院津贴" in decision.explain()
try:
    plan.evaluate(stay, hospital_level=9)
except huzhu.InputValueError as error:
    assert (error.code, error.input) == ("R_RANGE", "hospital_level"), error
else:
    raise AssertionError("out of range")
frame = plan.study({"as it is": {}}).plan
assert frame is plan
