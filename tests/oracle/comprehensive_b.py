#!/usr/bin/env python3
"""An independent oracle for the package comprehensive-b (综合 B 类): its parts are answered by the oracles of their plans.

Written from the facts (section 8, its worked examples), the inputs, the format's rules and the contract.

    comprehensive_b.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import additional_death
import critical_illness
import group_accident
import inpatient_allowance
import kit
import making
import packages
import womens_diseases
from kit import dump
from packages import Part

PLAN = "comprehensive-b"
PARTS = (
    Part("inpatient-allowance", inpatient_allowance, "admitted"),
    Part("critical-illness", critical_illness, "disease", {"units": lambda inputs: inputs.get("ci_units"), "icd10": None}),
    Part("womens-diseases", womens_diseases, "icd10", {"units": 2}, women=True),
    Part("group-accident", group_accident, "happened", {"tier": "tier_50"}),
    Part("additional-death", additional_death, "died"),
)
SPEC = {"ci_units": ("number", 0, 2, 4), "women_units": ("number", 0, 2, 2), "sex": ("code", ("female", "male"))}
MADE = {"member": "key", "cover": "key", "cover_start": "date", "cover_end": "date", "previous_cover_end": "date", "admitted": "date",
        "discharged": "date", "hospital_level": ("number", 0, 1, 3), "cause": ("code", ("illness", "accident", "psychiatric")), **SPEC, "diagnosed": "date", "disease": ("code", critical_illness.DISEASES), "happened": "date", "event": "key", "harm": ("code", ("death", "disability")), "grade": ("number", 0, 1, 10), "died": "date"}


def readers(parts, spec):
    out = {}
    for part in parts:
        out.update({name: read for name, read in part.module.Oracle.inputs.items() if name not in part.sets})
    return {**out, **making.readers_of(spec)}


class Allowance(inpatient_allowance.Oracle):
    """The daily allowance doubled: 80 a day, and 14,400 for 180 days (reading: the days stay)."""
    daily, most = 80_00, 14400_00


class Oracle(packages.Oracle):
    start, parts, inputs = datetime.date(2019, 1, 1), PARTS, readers(PARTS, SPEC)

    def make(self, part, way):
        return Allowance(way) if part.plan == "inpatient-allowance" else super().make(part, way)


class Maker(packages.Maker):
    spec = MADE

    def stay(self, start, day):
        r = self.random
        admitted = start + datetime.timedelta(days=day)
        return {"admitted": admitted, "discharged": admitted + datetime.timedelta(days=r.choice((0, 1, 2, 10, 91, 180, 181, 182, 200, -1))),
                "hospital_level": r.choice((1, 2, 3, 3)), "cause": r.choice(("illness", "illness", "accident", "psychiatric"))}


def worked():
    base = dict(member="m", cover="c", cover_start="2019-01-01", cover_end="2019-12-31", sex="female", ci_units=2, admitted="2019-03-01",
                hospital_level=3, cause="illness")
    cases = (("PB-01", (10,), "720.00"), ("PB-03", (2,), "80.00"), ("PB-04", (5, 8), "880.00"), ("PB-05", (91,), "7200.00"),
             ("PB-06", (181,), "14400.00"))
    problems = []
    for name, stays, total in cases:
        oracle, fen = Oracle("carry"), 0
        for days in stays:
            left = datetime.date(2019, 3, 1) + datetime.timedelta(days=days)
            fen += kit.decimal_of(oracle.settle(dump({**base, "discharged": str(left)}))["total"], 2)
        if kit.yuan(fen) != total:
            problems.append(("oracle and facts", "  %s: %s, not %s" % (name, kit.yuan(fen), total)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
