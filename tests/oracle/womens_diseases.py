#!/usr/bin/env python3
"""An independent oracle for the plan womens-diseases (女工特疾), on exact integers, money in yuan.

Written from the facts of the plan (section 4: revisions of 1997, 2007, 2014 and 2018, the ICD-10 mapping, WD-04…WD-18),
its inputs, the format's rules and the contract, revision by revision and without tables: it takes nothing from the rule
file or the engine, and where they differ from it the documents decide. Where those leave a choice, the reading taken is
marked "Reading" below.

    womens_diseases.py PROGRAM RULESET [CLAIMS [SEED]]

Claims, ways of settling and comparison are those of kit.py. tests/oracle/run.sh calls it. Standard library only.
"""

import datetime
import random
import re
import sys

import kit
from kit import (BAD_DATES, BAD_FLAGS, BROKEN, FAR_DATES, Malformed, absent, at_least, both, count_of, date_of,
                 decimal_of, dump, dump_value, either, error, flag_of, incomplete, key_of, known, lift, near, negate, open_, ranged,
                 refused, text_of, turned, yuan)

PLAN = "womens-diseases"

# --- the plan ----------------------------------------------------------------------------------------------------

REVISIONS = ((1997, datetime.date(1997, 3, 1)), (2007, datetime.date(2007, 12, 1)), (2014, datetime.date(2014, 7, 1)),
             (2018, datetime.date(2018, 1, 1)))
YEARS_OF_COVER = {2007: 2, 2014: 2, 2018: 1}
LAST_EXEMPT_DAY = 30
LAST_REDUCED_DAY = {2007: 90, 2014: 90, 2018: 60}
RENEWAL_GAP = 15
FULL = {2007: 10000, 2014: 10000, 2018: 15000}
REDUCED = {2014: 5000, 2018: 500}
IN_SITU = 2000
FEE = {2014: 40, 2018: 25}
UNITS_LIMIT = 4
RECUPERATION, LIVING_AID, LIVING_AID_DAYS = 2000, 26, 180

# The sites of each list; national lists where Beijing's is not known.
FOUR = {"breast", "cervix", "ovary", "endometrium", "uterine_body"}
SIX = {"cervix", "tube", "ovary", "endometrium", "choriocarcinoma", "invasive_mole", "breast"}
EIGHT = SIX | {"vulva", "vagina", "uterine_sarcoma"}
TWELVE = EIGHT | {"ligaments", "other_genital"}
COVERED = {1997: FOUR, 2007: SIX, 2014: EIGHT, 2018: TWELVE}

WHOLE_CATEGORIES = {"C50": "breast", "C51": "vulva", "C52": "vagina", "C53": "cervix", "C56": "ovary", "C58": "choriocarcinoma"}
IN_SITU_CATEGORIES = {"D05": "breast", "D06": "cervix"}
IN_SITU_CODES = {"D07.0": "endometrium", "D07.1": "vulva", "D07.2": "vagina", "D07.3": "ovary"}
CODES = {"C57.0": "tube", "C57.1": "ligaments", "C57.2": "ligaments", "C57.3": "ligaments", "C57.7": "other_genital",
         "C57.8": "other_genital", "C57.9": "other_genital", "D39.2": "invasive_mole"}

FLAGS = ("sarcoma", "had_before", "concealed", "misdiagnosed", "secondary")
INPUTS = ("member", "cover", "cover_start", "previous_cover_end", "diagnosed", "icd10", "sarcoma", "first_stay_days",
          "units", "had_before", "concealed", "misdiagnosed", "secondary", "age", "in_service")
PAID, ENDED = "already_paid", "cover_ended"


def icd10_of(value):
    if not re.fullmatch(r"[A-Z][0-9][0-9](\.[0-9]{1,2})?", text_of(value)):
        raise Malformed("no ICD-10 code")
    return value


READERS = {"member": key_of, "cover": key_of, "icd10": icd10_of, "first_stay_days": count_of, "age": count_of,
           "units": lambda value: ranged(value, 0, 1, 99), **{name: flag_of for name in FLAGS + ("in_service",)},
           **{name: date_of for name in ("cover_start", "previous_cover_end", "diagnosed")}}
READERS = {name: READERS[name] for name in INPUTS}


def site_of(code, sarcoma):
    """(site, in situ). Finer digits belong to their code; what has no entry is not listed."""
    category, fine = code[:3], code[:5]
    if category in ("C54", "C55") and sarcoma:
        return "uterine_sarcoma", False
    if fine == "C54.1":
        return "endometrium", False
    if category in ("C54", "C55"):  # Reading: one of the four of 1997, in none of the later lists
        return "uterine_body", False
    if category in WHOLE_CATEGORIES:
        return WHOLE_CATEGORIES[category], False
    if category in IN_SITU_CATEGORIES:
        return IN_SITU_CATEGORIES[category], True
    if fine in IN_SITU_CODES:
        return IN_SITU_CODES[fine], True
    return CODES.get(fine, "not_listed"), False


def last_day(start, years):
    """The day before the same day `years` later; from a 29th of February, the day before the 28th (N10)."""
    leap = start.month == 2 and start.day == 29
    later = datetime.date(start.year + years, 2, 28) if leap else start.replace(year=start.year + years)
    return later - datetime.timedelta(days=1)


def unknown(name):
    return absent("?" + name)


# --- settling a claim --------------------------------------------------------------------------------------------

def open_answer(names):
    """Incomplete if anything is missing, else undetermined. Reading: what is unknown is not compared by name."""
    missing = {name for name in names if not name.startswith("?")}
    return incomplete(missing) if missing else {"outcome": "undetermined", "total": None, "reasons": [[None, "unknown"]]}


class Oracle(kit.Oracle):
    inputs, counters, starts = READERS, {PAID: flag_of, ENDED: flag_of}, {PAID: False, ENDED: False}

    @staticmethod
    def revision(inputs):
        """The revision of a cover, or the answer where there is none."""
        if "cover_start" not in inputs:
            return incomplete({"cover_start"})
        before = [year for year, first in REVISIONS if first <= inputs["cover_start"]]
        return before[-1] if before else refused(["PLAN_NOT_IN_FORCE"])

    def enrol(self, inputs):
        revision = self.revision(inputs)
        if isinstance(revision, dict):
            return revision
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in ("age", "in_service", "units")}
        conditions = [("NOT_IN_SERVICE", term["in_service"])]
        if revision >= 2018:
            conditions.insert(0, ("AGE", lift(lambda age: 16 <= age <= 60, term["age"])))
        if revision >= 2014:
            conditions.append(("TOO_MANY_UNITS", lift(lambda units: units <= UNITS_LIMIT, term["units"])))
        failed = [code for code, held in conditions if held == known(False)]
        if failed:
            return refused(failed)
        fee = lift(lambda units: units * FEE[revision], term["units"]) if revision >= 2014 else unknown("fee")
        names = fee[1].union(*(held[1] for _, held in conditions))
        if names:
            return open_answer(names)
        return {"outcome": "accepted", "fees": [["fee", yuan(fee[0] * 100)]], "reasons": []}

    def decide(self, inputs, given):
        revision = self.revision(inputs)
        if isinstance(revision, dict):
            return revision
        term = {name: known(inputs[name]) if name in inputs else absent(name) for name in INPUTS}
        term.update({name: known(inputs.get(name, False)) for name in FLAGS})
        start = inputs["cover_start"]
        beyond = revision != 1997 and start.year + YEARS_OF_COVER[revision] > datetime.MAXYEAR
        if beyond and not ("diagnosed" in inputs and inputs["diagnosed"] < start):
            return error()  # the last day of the cover lies beyond the calendar, and is needed

        if revision == 1997 or beyond:
            end = unknown("last day of the cover")
        else:
            end = known(last_day(start, YEARS_OF_COVER[revision]))
        in_cover = both(at_least(term["diagnosed"], known(start)), at_least(end, term["diagnosed"]))
        found = lift(site_of, term["icd10"], term["sarcoma"])
        site, in_situ = lift(lambda pair: pair[0], found), lift(lambda pair: pair[1], found)
        renewed = self.renewed(inputs, revision)
        stage = self.stage(renewed, term["diagnosed"], start, revision)
        member, cover = inputs.get("member"), inputs.get("cover")
        ended = self.counter(ENDED, given, (member, cover))
        paid = self.counter(PAID, given, (member, site[0]))

        excluded = any(inputs.get(name, False) for name in ("concealed", "misdiagnosed", "secondary"))
        conditions = (
            ("NOT_IN_COVER", in_cover),
            ("NOT_A_COVERED_DISEASE", lift(lambda s: s in COVERED[revision], site)),
            ("IN_SITU_EXCLUDED", negate(in_situ) if revision in (2007, 2014) else known(True)),
            ("HAD_BEFORE", negate(term["had_before"])),
            ("EXCLUDED", known(revision == 1997 or not excluded)),
            ("COVER_ENDED", negate(ended)),
            ("ALREADY_PAID_DISEASE", negate(paid)),
            ("IN_EXEMPT_PERIOD", either(negate(in_cover), lift(lambda s: s != "exempt", stage))),
        )
        failed = [code for code, held in conditions if held == known(False)]
        # N6: a benefit that is asked for outside its life is refused. Reading: days in hospital ask for the two benefits
        # of 2007 wherever these would be due in full; a stay of 0 days is none.
        stayed = inputs.get("first_stay_days", 0) > 0
        not_offered = ["NOT_OFFERED"] * 2 if revision != 2007 and stayed and stage == known("full") else []
        if failed:
            return refused(failed + not_offered)
        names = frozenset().union(*(held[1] for _, held in conditions), stage[1], site[1],
                                  *(term[name][1] for name in ("member", "cover")))
        if revision >= 2014:
            names |= term["units"][1]
        if not names:
            names = self.amount(revision, stage[0], in_situ[0])[1]
        if names:
            return open_answer(names)
        return self.pay(inputs, revision, stage[0], in_situ[0], renewed[0], (site[0], paid[0], ended[0]), not_offered)

    @staticmethod
    def renewed(inputs, revision):
        if "previous_cover_end" not in inputs:
            return known(False)
        if revision == 1997:
            return unknown("gap")
        return known((inputs["cover_start"] - inputs["previous_cover_end"]).days <= RENEWAL_GAP)

    @staticmethod
    def stage(renewed, diagnosed, start, revision):
        if renewed[1] or renewed[0]:
            return lift(lambda _: "full", renewed)
        if revision == 1997:
            return unknown("stages")

        def of(day):
            number = (day - start).days + 1  # day 1 is the first day of the cover
            return "exempt" if number <= LAST_EXEMPT_DAY else "reduced" if number <= LAST_REDUCED_DAY[revision] else "full"
        return lift(of, diagnosed)

    @staticmethod
    def amount(revision, stage, in_situ):
        """Yuan a unit."""
        if revision == 1997 or (stage == "reduced" and revision == 2007):
            return unknown("amount")
        if stage == "reduced":  # Reading: for in situ too, in 2018
            return known(REDUCED[revision])
        return known(IN_SITU if in_situ else FULL[revision])

    def pay(self, inputs, revision, stage, in_situ, renewed, counters, not_offered):
        site, paid, ended = counters
        each = self.amount(revision, stage, in_situ)[0]
        reasons, values = [[code, "refusal"] for code in not_offered], []
        units = 1
        if revision >= 2014:
            units = min(inputs["units"], UNITS_LIMIT)
            if inputs["units"] > units:
                reasons.append(["UNITS_LIMIT", "cap"])
            values.append(["paid_units", str(inputs["units"]),
                           [["UNITS_LIMIT", str(UNITS_LIMIT), "0", str(inputs["units"] - units)]], str(units)])
        benefits = [["lump_sum", each * units]]
        if not_offered:
            benefits += [["recuperation", 0], ["living_aid", 0]]
        if revision == 2007 and stage == "full":
            stay = inputs.get("first_stay_days", 0)
            days = min(stay, LIVING_AID_DAYS)
            if stay > days:
                reasons.append(["LIVING_AID_DAYS", "cap"])
            values.append(["living_aid_days", str(stay), [["LIVING_AID_DAYS", str(LIVING_AID_DAYS), "0", str(stay - days)]],
                           str(days)])
            benefits += [["recuperation", RECUPERATION], ["living_aid", LIVING_AID * days]] if stay else []
        if stage == "reduced":
            reasons.append(["REDUCED_PERIOD", "note"])
        if renewed:
            reasons.append(["WAITING_WAIVED", "note"])
        total = sum(amount for _, amount in benefits)
        member, cover = inputs["member"], inputs["cover"]
        self.keep(PAID, (member, site), True)
        self.keep(ENDED, (member, cover), True)
        answer = {"outcome": "paid", "total": yuan(total * 100), "reasons": reasons,
                  "benefits": [[name, yuan(amount * 100), [], yuan(amount * 100)] for name, amount in benefits],
                  "counters": {PAID: [{"member": member, "site": site}, None, paid, None, True],
                               ENDED: [{"member": member, "cover": cover}, None, ended, None, True]}}
        if values:
            answer["values"] = values
        return answer


# --- making claims -----------------------------------------------------------------------------------------------

TURNS = [first for _, first in REVISIONS] + [datetime.date(*day) for day in (
    (2001, 10, 1), (2008, 2, 29), (2012, 2, 29), (2016, 2, 29), (2020, 2, 29), (2010, 1, 1), (2015, 3, 1), (2019, 1, 1), (2024, 1, 1))]
CODES_MADE = ("C50", "C50.1", "C50.91", "C51", "C51.9", "C52", "C53", "C53.0", "C53.91", "C54", "C54.0", "C54.1", "C54.10", "C54.2",
              "C54.9", "C55", "C55.9", "C56", "C56.1", "C57", "C57.0", "C57.01", "C57.1", "C57.2", "C57.3", "C57.4", "C57.5",
              "C57.6", "C57.7", "C57.8", "C57.9", "C58", "C58.0", "D05", "D05.1", "D05.9", "D06", "D06.7", "D07", "D07.0", "D07.1",
              "D07.2", "D07.3", "D07.4", "D39", "D39.0", "D39.1", "D39.2", "D39.9", "C49.9", "C59", "C60", "D04.5", "D24", "N80.1", "A50")
USUAL = ("C50", "C50.9", "C53.9", "C54.1", "C56", "C57.0", "C58", "D39.2", "D05.1", "D06.9", "C54.9")
BAD_CODES = ("c50", "C5", "C500", "C50.", "C50.123", " C50", "C50 ", "Ｃ50", "C50,1", "", "50.1", "CC0", "乳腺癌", 50, True, [], {})
UNKNOWN = ("site", "unit", "Member", "total", "cover_end", "icd-10", "确诊日", "units ", "in_situ")


class Maker:
    """Members with covers that follow each other, each with some diagnoses, mixed in settlement."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = 0

    def member(self, number):
        r = self.random
        start = near(r, r.choice(TURNS), r.choice((0, 1, 1, 30, 400)))
        favourite, previous, claims = r.choice(USUAL), r.choice((None, None, 0)), []
        for cover in range(r.choice((1, 1, 2, 3))):
            length = 365 if start >= REVISIONS[-1][1] else 730
            if previous == 0:
                previous = start - datetime.timedelta(days=r.choice((0, 1, 10, 15, 16, 17, 100, -20)))
            base = {"member": "m%d" % number, "cover": "c%d" % cover, "cover_start": start, "units": r.choice((1, 1, 2, 2, 3, 4, 5, 9))}
            if previous is not None and r.random() < 0.9:
                base["previous_cover_end"] = previous
            for _ in range(r.choice((1, 1, 2, 3))):
                claims.append({**base, **self.diagnosis(start, length, favourite)})
            if r.random() < 0.3:
                claims.append({**base, "ask": "enrolment", "age": r.choice((15, 16, 17, 40, 59, 60, 61)), "in_service": r.random() < 0.9})
            previous = start + datetime.timedelta(days=length - 1)
            start = previous + datetime.timedelta(days=r.choice((1, 1, 10, 15, 16, 17, 200)))
        return [{key: str(value) if isinstance(value, datetime.date) else value for key, value in claim.items()} for claim in claims]

    def diagnosis(self, start, length, favourite):
        r = self.random
        day = r.choice((1, 12, 29, 30, 31, 32, 59, 60, 61, 62, 89, 90, 91, 92, 0, -1, length - 1, length, length + 1, length + 2,
                        r.randint(1, length), r.randint(91, length), r.randint(91, length), r.randint(91, length)))
        claim = {"diagnosed": start + datetime.timedelta(days=day - 1),
                 "icd10": r.choice((favourite, favourite, r.choice(USUAL), r.choice(CODES_MADE)))}
        if claim["icd10"].startswith(("C54", "C55")) and r.random() < 0.5 or r.random() < 0.02:
            claim["sarcoma"] = r.random() < 0.7
        if r.random() < 0.4:
            claim["first_stay_days"] = r.choice((0, 1, 20, 179, 180, 181, r.randint(1, 400)))
        for name in FLAGS[1:]:
            if r.random() < 0.06:
                claim[name] = r.random() < 0.4
        return claim

    def counters(self):
        r = self.random
        counters = {PAID: r.random() < 0.15, ENDED: r.random() < 0.15}
        for name in r.sample([PAID, ENDED], r.choice((0, 0, 0, 0, 1, 2))):
            if r.random() < 0.5:
                del counters[name]
            else:
                counters[name] = None
        return counters

    def spoil(self, claim):
        """One thing that hosts get wrong, or may leave out, in place; a whole line instead where it is no longer JSON."""
        r = self.random
        pick = r.random()
        if pick < 0.50:
            for name in r.sample(INPUTS, r.choice((1, 1, 1, 2, 3, 5))):
                if r.random() < 0.5:
                    claim[name] = None
                else:
                    claim.pop(name, None)
        elif pick < 0.62:
            claim[r.choice(("cover_start", "previous_cover_end", "diagnosed"))] = r.choice(BAD_DATES + FAR_DATES * 4)
        elif pick < 0.70:
            claim["icd10"] = r.choice(BAD_CODES)
        elif pick < 0.74:
            claim[r.choice(FLAGS + ("in_service",))] = r.choice(BAD_FLAGS)
        elif pick < 0.79:
            claim["units"] = r.choice((0, 1, 99, 100, "2", "2.0", 1.5, -1, "x", True))
        elif pick < 0.82:
            claim[r.choice(("age", "first_stay_days"))] = r.choice((-1, 1.5, "x", "40", 1000000001))
        elif pick < 0.85:
            claim[r.choice(UNKNOWN)] = r.choice((1, "x", None))
        elif pick < 0.90:
            claim["ask"] = r.choice(("enrolment", "claim", None, "enrollment", "", 1))
        elif pick < 0.94:
            claim["counters"] = r.choice((None, {}, [], "0", {PAID: 0}, {"paid": True}, {ENDED: "true"}, {PAID: True, ENDED: True}))
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
        if r.random() < (0.9 if way == "given" else 0.04):
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
        going, lines, member = [], [], 0
        while len(lines) < count:
            while len(going) < 40:
                member += 1
                going.append(self.member(member))
            claims = r.choice(going)
            lines.append(self.line(claims.pop(0), way))
            if not claims:
                going.remove(claims)
        return lines


# The worked examples of the facts: id, first day of cover, claims as (day of the cover, what they say), sum, last reasons.
WORKED = (
    ("WD-04", "2018-01-01", [(61, dict(units=2))], "30000.00", []),
    ("WD-05", "2018-01-01", [(61, dict(units=2, icd10="D05.1"))], "4000.00", []),
    ("WD-07", "2018-01-01", [(100, dict(units=2, icd10="D05.1")), (300, dict(units=2))], "4000.00", ["COVER_ENDED", "ALREADY_PAID_DISEASE"]),
    ("WD-11", "2014-07-01", [(120, dict(units=1))], "10000.00", []),
    ("WD-13", "2007-12-01", [(120, dict(icd10="C53.9", first_stay_days=20))], "12520.00", []),
    ("WD-14", "2007-12-01", [(120, dict(icd10="C53.9"))], "10000.00", []),
    ("WD-16", "2009-12-11", [(12, dict(previous_cover_end="2009-12-01"))], "10000.00", ["WAITING_WAIVED"]),
    ("WD-18", "2007-12-01", [(200, dict(icd10="D06.9"))], "0.00", ["IN_SITU_EXCLUDED"]),
)


def worked():
    """Is the oracle itself true to the worked examples?"""
    problems = []
    for name, start, claims, total, codes in WORKED:
        oracle, fen, answer = Oracle("carry"), 0, {}
        for day, claim in claims:
            diagnosed = datetime.date.fromisoformat(start) + datetime.timedelta(days=day - 1)
            answer = oracle.settle(dump({"member": "m", "cover": "c", "cover_start": start, "diagnosed": str(diagnosed),
                                         "icd10": "C50.9", "units": 1, **claim}))
            fen += decimal_of(answer["total"], 2)
        if yuan(fen) != total or [reason[0] for reason in answer["reasons"]] != codes:
            problems.append(("oracle and facts", "  %s: %s, not %s" % (name, yuan(fen), total)))
    for code, units, fee in (("WD-09", 2, "50.00"),):
        answer = Oracle("carry").settle(dump({"ask": "enrolment", "cover_start": "2018-01-01", "age": 40, "in_service": True,
                                              "units": units}))
        if answer.get("fees") != [["fee", fee]]:
            problems.append(("oracle and facts", "  %s: not %s" % (code, fee)))
    return problems


REACHED = ("paid", "refused", "incomplete", "undetermined", "error", "accepted", "PLAN_NOT_IN_FORCE", "NOT_IN_COVER",
           "NOT_A_COVERED_DISEASE", "IN_SITU_EXCLUDED", "HAD_BEFORE", "EXCLUDED", "COVER_ENDED", "ALREADY_PAID_DISEASE",
           "IN_EXEMPT_PERIOD", "AGE", "NOT_IN_SERVICE", "TOO_MANY_UNITS", "UNITS_LIMIT", "LIVING_AID_DAYS", "REDUCED_PERIOD",
           "WAITING_WAIVED")


if __name__ == "__main__":
    sys.exit(kit.main(sys.modules["__main__"], sys.argv[1:]))
