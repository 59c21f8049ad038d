"""columns.py - `huzhu run` against `huzhu eval`: generated claims of every plan, as lines of JSON and as CSV, must come to the
same answers; and to the same bytes for any number of threads, size of blocks and form of CSV.

    python3 columns.py HUZHU RULESET [CLAIMS] [SEED]

The claims are those of the oracles (tests/oracle), broken ones included. The last line is `N passed, N failed`.
"""

import csv
import importlib
import io
import json
import pathlib
import subprocess
import sys
import tempfile

ORACLES = pathlib.Path(__file__).resolve().parent.parent / "oracle"
sys.path.insert(0, str(ORACLES))
sys.dont_write_bytecode = True

WAYS = {"given": [], "fresh": ["--fresh"], "carry": ["--carry"]}
CUTS = (["-j", "2", "--block", "1000"], ["-j", "3", "--block", "77"], ["--block", "5000"])
BOOLEANS = {"true": True, "false": False}


class Run:
    def __init__(self, huzhu, ruleset):
        self.huzhu, self.ruleset = huzhu, ruleset
        self.passed = self.failed = self.turns = 0

    def turn(self, choices):
        """Another of them each time: over all plans every one comes with every way."""
        self.turns += 1
        return choices[self.turns * 7 // 3 % len(choices)]

    def call(self, command, plan, options, text, *more):
        return subprocess.run([self.huzhu, command, self.ruleset, "--plan", plan, *options, *more], input=text, capture_output=True,
                              timeout=300, check=False)

    def judge(self, name, problem):
        if problem is None:
            self.passed += 1
            return
        self.failed += 1
        print("FAILED %s: %s" % (name, problem))


def inputs_of(run, plan):
    """The plan's inputs with their types."""
    told = subprocess.run([run.huzhu, "inputs", run.ruleset, plan, "--json"], capture_output=True, check=True, timeout=60)
    return {one["name"]: one["type"] for one in map(json.loads, told.stdout.splitlines())}


def wanted(decision):
    """What columns should say of a decision. A reversal is an error to both."""
    reasons = decision.get("reasons", [])
    return {"outcome": decision["outcome"], "reason": reasons[0]["code"] if reasons else None,
            "error": decision["error"]["code"] if "error" in decision else None, "total": decision.get("total"),
            "reasons": [one["code"] for one in reasons], "caps": [one["code"] for one in reasons if one["kind"] == "cap"]}


def difference(decision, row, of=""):
    """of: "PART." of a part of a package."""
    expected = wanted(decision)
    for benefit in decision.get("benefits", ()):
        if decision.get("total") is not None:
            expected[benefit["id"] + ".net"] = benefit["net"]
    for name, counter in decision.get("counters", {}).items():
        if decision["ask"] == "claim":
            expected[name + ".after"] = counter["after"]
    if not of:
        expected["id"] = decision.get("id")
    for name, value in expected.items():
        if row[of + name] != value:
            return "%s%s is %r, not %r" % (of, name, row[of + name], value)
    parts = decision.get("parts", ())
    if not of and not parts and any(name.count(".") == 1 and name.endswith(".outcome") and value is not None for name, value in row.items()):
        return "a part has an outcome, and the package was decided without its parts"
    return next(filter(None, (difference(part, row, part["plan"] + ".") for part in parts)), None)


def compare(run, name, told, answer):
    """told: of eval; answer: of run, as lines of JSON."""
    decisions, rows = told.stdout.splitlines(), answer.stdout.splitlines()
    problem = None
    if len(decisions) != len(rows):
        problem = "%d rows for %d claims: %s" % (len(rows), len(decisions), answer.stderr.decode()[:300])
    elif told.returncode != answer.returncode:
        problem = "exit status %d, not %d: %s" % (answer.returncode, told.returncode, answer.stderr.decode()[:300])
    for at, (decision, row) in enumerate(zip(decisions, rows)):
        problem = problem or difference(json.loads(decision), json.loads(row))
        if problem:
            problem = "claim %d: %s" % (at + 1, problem)
            break
    run.judge(name, problem)


def same_bytes(run, name, plan, options, text, first, *more):
    again = run.call("run", plan, options, text, *more)
    same = again.stdout == first.stdout and again.returncode == first.returncode and again.stderr == first.stderr
    run.judge("%s, %s" % (name, " ".join(more)), None if same else "other bytes than before: %s" % again.stderr.decode()[:300])


def plain_text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None or isinstance(value, (list, dict)) else str(value)


def as_cells(line):
    """The claim as cells by name, or None where CSV cannot say it."""
    try:
        claim = json.loads(line, parse_float=str, parse_int=str, parse_constant=str)
    except ValueError:
        return None
    if not isinstance(claim, dict) or claim.pop("ask", "claim") != "claim" or "reverses" in claim:
        return None
    counters = claim.pop("counters", None) or {}
    if not isinstance(counters, dict):
        return None
    cells = {name: plain_text(value) for name, value in {**claim, **counters}.items()}
    usable = all(text != "" and "\0" not in text and "\ufffd" not in text for text in cells.values() if text is not None)
    try:
        "".join(text or "" for text in cells.values()).encode()
    except UnicodeEncodeError:
        return None
    return {name: text for name, text in cells.items() if text is not None} if usable else None


def claims_of_cells(rows, header, inputs, counters):
    """The same claims as lines of JSON, each value as its input takes it."""
    lines = []
    for cells in rows:
        claim, given = {}, {}
        for name in header:
            if name in cells:
                where = given if name in counters else claim
                kind = counters.get(name, inputs.get(name))
                where[name] = BOOLEANS[cells[name]] if kind == "boolean" else cells[name]
        if given:
            claim["counters"] = given
        lines.append(json.dumps(claim, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def write_csv(rows, header, **how):
    out = io.StringIO()
    writer = csv.writer(out, **{"lineterminator": "\n", **how})
    writer.writerow(header)
    for cells in rows:
        writer.writerow([cells.get(name, "") for name in header])
    return out.getvalue().encode()


def table_of(lines, inputs, counters):
    """The claims that a table can hold, and its columns."""
    known = {"id": "text", **inputs, **counters}
    rows = []
    for line in lines:
        cells = as_cells(line)
        if cells and all(name in known for name in cells) and all(text in BOOLEANS for name, text in cells.items() if known[name] == "boolean"):
            rows.append(cells)
    return rows, [name for name in known if any(name in cells for cells in rows)]


def check_csv(run, name, plan, way, lines, inputs, counters, columns):
    rows, header = table_of(lines, inputs, counters)
    options = WAYS[way]
    text = write_csv(rows, header)
    told = run.call("eval", plan, options, claims_of_cells(rows, header, inputs, counters))
    compare(run, "%s, CSV" % name, told, run.call("run", plan, options, text, "--to", "ndjson", "--columns", columns if "id" in header else columns[3:]))
    first = run.call("run", plan, options, text)
    same_bytes(run, "%s, CSV" % name, plan, options, text, first, *run.turn(CUTS))
    forms = (b"\xef\xbb\xbf" + text, text.replace(b"\n", b"\r\n"), write_csv(rows, header, quoting=csv.QUOTE_ALL))
    again = run.call("run", plan, options, run.turn(forms), "-j", "2", "--block", "500")
    run.judge("%s, CSV in another form" % name, None if again.stdout == first.stdout else "other bytes: %s" % again.stderr.decode()[:300])


def check_plan(run, module, claims, seed):
    plan = module.PLAN
    probe = run.call("run", plan, ["--fresh"], b"{}\n", "--format", "ndjson")
    inputs = inputs_of(run, plan)
    usual = json.loads(probe.stdout.splitlines()[0])
    counters = {name[:-6]: "boolean" if value in (False, True) else "counter" for name, value in usual.items() if name.endswith(".after")}
    nodes = [name[:-len("outcome")] for name in usual if name.endswith("outcome")]
    columns = ",".join([*usual, *(node + more for node in nodes for more in ("reasons", "caps"))])
    for way, options in WAYS.items():
        maker = module.Maker("%s-%s" % (seed, way))
        lines = list(maker.lines(claims, way))
        text = b"".join((line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass")) + b"\n" for line in lines)
        name = "%s, %s" % (plan, way)
        told = run.call("eval", plan, options, text)
        answer = run.call("run", plan, options, text, "--columns", columns)
        compare(run, name, told, answer)
        same_bytes(run, name, plan, options, text, answer, "--columns", columns, *run.turn(CUTS))
        check_csv(run, name, plan, way, lines, inputs, counters, columns)


def main(huzhu, ruleset, claims="1500", seed="20150701"):
    run = Run(huzhu, ruleset)
    for file in sorted(ORACLES.glob("*_*.py")):
        check_plan(run, importlib.import_module(file.stem), int(claims), seed)
    print("%d passed, %d failed" % (run.passed, run.failed))
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
