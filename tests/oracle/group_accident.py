#!/usr/bin/env python3
"""An independent oracle for the plan group-accident (团体意外), on exact integers, money in fen.

Written from the facts (section 5, its worked examples), the plan's inputs, the format's rules and the contract: it takes
nothing from the rule file or the engine. Where the facts leave a choice, the reading taken is marked "Reading".

    group_accident.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import judging
import kit
import making
from judging import Benefit, judge
from kit import absent, both, dump, incomplete, known, lift, refused, yuan

PLAN = "group-accident"
START = datetime.date(2017, 1, 1)                # reading: the report of 2017
FEES = {"tier_26": 26_00, "tier_50": 50_00, "tier_74": 74_00, "tier_100": 100_00}
AMOUNTS = {"tier_26": 15000_00, "tier_50": 30000_00, "tier_74": 45000_00, "tier_100": 60000_00}  # one published, the rest suggested
CAUSES = ("no_exclusion", "illness", "self_harm", "drink_driving", "war")
SMALL_STAFF, LOWEST, HIGHEST = 30, 16, 60

SPEC = {"member": "key", "cover": "key", "event": "key", "cover_start": "date", "cover_end": "date", "happened": "date",
        "harm": ("code", ("death", "disability")), "grade": ("number", 0, 1, 10), "excluded_cause": ("code", CAUSES),
        "tier": ("code", tuple(FEES)), "age": "count", "staff": "count", "enrolled": "count"}
PAID = "paid_for_accident"


class Oracle(kit.Oracle):
    inputs, counters, starts = making.readers_of(SPEC), {PAID: lambda value: kit.ranged(value, 2, 0)}, {PAID: 0}

    @staticmethod
    def terms(inputs):
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        term["excluded_cause"] = known(inputs.get("excluded_cause", "no_exclusion"))
        if "harm" not in inputs:
            term["grade"] = term["harm"]
        elif inputs["harm"] == "death":
            term["grade"] = known(None)
        return term

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = self.terms(inputs)
        if term["staff"][1]:
            enough = term["staff"]
        else:
            staff = inputs["staff"]
            enough = lift(lambda enrolled: enrolled == staff if staff < SMALL_STAFF else enrolled * 2 >= staff, term["enrolled"])
        conditions = (("AGE", lift(lambda age: LOWEST <= age <= HIGHEST, term["age"]), None), ("TOO_FEW_TAKE_PART", enough, None))
        answer, _ = judge((), conditions, [], term["tier"][1])
        answer = answer or {"outcome": "accepted", "fees": [["fee", yuan(FEES[inputs["tier"]])]], "reasons": []}
        answer.pop("total", None)
        return answer

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        start = inputs["cover_start"]
        if start < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = self.terms(inputs)
        in_cover = both(lift(lambda day: day >= start, term["happened"]), lift(lambda day, end: day <= end, term["happened"], term["cover_end"]))
        conditions = (("NOT_IN_COVER", in_cover, None),
                      ("EXCLUDED_CAUSE", lift(lambda cause: cause == "no_exclusion", term["excluded_cause"]), None))
        key = (inputs.get("member"), inputs.get("event"))
        before = self.counter(PAID, given, key)
        needed = frozenset(name for name in ("member", "event") if name not in inputs) | before[1]
        full = lift(lambda tier: AMOUNTS[tier], term["tier"])
        benefits = [Benefit("death", lift(lambda harm: harm == "death", term["harm"]), full),
                    Benefit("disability", lift(lambda harm: harm == "disability", term["harm"]),
                            lift(lambda amount, grade: None if grade is None else amount * (110 - 10 * grade) // 100, full, term["grade"]))]
        answer, paying = judge((), conditions, benefits, needed)
        if answer:
            return answer
        (benefit, _), = paying[1]
        gross = benefit.gross[0]
        net = min(gross, max(0, gross - before[0]))
        reasons = [["ALREADY_PAID_FOR_ACCIDENT", "cap"]] if net < gross else []
        self.keep(PAID, key, before[0] + net)
        return {"outcome": "paid" if net else "nothing_due", "total": yuan(net), "reasons": reasons,
                "benefits": [[benefit.name, yuan(gross), [["ALREADY_PAID_FOR_ACCIDENT", yuan(gross), yuan(before[0]), yuan(gross - net)]], yuan(net)]],
                "counters": {PAID: [{"member": key[0], "event": key[1]}, "CNY", yuan(before[0]), yuan(net), yuan(before[0] + net)]}}


class Maker(making.Maker):
    spec, counter_names = SPEC, (PAID,)

    def given(self):
        return {PAID: self.random.choice(("0", "0.00", 36000, "6000.00", "60000.00", "0.01", 15000))}

    def sequence(self, number):
        r = self.random
        start = self.near(START, datetime.date(2018, 7, 1), datetime.date(2024, 1, 1), reach=300)
        end = start + datetime.timedelta(days=r.choice((364, 365, 364, -1)))
        tier = r.choice(tuple(FEES))
        for event in range(r.choice((1, 1, 2))):
            happened = r.choice((start + datetime.timedelta(days=r.randint(-5, 370)), self.near(start, end)))
            for harm in r.choice((("death",), ("disability",), ("disability", "death"), ("disability", "disability", "death"))):
                claim = {"member": "m%d" % number, "cover": "c", "event": "e%d" % event, "cover_start": start, "cover_end": end,
                         "happened": happened, "harm": harm, "tier": tier, "age": r.choice((15, 16, 17, 40, 59, 60, 61)),
                         "staff": r.choice((0, 1, 25, 29, 30, 31, 40, 101))}
                claim["enrolled"] = r.choice((claim["staff"], claim["staff"] // 2, (claim["staff"] + 1) // 2, max(0, claim["staff"] - 1)))
                if harm == "disability" or self.chance(0.05):
                    claim["grade"] = r.randint(1, 10)
                if self.chance(0.15):
                    claim["excluded_cause"] = r.choice(CAUSES)
                yield claim


def worked():
    base = dict(member="m", cover="c", event="e", cover_start="2017-01-01", cover_end="2017-12-31", happened="2017-07-01", harm="death",
                tier="tier_100", age=40, staff=40, enrolled=40)
    problems = []

    def check(name, claims, total, codes):
        oracle, fen, answer = Oracle("carry"), 0, {}
        for claim in claims:
            answer = oracle.settle(dump({**base, **claim}))
            fen = kit.decimal_of(answer.get("total") or "0", 2)
        fees = answer.get("fees")
        shown = fees[0][1] if fees else yuan(fen)
        if shown != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  %s: %s" % (name, answer)))
    check("AC-03", [dict(ask="enrolment", tier="tier_74")], "74.00", [])
    check("AC-05", [dict(excluded_cause="drink_driving")], "0.00", ["EXCLUDED_CAUSE"])
    check("AC-06", [dict(ask="enrolment", age=61)], "0.00", ["AGE"])
    check("AC-07", [dict(ask="enrolment", staff=25, enrolled=24)], "0.00", ["TOO_FEW_TAKE_PART"])
    check("AC-08", [dict(ask="enrolment", staff=40, enrolled=20)], "100.00", [])
    check("AC-10", [dict(tier="tier_50")], "30000.00", [])
    check("AC-11", [dict(tier="tier_26")], "15000.00", [])
    check("AC-12", [dict(harm="disability", grade=1)], "60000.00", [])
    check("AC-14", [dict(harm="disability", grade=10)], "6000.00", [])
    check("AC-15", [dict(harm="disability", grade=5), {}], "24000.00", ["ALREADY_PAID_FOR_ACCIDENT"])
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER", "EXCLUDED_CAUSE",
           "AGE", "TOO_FEW_TAKE_PART", "ALREADY_PAID_FOR_ACCIDENT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
