"""Claims made at random for an oracle: a plan says what its inputs are and how its members live; what hosts get wrong, leave
out or write in another way is the same for all plans and stands here. Standard library only.

A plan's SPEC names its inputs in order: name -> kind, or (kind, detail):
    "key", "date", "flag", "money", "count"
    ("code", codes)   ("number", decimals, lowest, highest) with bounds as whole numbers of the last decimal
"""

import datetime
import random

import kit
from kit import BAD_DATES, BAD_FLAGS, BAD_MONEY, BROKEN, FAR_DATES, GOOD_MONEY, Number, dump, dump_value, turned, yuan

BAD_COUNTS = (-1, 1.5, "x", "1,000", "1e2", 1000000001, True, [], {})
GOOD_COUNTS = ("3", "3.0", Number("2.00"))
BAD_KEYS = ("", 7, True, [], {}, "\u0000")
BAD_ASKS = ("enrollment", "", 1, "Claim")


def kind_of(spec):
    return spec if isinstance(spec, str) else spec[0]


def readers_of(spec):
    """What reads each input, or refuses it."""
    out = {}
    for name, of in spec.items():
        kind = kind_of(of)
        if kind == "code":
            out[name] = kit.code_of(of[1])
        elif kind == "number":
            out[name] = lambda value, of=of: kit.ranged(value, of[1], of[2], of[3])
        else:
            out[name] = {"key": key_of, "date": kit.date_of, "flag": kit.flag_of, "money": kit.money_of,
                         "count": kit.count_of}[kind]
    return out


def key_of(value):
    if not kit.text_of(value) or "\u0000" in value:
        raise kit.Malformed("no key")
    return value


class Maker:
    """A plan gives `spec`, `sequence` (the claims of one member, in order) and `given` (counters that a host sends)."""

    spec, counter_names = {}, ()
    enrolments = 0.1

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.made = 0

    def sequence(self, number):
        raise NotImplementedError

    def given(self):
        return {}

    # ---- values ----

    def money(self, fen):
        """An amount in one of the ways in which hosts write it."""
        return self.random.choice((yuan(fen), Number(yuan(fen)), fen // 100 if fen % 100 == 0 else yuan(fen)))

    def near(self, *marks, reach=3):
        """A day or number at or beside one of the marks."""
        mark = self.random.choice(marks)
        step = self.random.choice((0, 0, 0, 1, -1, self.random.randint(-reach, reach)))
        return mark + (datetime.timedelta(days=step) if isinstance(mark, datetime.date) else step)

    def amount(self, *marks):
        """Fen: near a mark in yuan where something changes, or anywhere."""
        r = self.random
        if marks and r.random() < 0.6:
            return max(0, r.choice(marks) * 100 + r.choice((0, 0, 1, -1, 2, -2, 50, 5026, r.randint(-9999, 9999))))
        return r.choice((r.randint(0, 3000_00), r.randint(0, 20000_00), r.randint(0, 400000_00)))

    def chance(self, share):
        return self.random.random() < share

    # ---- what goes wrong ----

    def bad_value(self, name):
        r, kind = self.random, kind_of(self.spec[name])
        if kind == "date":
            return r.choice(BAD_DATES + FAR_DATES * 4)
        if kind == "flag":
            return r.choice(BAD_FLAGS)
        if kind == "money":
            return r.choice(BAD_MONEY + GOOD_MONEY)
        if kind in ("count", "number"):
            return r.choice(BAD_COUNTS + GOOD_COUNTS)
        if kind == "code":
            return r.choice(("none", "", "Illness", "其他", 1, True, [], self.spec[name][1][0] + " ", self.spec[name][1][0]))
        return r.choice(BAD_KEYS + ("𠮷-1",))

    def spoil(self, claim):
        """One thing that hosts get wrong, or may leave out, in place; a whole line instead where it is no longer JSON."""
        r, pick = self.random, self.random.random()
        names = list(self.spec)
        if pick < 0.5:
            for name in r.sample(names, min(len(names), r.choice((1, 1, 1, 2, 3, 5)))):
                if r.random() < 0.5:
                    claim[name] = None
                else:
                    claim.pop(name, None)
        elif pick < 0.8:
            name = r.choice(names)
            claim[name] = self.bad_value(name)
        elif pick < 0.83:
            claim[r.choice(("Member", "total", "unit", "会员", names[0] + " ", "amount", ""))] = r.choice((1, "x", None))
        elif pick < 0.88:
            claim["ask"] = r.choice(BAD_ASKS + ("claim", None))
        elif pick < 0.93:
            claim["counters"] = r.choice((None, {}, [], "0", {"nothing": 0}, {name: "x" for name in self.counter_names},
                                          {name: -1 for name in self.counter_names}))
        elif pick < 0.97:
            name = r.choice([name for name in names if claim.get(name) is not None] or ["id"])
            return dump(claim)[:-1] + ',"%s":%s}' % (name, dump_value(claim.get(name)))
        else:
            return r.choice(BROKEN)
        return None

    # ---- lines ----

    def line(self, claim, way):
        r = self.random
        self.made += 1
        claim = {"id": "%s-%d" % (way, self.made), **{name: str(value) if isinstance(value, datetime.date) else value
                                                       for name, value in claim.items()}}
        if self.counter_names and r.random() < (0.9 if way == "given" else 0.05):
            counters = self.given()
            for name in r.sample(list(counters), min(len(counters), r.choice((0, 0, 0, 0, 1, 1, 2)))):
                if r.random() < 0.5:
                    del counters[name]
                else:
                    counters[name] = None
            claim["counters"] = counters
        if r.random() < self.enrolments:
            claim["ask"] = "enrolment"
        if r.random() < 0.3:
            claim = turned(r, claim)
        if r.random() < 0.18:
            broken = self.spoil(claim)
            if broken is not None:
                return broken
        return dump(claim)

    def lines(self, count, way):
        """`count` lines; some members are open at a time, so that their claims are mixed but keep their order."""
        open_, lines, number = [], [], 0
        while len(lines) < count:
            while len(open_) < 40:
                number += 1
                claims = list(self.sequence(number))
                if claims:
                    open_.append(claims)
            claims = self.random.choice(open_)
            lines.append(self.line(claims.pop(0), way))
            if not claims:
                open_.remove(claims)
        return lines
