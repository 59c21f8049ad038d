"""What the oracles of all plans share: three-valued logic, reading claims, asking the program, comparing answers.

Written from the contract and the format's rules on absence, counters and outcomes, as the oracles are. It knows no plan
and has read neither a rule file nor the engine. An oracle hands its plan, its evaluator, its maker of claims and its
worked examples to `main`. Standard library only.
"""

import datetime
import json
import re
import subprocess

WAYS = {"carry": ["--carry"], "fresh": ["--fresh"], "given": []}


# --- three-valued logic ------------------------------------------------------------------------------------------
# A term is (value, names): names is the set of what is missing; with names the value is None. Kleene's `and` drops
# the names of the other side when one side is false; every other operator needs all its operands.

NOTHING = frozenset()


def known(value):
    return (value, NOTHING)


def lift(function, *terms):
    names = NOTHING.union(*(term[1] for term in terms))
    return (None, names) if names else (function(*(term[0] for term in terms)), NOTHING)


def absent(name):
    return (None, frozenset([name]))


def both(a, b):
    if (not a[1] and not a[0]) or (not b[1] and not b[0]):
        return known(False)
    return (None, a[1] | b[1]) if a[1] or b[1] else known(True)


def negate(a):
    return lift(lambda x: not x, a)


def either(a, b):
    return negate(both(negate(a), negate(b)))


def at_least(a, b):
    return lift(lambda x, y: x >= y, a, b)


# --- reading a claim ---------------------------------------------------------------------------------------------

class Malformed(Exception):
    """The claim cannot be read: the answer is an error."""


class Number(str):
    """A JSON number, as its text."""


def object_of(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Malformed("duplicate key")
    return dict(pairs)


def refuse_constant(text):
    raise Malformed(text)


def parse(line):
    try:
        claim = json.loads(line, object_pairs_hook=object_of, parse_int=Number, parse_float=Number,
                           parse_constant=refuse_constant)
    except ValueError as problem:
        raise Malformed("not JSON") from problem
    if not isinstance(claim, dict):
        raise Malformed("not an object")
    return claim


def text_of(value):
    if not isinstance(value, str) or isinstance(value, Number):
        raise Malformed("not a text")
    return value


def key_of(value):
    return text_of(value)


def date_of(value):
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text_of(value))
    if not match:
        raise Malformed("not a date")
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError as problem:
        raise Malformed("no such day") from problem


def decimal_of(value, scale):
    """A number of at most `scale` decimals, zeros behind them allowed, as a whole number of its last place."""
    if not isinstance(value, str):
        raise Malformed("not a number")
    match = re.fullmatch(r"(-?)([0-9]+)(?:\.([0-9]+))?", value)
    if not match:
        raise Malformed("not a plain number")
    sign, whole, rest = match.group(1), match.group(2), match.group(3) or ""
    if rest[scale:].strip("0"):
        raise Malformed("too many decimals")
    amount = int(whole + rest[:scale].ljust(scale, "0"))
    return -amount if sign else amount


def ranged(value, scale, lowest, highest=None):
    number = decimal_of(value, scale)
    if number < lowest or (highest is not None and number > highest):
        raise Malformed("out of range")
    return number


def code_of(codes):
    def read(value):
        if text_of(value) not in codes:
            raise Malformed("unknown code")
        return value
    return read


def flag_of(value):
    if value is not True and value is not False:
        raise Malformed("not true or false")
    return value


def money_of(value):
    return ranged(value, 2, 0, 999999999999)


def count_of(value):
    return ranged(value, 0, 0, 1000000000)


def read(claim, inputs, counters):
    """(ask, inputs, counters given), by readers; a value that is null is absent. Malformed wherever it stands is an error."""
    ask = claim.get("ask")
    ask = "claim" if ask is None else text_of(ask)
    if ask not in ("claim", "enrolment"):
        raise Malformed("ask")
    for name in claim:
        if name not in inputs and name not in ("id", "counters", "ask"):
            raise Malformed("unknown key")
    given = claim.get("counters")
    given = {} if given is None else given
    if not isinstance(given, dict) or any(name not in counters for name in given):
        raise Malformed("counters")
    return (ask, {name: inputs[name](claim[name]) for name in inputs if claim.get(name) is not None},
            {name: counters[name](value) for name, value in given.items() if value is not None})


# --- answers -----------------------------------------------------------------------------------------------------

def yuan(fen):
    return "%d.%02d" % divmod(fen, 100)


def error(*checks):
    return {"outcome": "error", "total": None, "error": "check" if checks else "input",
            "reasons": [[check, None] for check in checks]}


def open_(outcome, names, kind):
    """Reading: what is missing, or unknown, is listed once each; no document orders it, so a set is compared."""
    return {"outcome": outcome, "total": None, "missing": sorted(names), "reasons": [[None, kind]] * len(names)}


def incomplete(names):
    return open_("incomplete", names, "missing")


def refused(codes):
    return {"outcome": "refused", "total": "0.00", "reasons": [[code, "refusal"] for code in codes]}


class Oracle:
    """Settles claims one after another in one of WAYS. A plan gives `inputs`, `counters` (readers by name), `starts`,
    `enrol` and `decide`; `state` is what --carry carries, by counter and key."""

    inputs, counters, starts = {}, {}, {}

    def __init__(self, way):
        self.way = way
        self.state = {}

    def settle(self, line):
        try:
            claim = parse(line)
        except Malformed:
            # Reading: no document says which id, if any, a line that cannot be read gives back, nor which question
            # (and so whether a total) it is taken for: neither is compared.
            return {key: value for key, value in error().items() if key != "total"}
        try:
            ask, inputs, given = read(claim, self.inputs, self.counters)
            answer = self.enrol(inputs) if ask == "enrolment" else self.decide(inputs, given)
        except Malformed:
            answer = error()
        if claim.get("ask") == "enrolment":  # Reading: an enrolment has fees; a total does not apply to it, even as null.
            answer.pop("total", None)
        return {"id": claim.get("id"), **answer}

    def counter(self, name, given, key):
        """The counter before the claim. Given in the claim it is as given (Reading: under --carry too)."""
        if name in given:
            return known(given[name])
        if self.way == "given":
            return absent(name)
        return known(self.state.get((name, key), self.starts[name]) if self.way == "carry" else self.starts[name])

    def keep(self, name, key, value):
        if self.way == "carry":
            self.state[name, key] = value

    def enrol(self, inputs):
        raise NotImplementedError

    def decide(self, inputs, given):
        raise NotImplementedError


# --- spoiling claims ---------------------------------------------------------------------------------------------

BAD_DATES = ("2015-02-29", "1900-02-29", "2100-02-29", "2016-13-01", "2016-00-10", "2016-06-31", "2016-1-01", "20160101",
             "2016/01/01", "2016-01-01T00:00:00", "2016-01-01 ", " 2016-01-01", "", "0000-01-01", "10000-01-01", "-2016-01-01",
             "２０１６-01-01", "2016-01", "today", 20160101, True, ["2016-01-01"], {})
FAR_DATES = ("0001-01-01", "9999-12-31")
BAD_FLAGS = ("true", "false", 1, 0, "yes", "", [], {})
BAD_MONEY = (-1, "-0.01", "1.001", "1e3", "NaN", "", "1,000", "0x10", "十", True, [], {}, "10000000000", 0.005)
GOOD_MONEY = ("0", "1300.000", Number("5000.10"), "6300.5", "0.00", Number("2300.0"), "9999999999.99")
BROKEN = ("{", "[]", "null", "17", '"text"', '{"id":"x"', '{"id":"x",}', "{'id':1}", '{"id":"x"} {}', "not json",
          '{"units":NaN}', '{"units":02}', '{"served":2016-01-01}', '{"member":"a')


def near(random_, day, reach):
    return day + datetime.timedelta(days=random_.randint(-reach, reach))


def turned(random_, claim):
    """The same claim; the order of keys means nothing."""
    names = list(claim)
    random_.shuffle(names)
    return {name: claim[name] for name in names}


def dump_value(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return dump(value)
    return json.dumps(value, ensure_ascii=False)


def dump(claim):
    return "{%s}" % ",".join("%s:%s" % (json.dumps(key, ensure_ascii=False), dump_value(value))
                             for key, value in claim.items())


# --- asking the program ------------------------------------------------------------------------------------------

def caps_of(item):
    return [[cap["code"], cap["limit"], cap["used"], cap["cut"]] for cap in item.get("caps", [])]


def seen(decision):
    """What of a decision the oracle answers too, in the oracle's shape."""
    answer = {"id": decision.get("id"), "outcome": decision["outcome"]}
    if "total" in decision:
        answer["total"] = decision["total"]
    if "missing" in decision:
        answer["missing"] = sorted(decision["missing"])
    if "benefits" in decision:
        answer["benefits"] = [[b["id"], b["gross"], caps_of(b), b["net"]] for b in decision["benefits"]]
    if "values" in decision:
        # Reading: a value stands there whenever a cap is over it; compared is what a cap in force looks at.
        values = [[v["id"], v["before"], [cap for cap in caps_of(v) if cap[1] is not None], v["after"]] for v in decision["values"]]
        if any(value[2] for value in values):
            answer["values"] = [value for value in values if value[2]]
    if "fees" in decision:
        answer["fees"] = [[fee["id"], fee["amount"]] for fee in decision["fees"]]
    if "counters" in decision:
        answer["counters"] = {name: [c["key"], c.get("unit"), c["before"], c.get("change"), c["after"]]
                              for name, c in decision["counters"].items()}
    if "error" in decision:
        answer["error"] = "check" if decision["error"]["code"] == "R_CHECK" else "input"
    if "parts" in decision:  # the reasons of a package stand in its parts
        answer["parts"] = [{"plan": part["plan"], **{name: value for name, value in seen(part).items() if name != "id"}}
                           for part in decision["parts"]]
        answer.pop("error", None)
        return answer
    # The contract gives no code to the reasons of what is missing, and no kind to that of a check.
    # Values that nobody published are compared as one.
    answer["reasons"] = [[None if reason["kind"] in ("missing", "unknown") else reason["code"],
                          None if "error" in decision else reason["kind"]] for reason in decision.get("reasons", [])]
    if answer["outcome"] == "undetermined":
        answer["reasons"] = [reason for at, reason in enumerate(answer["reasons"]) if reason not in answer["reasons"][:at]]
    return answer


def ask_program(program, ruleset, plan, way, lines):
    command = [program, "eval", ruleset, "--plan", plan] + WAYS[way]
    return subprocess.run(command, input="".join(line + "\n" for line in lines).encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


class Tally:
    """Counts groups; prints the first claims of each kind of difference, and at the end how many there are of each."""

    SHOWN = 2  # of a kind

    def __init__(self):
        self.passed = self.failed = 0
        self.kinds = {}

    def group(self, name, problems):
        """problems: (kind, text) each."""
        if not problems:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED %s: %d differ" % (name, len(problems)))
        for kind, text in problems:
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            if self.kinds[kind] <= self.SHOWN:
                print(text)

    def summary(self):
        for kind, count in sorted(self.kinds.items(), key=lambda item: -item[1]):
            print("%7d  %s" % (count, kind))


def compare(plan, number, line, expected, decision, way):
    """None, or (kind of difference, text with both answers)."""
    got = seen(decision)
    if "id" not in expected:  # unreadable
        del got["id"]
        got.pop("total", None)
    if got == expected and decision.get("line") == number and decision.get("plan") == plan:
        return None
    absent = object()
    keys = [key for key in sorted(set(got) | set(expected)) if got.get(key, absent) != expected.get(key, absent)]
    kind = "%s: oracle %s, program %s, differing in %s" % (
        way, expected["outcome"], got["outcome"], ", ".join(keys) or "line or plan")
    return kind, "  %s\n    line    %d\n    claim   %s\n    oracle  %s\n    program %s" % (
        kind, number, line, json.dumps(expected, ensure_ascii=False), json.dumps(got, ensure_ascii=False))


def run(program, ruleset, claims, seed, plan, chunk=1000):
    """`plan`: name, Oracle, Maker, `worked` (problems of the worked examples) and `reached` (kinds of answer)."""
    tally = Tally()
    tally.group("oracle: worked examples of the facts", plan.worked())
    for turn, way in enumerate(WAYS):
        maker, oracle = plan.Maker("%s-%s" % (seed, way)), plan.Oracle(way)
        lines = maker.lines(claims // len(WAYS) + (turn < claims % len(WAYS)), way)
        expected = [oracle.settle(line) for line in lines]
        result = ask_program(program, ruleset, plan.PLAN, way, lines)
        printed = result.stdout.decode().splitlines()
        wanted = 1 if any(answer["outcome"] == "error" for answer in expected) else 0
        whole = []
        if result.returncode != wanted:
            whole.append(("exit status", "  exit status %d, not %d: %s" % (
                result.returncode, wanted, result.stderr.decode()[:500])))
        if len(printed) != len(lines):
            whole.append(("count", "  %d decisions for %d claims" % (len(printed), len(lines))))
        tally.group("%s: one decision a claim, exit status" % way, whole)
        decisions = [json.loads(text) for text in printed]
        for first in range(0, min(len(lines), len(decisions)), chunk):
            problems = [compare(plan.PLAN, at + 1, lines[at], expected[at], decisions[at], way)
                        for at in range(first, min(first + chunk, len(lines), len(decisions)))]
            tally.group("%s: claims %d to %d" % (way, first + 1, min(first + chunk, len(lines))),
                        [problem for problem in problems if problem])
        tally.group("%s: all kinds of answer" % way, absent_kinds(expected, plan.REACHED) if claims >= 10000 else [])
    return tally


def absent_kinds(answers, wanted):
    """Kinds of answer that the generator ought to have reached and did not: the comparison would be hollow."""
    reached = {answer["outcome"] for answer in answers}
    reached |= {reason[0] for answer in answers for reason in answer.get("reasons", [])}
    return [("never reached", "  never %s" % kind) for kind in wanted if kind not in reached]


def main(plan, arguments):
    program, ruleset = arguments[0], arguments[1]
    claims = int(arguments[2]) if len(arguments) > 2 else 30000
    seed = arguments[3] if len(arguments) > 3 else "20150701"
    print("%s: %d claims, seed %s" % (plan.PLAN, claims, seed))
    tally = run(program, ruleset, claims, seed, plan)
    tally.summary()
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed else 0
