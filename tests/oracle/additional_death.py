#!/usr/bin/env python3
"""An independent oracle for the plan additional-death (附加身故), which only the packages have; money in yuan.

Written from the facts (section 7: the amount, cause and waiting period are suggestions), the plan's inputs, the format's
rules and the contract: it takes nothing from the rule file or the engine.

    additional_death.py PROGRAM RULESET [CLAIMS [SEED]]
"""

import datetime
import sys

import judging
import kit
import making
from judging import Benefit, judge
from kit import absent, both, dump, incomplete, known, lift, refused, yuan

PLAN = "additional-death"
START, AMOUNT, WAITING_DAYS = datetime.date(2019, 1, 1), 10000_00, 30
SPEC = {"member": "key", "cover": "key", "cover_start": "date", "cover_end": "date", "died": "date"}


class Oracle(kit.Oracle):
    inputs = making.readers_of(SPEC)

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        return {"outcome": "accepted", "reasons": []}  # Reading: it is had in a package only, and has no fee of its own

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        start = inputs["cover_start"]
        if start < START:
            return refused(["PLAN_NOT_IN_FORCE"])
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in SPEC}
        in_cover = both(lift(lambda died: died >= start, term["died"]), lift(lambda died, end: died <= end, term["died"], term["cover_end"]))
        waited = lift(lambda died: (died - start).days + 1 > WAITING_DAYS, term["died"])
        conditions = (("NOT_IN_COVER", in_cover, None), ("IN_WAITING_PERIOD", kit.either(kit.negate(in_cover), waited), None))
        answer, _ = judge((), conditions, [Benefit("death", judging.TRUE, known(AMOUNT))])
        if answer:
            return answer
        return {"outcome": "paid", "total": yuan(AMOUNT), "reasons": [], "benefits": [["death", yuan(AMOUNT), [], yuan(AMOUNT)]]}


class Maker(making.Maker):
    spec = SPEC

    def sequence(self, number):
        r = self.random
        start = self.near(START, datetime.date(2020, 2, 29), datetime.date(2022, 7, 1), reach=400)
        end = start + datetime.timedelta(days=r.choice((364, 365, 364, 29, -1)))
        died = r.choice((start + datetime.timedelta(days=r.randint(-5, 370)), self.near(start + datetime.timedelta(days=29)), self.near(end)))
        yield {"member": "m%d" % number, "cover": "c", "cover_start": start, "cover_end": end, "died": died}


def worked():
    base = dict(member="m", cover="c", cover_start="2019-01-01", cover_end="2019-12-31")
    cases = (("2019-01-30", "0.00", ["IN_WAITING_PERIOD"]), ("2019-01-31", "10000.00", []), ("2020-01-01", "0.00", ["NOT_IN_COVER"]))
    problems = []
    for died, total, codes in cases:
        answer = Oracle("carry").settle(dump({**base, "died": died}))
        if answer["total"] != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  death on %s: %s" % (died, answer)))
    return problems


REACHED = ("paid", "refused", "incomplete", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER", "IN_WAITING_PERIOD")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
