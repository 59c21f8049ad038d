"""First steps: one claim, the reasons, many claims at once.

    pip install ./bindings/python polars && python examples/python/01_first_steps.py
"""

from datetime import date

import huzhu
import polars as pl

rules = huzhu.load("beijing")
plan = rules["inpatient-allowance"]
print(rules)

# One claim. A cover that is new has no counters yet: fresh=True says so.
cover = {"member": "M-1", "cover": "2024", "cover_start": date(2024, 1, 1), "cover_end": date(2024, 12, 31)}
stay = {**cover, "admitted": date(2024, 3, 1), "discharged": date(2024, 3, 11), "hospital_level": 3, "cause": "illness"}
decision = plan.evaluate(stay, fresh=True)
print(decision.outcome, decision.total)
print(decision.explain("en"))

# The next claim of the cover finds what the first left. A ledger keeps it, for whoever has no database.
ledger = huzhu.Ledger()
for first, last in [(date(2024, 3, 1), date(2024, 8, 20)), (date(2024, 9, 1), date(2024, 9, 30))]:
    decision = plan.evaluate({**stay, "admitted": first, "discharged": last}, ledger=ledger)
    print(decision.total, [reason.code for reason in decision.reasons])

# What is not covered is an answer, too: a reason with a text.
refused = plan.evaluate({**stay, "hospital_level": 1}, fresh=True)
print(refused.outcome, refused.reasons[0].code)

# Many claims: a frame in, a frame out, a row for each row.
frame = pl.DataFrame(
    {
        **{name: [value] * 3 for name, value in cover.items()},
        "admitted": [date(2024, 3, 1), date(2024, 4, 1), date(2023, 12, 1)],
        "discharged": [date(2024, 3, 11), date(2024, 4, 3), date(2023, 12, 9)],
        "hospital_level": [3, 1, 3],
        "cause": ["illness"] * 3,
    }
)
print(plan.evaluate_frame(frame, columns=["outcome", "reason", "total"], counters="carried"))
