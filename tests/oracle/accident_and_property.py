#!/usr/bin/env python3
"""An independent oracle for the plan accident-and-property (非工伤意外伤害及家财损失综合互助保障), on exact integers, money in fen.

Written from the facts of the plan (P2-1…P2-23, the suggestions I2-1…I2-10, X1, the worked examples), its inputs, the
format's rules and the contract: it takes nothing from the rule file or the engine. Where the facts leave a choice, the
reading taken is marked "Reading".

    accident_and_property.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import judging
import kit
import making
from judging import Benefit, judge, unknown
from kit import absent, decimal_of, dump, incomplete, known, lift, refused, yuan

PLAN = "accident-and-property"

# --- the plan ----------------------------------------------------------------------------------------------------

START = datetime.date(2009, 8, 1)          # P2-1
PIPES = datetime.date(2015, 7, 1)          # P2-2
CHILDREN = datetime.date(2016, 1, 1)       # P2-3
FIRE_RAISED = datetime.date(2011, 1, 1)    # P2-9, X1: the newspaper's date
TEN_GRADES = datetime.date(2014, 1, 17)    # I2-1
DEATH, DISABILITY, PIPE_MAXIMUM, PIPE_RATE = 20000_00, 5000_00, 10000_00, 200_00
SEVEN = (100, 75, 50, 30, 20, 15, 10)
NOTICE_DAYS, YEARS_TO_CLAIM, AGE = 10, 2, 18
KINDS = ("death", "disability", "child_death", "child_disability", "fire", "pipe")
CAUSES = ("no_exclusion", "disease", "self_harm", "crime", "drink_driving", "war")

SPEC = {"member": "key", "household": "key", "event": "key", "happened": "date", "claimed": "date", "notified": "date",
        "kind": ("code", KINDS), "in_service": "flag", "card": "flag", "at_work": "flag", "excluded_cause": ("code", CAUSES),
        "grade": ("number", 0, 1, 10), "child_born": "date", "fire_loss": "money", "fire_certificate": "flag",
        "union_confirmed": "flag", "assessed_loss": "money", "damaged_area": ("number", 2, 0, 1000000),
        "pipe_certificate": "flag", "title_papers": "flag", "in_beijing": "flag", "rerouted": "flag",
        "construction_or_test": "flag"}
WHEN = {"at_work": ("death", "disability"), "grade": ("disability", "child_disability"),
        "child_born": ("child_death", "child_disability"), "fire_loss": ("fire",), "fire_certificate": ("fire",),
        "union_confirmed": ("fire",), "damaged_area": ("pipe",), "pipe_certificate": ("pipe",), "title_papers": ("pipe",),
        "in_beijing": ("pipe",), "rerouted": ("pipe",)}
ACCIDENT, PROPERTY = "paid_for_accident", "property_paid"


def years_after(day, years):
    """N10: clips to the month's end. A day beyond the calendar is an error of the claim."""
    if day.year + years > datetime.MAXYEAR:
        raise kit.Malformed("beyond the calendar")
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 2, 28)


def share_of(grade, happened):
    """Percent. Reading: grades beyond the seven of the older table are no disability by it and give nothing."""
    if happened >= TEN_GRADES:
        return 110 - 10 * grade
    return SEVEN[grade - 1] if grade <= 7 else 0


def half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


class Oracle(kit.Oracle):
    inputs = making.readers_of(SPEC)
    counters = {ACCIDENT: lambda value: kit.ranged(value, 2, 0), PROPERTY: kit.flag_of}
    starts = {ACCIDENT: 0, PROPERTY: False}

    def enrol(self, inputs):
        if "happened" not in inputs:
            return incomplete({"happened"})
        if inputs["happened"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        return {"outcome": "accepted", "fees": [["fee", "0.00"]], "reasons": []}  # free of charge (P2-4)

    def terms(self, inputs):
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        for name in ("notified", "assessed_loss"):
            term[name] = known(inputs.get(name))
        term["excluded_cause"] = known(inputs.get("excluded_cause", "no_exclusion"))
        term["construction_or_test"] = known(inputs.get("construction_or_test", False))
        for name, kinds in WHEN.items():  # needed when the condition holds, null otherwise
            if term["kind"][1]:
                term[name] = term["kind"]
            elif inputs["kind"] not in kinds or (name == "damaged_area" and "assessed_loss" in inputs):
                term[name] = known(None)
        return term

    def decide(self, inputs, given):
        if "happened" not in inputs:
            return incomplete({"happened"})
        happened = inputs["happened"]
        if happened < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = self.terms(inputs)
        kind = inputs.get("kind")
        key = (inputs.get("household"), inputs.get("event"))
        paid_before = self.counter(PROPERTY, given, key)

        def when(kinds, held):  # not(when) or require
            return held if kind in kinds else judging.TRUE if kind else (None, frozenset(["kind"]))
        def pipes(held):
            return held if happened >= PIPES else judging.TRUE
        # Reading: the two years of pipes (P2-17) and those of the rest (I2-6) are two statements, so the kind is asked.
        late = [term["claimed"], term["kind"]] if happened >= PIPES else [term["claimed"]]
        conditions = (
            ("NOT_IN_SERVICE", term["in_service"], None),
            ("NO_CARD", term["card"], None),
            ("CLAIM_LATE", lift(lambda claimed, *_: claimed <= years_after(happened, YEARS_TO_CLAIM), *late), None),
            ("WORK_INJURY", when(("death", "disability"), kit.negate(term["at_work"])), ("death", "disability")),
            ("EXCLUDED_CAUSE", lift(lambda cause: cause == "no_exclusion", term["excluded_cause"]), KINDS[:4]),
            # Reading: a condition lives as long as what it is for.
            ("NOT_A_MINOR", judging.TRUE if happened < CHILDREN else when(KINDS[2:4], lift(lambda born: born is None or happened < years_after(born, AGE), term["child_born"])), KINDS[2:4]),
            ("NO_FIRE_CERTIFICATE", term["fire_certificate"], ("fire",)),
            ("NOT_CONFIRMED", term["union_confirmed"], ("fire",)),
            ("NO_CERTIFICATE", pipes(term["pipe_certificate"]), ("pipe",)),
            ("NO_TITLE", pipes(term["title_papers"]), ("pipe",)),
            ("NOT_IN_BEIJING", pipes(term["in_beijing"]), ("pipe",)),
            ("REROUTED", pipes(kit.negate(term["rerouted"])), ("pipe",)),
            ("CONSTRUCTION", pipes(kit.negate(term["construction_or_test"])), ("pipe",)),
            ("PROPERTY_ALREADY_PAID", kit.negate(paid_before), ("fire", "pipe")),
        )
        benefits = [Benefit(name, lift(lambda k, name=name: k == name, term["kind"]), self.gross(name, term, happened),
                            offered=happened >= {"pipe": PIPES, "child_death": CHILDREN, "child_disability": CHILDREN}.get(name, START))
                    for name in KINDS]
        # An answer that could carry a counter asks for its key, and for the counter unless it stays as it is.
        needed = set()
        open_kind = kind is None
        if open_kind or kind in ("death", "disability"):
            needed |= {name for name in ("member", "event") if name not in inputs} | self.counter(ACCIDENT, given, None)[1]
        if open_kind:
            needed |= paid_before[1]
        if open_kind or kind in ("fire", "pipe"):
            needed |= {name for name in ("household", "event") if name not in inputs}
        answer, paying = judge((), conditions, benefits, needed)
        return answer if answer else self.pay(inputs, given, term, paying)

    @staticmethod
    def gross(name, term, happened):
        if name == "death":
            return known(DEATH)
        if name == "child_death":
            return unknown("amount")
        if name in ("disability", "child_disability"):
            return lift(lambda grade: None if grade is None or share_of(grade, happened) is None else
                        DISABILITY * share_of(grade, happened) // 100, term["grade"])
        if name == "fire":
            return lift(lambda loss: None if loss is None else half_up(loss, 10), term["fire_loss"])
        if term["assessed_loss"][0] is not None:
            return term["assessed_loss"]
        return lift(lambda area: None if area is None else half_up(area * PIPE_RATE, 100), term["damaged_area"])

    @staticmethod
    def limits(name, gross, happened, paid):
        if name == "death":
            return [("ALREADY_PAID_FOR_ACCIDENT", DEATH, paid)]
        if name == "disability":
            return [("ALREADY_PAID_FOR_ACCIDENT", gross, paid), ("DISABILITY_MAXIMUM", DISABILITY, 0)]
        if name == "child_disability":
            return [("DISABILITY_MAXIMUM", DISABILITY, 0)]
        if name == "fire":
            return [("FIRE_MAXIMUM", 10000_00 if happened >= FIRE_RAISED else 3000_00, 0)]
        return [("PIPE_MAXIMUM", PIPE_MAXIMUM, 0)]

    def pay(self, inputs, given, term, paying):
        codes, asked = paying
        (benefit, _), = asked
        name, happened, gross = benefit.name, inputs["happened"], benefit.gross[0]
        if gross is None:
            return kit.error()
        home = name in ("fire", "pipe")
        counter, key = (PROPERTY, ("household", "event")) if home else (ACCIDENT, ("member", "event"))
        counts = name in ("death", "disability")
        key_values = tuple(inputs.get(part) for part in key)
        before = self.counter(counter, given, key_values)
        names = frozenset(part for part in key if part not in inputs) if home or counts else frozenset()
        if home or counts:
            names |= before[1]
        if names:
            return incomplete(names)
        net, caps, reasons = gross, [], []
        # N21, N23, I2-8: what is due for an accident is due once, a worse grade or death pays the difference
        for code, limit, used in self.limits(name, gross, happened, before[0] if counts else 0):
            left = min(net, max(0, limit - used))
            caps.append([code, yuan(limit), yuan(used), yuan(net - left)])
            reasons += [[code, "cap"]] if left < net else []
            net = left
        late = inputs.get("notified") is not None and (inputs["notified"] - happened).days > NOTICE_DAYS
        if home and late:
            reasons.append(["NOTIFIED_LATE", "note"])
        if not net and not reasons:
            reasons.append(["ZERO_AMOUNT", "nothing"])
        answer = {"outcome": "paid" if net else "nothing_due", "total": yuan(net), "reasons": reasons,
                  "benefits": [[name, yuan(gross), caps, yuan(net)]]}
        if home:
            after = before[0] or net > 0
            answer["counters"] = {PROPERTY: [dict(zip(key, key_values)), None, before[0], None, after]}
            self.keep(PROPERTY, key_values, after)
        elif counts:
            answer["counters"] = {ACCIDENT: [dict(zip(key, key_values)), "CNY", yuan(before[0]), yuan(net), yuan(before[0] + net)]}
            self.keep(ACCIDENT, key_values, before[0] + net)
        return answer


# --- making claims -----------------------------------------------------------------------------------------------

class Maker(making.Maker):
    spec, counter_names = SPEC, (ACCIDENT, PROPERTY)

    def given(self):
        return {ACCIDENT: self.random.choice(("0", "0.00", 3000, "500.00", "20000.00", 25000)), PROPERTY: self.chance(0.2)}

    def sequence(self, number):
        r = self.random
        for event in range(r.choice((1, 1, 2))):
            happened = self.near(START, PIPES, CHILDREN, FIRE_RAISED, datetime.date(2010, 1, 1), TEN_GRADES,
                                 datetime.date(2018, 3, 1), datetime.date(2016, 2, 29), datetime.date(2020, 6, 1), reach=300)
            kinds = r.choice((("death",), ("disability",), ("disability", "death"), ("disability", "disability"), ("child_death",),
                              ("child_disability",), ("fire",), ("fire", "fire"), ("pipe",), ("pipe", "pipe"), ("pipe",), ("fire",)))
            for kind in kinds:
                yield self.claim(number, event, happened, kind)

    def claim(self, number, event, happened, kind):
        r = self.random
        claim = {"member": "m%d" % (number if self.chance(0.9) else 1), "household": "h%d" % (number // 2), "event": "e%d" % event,
                 "happened": happened, "kind": kind, "in_service": self.chance(0.97), "card": self.chance(0.97),
                 "claimed": r.choice((happened + datetime.timedelta(days=r.randint(0, 700)), self.near(years_after(happened, 2))))}
        if self.chance(0.4):
            claim["notified"] = happened + datetime.timedelta(days=r.choice((0, 1, 9, 10, 11, 30)))
        if self.chance(0.15):
            claim["excluded_cause"] = r.choice(CAUSES)
        if self.chance(0.1):
            claim["construction_or_test"] = self.chance(0.5)
        sure = {"at_work": self.chance(0.1), "grade": r.randint(1, 10), "fire_certificate": self.chance(0.9),
                "child_born": r.choice((self.near(years_after(happened, -18)), happened - datetime.timedelta(days=r.randint(0, 6500)))),
                "union_confirmed": self.chance(0.9), "pipe_certificate": self.chance(0.9), "title_papers": self.chance(0.9),
                "in_beijing": self.chance(0.9), "rerouted": self.chance(0.1),
                "fire_loss": self.money(self.amount(20000, 30000, 50000, 80000, 100000, 150000)),
                "damaged_area": r.choice((17, "17.63", "49.99", "50.00", "50.01", 0, "0.03"))}
        for name, value in sure.items():
            if kind in WHEN[name] or self.chance(0.03):
                claim[name] = value
        if kind == "pipe" and self.chance(0.5) or self.chance(0.05):
            claim["assessed_loss"] = self.money(self.amount(8000, 10000, 12400))
            if self.chance(0.8):
                claim.pop("damaged_area", None)
        return claim


# The worked examples of the facts: number, claim, total, codes.
BASE = dict(member="m", household="h", event="e", in_service=True, card=True, at_work=False, fire_certificate=True,
            union_confirmed=True, pipe_certificate=True, title_papers=True, in_beijing=True, rerouted=False)
WORKED = (
    (1, dict(kind="death", happened="2010-05-01"), "20000.00", []),
    (3, dict(kind="disability", grade=10, happened="2018-05-01"), "500.00", []),
    (4, dict(kind="disability", grade=1, happened="2018-05-01"), "5000.00", []),
    (5, dict(kind="fire", fire_loss="20000", happened="2009-09-01"), "2000.00", []),
    (6, dict(kind="fire", fire_loss="50000", happened="2009-09-01"), "3000.00", ["FIRE_MAXIMUM"]),
    (7, dict(kind="fire", fire_loss="50000", happened="2011-03-01"), "5000.00", []),
    (8, dict(kind="fire", fire_loss="150000", happened="2011-03-01"), "10000.00", ["FIRE_MAXIMUM"]),
    (10, dict(kind="fire", fire_loss="80000", happened="2010-12-31"), "3000.00", ["FIRE_MAXIMUM"]),
    (10, dict(kind="fire", fire_loss="80000", happened="2011-01-01"), "8000.00", []),
    (11, dict(kind="pipe", assessed_loss="8000", happened="2015-06-30"), "0.00", ["NOT_OFFERED"]),
    (11, dict(kind="pipe", assessed_loss="8000", happened="2015-07-01"), "8000.00", []),
    (12, dict(kind="pipe", assessed_loss="8000", happened="2018-11-05"), "8000.00", []),
    (13, dict(kind="pipe", assessed_loss="12400", happened="2018-11-05"), "10000.00", ["PIPE_MAXIMUM"]),
    (14, dict(kind="pipe", assessed_loss="8000", happened="2018-03-01", claimed="2020-03-02"), "0.00", ["CLAIM_LATE"]),
    (15, dict(kind="pipe", assessed_loss="8000", happened="2018-03-01", rerouted=True, pipe_certificate=False, in_beijing=False),
     "0.00", ["NO_CERTIFICATE", "NOT_IN_BEIJING", "REROUTED"]),
    (16, dict(kind="child_disability", grade=1, child_born="2010-01-01", happened="2015-12-31"), "0.00", ["NOT_OFFERED"]),
    (16, dict(kind="child_disability", grade=1, child_born="2010-01-01", happened="2016-01-01"), "5000.00", []),
    (17, dict(kind="death", happened="2018-05-01", at_work=True), "0.00", ["WORK_INJURY"]),
)


def worked():
    problems = []
    for number, claim, total, codes in WORKED:
        answer = Oracle("carry").settle(dump({**BASE, "claimed": claim["happened"], **claim}))
        if answer["total"] != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  example %d: %s" % (number, answer)))
    return problems


REACHED = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_OFFERED",
           "NOT_IN_SERVICE", "NO_CARD", "CLAIM_LATE", "WORK_INJURY", "EXCLUDED_CAUSE", "NOT_A_MINOR", "NO_FIRE_CERTIFICATE",
           "NOT_CONFIRMED", "NO_CERTIFICATE", "NO_TITLE", "NOT_IN_BEIJING", "REROUTED", "CONSTRUCTION", "PROPERTY_ALREADY_PAID",
           "ALREADY_PAID_FOR_ACCIDENT", "FIRE_MAXIMUM", "PIPE_MAXIMUM", "NOTIFIED_LATE", "ZERO_AMOUNT")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
