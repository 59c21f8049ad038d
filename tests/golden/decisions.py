"""Every decision line has the form that hosts are promised: keys and their order, money and numbers by their type, names
that exist, sums that add up, outcomes that go with what stands beside them. It says nothing of whether an amount is right.

Claims are made at random from what `huzhu inputs` lists, good ones and spoilt ones, for every plan of a ruleset and for
events under several plans. What the basis says of a figure is compared with `huzhu figures`. Standard library only.

    python3 decisions.py HUZHU CLAIMS SEED RULESET…     the last line is `N passed, N failed`, a ruleset's plan each
"""

import datetime
import decimal
import json
import random
import re
import subprocess
import sys

OUTCOMES = ("paid", "nothing_due", "refused", "incomplete", "undetermined", "error")
KINDS = ("refusal", "cap", "nothing", "missing", "unknown", "note")
STATUSES = ("published", "reported", "assumed", "disputed", "unknown")
HEAD = ("schema", "id", "line", "plan")
BODY = ("ask", "outcome", "currency", "total", "benefits", "values", "fees", "reasons", "missing", "counters", "basis", "rests_on",
        "parts", "error")
MONEY = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]{2}")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SINCE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?|always")
CODE = re.compile(r"[A-Z][A-Z0-9_]*")
PATH = re.compile(r"[a-z][a-z0-9_-]*(\.([A-Za-z][A-Za-z0-9_-]*|dated by)(\[[A-Za-z0-9_-]+\])?)+")


class Bad(Exception):
    """A line that breaks the form: what, and where."""


def need(holds, *what):
    if not holds:
        raise Bad(" ".join(str(each) for each in what))


def object_of(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "a key stands twice")
    return dict(pairs)


def in_order(thing, keys, required, where):
    """Its keys are some of keys, in that order, the required ones among them."""
    need(isinstance(thing, dict), where, "is no object")
    need([key for key in keys if key in thing] == list(thing), where, "has the keys", list(thing))
    need(all(key in thing for key in required), where, "lacks one of", required)


def text(value, where):
    need(isinstance(value, str) and value != "" and value == value.strip(), where, "is no text:", repr(value))
    need(not re.search(r"[\x00-\x1f\x7f]", value), where, "has a control character")
    return value


def like(pattern, value, where):
    need(isinstance(value, str) and pattern.fullmatch(value), where, "is", repr(value))
    return value


def number(value, where, pattern=NUMBER):
    return decimal.Decimal(like(pattern, value, where))


# --- what a plan has ---------------------------------------------------------------------------------------------

class Ruleset:
    def __init__(self, huzhu, folder):
        self.huzhu, self.folder = huzhu, folder
        self.plans = {plan["id"]: plan for plan in self.lines("plans", folder, "--json")}
        self.inputs = {plan: self.lines("inputs", folder, plan, "--json") for plan in self.plans}
        self.enrolment = {plan: self.lines("inputs", folder, plan, "--ask", "enrolment", "--json") for plan in self.plans}
        self.labelled = folder.startswith("rulesets/")  # made-up rules leave labels out, the real ones have them all
        self.figures = {}
        for figure in self.lines("figures", folder):
            self.figures.setdefault(figure["path"], []).append(figure)

    def lines(self, *words):
        done = subprocess.run([self.huzhu, *words], capture_output=True, text=True, timeout=60)
        need(done.returncode == 0, words, "gives", done.returncode, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def counters(self, plan):
        """By name, those of its parts too."""
        found = {counter["name"]: counter for counter in self.plans[plan]["counters"]}
        for part in self.plans[plan].get("parts", []):
            found.update(self.counters(part))
        return found

    def names(self, plan):
        return {each["name"] for each in self.inputs[plan] + self.enrolment[plan]}


# --- one decision ------------------------------------------------------------------------------------------------

class Check:
    def __init__(self, rules, plan, outer=frozenset()):
        self.rules, self.plan, self.outer = rules, plan, outer  # plan: None of an event; outer: names of the package around it

    def amounts(self, list_, before, after, money):
        pattern = MONEY if money else NUMBER
        need(list_, "an empty list of amounts")
        for each in list_:
            where = "amount " + str(each.get("id"))
            in_order(each, ("id", before, "caps", after) if before else ("id", after), ("id", after), where)
            text(each["id"], where)
            left = number(each[before], where, pattern) if before else None
            for cap in each.get("caps", []):
                in_order(cap, ("code", "limit", "used", "cut"), ("code", "limit", "used", "cut"), where + " cap")
                like(CODE, cap["code"], where)
                need(cap["limit"] is None or number(cap["limit"], where, pattern) is not None, where)
                cut = number(cap["cut"], where, pattern)
                number(cap["used"], where, pattern)
                need(cut >= 0 and (cap["limit"] is not None or cut == 0), where, "cut", cut)
                left -= cut
            need(left is None or left == number(each[after], where, pattern), where, "does not add up")
            need(not before or "caps" not in each or each["caps"], where, "has an empty list of caps")
        need(len({each["id"] for each in list_}) == len(list_), "an amount stands twice")
        return sum(number(each[after], "", pattern) for each in list_)

    def reasons(self, decision):
        for reason in decision.get("reasons", []):
            in_order(reason, ("code", "kind", "text", "clause"), ("code", "kind", "text"), "reason")
            like(CODE, reason["code"], "code")
            need(reason["kind"] in KINDS, "kind", reason["kind"])
            need(isinstance(reason["text"], str) and reason["text"].strip(), reason["code"], "says nothing")
            raw = re.search("\u201c([a-z0-9_]+)\u201d\uff08\\1\uff09", reason["text"])
            need(not raw or not self.rules.labelled, reason["code"], "says a name for a label:", reason["text"])
            if "clause" in reason:
                text(reason["clause"], "clause")
        kinds = [reason["kind"] for reason in decision.get("reasons", [])]
        need("reasons" not in decision or kinds, "an empty list of reasons")
        first = kinds[0] if kinds else None
        outcome, whole = decision["outcome"], "parts" in decision
        if outcome == "refused" and not whole:
            need(first == "refusal", "refused because of", kinds)
        if outcome in ("paid", "accepted") and not whole:
            need("missing" not in kinds and "unknown" not in kinds, outcome, "with", kinds)
        if outcome == "nothing_due" and not whole:
            need(kinds, "nothing is due, and nothing says why")
        if outcome == "incomplete" and not whole:
            need(first == "missing", "incomplete because of", kinds)
        if outcome == "undetermined" and not whole:
            need(first == "unknown", "undetermined because of", kinds)

    def missing(self, decision):
        missing = decision.get("missing")
        need((decision["outcome"] == "incomplete") <= (missing is not None or "parts" in decision), "incomplete without a name")
        if missing is None:
            return
        need(missing and len(set(missing)) == len(missing), "missing", missing)
        need(decision["outcome"] == "incomplete" or "parts" in decision, "names are missing, and it is", decision["outcome"])
        if self.plan is not None:
            known = self.rules.names(self.plan) | set(self.rules.counters(self.plan)) | self.outer
            need(set(missing) <= known, "missing is no input or counter:", sorted(set(missing) - known))

    def counters(self, decision):
        counters = decision.get("counters")
        if counters is None:
            return
        need(counters, "no counter in counters")
        need(decision["outcome"] in ("paid", "nothing_due"), "counters of", decision["outcome"])
        for name, move in counters.items():
            counter = self.rules.counters(self.plan).get(name) if self.plan is not None else None
            in_order(move, ("key", "unit", "before", "change", "after"), ("key", "before", "after"), "counter " + name)
            need(counter is not None, "no counter is called", name)
            need(list(move["key"]) == counter["per"], "key of", name, "is", move["key"])
            if "change" not in move:
                continue
            pattern = MONEY if move["unit"] == "CNY" else NUMBER
            need(move["unit"] == counter["unit"], "unit of", name)
            before, change, after = (number(move[each], name, pattern) for each in ("before", "change", "after"))
            need(before + change == after, "counter", name, "does not add up")

    def basis(self, decision, owner):
        paths = []
        for item in decision.get("basis", []):
            path = like(PATH, item.get("path"), "path")
            in_order(item, ("path", "value", "unit", "from", "status", "source"), ("path", "value", "from"), path)
            like(SINCE, item["from"], path)
            need(item.get("status", "published") in STATUSES, path, "has the status", item.get("status"))
            need(isinstance(item["value"], str), path, "has the value", item["value"])
            open_ = item.get("status") == "unknown" or decision["outcome"] not in ("paid", "nothing_due")
            need(item["value"] != "" or open_, path, "has no value")
            need(path.startswith("tables.") or path.startswith(owner + "."), path, "is not of", owner)
            for key in ("unit", "source"):
                need(key not in item or text(item[key], path), path)
            need("status" not in item or "source" in item or item["status"] in ("assumed", "unknown", "disputed"), path, "has no source")
            need(item.get("unit", "") == "" or item["value"] in ("", "none") or NUMBER.fullmatch(item["value"]), path, "is", item["value"])
            paths.append(path)
            self.figure(item)
        need(len(set(paths)) == len(paths), "a path stands twice in", paths)
        need("basis" not in decision or paths, "an empty basis")
        rests_on = decision.get("rests_on", [None])
        need(rests_on and len(set(rests_on)) == len(rests_on), "rests_on", rests_on)
        for path in rests_on:
            need(path is None or PATH.fullmatch(path) and (path.startswith("tables.") or path.startswith(owner + ".")), "rests_on", path)

    def figure(self, item):
        """What stands in the list of figures stands here as it does there."""
        same = [figure for figure in self.rules.figures.get(item["path"], []) if figure["from"] == item["from"] and "reading" not in figure]
        of = [{key: figure.get(key) for key in ("value", "unit", "status", "source")} for figure in same]
        here = {key: item.get(key) or None for key in ("value", "unit", "status", "source")}
        need(not same or here["value"] is None or here in of, "figure", item, "and not", of)

    def error(self, decision):
        error = decision.get("error")
        need((error is not None) == (decision["outcome"] == "error" and ("parts" not in decision or error is not None)),
             "error and outcome", decision["outcome"], error)
        if error is None:
            return
        in_order(error, ("code", "input", "message", "hint"), ("code", "message"), "error")
        need(error["code"].startswith("R_"), "code", error["code"])
        for key in error:
            text(error[key], "error's " + key)
        need("\n" not in error["message"], "a message of several lines")

    def total(self, decision):
        outcome, total = decision["outcome"], decision.get("total")
        whole = decision.get("parts")
        need(("total" in decision) == (decision["ask"] == "claim"), "total of an", decision["ask"])
        if "total" not in decision:
            return
        if total is not None:
            like(MONEY, total, "total")
        if whole is not None:
            totals = [part["total"] for part in whole]
            summed = None if None in totals else sum(decimal.Decimal(each) for each in totals)
            if outcome != "error" or whole:
                need(summed is None or outcome in ("error",) or decimal.Decimal(total or "-1") == summed, "total", total, "of", totals)
            need(summed is not None or total is None, "total", total, "of", totals)
        elif outcome in ("incomplete", "undetermined", "error"):
            need(total is None, "total", total, "of", outcome)
        elif outcome == "paid":
            need(decimal.Decimal(total) > 0, "paid", total)
        else:
            need(total == "0.00", outcome, total)

    def body(self, decision, owner):
        asks = ("claim", "enrolment")
        outcomes = OUTCOMES + ("not_asked",) if owner != self.plan else OUTCOMES
        need(decision["ask"] in asks, "ask", decision["ask"])
        need(decision["outcome"] in outcomes + ("accepted",), "outcome", decision["outcome"])
        need((decision["outcome"] in ("paid", "nothing_due")) <= (decision["ask"] == "claim"), decision["ask"], decision["outcome"])
        need((decision["outcome"] == "accepted") <= (decision["ask"] == "enrolment"), decision["ask"], decision["outcome"])
        need(decision["currency"] == "CNY", "currency")
        net = self.amounts(decision["benefits"], "gross", "net", True) if "benefits" in decision else 0
        if "values" in decision:
            self.amounts(decision["values"], "before", "after", False)
        if "fees" in decision:
            need(decision["ask"] == "enrolment", "fees of a claim")
            self.amounts(decision["fees"], None, "amount", True)
        self.total(decision)
        if decision["outcome"] == "paid" and "parts" not in decision:
            need(net == decimal.Decimal(decision["total"]), "the nets come to", net, "not", decision["total"])
        self.reasons(decision)
        self.missing(decision)
        self.counters(decision)
        self.basis(decision, owner)
        for part in decision.get("parts", []):
            in_order(part, ("plan",) + BODY, ("plan", "ask", "outcome", "currency"), "part")
            within = part["plan"] if self.plan is None else owner + "." + part["plan"]
            outer = frozenset() if self.plan is None else self.rules.names(self.plan)
            Check(self.rules, part["plan"], outer).body(part, within)
        self.error(decision)

    def line(self, decision, at, claim):
        in_order(decision, HEAD + BODY + ("ruleset",), ("schema", "line", "ask", "outcome", "currency", "ruleset"), "decision")
        need(decision["schema"] == "huzhu.decision/1", "schema")
        need(decision["line"] == at, "line", decision["line"])
        need(decision.get("plan") == self.plan, "plan", decision.get("plan"))
        need(isinstance(claim, str) or decision.get("id") == claim.get("id"), "id", decision.get("id"))
        rules = decision["ruleset"]
        in_order(rules, ("name", "version", "sha256", "scenario"), ("name", "version", "sha256", "scenario"), "ruleset")
        need(re.fullmatch("[0-9a-f]{64}", rules["sha256"]) and rules["scenario"] is None, "ruleset", rules)
        self.body(decision, self.plan)


# --- claims at random --------------------------------------------------------------------------------------------

FIRST = datetime.date(2008, 1, 1)
SPOILT = ("", None, "1e2", -1, [], "2016-02-30", "none", True, 10 ** 20, "\u6ca1\u6709", 0.125, "C5O")
TEXTS = ("C50.1", "C53", "D05.1", "C22", "C56", "C34.9", "D06.0", "I21.0")


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def day(self, near):
        return str(near + datetime.timedelta(days=self.random.choice((0, 0, 1, 3, 9, 20, 45, 100, 200, 300, 364, 400, -30))))

    def value(self, of, near):
        pick = self.random
        kind = of["type"]
        if "codes" in of:
            return pick.choice(of["codes"])["id"]
        if kind == "key":
            return pick.choice(("k1", "k2", "k3"))
        if kind == "date":
            if of["name"].endswith("cover_start") or of["name"] in ("year_start", "loaned"):
                return str(near)
            return str(near + datetime.timedelta(days=364)) if of["name"].endswith("cover_end") else self.day(near)
        if kind == "boolean":
            good = not re.search("cancel|secondary|conceal|mis|fraud|had_|rerout|work|closed|dis|sold|drunk", of["name"])
            return good if pick.random() < 0.93 else not good
        if kind == "text":
            return pick.choice(TEXTS)
        lowest, highest = 0, 60000
        ends = re.fullmatch(r"[\[(](-?[0-9.]+)\.\.(-?[0-9.]+)[\])]", of.get("range", ""))
        if ends:
            lowest, highest = (int(float(end)) for end in ends.groups())
        most = min(highest, lowest + pick.choice((1, 3, 30, 400, 9000, 300000)))
        scale = 0 if kind == "count" else min(of.get("scale", 2), 2)
        whole = pick.randint(lowest, most)
        return whole if scale == 0 or whole in (lowest, most) else "%d.%0*d" % (whole, scale, pick.randrange(10 ** scale))

    def fields(self, inputs, spoil):
        pick = self.random
        near = FIRST + datetime.timedelta(days=pick.randrange(6600))
        leave = 0 if pick.random() < 0.6 else 0.08
        out = {}
        for of in inputs:
            absent = {"required": leave, "optional": 0.6, "default": 0.8, "conditional": leave}[of["need"]]
            if pick.random() < absent:
                continue
            out[of["name"]] = pick.choice(SPOILT) if spoil and pick.random() < 0.04 else self.value(of, near)
        return out

    def claim(self, rules, plan, number):
        pick = self.random
        enrol = pick.random() < 0.1
        claim = {"id": "c%d" % number} if pick.random() < 0.9 else {}
        claim.update(self.fields((rules.enrolment if enrol else rules.inputs)[plan], pick.random() < 0.15))
        if enrol:
            claim["ask"] = "enrolment"
        if pick.random() < 0.02:
            claim["no_such_input"] = 1
        if pick.random() < 0.01:
            return pick.choice(('{"id":', "[]", '{"id":"x","id":"x"}', "nonsense"))
        return claim

    def event(self, rules, number):
        plans = self.random.sample(sorted(plan for plan in rules.plans if "parts" not in rules.plans[plan]), 2)
        claim = {"id": "e%d" % number, "plans": plans}
        for plan in plans:
            for name, value in self.fields(rules.inputs[plan], False).items():
                claim[plan + "." + name] = value
        return claim


# --- can it fail -------------------------------------------------------------------------------------------------

SPOIL = (
    (r'"ask":"([a-z]+)","outcome":"([a-z_]+)"', r'"outcome":"\2","ask":"\1"'),
    (r'"currency":"CNY",', ""),
    (r'"total":"([0-9]+)\.([0-9]{2})"', r'"total":"\1.\g<2>0"'),
    (r'"total":"([0-9]+)\.([0-9]{2})"', r'"total":"1\1.\2"'),
    (r'"outcome":"(refused|paid)"', '"outcome":"nothing"'),
    (r'"net":"[0-9]+', r'\g<0>7'),
    (r'"cut":"', '"cut":"1'),
    (r'"kind":"refusal"', '"kind":"cap"'),
    (r'"kind":"missing"', '"kind":"refusal"'),
    (r'"missing":\["', '"missing":["not_'),
    (r'"change":"', '"change":"1'),
    (r'"key":\{"', '"key":{"not_'),
    (r'"status":"[a-z]+"', '"status":"true"'),
    (r'"basis":\[\{"path":"', '"basis":[{"path":"a.'),
    (r'"error":\{"code":"R_', '"error":{"code":"E_'),
    (r'"line":', '"line":1'),
    (r'"scenario":null', '"scenario":""'),
)


def refuses(rules, plan, at, claim, answer, left):
    """Takes from left the ways to spoil an answer that this one can be spoilt in, after trying them."""
    for pattern, instead in [way for way in left if re.search(way[0], answer)]:
        left.remove((pattern, instead))
        try:
            Check(rules, plan).line(json.loads(re.sub(pattern, instead, answer, count=1), object_pairs_hook=object_of), at, claim)
        except (Bad, KeyError):
            continue
        raise Bad("a spoilt answer passes: %s -> %s" % (pattern, instead))


# --- all of it ---------------------------------------------------------------------------------------------------

def run(rules, plan, claims, ways, seen, left):
    lines = [claim if isinstance(claim, str) else json.dumps(claim, ensure_ascii=False) for claim in claims]
    verb = ["settle", rules.folder] if plan is None else ["eval", rules.folder, "--plan", plan]
    done = subprocess.run([rules.huzhu, *verb, *ways], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300)
    need(done.returncode in (0, 1), verb, "gives", done.returncode, done.stderr)
    answers = done.stdout.splitlines()
    need(len(answers) == len(lines), verb, "answers", len(answers), "of", len(lines))
    for at, (claim, answer) in enumerate(zip(claims, answers), 1):
        try:
            decision = json.loads(answer, object_pairs_hook=object_of)
            Check(rules, plan).line(decision, at, claim)
            refuses(rules, plan, at, claim, answer, left)
        except Bad as bad:
            raise Bad("%s\n  claim  %s\n  answer %s" % (bad, lines[at - 1], answer)) from bad
        seen[decision["outcome"]] = seen.get(decision["outcome"], 0) + 1


def main(huzhu, count, seed, folders):
    passed = failed = 0
    left = list(SPOIL)
    for folder in folders:
        rules = Ruleset(huzhu, folder)
        alone = [plan for plan in rules.plans if "parts" not in rules.plans[plan]]
        for plan in [*rules.plans, *([None] if len(alone) > 1 else [])]:
            maker = Maker("%s %s" % (seed, plan))
            claims = [maker.event(rules, i) if plan is None else maker.claim(rules, plan, i) for i in range(count)]
            seen = {}
            try:
                for ways in ([], ["--fresh"], ["--carry"], ["--fresh", "--lang", "en"]):
                    run(rules, plan, claims, ways, seen, left)
                passed += 1
                print(folder, plan or "events", *("%s %d" % each for each in sorted(seen.items())))
            except Bad as bad:
                failed += 1
                print("FAILED", folder, plan or "events", bad)
    for pattern, _ in left:
        failed += 1
        print("FAILED no answer had", pattern)
    print("%d passed, %d failed" % (passed, failed))
    return failed == 0


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]) else 1)
