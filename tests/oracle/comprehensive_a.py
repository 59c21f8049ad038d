#!/usr/bin/env python3
"""An independent oracle for the package comprehensive-a (综合 A 类): its parts are answered by the oracles of their plans.

Written from the facts (section 7, its worked examples), the inputs, the format's rules and the contract.

    comprehensive_a.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import additional_death
import critical_illness
import group_accident
import inpatient_medical
import kit
import making
import packages
import womens_diseases
from kit import dump
from packages import Part

PLAN = "comprehensive-a"
PARTS = (
    Part("inpatient-medical", inpatient_medical, "treated"),
    Part("critical-illness", critical_illness, "disease", {"units": lambda inputs: inputs.get("ci_units"), "icd10": None}),
    Part("womens-diseases", womens_diseases, "icd10", {"units": 2}, women=True),
    Part("group-accident", group_accident, "happened", {"tier": "tier_50"}),  # reading: the unit that one pays for alone
    Part("additional-death", additional_death, "died"),
)
SPEC = {"ci_units": ("number", 0, 2, 4), "women_units": ("number", 0, 2, 2), "sex": ("code", ("female", "male"))}
MADE = {**inpatient_medical.SPEC, **SPEC, "diagnosed": "date", "disease": ("code", critical_illness.DISEASES), "happened": "date",
        "event": "key", "harm": ("code", ("death", "disability")), "grade": ("number", 0, 1, 10), "died": "date"}


def readers(parts, spec):
    out = {}
    for part in parts:
        out.update({name: read for name, read in part.module.Oracle.inputs.items() if name not in part.sets})
    return {**out, **making.readers_of(spec)}


class Oracle(packages.Oracle):
    start, parts, inputs = datetime.date(2019, 1, 1), PARTS, readers(PARTS, SPEC)


class Maker(packages.Maker):
    spec = MADE

    def stay(self, start, day):
        r = self.random
        claim = {"treated": start + datetime.timedelta(days=day), "care": r.choice(("stay", "stay", "special_clinic", "special_stay")),
                 "cause": r.choice(("illness", "accident")), "self_paid": self.money(self.amount(1300, 650, 6300))}
        if claim["care"] != "stay":
            claim["approval_form"] = self.chance(0.9)
        return claim


def worked():
    base = dict(member="m", cover="c", cover_start="2019-01-01", cover_end="2019-12-31", sex="female", ci_units=2)
    women = dict(icd10="C50.9", diagnosed="2019-04-10")
    stay = dict(treated="2019-04-10", care="stay", cause="illness")
    cases = (("PA-01", women, "30000.00"), ("PA-02", {**women, "icd10": "D05.1"}, "4000.00"), ("PA-03", {**stay, "self_paid": "6300"}, "3000.00"),
             ("PA-04", {**women, "icd10": "D05.1", **stay, "self_paid": "4300"}, "5800.00"), ("PA-09", dict(ci_units=5), None),
             ("PA-10", dict(women_units=1), None), ("PA-11", {**women, "disease": "cancer", **stay, "self_paid": "6300"}, "53000.00"),
             ("PA-12", dict(sex="male", ci_units=4, disease="cancer", diagnosed="2019-04-10"), "40000.00"))
    problems = []
    for name, claim, total in cases:
        answer = Oracle("carry").settle(dump({**base, **claim}))
        if answer["total"] != total or (total is None) != (answer["outcome"] == "error"):
            problems.append(("oracle and facts", "  %s: %s" % (name, answer)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
