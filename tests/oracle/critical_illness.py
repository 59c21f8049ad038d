#!/usr/bin/env python3
"""An independent oracle for the plan critical-illness (重大疾病), on exact integers, money in yuan.

Written from the facts (section 3, its worked examples), the plan's inputs, the format's rules and the contract: it takes
nothing from the rule file or the engine. Where the facts leave a choice, the reading taken is marked "Reading".

    critical_illness.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import re
import sys

import judging
import kit
import making
from judging import Benefit, judge, unknown
from kit import absent, both, dump, either, incomplete, known, lift, negate, refused, text_of, yuan

PLAN = "critical-illness"
FIRST, SECOND, THIRD = datetime.date(2005, 8, 1), datetime.date(2012, 11, 1), datetime.date(2019, 1, 1)  # reading: the later two
FEES = {1: 198, 2: 90, 3: 40}
CLASS_A = ("cancer", "kidney_failure", "aplastic_anaemia", "liver_failure", "stroke", "infarct")
CLASS_B = ("valve", "bypass", "brain_tumour", "transplant", "aorta")
DISEASES = ("cancer", "in_situ", "kidney_failure", "aplastic_anaemia", "liver_failure", "stroke", "infarct", "valve", "bypass",
            "brain_tumour", "transplant", "aorta", "other")
# What a code beside a disease says, where it says anything: help for the list (C00-C97, D00-D09, I21-I22, …).
ICD = ((r"C(?!44)\d\d.*", "cancer"), (r"C44.*", "in_situ"), (r"D0[0-9].*", "in_situ"))

SPEC = {"member": "key", "cover": "key", "cover_start": "date", "cover_end": "date", "previous_cover_end": "date", "diagnosed": "date",
        "disease": ("code", DISEASES), "had_before": "flag", "units": ("number", 0, 1, 99), "age": "count",
        "sex": ("code", ("female", "male")), "staff": "count", "enrolled": "count"}
PAID, ENDED = "already_paid", "cover_ended"


def version_of(start):
    return 3 if start >= THIRD else 2 if start >= SECOND else 1


class Oracle(kit.Oracle):
    inputs = {**making.readers_of(SPEC), "icd10": text_of, "hospital_level": lambda value: kit.ranged(value, 0, 1, 3)}
    counters, starts = {PAID: kit.flag_of, ENDED: kit.flag_of}, {PAID: False, ENDED: False}

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < FIRST:
            return refused(["PLAN_NOT_IN_FORCE"])
        version = version_of(inputs["cover_start"])
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        if version < 3:
            age = lift(lambda sex, age: age < (55 if sex == "female" else 60), term["sex"], term["age"])
        else:
            age = lift(lambda years: 16 <= years <= 60, term["age"])
        if term["staff"][1]:
            enough = term["staff"]
        else:
            staff = inputs["staff"]
            enough = lift(lambda enrolled: enrolled == staff if staff <= 20 else enrolled * 100 >= staff * 80, term["enrolled"])
        # Reading: the floor of the staff is the same in all versions; N32: too many units are refused when joining.
        few = lift(lambda units: units <= (4 if version == 3 else 2), term["units"])
        conditions = (("TOO_FEW_TAKE_PART", enough, None), ("AGE", age, None), ("TOO_MANY_UNITS", few, None))
        answer, _ = judge((), conditions, [], term["units"][1])
        answer = answer or {"outcome": "accepted", "fees": [["fee", yuan(FEES[version] * inputs["units"] * 100)]], "reasons": []}
        answer.pop("total", None)
        return answer

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        start = inputs["cover_start"]
        if start < FIRST:
            return refused(["PLAN_NOT_IN_FORCE"])
        version = version_of(start)
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        term["had_before"] = known(inputs.get("had_before", False))
        in_cover = both(lift(lambda day: day >= start, term["diagnosed"]),
                        lift(lambda day, end: day <= end, term["diagnosed"], term["cover_end"]))
        disease = term["disease"]
        operation = lift(lambda d: d in CLASS_B, disease)
        covered = lift(lambda d: d in CLASS_A + CLASS_B or d == "in_situ", disease)
        ended = self.counter(ENDED, given, (inputs.get("member"), inputs.get("cover")))
        paid = self.counter(PAID, given, (inputs.get("member"), inputs.get("disease")))
        renewed = known("previous_cover_end" in inputs and (start - inputs["previous_cover_end"]).days <= 1)
        day = lift(lambda diagnosed: (diagnosed - start).days + 1, term["diagnosed"])
        exempt = judging.TRUE
        if version == 3 and not renewed[0]:
            exempt = either(negate(in_cover), lift(lambda number: number > 30, day))
        conditions = (
            ("NOT_IN_COVER", in_cover, None),
            ("NOT_A_COVERED_DISEASE", covered, None),
            ("IN_SITU_EXCLUDED", lift(lambda d: d != "in_situ", disease) if version == 3 else judging.TRUE, None),
            ("HAD_BEFORE", either(negate(term["had_before"]), operation) if version < 3 else negate(term["had_before"]), None),
            ("ALREADY_PAID_DISEASE", negate(paid), None),
            ("COVER_ENDED", negate(ended), None),
            ("IN_EXEMPT_PERIOD", exempt, None),
        )
        needed = frozenset(name for name in ("member", "cover", "disease") if name not in inputs)
        answer, paying = judge((), conditions, [Benefit("critical", judging.TRUE, self.gross(version, term, renewed[0], day))], needed)
        return answer if answer else self.pay(inputs, version, paying, paid[0], ended[0])

    @staticmethod
    def gross(version, term, renewed, day):
        """Yuan, for the units that count."""
        units = lift(lambda n: min(n, 4 if version == 3 else 2), term["units"])
        if version == 2:
            return (None, units[1] | unknown("amount")[1])
        if version == 1:
            each = lift(lambda disease, had: 5000 if disease == "in_situ" or had else 10000, term["disease"], term["had_before"])
        elif renewed:
            each = known(10000)
        else:
            each = lift(lambda number: 1000 if number <= 60 else 10000, day)
        return lift(lambda n, amount: n * amount, units, each)

    def pay(self, inputs, version, paying, paid, ended):
        amount = paying[1][0][0].gross[0]
        limit = 4 if version == 3 else 2
        units = min(inputs["units"], limit)
        member = inputs["member"]
        self.keep(PAID, (member, inputs["disease"]), True)
        self.keep(ENDED, (member, inputs["cover"]), True)
        return {"outcome": "paid", "total": yuan(amount * 100), "reasons": [["UNITS_LIMIT", "cap"]] if units < inputs["units"] else [],
                "benefits": [["critical", yuan(amount * 100), [], yuan(amount * 100)]],
                "values": [["paid_units", str(inputs["units"]), [["UNITS_LIMIT", str(limit), "0", str(inputs["units"] - units)]], str(units)]],
                "counters": {PAID: [{"member": member, "disease": inputs["disease"]}, None, paid, None, True],
                             ENDED: [{"member": member, "cover": inputs["cover"]}, None, ended, None, True]}}


class Maker(making.Maker):
    spec, counter_names = SPEC, (PAID, ENDED)

    def given(self):
        return {PAID: self.chance(0.15), ENDED: self.chance(0.15)}

    def sequence(self, number):
        r = self.random
        start = self.near(FIRST, SECOND, THIRD, datetime.date(2010, 3, 1), datetime.date(2020, 2, 29), datetime.date(2024, 1, 1), reach=400)
        previous, favourite = r.choice((None, None, 0)), r.choice(DISEASES)
        for cover in range(r.choice((1, 1, 2, 3))):
            length = 365 if start >= THIRD else 1096
            end = start + datetime.timedelta(days=length - 1)
            if previous == 0:
                previous = start - datetime.timedelta(days=r.choice((0, 1, 1, 2, 15, 100)))
            for _ in range(r.choice((1, 1, 2))):
                day = r.choice((1, 29, 30, 31, 32, 59, 60, 61, 62, 0, length, length + 1, r.randint(1, length), r.randint(61, length)))
                claim = {"member": "m%d" % number, "cover": "c%d" % cover, "cover_start": start, "cover_end": end,
                         "diagnosed": start + datetime.timedelta(days=day - 1), "disease": r.choice((favourite, r.choice(DISEASES), "cancer")),
                         "units": r.choice((1, 2, 2, 3, 4, 5)), "age": r.choice((15, 16, 17, 40, 54, 55, 56, 59, 60, 61)),
                         "sex": r.choice(("female", "male")), "staff": r.choice((0, 1, 19, 20, 21, 100, 101))}
                claim["enrolled"] = r.choice((claim["staff"], claim["staff"] * 4 // 5, (claim["staff"] * 4 + 4) // 5, max(0, claim["staff"] - 1)))
                if previous is not None:
                    claim["previous_cover_end"] = previous
                if self.chance(0.15):
                    claim["had_before"] = self.chance(0.7)
                yield claim
            previous = end
            start = end + datetime.timedelta(days=r.choice((1, 1, 1, 2, 16)))


def worked():
    base = dict(member="m", cover="c", cover_start="2005-08-01", cover_end="2008-07-31", diagnosed="2006-01-01", disease="cancer", units=2,
                age=40, sex="female", staff=100, enrolled=100)
    year = dict(cover_start="2024-01-01", cover_end="2024-12-31")
    cases = (("CI-01", dict(disease="kidney_failure"), "20000.00", []), ("CI-02", dict(units=1), "10000.00", []),
             ("CI-05", dict(units=1, disease="valve", had_before=True), "5000.00", []), ("CI-06", dict(units=3), "20000.00", ["UNITS_LIMIT"]),
             ("CI-07", dict(ask="enrolment"), "396.00", []), ("CI-10", dict(ask="enrolment", enrolled=80, units=1), "198.00", []),
             ("CI-11", dict(ask="enrolment", cover_start="2016-02-01"), "180.00", []), ("CI-12", dict(ask="enrolment", **year), "80.00", []),
             ("CI-13", dict(ask="enrolment", units=4, **year), "160.00", []), ("CI-16", dict(units=4, diagnosed="2024-03-01", **year), "40000.00", []))
    problems = []
    for name, claim, total, codes in cases:
        answer = Oracle("carry").settle(dump({**base, **claim}))
        shown = answer["fees"][0][1] if "fees" in answer else answer.get("total")
        if shown != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  %s: %s" % (name, answer)))
    return problems


REACHED = ("paid", "refused", "incomplete", "undetermined", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER", "NOT_A_COVERED_DISEASE",
           "IN_SITU_EXCLUDED", "HAD_BEFORE", "ALREADY_PAID_DISEASE", "COVER_ENDED", "IN_EXEMPT_PERIOD", "TOO_FEW_TAKE_PART", "AGE", "TOO_MANY_UNITS", "UNITS_LIMIT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
