"""What the oracles of the packages share: a package's claim is taken apart, each part is answered by the oracle of its plan, and
the parts are put together (the format's N8, N20, N33, the contract's parts). It knows no figure of any plan. Standard
library only.
"""

import datetime

import kit
import making
from kit import incomplete, refused, yuan

WORST = ("error", "incomplete", "undetermined", "nothing_due", "refused")


class Part:
    """asked_by: the input whose presence asks for it; sets: inputs from the package; women: a condition of the package."""

    def __init__(self, plan, module, asked_by, sets=None, women=False):
        self.plan, self.module, self.asked_by, self.sets, self.women = plan, module, asked_by, sets or {}, women


class Oracle(kit.Oracle):
    """A package gives `start`, `parts` and `inputs`; `make` makes the oracle of a part."""

    start, parts = None, ()

    def __init__(self, way):
        super().__init__(way)
        self.oracles = {part.plan: self.make(part, way) for part in self.parts}

    def make(self, part, way):
        return part.module.Oracle(way)

    def enrol(self, inputs):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < self.start:
            return refused(["PLAN_NOT_IN_FORCE"])
        return {"outcome": "undetermined", "reasons": [[None, "unknown"]]}  # no package fee was found

    def settle(self, line):
        answer = super().settle(line)
        answer.pop("benefits", None)
        return answer

    def decide(self, inputs, given):
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        if inputs["cover_start"] < self.start:
            return refused(["PLAN_NOT_IN_FORCE"])
        return self.together([self.part_of(part, inputs) for part in self.parts])

    def part_of(self, part, inputs):
        if part.asked_by not in inputs:
            return {"plan": part.plan, "outcome": "not_asked", "total": "0.00", "reasons": []}
        oracle = self.oracles[part.plan]
        names = [name for name in oracle.inputs if name in inputs and name not in part.sets]
        own = {name: inputs[name] for name in names}
        for name, value in part.sets.items():
            value = value(inputs) if callable(value) else value
            if value is not None:
                own[name] = value
        if part.women and inputs.get("sex") == "male":
            return {"plan": part.plan, **refused(["WOMEN_ONLY"])}
        state = dict(oracle.state)
        try:
            answer = oracle.decide(own, {})
        except kit.Malformed:
            answer = kit.error()
        if part.women and "sex" not in inputs and answer["outcome"] in ("paid", "nothing_due", "incomplete", "undetermined"):
            oracle.state = state
            answer = incomplete(set(answer.get("missing", ())) | {"sex"})
        return {"plan": part.plan, **answer}

    @staticmethod
    def together(parts):
        outcomes = [part["outcome"] for part in parts]
        asked = [outcome for outcome in outcomes if outcome != "not_asked"]
        outcome = "paid" if "paid" in asked else next((worst for worst in WORST if worst in asked), "nothing_due")
        totals = [part["total"] for part in parts]
        total = None if None in totals else yuan(sum(kit.decimal_of(total, 2) for total in totals))
        answer = {"outcome": outcome, "total": total, "parts": parts}
        # The package names what is missing as it calls it: what it sets for a part by its own name.
        missing = {"ci_units" if name == "units" else name for part in parts for name in part.get("missing", ())}
        if missing:
            answer["missing"] = sorted(missing)
        return answer


class Maker(making.Maker):
    """Events of members in covers of a year: illness, stay, accident, death, some at once. A package gives `stay`: the claim of
    its first part."""

    enrolments = 0.05

    def stay(self, start, day):
        raise NotImplementedError

    def sequence(self, number):
        r = self.random
        start = self.near(datetime.date(2019, 1, 1), datetime.date(2020, 2, 29), datetime.date(2022, 5, 1), reach=200)
        end = start + datetime.timedelta(days=r.choice((364, 364, 365)))
        base = {"member": "m%d" % number, "cover": "c", "cover_start": start, "cover_end": end, "ci_units": r.choice((2, 3, 4)),
                "sex": r.choice(("female", "female", "male"))}
        if self.chance(0.4):
            base["previous_cover_end"] = start - datetime.timedelta(days=r.choice((1, 1, 2, 15, 16)))
        for _ in range(r.choice((1, 2, 3))):
            claim, day = dict(base), r.choice((r.randint(0, 366), r.randint(31, 366), 29, 30, 31, 60, 61, -1, 366))
            kinds = r.sample(("stay", "disease", "women", "accident", "death"), r.choice((0, 1, 1, 1, 2, 3)))
            if "stay" in kinds:
                claim.update(self.stay(start, day))
            if "disease" in kinds:
                claim["disease"] = r.choice(("cancer", "cancer", "in_situ", "infarct", "valve", "other"))
            if "women" in kinds:
                claim["icd10"] = r.choice(("C50.9", "C53.9", "D05.1", "D39.2", "C34.1", "C57.0"))
            if "disease" in kinds or "women" in kinds:
                claim["diagnosed"] = start + datetime.timedelta(days=day)
            if "accident" in kinds:
                claim.update({"happened": start + datetime.timedelta(days=day), "event": "e", "harm": r.choice(("death", "disability"))})
                if claim["harm"] == "disability":
                    claim["grade"] = r.randint(1, 10)
            if "death" in kinds:
                claim["died"] = start + datetime.timedelta(days=day)
            yield claim
