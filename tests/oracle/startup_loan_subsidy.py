#!/usr/bin/env python3
"""An independent oracle for the plan startup-loan-subsidy (暖·创贷 贴息), on exact rationals, money in fen.

Written from the facts of the plan (P3-1…P3-16, the suggestions I3-1…I3-9, the worked examples), its inputs, the format's
rules and the contract: it takes nothing from the rule file or the engine. Where the facts leave a choice, the reading taken
is marked "Reading".

    startup_loan_subsidy.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys
from fractions import Fraction

import kit
import making
from kit import Number, absent, decimal_of, dump, error, incomplete, known, lift, refused, yuan

PLAN = "startup-loan-subsidy"

# --- the plan ----------------------------------------------------------------------------------------------------

START = datetime.date(2017, 5, 1)                                                            # P3-1
LIMITS = {"self_employed": 100000_00, "small_enterprise": 300000_00, "innovation": 500000_00}  # P3-4…P3-6
LONGEST_YEARS = 4                                                                            # P3-7
WINDOW_DAYS = 90                                                                             # I3-7
DAYS_OF_YEAR = 360                                                                           # I3-5
GROUPS = ("transferred", "laid_off", "migrant", "model", "hardship", "hardship_child", "graduate", "veteran", "other")

# 3.2: the benchmark, then the one-year LPR from the day it was announced. I3-1.
RATES = ((datetime.date(2015, 10, 24), "4.35"), (datetime.date(2019, 8, 20), "4.25"), (datetime.date(2019, 9, 20), "4.20"),
         (datetime.date(2019, 11, 20), "4.15"), (datetime.date(2020, 2, 20), "4.05"), (datetime.date(2020, 4, 20), "3.85"),
         (datetime.date(2021, 12, 20), "3.80"), (datetime.date(2022, 1, 1), "3.70"), (datetime.date(2022, 8, 20), None))  # not found after that

SPEC = {"enterprise": "key", "signed": "date", "loan_start": "date", "due": "date", "loan_class": ("code", tuple(LIMITS)),
        "group": ("code", GROUPS), "union_member": "flag", "principal": "money", "contract_rate": ("number", 6, 0, 1000000),
        "repayment": ("code", ("bullet", "instalments")), "interest_paid": "money", "principal_repaid": "flag",
        "interest_repaid": "flag", "repaid": "date", "claimed": "date"}
PAID = "subsidised"


def years_after(day, years):
    """N10: clips to the month's end."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 2, 28)


def rate_on(signed):
    rate = [rate for since, rate in RATES if since <= signed][-1]
    return None if rate is None else Fraction(rate) / 100


def half_up(amount):
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


class Oracle(kit.Oracle):
    inputs, counters, starts = making.readers_of(SPEC), {PAID: lambda value: kit.ranged(value, 2, 0)}, {PAID: 0}

    def enrol(self, inputs):
        if "signed" not in inputs:
            return incomplete({"signed"})
        if inputs["signed"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        # Reading: who may borrow is asked when joining, too (P3-10).
        conditions = self.who(inputs)
        failed = [code for code, held in conditions if held == known(False)]
        if failed:
            return refused(failed)
        names = frozenset().union(*(held[1] for _, held in conditions))
        if names:
            return incomplete(names)
        return {"outcome": "accepted", "fees": [["guarantee", "0.00"], ["assessment", "0.00"]], "reasons": []}  # P3-8

    @staticmethod
    def who(inputs):
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in ("union_member", "group")}
        return (("NOT_A_MEMBER", term["union_member"]), ("NOT_IN_A_GROUP", lift(lambda group: group != "other", term["group"])))

    def decide(self, inputs, given):
        if "signed" not in inputs:
            return incomplete({"signed"})
        if inputs["signed"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        checks = [self.ordered(term)]
        if checks[0] == known(False):
            return error("DATES")
        settled = kit.both(term["principal_repaid"], term["interest_repaid"])
        conditions = (
            *self.who(inputs),
            ("TERM_TOO_LONG", lift(lambda start, due: due <= years_after(start, LONGEST_YEARS), term["loan_start"], term["due"])),
            ("NOT_REPAID", settled),
            # N27: the window runs from a repayment that was whole
            ("CLAIM_LATE", kit.either(kit.negate(settled), lift(lambda repaid, claimed: (claimed - repaid).days <= WINDOW_DAYS,
                                                                term["repaid"], term["claimed"]))),
        )
        failed = [code for code, held in conditions if held == known(False)]
        if failed:
            return refused(failed)
        # Reading: which way of repaying is asked first, and only what that way needs is asked with it.
        # Likewise what share of the interest paid counts, once there is known to be a loan.
        needed = ["repayment", "enterprise"] + (["principal"] if "repayment" in inputs else [])
        if inputs.get("repayment") == "bullet":
            needed.append("loan_class")
        elif "repayment" in inputs and inputs.get("principal", 0) > 0:
            needed += ["loan_class", "interest_paid"]
        names = checks[0][1].union(*(held[1] for _, held in conditions), *(term[name][1] for name in needed))
        unknown = (inputs.get("repayment") == "bullet" and "contract_rate" not in inputs and rate_on(inputs["signed"]) is None)
        if names or unknown:
            whole = not unknown and all(name in inputs for name in needed if name != "enterprise") and "repayment" in inputs
            dates = "loan_start" in inputs and "repaid" in inputs and "due" in inputs
            if not (whole and dates and self.interest(inputs) == 0):  # what it will change is open, or not 0: asked for
                names |= self.counter(PAID, given, inputs.get("enterprise"))[1]
            return incomplete(names) if names else {"outcome": "undetermined", "total": None, "reasons": [[None, "unknown"]]}
        return self.pay(inputs, given)

    @staticmethod
    def ordered(term):
        """Reading: signed, paid out, due and repaid, claimed follow each other."""
        pairs = (("signed", "loan_start"), ("loan_start", "repaid"), ("repaid", "claimed"))
        out = lift(lambda start, due: start < due, term["loan_start"], term["due"])
        for before, after in pairs:
            out = kit.both(out, kit.at_least(term[after], term[before]))
        return out

    @staticmethod
    def interest(inputs):
        if not inputs["principal"]:
            return 0
        principal = min(inputs["principal"], LIMITS[inputs["loan_class"]])
        if inputs["repayment"] == "instalments":  # I3-2; Reading: what exceeds the limit bears no subsidy
            return half_up(Fraction(inputs["interest_paid"] * principal, inputs["principal"]))
        days = (min(inputs["repaid"], inputs["due"]) - inputs["loan_start"]).days  # I3-3, I3-6
        rate = Fraction(inputs["contract_rate"], 1000000) if "contract_rate" in inputs else rate_on(inputs["signed"])
        return half_up(principal * rate * days / DAYS_OF_YEAR)

    def pay(self, inputs, given):
        limit = LIMITS[inputs["loan_class"]]
        principal, amount = min(inputs["principal"], limit), self.interest(inputs)
        reasons = [["CLASS_LIMIT", "cap"]] if principal < inputs["principal"] else []
        if not amount and not reasons:
            reasons.append(["ZERO_AMOUNT", "nothing"])
        answer = {"outcome": "paid" if amount else "nothing_due", "total": yuan(amount), "reasons": reasons,
                  "benefits": [["subsidy", yuan(amount), [], yuan(amount)]],
                  "values": [["subsidised_principal", yuan(inputs["principal"]),
                              [["CLASS_LIMIT", yuan(limit), "0.00", yuan(inputs["principal"] - principal)]], yuan(principal)]]}
        key = inputs["enterprise"]
        before, missing = self.counter(PAID, given, key)
        if missing and amount:
            return incomplete(missing)
        if not missing:
            answer["counters"] = {PAID: [{"enterprise": key}, "CNY", yuan(before), yuan(amount), yuan(before + amount)]}
            self.keep(PAID, key, before + amount)
        return answer


# --- making claims -----------------------------------------------------------------------------------------------

class Maker(making.Maker):
    spec, counter_names = SPEC, (PAID,)

    def given(self):
        return {PAID: self.random.choice(("0", "0.00", 8470, "87000.00"))}

    def sequence(self, number):
        r = self.random
        for _ in range(r.choice((1, 1, 2, 3))):
            signed = self.near(START, *(since for since, _ in RATES[1:]), datetime.date(2018, 2, 28), datetime.date(2020, 2, 29),
                               datetime.date(2023, 5, 1), reach=400)
            start = signed + datetime.timedelta(days=r.choice((0, 0, 1, 5, 30, -1 if self.chance(0.1) else 2)))
            due = r.choice((years_after(start, 1), years_after(start, 4), years_after(start, 2), self.near(years_after(start, 4)),
                            start + datetime.timedelta(days=r.randint(0, 1500))))
            repaid = r.choice((due, due, due + datetime.timedelta(days=r.randint(-200, 40)), start))
            claim = {"enterprise": "E-%d" % number, "signed": signed, "loan_start": start, "due": due,
                     "loan_class": r.choice(tuple(LIMITS)), "group": r.choice(GROUPS), "union_member": self.chance(0.97),
                     "principal": self.money(self.amount(100000, 300000, 500000)), "repayment": r.choice(("bullet", "bullet", "instalments")),
                     "principal_repaid": self.chance(0.95), "interest_repaid": self.chance(0.95), "repaid": repaid,
                     "claimed": repaid + datetime.timedelta(days=r.choice((0, 10, 89, 90, 91, 30, 200 if self.chance(0.2) else 5, -1 if self.chance(0.1) else 1)))}
            if self.chance(0.6):
                claim["contract_rate"] = r.choice(("0.0435", Number("0.0385"), "0.043333", 0, 1, "0.0370"))
            if claim["repayment"] == "instalments" or self.chance(0.05):
                claim["interest_paid"] = self.money(self.amount(8470, 20000))
            yield claim


# The worked examples of the facts. 6 and 8 count whole years: the days here are such that days over 360 are as many years.

def worked():
    problems = []
    base = dict(enterprise="e", signed="2018-05-31", loan_start="2018-06-01", due="2019-05-27", loan_class="small_enterprise",
                group="graduate", union_member=True, principal="220000", contract_rate="0.0385", repayment="bullet",
                principal_repaid=True, interest_repaid=True, repaid="2019-05-27", claimed="2019-06-01")
    cases = (  # 2019-05-27 is day 360
        (8, {}, "8470.00", []),
        (3, dict(loan_class="self_employed", principal="150000", contract_rate="0.01"), "1000.00", ["CLASS_LIMIT"]),
        (6, dict(loan_class="innovation", principal="500000", contract_rate="0.0435", due="2022-05-11", repaid="2022-05-11",
                 claimed="2022-05-11"), "87000.00", []),
        (14, dict(group="other"), "0.00", ["NOT_IN_A_GROUP"]),
    )
    for number, claim, total, codes in cases:
        answer = Oracle("carry").settle(dump({**base, **claim}))
        if answer["total"] != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  example %d: %s" % (number, answer)))
    fees = Oracle("carry").settle(dump({**base, "ask": "enrolment"})).get("fees")
    if fees is None or any(decimal_of(fee, 2) for _, fee in fees):
        problems.append(("oracle and facts", "  example 13: %s" % fees))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "error", "accepted", "PLAN_NOT_IN_FORCE", "DATES", "NOT_A_MEMBER",
           "NOT_IN_A_GROUP", "TERM_TOO_LONG", "NOT_REPAID", "CLAIM_LATE", "CLASS_LIMIT", "ZERO_AMOUNT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
