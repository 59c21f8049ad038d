#!/usr/bin/env python3
"""An independent oracle for the plan inpatient-medical (住院医疗), on exact rationals, money in fen.

Written from the facts (section 1, its worked examples), the plan's inputs, the format's rules (N15, N21) and the contract:
it takes nothing from the rule file or the engine. Where the facts leave a choice, the reading taken is marked "Reading".

    inpatient_medical.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys
from fractions import Fraction

import judging
import kit
import making
from judging import Benefit, judge, open_answer, unknown
from kit import absent, both, dump, either, error, incomplete, known, lift, negate, refused, yuan

PLAN = "inpatient-medical"
START = datetime.date(2008, 10, 1)
LATER = datetime.date(2012, 5, 1)     # reading: the pair of deductibles is first seen then
FEE, WAITING_DAYS, RENEWAL_GAP, MOST_OBSERVATION = 50_00, 30, 15, 7

SPEC = {"member": "key", "cover": "key", "cover_start": "date", "cover_end": "date", "previous_cover_end": "date",
        "care": ("code", ("stay", "special_stay", "special_clinic")), "cause": ("code", ("illness", "accident")), "approval_form": "flag",
        "treated": "date", "self_paid": "money", "observation_days": "count", "observation_self_paid": "money",
        "observation_same_hospital": "flag", "hours_since_discharge": ("number", 2, 0, 1000000), "transfer_slip": "flag"}
DEFAULTS = {"approval_form": False, "observation_days": 0, "observation_self_paid": 0, "observation_same_hospital": True,
            "transfer_slip": False}
STAYS, CHAIN, CHAIN_PAID, PERIOD = "stays", "chain_self_paid", "chain_paid", "paid_this_period"


def half_up(amount):
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


class Oracle(kit.Oracle):
    inputs = making.readers_of(SPEC)
    counters = {STAYS: lambda value: kit.ranged(value, 0, 0), **{name: (lambda value: kit.ranged(value, 2, 0)) for name in (CHAIN, CHAIN_PAID, PERIOD)}}
    starts = {STAYS: 0, CHAIN: 0, CHAIN_PAID: 0, PERIOD: 0}

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        return {"outcome": "accepted", "fees": [["fee", yuan(FEE)]], "reasons": []}

    @staticmethod
    def track_of(care, form, later):
        """Reading: stays, special stays and special clinics are counted apart; without the form a special stay is a stay; the
        version of 2008 knows special clinics, at a rate that nobody published, and counts special stays with the others."""
        if care == "special_clinic":
            return "clinic"
        return "special" if care == "special_stay" and form and later else "ordinary"

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        start = inputs["cover_start"]
        if start < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        later = start >= LATER
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        for name, value in DEFAULTS.items():
            term[name] = known(inputs.get(name, value))
        hours = inputs.get("hours_since_discharge")
        track = lift(lambda care: self.track_of(care, term["approval_form"][0], later), term["care"])
        key = (inputs.get("member"), inputs.get("cover"), track[0])
        before = {name: self.counter(name, given, key if name != PERIOD else key[:2]) for name in self.starts}
        transferred = known(later and term["transfer_slip"][0] and hours is not None and hours <= 24_00)
        transfer = both(transferred, lift(lambda care: care != "special_clinic", term["care"]))

        in_cover = both(lift(lambda day: day >= start, term["treated"]), lift(lambda day, end: day <= end, term["treated"], term["cover_end"]))
        renewed = "previous_cover_end" in inputs and (start - inputs["previous_cover_end"]).days <= RENEWAL_GAP
        number = lift(lambda day: (day - start).days + 1, term["treated"])
        waited = judging.TRUE if renewed else either(lift(lambda n: n > WAITING_DAYS, number), lift(lambda c: c == "accident", term["cause"]))
        checks = (
            ("CLINIC_NEEDS_FORM", either(lift(lambda care: care != "special_clinic", term["care"]), term["approval_form"])),
            ("TRANSFER_WITHOUT_STAY", either(negate(transfer), lift(lambda stays: stays > 0, before[STAYS]))),
        )
        conditions = (("NOT_IN_COVER", in_cover, None), ("IN_WAITING_PERIOD", either(negate(in_cover), waited), None))
        due = unknown("rate") if not later and track[0] == "clinic" else judging.TRUE
        used = [STAYS] + ([CHAIN, CHAIN_PAID] if transfer == judging.TRUE else [])
        whole = ("self_paid" in inputs and due == judging.TRUE and not transfer[1] and not track[1] and
                 not any(before[name][1] for name in used))
        values = {name: before[name][0] for name in before}
        if not whole or self.amount(inputs, term, track[0], later, transfer[0], values)[0]:
            used.append(PERIOD)  # asked for unless it is certain to stay as it is
        needed = frozenset(name for name in ("member", "cover") if name not in inputs).union(track[1], *(before[name][1] for name in used))
        # Reading: the kind of care is asked first where it decides what joins: an observation, or the stay before.
        observed = term["observation_self_paid"][0] > 0
        gross = track if track[1] and (observed or transferred[0]) else lift(lambda *_: True, term["self_paid"], due, track)
        answer, paying = judge(checks, conditions, [Benefit("reimbursement", judging.TRUE, gross)], needed)
        if answer:
            return answer
        return self.pay(inputs, term, key, track[0], later, transfer[0], values)

    @staticmethod
    def amount(inputs, term, track, later, transfer, before):
        """(gross, number of the stay, self-paid of the chain, paid of the chain before, deductible)."""
        joined = (later and track != "clinic" and term["observation_days"][0] <= MOST_OBSERVATION and
                  term["observation_same_hospital"][0])
        base = inputs["self_paid"] + (term["observation_self_paid"][0] if joined else 0)
        number = before[STAYS] if transfer else before[STAYS] + 1
        chain = (before[CHAIN] if transfer else 0) + base
        paid = before[CHAIN_PAID] if transfer else 0
        if not later:
            rate, deductible = Fraction({1: 70, 2: 60}.get(number, 50), 100), 0
        elif track == "clinic":
            rate, deductible = Fraction(50, 100), 1300_00 if number == 1 else 0
        else:
            rate = Fraction(60 if number == 1 else 50, 100)
            deductible = 1300_00 if number == 1 else 650_00 if track == "ordinary" else 0
        return half_up(max(Fraction(0), rate * max(0, chain - deductible) - paid)), number, chain, paid, deductible

    def pay(self, inputs, term, key, track, later, transfer, before):
        gross, number, chain, paid, deductible = self.amount(inputs, term, track, later, transfer, before)
        reasons = []
        if later and chain <= deductible and deductible:
            reasons.append(["BELOW_DEDUCTIBLE", "note"])
        if transfer:
            reasons.append(["ONE_STAY", "note"])
        if later and track != "clinic" and term["observation_days"][0] > MOST_OBSERVATION:
            reasons.append(["OBSERVATION_TOO_LONG", "note"])
        if not gross and not reasons:
            reasons.append(["ZERO_AMOUNT", "nothing"])
        where = {"member": key[0], "cover": key[1], "track": track}
        answer = {"outcome": "paid" if gross else "nothing_due", "total": yuan(gross), "reasons": reasons,
                  "benefits": [["reimbursement", yuan(gross), [["PERIOD_CAP", None, yuan(before[PERIOD] or 0), "0.00"]], yuan(gross)]], "counters": {}}
        after = {STAYS: number, CHAIN: chain, CHAIN_PAID: paid + gross, PERIOD: (before[PERIOD] or 0) + gross}
        for name in self.starts:
            if name == PERIOD and before[name] is None:
                continue
            show = str if name == STAYS else yuan
            if after[name] > (10**9 if name == STAYS else 999999999999):
                raise kit.Malformed("beyond what a counter holds")
            change = show(after[name] - before[name]) if name in (STAYS, PERIOD) else None
            answer["counters"][name] = [where if name != PERIOD else {"member": key[0], "cover": key[1]}, "stays" if name == STAYS else "CNY" if name == PERIOD else None,
                                        None if before[name] is None else show(before[name]), change, show(after[name])]
            self.keep(name, key if name != PERIOD else key[:2], after[name])
        return answer


class Maker(making.Maker):
    spec, counter_names = SPEC, (STAYS, CHAIN, CHAIN_PAID, PERIOD)

    def given(self):
        r = self.random
        return {STAYS: r.choice((0, 0, 1, 2, 5, "1")), CHAIN: r.choice(("0", 900, "6100.00")), CHAIN_PAID: r.choice(("0.00", 0, "2880.00")),
                PERIOD: r.choice(("0", "33800.00", 50000))}

    def sequence(self, number):
        r = self.random
        start = self.near(START, LATER, datetime.date(2009, 10, 1), datetime.date(2016, 2, 29), datetime.date(2020, 1, 1), reach=400)
        end = start + datetime.timedelta(days=r.choice((364, 364, 365)))
        previous = r.choice((None, start - datetime.timedelta(days=r.choice((1, 1, 15, 16, 100)))))
        for _ in range(r.choice((1, 2, 3, 4))):
            day = r.choice((r.randint(0, 366), r.randint(31, 366), 28, 29, 30, 31, 0, -1, 366))
            claim = {"member": "m%d" % number, "cover": "c", "cover_start": start, "cover_end": end, "care": r.choice(("stay",) * 4 + ("special_stay", "special_clinic")),
                     "cause": r.choice(("illness", "illness", "accident")), "treated": start + datetime.timedelta(days=day),
                     "self_paid": self.money(self.amount(1300, 650, 2600, 5000))}
            if previous is not None:
                claim["previous_cover_end"] = previous
            if claim["care"] != "stay" or self.chance(0.1):
                claim["approval_form"] = self.chance(0.85)
            if self.chance(0.3):
                claim["observation_days"] = r.choice((0, 1, 3, 7, 8, 20))
                claim["observation_self_paid"] = self.money(self.amount(900))
                if self.chance(0.3):
                    claim["observation_same_hospital"] = self.chance(0.5)
            if self.chance(0.35):
                claim["hours_since_discharge"] = r.choice((0, 3, "12.50", 24, "24.01", "23.99", 30, 100))
                if self.chance(0.8):
                    claim["transfer_slip"] = self.chance(0.9)
            yield claim


def worked():
    base = dict(member="m", cover="c", cover_start="2020-01-01", cover_end="2020-12-31", previous_cover_end="2019-12-31", care="stay",
                cause="illness", treated="2020-05-01")
    old = dict(cover_start="2008-10-01", cover_end="2009-09-30", previous_cover_end="2008-09-30", treated="2009-01-01")
    cases = (
        ("IM-01", [dict(self_paid="3000", **old)], "2100.00"), ("IM-02", [dict(self_paid="3000", **old)] * 2, "3900.00"),
        ("IM-03", [dict(self_paid="3000", **old)] * 3, "5400.00"), ("IM-05", [dict(self_paid=n, **old) for n in ("5000", "2000", "1000")], "5200.00"),
        ("IM-06", [dict(self_paid="5000")], "2220.00"), ("IM-08", [dict(self_paid="900")], "0.00"),
        ("IM-09", [dict(self_paid="0"), dict(self_paid="2650")], "1000.00"), ("IM-10", [dict(self_paid="8000"), dict(self_paid="3000")], "5195.00"),
        ("IM-11", [dict(self_paid="4400", observation_days=3, observation_self_paid="900")], "2400.00"),
        ("IM-13", [dict(self_paid="2000"), dict(self_paid="6000", transfer_slip=True, hours_since_discharge=30)], "3095.00"),
        ("IM-14", [dict(self_paid=n, care="special_stay", approval_form=True) for n in ("10000", "4000")], "7220.00"),
        ("IM-15", [dict(self_paid=n, care="special_clinic", approval_form=True) for n in ("3300", "1500")], "1750.00"),
        ("N21", [dict(self_paid="900"), dict(self_paid="5200", transfer_slip=True, hours_since_discharge=3),
                 dict(self_paid="1000", transfer_slip=True, hours_since_discharge=3)], "3480.00"),
    )
    problems = []
    for name, claims, total in cases:
        oracle, fen = Oracle("carry"), 0
        for claim in claims:
            fen += kit.decimal_of(oracle.settle(dump({**base, **claim}))["total"], 2)
        if yuan(fen) != total:
            problems.append(("oracle and facts", "  %s: %s, not %s" % (name, yuan(fen), total)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER",
           "IN_WAITING_PERIOD", "CLINIC_NEEDS_FORM", "TRANSFER_WITHOUT_STAY", "BELOW_DEDUCTIBLE", "ONE_STAY", "OBSERVATION_TOO_LONG")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
