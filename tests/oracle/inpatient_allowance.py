#!/usr/bin/env python3
"""An independent oracle for the plan inpatient-allowance (在职职工住院津贴), on exact integers, money in fen.

Written from the documents alone: the facts of the plan, its inputs, the format's rules on absence, counters, caps and
outcomes (N1-N4, N12-N14, N22, N25, N27-N31) and the contract. It has read neither the plan's rule file nor the engine,
and must not: where the two differ, the documents decide. Where they leave a choice, the reading taken is marked
"Reading" below; change one with a reason from a document, never because the engine answers otherwise.

    inpatient_allowance.py PROGRAM RULESET [CLAIMS [SEED]]

It makes CLAIMS claims from SEED, has PROGRAM settle them with --carry, with --fresh, and with neither but counters in
the claims, and compares every answer with its own. tests/oracle/run.sh calls it. Standard library only.
"""

import datetime
import json
import random
import sys

import kit
from kit import (BAD_DATES, BROKEN, FAR_DATES, Number, absent, at_least, both, code_of, date_of, decimal_of, dump,
                 dump_value, error, incomplete, key_of, known, lift, near, ranged, refused, turned, yuan)

PLAN = "inpatient-allowance"

# --- the plan ----------------------------------------------------------------------------------------------------

PLAN_FROM = datetime.date(2011, 1, 1)
SECOND_VERSION = datetime.date(2015, 7, 1)  # from the 4th day before, from the 2nd day since
DAILY_FEN = 40_00
DAYS_LIMIT = 180
PERIOD_CAP_FEN = 7200_00
FEE_FEN = 60_00
LOWEST_LEVEL = 2

KEYS = ("member", "cover")
DATES = ("cover_start", "cover_end", "admitted", "discharged")
CAUSES = ("illness", "accident", "psychiatric")
INPUTS = KEYS + DATES + ("hospital_level", "cause")
DAYS, PAID = "days_this_period", "paid_this_period"

READERS = {"member": key_of, "cover": key_of, "cause": code_of(CAUSES),
           "hospital_level": lambda value: ranged(value, 0, 1, 3), **{name: date_of for name in DATES}}
COUNTERS = {DAYS: lambda value: ranged(value, 0, 0), PAID: lambda value: ranged(value, 2, 0)}


# --- settling a claim --------------------------------------------------------------------------------------------

class Oracle(kit.Oracle):
    inputs, counters, starts = READERS, COUNTERS, {DAYS: 0, PAID: 0}
    daily, most = DAILY_FEN, PERIOD_CAP_FEN  # a package may say others

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < PLAN_FROM:
            return refused(["PLAN_NOT_IN_FORCE"])
        return {"outcome": "accepted", "fees": [["fee", yuan(FEE_FEN)]], "reasons": []}

    def decide(self, inputs, given):
        # The date that picks the version comes first: missing, it is all that is missing (N7); before the plan's
        # first day nothing of the plan is in force (N6). Reading: so neither are its checks.
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < PLAN_FROM:
            return refused(["PLAN_NOT_IN_FORCE"])

        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in INPUTS}
        names = set()

        check = both(at_least(term["discharged"], term["admitted"]), at_least(term["cover_end"], term["cover_start"]))
        if check == known(False):
            return error("DATES")
        names |= check[1]

        conditions = (
            ("NOT_IN_COVER", both(at_least(term["admitted"], term["cover_start"]),
                                  at_least(term["cover_end"], term["admitted"]))),
            ("EXCLUDED_CAUSE", lift(lambda cause: cause != "psychiatric", term["cause"])),
            ("HOSPITAL_LEVEL", lift(lambda level: level >= LOWEST_LEVEL, term["hospital_level"])),
        )
        failed = [code for code, held in conditions if held == known(False)]
        if failed:
            return refused(failed)
        for _, held in conditions:
            names |= held[1]

        unpaid = 1 if inputs["cover_start"] >= SECOND_VERSION else 3
        days = lift(lambda admitted, discharged: max(0, max(1, (discharged - admitted).days) - unpaid),
                    term["admitted"], term["discharged"])
        key = tuple(inputs.get(name) for name in KEYS)
        days_before, paid_before = (self.counter(name, given, key) for name in (DAYS, PAID))
        names = names.union(days[1], days_before[1], paid_before[1], *(term[name][1] for name in KEYS))
        if names:
            return incomplete(names)
        return self.pay(key, days[0], days_before[0], paid_before[0])

    def pay(self, key, days, days_before, paid_before):
        paid_days = min(days, max(0, DAYS_LIMIT - days_before))
        gross = paid_days * self.daily
        net = min(gross, max(0, self.most - paid_before))
        reasons = [[code, "cap"] for code, cut in (("DAYS_LIMIT", days - paid_days), ("PERIOD_CAP", gross - net)) if cut]
        if not net and not reasons:
            reasons = [["ZERO_AMOUNT", "nothing"]]
        days_after, paid_after = days_before + paid_days, paid_before + net
        self.keep(DAYS, key, days_after)
        self.keep(PAID, key, paid_after)
        where = dict(zip(KEYS, key))
        return {
            "outcome": "paid" if net else "nothing_due",
            "total": yuan(net),
            "benefits": [["allowance", yuan(gross),
                          [["PERIOD_CAP", yuan(self.most), yuan(paid_before), yuan(gross - net)]], yuan(net)]],
            "values": [["paid_days", str(days),
                        [["DAYS_LIMIT", str(DAYS_LIMIT), str(days_before), str(days - paid_days)]], str(paid_days)]],
            "reasons": reasons,
            "counters": {DAYS: [where, "days", str(days_before), str(paid_days), str(days_after)],
                         PAID: [where, "CNY", yuan(paid_before), yuan(net), yuan(paid_after)]},
        }


# --- making claims -----------------------------------------------------------------------------------------------

TURNS = [datetime.date(*day) for day in (
    (2011, 1, 1), (2015, 7, 1), (2012, 2, 29), (2016, 2, 29), (2020, 2, 29), (2024, 2, 29), (2014, 12, 31), (2016, 1, 1),
    (2018, 6, 30), (2100, 2, 28), (2000, 2, 29))]
STAYS = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 30), (6, 30), (31, 170), (171, 190), (191, 400))
BAD_LEVELS = (0, 4, -1, 100, 2.5, "2.5", "1e0", "three", "", "NaN", "0x2", "1,000", True, False, [], {}, 99999999999999999999)
GOOD_LEVELS = ("1", "2", "3", "2.0", "3.000", "1.00")
BAD_CAUSES = ("Illness", "illnes", "疾病", "", "none", "ILLNESS", 1, True, ["illness"], {})
BAD_COUNTERS = (-1, "-0.01", "x", "1e2", "", "0.001", True, [], {}, "1,000")
UNKNOWN = ("admited", "level", "Member", "paid_days", "allowance", "days_this_period", "", "入院日", "cover_start ")


class Maker:
    """Claims of many members, each with covers that have several stays; the stays of all are mixed in settlement."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = 0

    def cover(self, member, number):
        r = self.random
        start = near(r, r.choice(TURNS), r.choice((0, 1, 2, 2, 30, 400)))
        length = r.choice((364, 364, 364, 365, 364, 366, 0, 1, 30, 179, 1000, -1 if r.random() < 0.2 else 364))
        cover = {"member": "m%d" % member, "cover": r.choice(("c%d", "c%d", "c", "职工-%d")) .replace("%d", str(number)),
                 "cover_start": start, "cover_end": start + datetime.timedelta(days=length)}
        stays = []
        for _ in range(r.choice((1, 1, 2, 3, 5, 8))):
            if r.random() < 0.75:
                admitted = start + datetime.timedelta(days=r.randint(0, max(0, length)))
            elif r.random() < 0.7:
                admitted = near(r, r.choice((start, cover["cover_end"])), 1)
            else:
                admitted = near(r, r.choice(TURNS), 3)
            days = r.randint(*r.choice(STAYS)) if r.random() < 0.99 else -r.randint(1, 3)
            stay = dict(cover, admitted=admitted, discharged=admitted + datetime.timedelta(days=days),
                        hospital_level=r.choice((1, 2, 2, 2, 2, 3, 3, 3, 3, 3)),
                        cause=r.choice(("illness",) * 8 + ("accident",) * 8 + ("psychiatric",)))
            if r.random() < 0.01:  # the host's slip: another first day of the same cover
                stay["cover_start"] = near(r, start, 200)
            stays.append({key: str(value) if isinstance(value, datetime.date) else value for key, value in stay.items()})
        return stays

    def counters(self):
        r = self.random
        days = r.choice((0, 0, r.randint(0, 200), r.randint(170, 181), 179, 180, 181, 100000))
        fen = r.choice((0, days * DAILY_FEN, r.randint(0, 730000), 719999, 720000, 720001, 716000, 716001, 999999999))
        paid = yuan(fen)
        if r.random() < 0.2:
            days = r.choice((str(days), "%d.0" % days, Number("%d.00" % days)))
        if r.random() < 0.5:
            paid = r.choice((Number(paid), paid + "0", paid.rstrip("0").rstrip(".")))
        counters = {DAYS: days, PAID: paid}
        pick = r.random()
        if pick < 0.2:
            del counters[r.choice((DAYS, PAID))]
        elif pick < 0.3:
            counters[r.choice((DAYS, PAID))] = None
        return counters

    def spoil(self, claim):
        """One thing that hosts get wrong, or may leave out, in place; a whole line instead where it is no longer JSON."""
        r = self.random
        pick = r.random()
        if pick < 0.40:
            for name in r.sample(INPUTS, r.choice((1, 1, 1, 2, 3, 5))):
                if r.random() < 0.5:
                    claim[name] = None
                else:
                    claim.pop(name, None)
        elif pick < 0.52:
            claim[r.choice(DATES)] = r.choice(BAD_DATES + FAR_DATES * 3)
        elif pick < 0.60:
            claim["hospital_level"] = r.choice(BAD_LEVELS)
        elif pick < 0.66:
            claim["hospital_level"] = r.choice(GOOD_LEVELS)
        elif pick < 0.72:
            claim["cause"] = r.choice(BAD_CAUSES)
        elif pick < 0.75:
            claim[r.choice(UNKNOWN)] = r.choice((1, "x", None))
        elif pick < 0.78:
            claim[r.choice(KEYS)] = r.choice((True, [], {}))
        elif pick < 0.90:
            claim["ask"] = r.choice(("enrolment",) * 6 + ("claim", None, "enrollment", "", "Claim", 1, True))
        elif pick < 0.94:
            claim["counters"] = r.choice((None, {}, [], "0", 0, {DAYS: 0, "paid": 0}, {"stays": 1}))
        elif pick < 0.97:
            claim["counters"] = {DAYS: 0, PAID: 0, r.choice((DAYS, PAID)): r.choice(BAD_COUNTERS)}
        elif pick < 0.98:
            name = r.choice([name for name in INPUTS if claim.get(name) is not None] or ["id"])
            return dump(claim)[:-1] + ",%s:%s}" % (json.dumps(name), dump_value(claim[name]))
        else:
            return r.choice(BROKEN)
        return None

    def line(self, stay, way):
        r = self.random
        self.made += 1
        claim = {"id": "%s-%d" % (way, self.made), **stay}
        if r.random() < (0.9 if way == "given" else 0.06):
            claim["counters"] = self.counters()
        if r.random() < 0.3:  # the order of keys means nothing
            claim = turned(r, claim)
        if r.random() < 0.22:
            for _ in range(r.choice((1, 1, 1, 2))):
                broken = self.spoil(claim)
                if broken is not None:
                    return broken
        return dump(claim)

    def lines(self, count, way):
        """`count` lines; covers are open in turn, some at a time, so that their stays are mixed but keep their order."""
        r = self.random
        open_, lines, member = [], [], 0
        while len(lines) < count:
            while len(open_) < 40:
                member += 1
                for number in range(r.choice((1, 1, 2, 3))):
                    open_.append(self.cover(member if r.random() < 0.98 else max(1, member - 1), number))
            stays = r.choice(open_)
            lines.append(self.line(stays.pop(0), way))
            if not stays:
                open_.remove(stays)
        return lines


# The worked examples of the facts: id, first day of cover, days of each stay, counters given, sum of the totals.
WORKED = (
    ("DA-01", "2011-01-01", (10,), None, "280.00"), ("DA-03", "2011-01-01", (4,), None, "40.00"),
    ("DA-06", "2011-01-01", (10, 6), None, "400.00"), ("DA-08", "2015-07-01", (1,), None, "0.00"),
    ("DA-09", "2015-07-01", (2,), None, "40.00"), ("DA-10", "2015-07-01", (181,), None, "7200.00"),
    ("DA-11", "2015-07-01", (182,), None, "7200.00"),
    ("DA-12", "2015-07-01", (20,), {DAYS: 175, PAID: "7000.00"}, "200.00"),
    ("DA-15", "2015-01-01", (10,), None, "280.00"),
)


def worked():
    """Is the oracle itself true to the worked examples?"""
    problems = []
    for name, start, stays, counters, total in WORKED:
        oracle, fen = Oracle("carry"), 0
        first = datetime.date.fromisoformat(start)
        for days in stays:
            claim = {"id": name, "member": "m", "cover": "c", "cover_start": start,
                     "cover_end": str(first + datetime.timedelta(days=364)), "admitted": str(first),
                     "discharged": str(first + datetime.timedelta(days=days)), "hospital_level": 2, "cause": "illness"}
            answer = oracle.settle(dump(dict(claim, counters=counters)))
            fen += decimal_of(answer["total"], 2)
        if yuan(fen) != total:
            problems.append(("oracle and facts", "  %s: %s, not %s" % (name, yuan(fen), total)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER",
           "EXCLUDED_CAUSE", "HOSPITAL_LEVEL", "DATES", "DAYS_LIMIT", "PERIOD_CAP", "ZERO_AMOUNT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
