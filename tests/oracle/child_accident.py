#!/usr/bin/env python3
"""An independent oracle for the plan child-accident (子女意外), on exact integers, money in fen.

Written from the facts (section 6, its worked examples), the plan's inputs, the format's rules and the contract: it takes
nothing from the rule file or the engine. Where the facts leave a choice, the reading taken is marked "Reading".

    child_accident.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import judging
import kit
import making
from judging import Benefit, judge, unknown
from kit import absent, both, dump, incomplete, known, lift, refused, yuan

PLAN = "child-accident"
START, RAISED = datetime.date(2007, 3, 1), datetime.date(2017, 1, 1)
FEE, MOST_UNITS, MAXIMUM_A_UNIT, LUMP, DAILY, MOST_DAYS, AGE = 50_00, 4, 34400_00, 20000_00, 80_00, 180, 18

SPEC = {"member": "key", "child": "key", "cover": "key", "event": "key", "cover_start": "date", "cover_end": "date", "happened": "date",
        "harm": ("code", ("death", "disability")), "grade": ("number", 0, 1, 10), "hospital_days": "count", "child_born": "date",
        "is_accident": "flag", "units": ("number", 0, 1, 99)}
ACCIDENT, DAYS, PERIOD = "paid_for_accident", "days_for_accident", "paid_this_period"


def birthday(born):
    if born.year + AGE > datetime.MAXYEAR:
        raise kit.Malformed("beyond the calendar")
    try:
        return born.replace(year=born.year + AGE)
    except ValueError:
        return datetime.date(born.year + AGE, 2, 28)


class Oracle(kit.Oracle):
    inputs = making.readers_of(SPEC)
    counters = {ACCIDENT: lambda value: kit.ranged(value, 2, 0), DAYS: lambda value: kit.ranged(value, 0, 0),
                PERIOD: lambda value: kit.ranged(value, 2, 0)}
    starts = {ACCIDENT: 0, DAYS: 0, PERIOD: 0}

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        if "units" not in inputs:
            return incomplete({"units"})
        if inputs["units"] > MOST_UNITS:
            return refused(["TOO_MANY_UNITS"])
        return {"outcome": "accepted", "fees": [["fee", yuan(FEE * inputs["units"])]], "reasons": []}

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        start = inputs["cover_start"]
        if start < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        term["hospital_days"] = known(inputs.get("hospital_days", 0))
        if "harm" not in inputs:
            term["grade"] = term["harm"]
        elif inputs["harm"] == "death":
            term["grade"] = known(None)
        in_cover = both(lift(lambda day: day >= start, term["happened"]), lift(lambda day, end: day <= end, term["happened"], term["cover_end"]))
        conditions = (
            ("NOT_IN_COVER", in_cover, None),
            ("NOT_ACCIDENT", term["is_accident"], None),
            ("NOT_A_MINOR", lift(lambda born, day: day < birthday(born), term["child_born"], term["happened"]), None),
        )
        early = start < RAISED
        units = lift(lambda n: min(n, MOST_UNITS), term["units"])
        none = unknown("amount") if early else judging.TRUE

        def amount(term_of):
            return lift(lambda a, _: a, term_of, none)
        stay = known(term["hospital_days"][0] > 0)
        benefits = [
            Benefit("death", lift(lambda harm: harm == "death", term["harm"]), amount(lift(lambda n: n * LUMP, units))),
            Benefit("disability", lift(lambda harm: harm == "disability", term["harm"]),
                    amount(lift(lambda n, grade: None if grade is None else n * LUMP * (110 - 10 * grade) // 100, units, term["grade"]))),
            Benefit("daily_aid", stay, amount(units)),
        ]
        keys = {ACCIDENT: ("child", "event"), DAYS: ("child", "event"), PERIOD: ("child", "cover")}
        before = {name: self.counter(name, given, tuple(inputs.get(part) for part in key)) for name, key in keys.items()}
        used = (ACCIDENT, PERIOD) + ((DAYS,) if stay[0] else ())
        needed = frozenset(part for name in used for part in keys[name] if part not in inputs).union(*(before[name][1] for name in used))
        answer, paying = judge((), conditions, benefits, needed)
        if answer:
            return answer
        return self.pay(inputs, paying, keys, {name: before[name][0] for name in keys}, units[0])

    def pay(self, inputs, paying, keys, before, units):
        days = inputs.get("hospital_days", 0)
        room = max(0, MOST_DAYS - (before[DAYS] or 0))
        counted = min(days, room)
        period_room = max(0, MAXIMUM_A_UNIT * units - before[PERIOD])
        reasons, benefits, nets, asked = [], [], {}, [benefit.name for benefit, _ in paying[1]]
        earlier = []
        for benefit, _ in paying[1]:
            gross = counted * DAILY * units if benefit.name == "daily_aid" else benefit.gross[0]
            left, caps = gross, []
            if benefit.name != "daily_aid":
                left = min(left, max(0, gross - before[ACCIDENT]))
                caps.append(["ALREADY_PAID_FOR_ACCIDENT", yuan(gross), yuan(before[ACCIDENT]), yuan(gross - left)])
                if left < gross:
                    earlier.append("ALREADY_PAID_FOR_ACCIDENT")
            net = min(left, period_room)
            period_room -= net
            caps.append(["MAXIMUM_PER_PERSON", yuan(MAXIMUM_A_UNIT * units), yuan(before[PERIOD]), yuan(left - net)])
            if net < left:
                earlier.append("MAXIMUM_PER_PERSON")
            nets[benefit.name] = net
            benefits.append([benefit.name, yuan(gross), caps, yuan(net)])
        total = sum(nets.values())
        order = ("UNITS_LIMIT", "DAYS_LIMIT", "ALREADY_PAID_FOR_ACCIDENT", "MAXIMUM_PER_PERSON")
        cut = set(earlier)
        values = []
        if "daily_aid" in asked and counted < days:
            cut.add("DAYS_LIMIT")
        if units < inputs["units"]:
            cut.add("UNITS_LIMIT")
        values.append(["paid_units", str(inputs["units"]), [["UNITS_LIMIT", str(MOST_UNITS), "0", str(inputs["units"] - units)]], str(units)])
        if "daily_aid" in asked:
            values.append(["aid_days", str(days), [["DAYS_LIMIT", str(MOST_DAYS), str(before[DAYS]), str(days - counted)]], str(counted)])
        reasons = [[code, "cap"] for code in order if code in cut]
        if not total and not reasons:
            reasons = [["ZERO_AMOUNT", "nothing"]]
        lump = nets.get("death", nets.get("disability", 0))
        changes = {ACCIDENT: lump, PERIOD: total, DAYS: counted if "daily_aid" in asked else 0}
        counters = {}
        for name, key in keys.items():
            if before[name] is None:
                continue
            values_of = tuple(inputs.get(part) for part in key)
            show = (lambda n: str(n)) if name == DAYS else yuan
            counters[name] = [dict(zip(key, values_of)), "days" if name == DAYS else "CNY", show(before[name]), show(changes[name]),
                              show(before[name] + changes[name])]
            self.keep(name, values_of, before[name] + changes[name])
        return {"outcome": "paid" if total else "nothing_due", "total": yuan(total), "reasons": reasons, "benefits": benefits,
                "values": values, "counters": counters}


class Maker(making.Maker):
    spec, counter_names = SPEC, (ACCIDENT, DAYS, PERIOD)

    def given(self):
        return {ACCIDENT: self.random.choice(("0", 0, 8000, "20000.00")), DAYS: self.random.choice((0, 0, 179, 180, 200, "3")),
                PERIOD: self.random.choice(("0.00", 0, "137000.00", 137600, 34400))}

    def sequence(self, number):
        r = self.random
        start = self.near(START, RAISED, RAISED, datetime.date(2018, 7, 1), datetime.date(2020, 2, 29), reach=300)
        end = start + datetime.timedelta(days=r.choice((364, 365, -1 if self.chance(0.1) else 364)))
        units = r.choice((1, 2, 3, 4, 4, 5))
        for event in range(r.choice((1, 1, 2))):
            happened = r.choice((start + datetime.timedelta(days=r.randint(-5, 370)), self.near(start, end)))
            born = r.choice((happened - datetime.timedelta(days=r.randint(0, 6500)), self.near(happened.replace(day=min(28, happened.day), year=happened.year - 18))))
            for harm in r.choice((("death",), ("disability",), ("disability", "death"), ("disability", "disability"))):
                claim = {"member": "m%d" % number, "child": "k%d" % number, "cover": "c", "event": "e%d" % event, "cover_start": start,
                         "cover_end": end, "happened": happened, "harm": harm, "child_born": born, "is_accident": self.chance(0.95), "units": units}
                if harm == "disability" or self.chance(0.05):
                    claim["grade"] = r.randint(1, 10)
                if self.chance(0.5):
                    claim["hospital_days"] = r.choice((0, 1, 20, 179, 180, 181, 400))
                yield claim


def worked():
    base = dict(member="m", child="k", cover="c", event="e", cover_start="2018-01-01", cover_end="2018-12-31", happened="2018-05-01",
                harm="death", child_born="2010-01-01", is_accident=True, units=1)
    cases = (("CH-01", dict(ask="enrolment"), "50.00", []), ("CH-02", dict(ask="enrolment", units=4), "200.00", []),
             ("CH-09", dict(is_accident=False), "0.00", ["NOT_ACCIDENT"]), ("CH-10", dict(child_born="2000-05-01"), "0.00", ["NOT_A_MINOR"]),
             ("CH-11", {}, "20000.00", []), ("CH-12", dict(units=4), "80000.00", []),
             ("CH-13", dict(units=4, harm="disability", grade=1, hospital_days=180), "137600.00", []))
    problems = []
    for name, claim, total, codes in cases:
        answer = Oracle("carry").settle(dump({**base, **claim}))
        shown = answer["fees"][0][1] if "fees" in answer else answer.get("total")
        if shown != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  %s: %s" % (name, answer)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER",
           "NOT_ACCIDENT", "NOT_A_MINOR", "TOO_MANY_UNITS", "MAXIMUM_PER_PERSON")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
