#!/usr/bin/env python3
"""An independent oracle for the plan medical-reimbursement (暖·互助“二次报销”), on exact rationals, money in fen.

Written from the facts of the plan (P1-1…P1-28, the suggestions I1-1…I1-11, the worked examples), its inputs, the format's
rules and the contract, case by case and without tables: it takes nothing from the rule file or the engine, and where they
differ from it the documents decide. Where those leave a choice, the reading taken is marked "Reading" below.

    medical_reimbursement.py PROGRAM RULESET [CLAIMS [SEED]]

Claims, ways of settling and comparison are those of kit.py. tests/oracle/run.sh calls it. Standard library only.
"""

import datetime
import random
import sys
from fractions import Fraction

import kit
from kit import (BAD_DATES, BAD_FLAGS, BAD_MONEY, BROKEN, FAR_DATES, GOOD_MONEY, NOTHING, Number, absent, code_of,
                 count_of, date_of, decimal_of, dump, dump_value, error, flag_of, incomplete, key_of, known, money_of,
                 refused, turned, yuan)

PLAN = "medical-reimbursement"

# --- the plan ----------------------------------------------------------------------------------------------------

FIRST_YEAR = 2012           # P1-6, P1-7
RAISE_YEAR = 2015           # I1-2
NO_OUTPATIENT_CAP_YEAR = 2023
END_OF_FEE_YEAR = 2017      # P1-21

CLASSES = ("ordinary", "model", "hardship")
FLAGS = ("in_service", "insured", "dues_paid", "managed", "card")
CODES = ("NOT_IN_SERVICE", "NOT_INSURED", "NO_DUES", "NOT_MANAGED", "NO_CARD")
ASKED = ("outpatient_to_date", "stay_self_paid", "over_cap_self_paid")
DEDUCTED = ("employer_supplement", "social_assistance", "hardship_assistance")
INPUTS = ("member", "served", "member_class", *FLAGS, "outpatient_to_date", "stay_self_paid", "stay_days",
          "over_cap_self_paid", *DEDUCTED, "major_illness_paid", "claimed")
PAID, OUTPATIENT, OVER_CAP, STAYS = "paid_this_year", "outpatient_paid", "over_cap_paid", "stays_this_year"

READERS = {"member": key_of, "served": date_of, "claimed": date_of, "member_class": code_of(CLASSES),
           "stay_days": count_of, "major_illness_paid": money_of, **{name: flag_of for name in FLAGS},
           **{name: money_of for name in ASKED + DEDUCTED}}
READERS = {name: READERS[name] for name in INPUTS}
# Reading: a counter in money has two decimals and is not negative; a count is whole.
COUNTERS = {**{name: (lambda value: kit.ranged(value, 2, 0)) for name in (PAID, OUTPATIENT, OVER_CAP)},
            STAYS: lambda value: kit.ranged(value, 0, 0)}


def maximum_of(year):
    """P1-3, P1-4: published constants, never computed."""
    return 200653_00 if year >= RAISE_YEAR else 100653_00


def rate_of(member_class):
    """P1-11, P1-12."""
    return Fraction(20, 100) if member_class == "ordinary" else Fraction(25, 100)


def stay_deductible(member_class, number):
    """P1-9, P1-10, in fen."""
    first = 650_00 if member_class == "hardship" else 1300_00
    return first if number == 1 else first // 2


def tiers(year, fen):
    """P1-14, I1-1: what is due for so much above the insurance cap, unrounded."""
    due, rest = Fraction(0), fen
    for width, percent in ((50000_00, 40), (50000_00, 60), (50000_00, 80)):
        part = min(rest, width)
        due += part * Fraction(percent, 100)
        rest -= part
    return due + (rest * Fraction(90, 100) if year >= RAISE_YEAR else 0)


def half_up(amount):
    """I1-4, N25: to a whole fen; amounts are not negative."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


# --- settling a claim --------------------------------------------------------------------------------------------

class Oracle(kit.Oracle):
    inputs, counters = READERS, COUNTERS
    starts = {PAID: 0, OUTPATIENT: 0, OVER_CAP: 0, STAYS: 0}

    def enrol(self, inputs):
        if "served" not in inputs:
            return incomplete({"served"})
        year = inputs["served"].year
        if year < FIRST_YEAR:
            return refused(["PLAN_NOT_IN_FORCE"])
        fee = 0
        if year < END_OF_FEE_YEAR:
            if "card" not in inputs:
                return incomplete({"card"})
            fee = 0 if inputs["card"] else 60_00
        return {"outcome": "accepted", "fees": [["fee", yuan(fee)]], "reasons": []}

    def decide(self, inputs, given):
        if "served" not in inputs:  # the date that picks the version is all that is missing (N7)
            return incomplete({"served"})
        year = inputs["served"].year
        if year < FIRST_YEAR:
            return refused(["PLAN_NOT_IN_FORCE"])

        asked = [name for name in ASKED if name in inputs]
        checks = []
        if not asked:
            checks.append("NOTHING_CLAIMED")
        if inputs.get("stay_days", 0) > 90:  # P1-24. Reading: days without a stay contradict themselves all the same.
            checks.append("SPLIT_SETTLEMENT")
        if checks:
            return error(*checks)
        over_cap = "over_cap_self_paid" in inputs
        failed = [code for name, code in zip(FLAGS, CODES) if inputs.get(name) is False]
        names = {name for name in FLAGS if name not in inputs}
        # I1-7. Refuses that part only (N28); the whole claim, if it is all that was asked.
        beyond = over_cap and year == datetime.MAXYEAR  # its last day lies beyond the calendar
        late = over_cap and not beyond and "claimed" in inputs and inputs["claimed"] >= datetime.date(year + 1, 4, 1)
        if over_cap and "claimed" not in inputs:
            names.add("claimed")
        if beyond and not failed:  # Reading: a claim that is refused as a whole does not need what one part needs.
            return error()
        if failed or (late and asked == ["over_cap_self_paid"]):
            return refused(failed + (["OVER_CAP_LATE"] if late else []))

        key = (inputs.get("member"), year)
        before = {name: self.counter(name, given, key) for name in self.starts}
        if "member" not in inputs:
            names.add("member")
        needed = {PAID}  # the maximum counts it, whatever is asked
        needed |= {OUTPATIENT} if "outpatient_to_date" in inputs else set()
        needed |= {STAYS} if "stay_self_paid" in inputs else set()
        # Reading: a part whose condition is open is asked for all that it needs, as a claim is.
        needed |= {OVER_CAP} if over_cap and not late else set()
        names = names.union(*(before[name][1] for name in needed))
        if "member_class" not in inputs and (OUTPATIENT in needed or STAYS in needed):
            names.add("member_class")
        if names:
            return incomplete(names)
        return self.pay(inputs, key, year, {name: term[0] for name, term in before.items()}, late)

    def gross(self, inputs, year, before, late):
        """[benefit, fen] of what was asked, rounded before any limit, in the order of the plan. Reading: a benefit that
        was asked and refused stands among them with 0, and its counter with a change of 0 (N13: it was asked)."""
        result = []
        if "outpatient_to_date" in inputs:  # P1-8, P1-11, I1-5, I1-9
            due = rate_of(inputs["member_class"]) * max(0, inputs["outpatient_to_date"] - 1800_00)
            result.append(["outpatient", half_up(max(Fraction(0), due - before[OUTPATIENT]))])
        if "stay_self_paid" in inputs:
            above = inputs["stay_self_paid"] - stay_deductible(inputs["member_class"], before[STAYS] + 1)
            result.append(["stay", half_up(rate_of(inputs["member_class"]) * max(0, above))])
        if late:
            result.append(["over_cap", 0])
        elif "over_cap_self_paid" in inputs:  # P1-18, I1-8, I1-11
            rest = max(0, inputs["over_cap_self_paid"] - sum(inputs.get(name, 0) for name in DEDUCTED))
            result.append(["over_cap", half_up(max(Fraction(0), tiers(year, rest) - before[OVER_CAP]))])
        return result

    def pay(self, inputs, key, year, before, late):
        limit = maximum_of(year)
        room = max(0, limit - before[PAID])
        benefits, nets, cut = [], {}, 0
        for name, gross in self.gross(inputs, year, before, late):
            net = min(gross, room)
            room -= net
            cut += gross - net
            nets[name] = net
            benefits.append([name, yuan(gross), [["YEARLY_MAXIMUM", yuan(limit), yuan(before[PAID]), yuan(gross - net)]],
                             yuan(net)])
        total = sum(nets.values())

        reasons = [["OVER_CAP_LATE", "refusal"]] if late else []
        why = [["YEARLY_MAXIMUM", "cap"]] if cut else []
        if "outpatient_to_date" in inputs and inputs["outpatient_to_date"] <= 1800_00:
            why.append(["BELOW_OUTPATIENT_DEDUCTIBLE", "note"])
        if "stay_self_paid" in inputs:
            if inputs["stay_self_paid"] <= stay_deductible(inputs["member_class"], before[STAYS] + 1):
                why.append(["BELOW_STAY_DEDUCTIBLE", "note"])
        if "outpatient_to_date" in inputs and year >= NO_OUTPATIENT_CAP_YEAR:
            why.append(["NO_INSURANCE_CAP", "note"])
        if not total and not reasons + why:  # Reading: the refusal of a part says why, too.
            why.append(["ZERO_AMOUNT", "nothing"])

        where = {"member": key[0], "year_start": "%04d-01-01" % year}
        counters = {PAID: [where, "CNY", yuan(before[PAID]), yuan(total), yuan(before[PAID] + total)]}
        self.keep(PAID, key, before[PAID] + total)
        for name, benefit in ((OUTPATIENT, "outpatient"), (OVER_CAP, "over_cap")):
            if benefit in nets and before[name] is not None:
                after = before[name] + nets[benefit]
                counters[name] = [where, "CNY", yuan(before[name]), yuan(nets[benefit]), yuan(after)]
                self.keep(name, key, after)
        stays = 1 if "stay_self_paid" in inputs else 0
        if before[STAYS] is not None:
            counters[STAYS] = [where, "stays", str(before[STAYS]), str(stays), str(before[STAYS] + stays)]
            self.keep(STAYS, key, before[STAYS] + stays)
        return {"outcome": "paid" if total else "nothing_due", "total": yuan(total), "benefits": benefits,
                "reasons": reasons + why, "counters": counters}


# --- making claims -----------------------------------------------------------------------------------------------

YEARS = (2011, 2012, 2012, 2013, 2014, 2014, 2015, 2015, 2016, 2017, 2018, 2020, 2022, 2022, 2023, 2023, 2024, 2031)
BAD_CLASSES = ("Ordinary", "modle", "普通职工", "", "none", 1, True, ["model"], {})
UNKNOWN = ("outpatient", "stay", "Member", "class_rate", "paid_this_year", "", "会员", "served ", "year_start", "over_cap_amount")


class Maker:
    """Years of members: quarters with growing amounts so far, stays, the part above the cap, mixed in settlement."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = 0

    def amount(self, *marks):
        """An amount near a mark where something changes, or anywhere."""
        r = self.random
        mark = r.choice(marks + (None,))
        if mark is not None and r.random() < 0.6:
            return max(0, mark * 100 + r.choice((0, 0, 1, -1, 2, -2, 3, 26, 5026, r.randint(-9999, 9999))))
        return r.choice((r.randint(0, 3000_00), r.randint(0, 20000_00), r.randint(0, 400000_00)))

    def year(self, member, year):
        r = self.random
        base = {"member": "m%d" % member, "member_class": r.choice(("ordinary",) * 5 + ("model", "hardship", "hardship"))}
        claims, so_far = [], r.choice((0, 0, self.amount(1800)))
        for quarter, last in enumerate(("03-31", "06-30", "09-30", "12-31")):
            if r.random() < 0.5:
                so_far = max(0, so_far + r.choice((0, 0, r.randint(-500_00, 3000_00), self.amount(1800), r.randint(0, 40))))
                claims.append({"served": "%d-%s" % (year, last), "outpatient_to_date": so_far})
            if r.random() < 0.5:
                day = datetime.date(year, 1, 1) + datetime.timedelta(days=90 * quarter + r.randint(0, 92))
                claims.append({"served": "%d%s" % (year, str(day)[4:]), "stay_self_paid": self.amount(1300, 650, 325, 60000),
                               "stay_days": r.choice((None, 1, 12, 12, 89, 90, 90, 91 if r.random() < 0.3 else 30))})
        for _ in range(r.choice((0, 1, 1, 2))):
            claim = {"served": "%d-12-31" % year, "over_cap_self_paid": self.amount(50000, 100000, 150000, 231000, 272948)}
            for name in DEDUCTED + ("major_illness_paid",):
                if r.random() < 0.25:
                    claim[name] = r.choice((0, self.amount(40000), self.amount(5000)))
            claim["claimed"] = str(r.choice((datetime.date(year + 1, 3, 31), datetime.date(year + 1, 4, 1),
                                             datetime.date(year + 1, 1, r.randint(1, 31)), datetime.date(year + 1, 3, 1),
                                             datetime.date(year, 12, 31), datetime.date(year + 2, 2, 1))))
            if r.random() < 0.3 and claims:  # in one claim with something else
                claim = {**r.choice(claims), **claim}
            claims.append(claim)
        if r.random() < 0.1:
            claims.append({"served": "%d-06-30" % year})
        if r.random() < 0.3:
            r.shuffle(claims)
        return [self.whole(base, claim) for claim in claims]

    def whole(self, base, claim):
        r = self.random
        claim = {**base, **{name: r.random() > 0.02 for name in FLAGS}, **claim}
        if r.random() < 0.02:
            claim["member_class"] = r.choice(CLASSES)
        if r.random() < 0.1 and "claimed" not in claim:
            claim["claimed"] = "%d-04-0%d" % (int(claim["served"][:4]) + 1, r.randint(1, 2))
        return {name: self.money(value) if name in ASKED + DEDUCTED + ("major_illness_paid",) else value
                for name, value in claim.items() if value is not None}

    def money(self, fen):
        return self.random.choice((yuan(fen), Number(yuan(fen)), fen // 100 if fen % 100 == 0 else yuan(fen)))

    def counters(self):
        r = self.random
        paid = r.choice((0, 0, r.randint(0, 20000_00), 100653_00, 100652_99, 100512_93, 100000_00, 200653_00, 200652_99,
                         200000_00, 200512_94, r.randint(0, 210000_00)))
        counters = {PAID: yuan(paid), OUTPATIENT: yuan(r.choice((0, 0, 640_00, r.randint(0, 3000_00)))),
                    OVER_CAP: yuan(r.choice((0, 0, r.randint(0, 90000_00)))), STAYS: r.choice((0, 0, 1, 2, 3, "1", "2.0", 40))}
        for name in r.sample(list(counters), r.choice((0, 0, 0, 0, 1, 1, 2))):
            if r.random() < 0.5:
                del counters[name]
            else:
                counters[name] = None
        return counters

    def spoil(self, claim):
        """One thing that hosts get wrong, or may leave out, in place; a whole line instead where it is no longer JSON."""
        r = self.random
        pick = r.random()
        if pick < 0.45:
            for name in r.sample(INPUTS[:8] + ("claimed",), r.choice((1, 1, 1, 2, 3, 5))):
                if r.random() < 0.5:
                    claim[name] = None
                else:
                    claim.pop(name, None)
        elif pick < 0.53:
            claim[r.choice(("served", "claimed"))] = r.choice(BAD_DATES + FAR_DATES * 4)
        elif pick < 0.62:
            claim[r.choice(ASKED + DEDUCTED)] = r.choice(BAD_MONEY + GOOD_MONEY)
        elif pick < 0.65:
            claim[r.choice(FLAGS)] = r.choice(BAD_FLAGS)
        elif pick < 0.68:
            claim["stay_days"] = r.choice((0, 90, 91, "90", "90.0", "90.5", -1, "x", True, 1000000001))
        elif pick < 0.72:
            claim["member_class"] = r.choice(BAD_CLASSES)
        elif pick < 0.75:
            claim[r.choice(UNKNOWN)] = r.choice((1, "x", None))
        elif pick < 0.88:
            claim["ask"] = r.choice(("enrolment",) * 6 + ("claim", None, "enrollment", "", 1))
        elif pick < 0.92:
            claim["counters"] = r.choice((None, {}, [], "0", {PAID: 0, "paid": 0}, {"stays": 1}, {PAID: -1}, {STAYS: 1.5},
                                          {OUTPATIENT: "0.001"}, {OVER_CAP: "x"}, {STAYS: True}))
        elif pick < 0.95:
            for name in r.sample(ASKED, 2):
                claim[name] = self.money(self.amount(1800, 1300, 50000))
        elif pick < 0.97:
            name = r.choice([name for name in INPUTS if claim.get(name) is not None] or ["id"])
            return dump(claim)[:-1] + ',"%s":%s}' % (name, dump_value(claim.get(name)))
        else:
            return r.choice(BROKEN)
        return None

    def line(self, claim, way):
        r = self.random
        self.made += 1
        claim = {"id": "%s-%d" % (way, self.made), **claim}
        if r.random() < (0.9 if way == "given" else 0.05):
            claim["counters"] = self.counters()
        if r.random() < 0.3:
            claim = turned(r, claim)
        if r.random() < 0.18:
            broken = self.spoil(claim)
            if broken is not None:
                return broken
        return dump(claim)

    def lines(self, count, way):
        """`count` lines; some members are open at a time, so that their claims are mixed but keep their order."""
        r = self.random
        open_, lines, member = [], [], 0
        while len(lines) < count:
            while len(open_) < 40:
                member += 1
                first = r.choice(YEARS)
                claims = [claim for year in range(first, first + r.choice((1, 1, 2))) for claim in self.year(member, year)]
                if claims:
                    open_.append(claims)
            claims = r.choice(open_)
            lines.append(self.line(claims.pop(0), way))
            if not claims:
                open_.remove(claims)
        return lines


# The worked examples of the facts: number, claims, sum of the totals, reasons of the last.
WORKED = (
    (1, [dict(outpatient_to_date="1800")], "0.00", ["BELOW_OUTPATIENT_DEDUCTIBLE"]),
    (2, [dict(outpatient_to_date="5000")], "640.00", []),
    (3, [dict(outpatient_to_date="5000", member_class="model")], "800.00", []),
    (4, [dict(outpatient_to_date="1500")], "0.00", ["BELOW_OUTPATIENT_DEDUCTIBLE"]),
    (5, [dict(outpatient_to_date="4260")], "492.00", []),
    (6, [dict(outpatient_to_date="2620")], "164.00", []),
    (8, [dict(stay_self_paid="6300"), dict(stay_self_paid="3650")], "1600.00", []),
    (12, [dict(over_cap_self_paid="400000")], "90000.00", []),
    (13, [dict(stay_self_paid="45300", over_cap_self_paid="150000", member_class="model")], "100653.00", ["YEARLY_MAXIMUM"]),
    (14, [dict(over_cap_self_paid="100000", employer_supplement="40000")], "26000.00", []),
    (16, [dict(stay_self_paid="6300", in_service=False)], "0.00", ["NOT_IN_SERVICE"]),
    (18, [dict(over_cap_self_paid="231000", served="2015-12-31", claimed="2016-03-01")], "162900.00", []),
)


def worked():
    """Is the oracle itself true to the worked examples?"""
    problems = []
    for number, claims, total, codes in WORKED:
        oracle, fen, answer = Oracle("carry"), 0, {}
        for claim in claims:
            answer = oracle.settle(dump({"member": "m", "served": "2012-12-31", "claimed": "2013-03-01",
                                         "member_class": "ordinary", **{name: True for name in FLAGS}, **claim}))
            fen += decimal_of(answer["total"], 2)
        if yuan(fen) != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  example %d: %s, not %s" % (number, yuan(fen), total)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOTHING_CLAIMED",
           "SPLIT_SETTLEMENT", *CODES, "OVER_CAP_LATE", "YEARLY_MAXIMUM", "BELOW_OUTPATIENT_DEDUCTIBLE",
           "BELOW_STAY_DEDUCTIBLE", "NO_INSURANCE_CAP", "ZERO_AMOUNT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
