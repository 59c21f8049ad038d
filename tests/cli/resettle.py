"""resettle.py - `huzhu resettle` against two runs of `huzhu eval --carry`, one under each ruleset, over made claims of every
plan: outcomes, totals, benefits, reasons and counters of both sides, and the differences, which are worked out here.

    python3 resettle.py HUZHU RULESET [CLAIMS [SEED]]

The claims are those of the oracles (tests/oracle). Of each plan some figures are changed, one at a time.
"""
import importlib
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))


def ask(program, words, lines):
    run = subprocess.run([program, *words], input=("\n".join(lines) + "\n").encode(), capture_output=True, timeout=300, check=False)
    return run.returncode, [json.loads(line) for line in run.stdout.decode().splitlines()], run.stderr.decode()


def settings_of(program, ruleset, plan):
    """Figures of the plan, or of a package's parts as it has them, that are single numbers: each at another value."""
    figures = {}
    plans = {one["id"]: one for one in ask(program, ["plans", ruleset, "--json"], [])[1]}
    parts = [part if isinstance(part, str) else part["id"] for part in plans[plan].get("parts", [])]
    for figure in ask(program, ["figures", ruleset], [])[1]:
        path, value = figure.get("path", ""), str(figure.get("value", ""))
        owner, _, name = path.partition(".")
        if owner not in (parts or [plan]) or "." in name or "[" in path:
            continue
        try:
            number = Decimal(value.rstrip("%"))
        except ArithmeticError:
            continue
        percent = "%" if value.endswith("%") else ""
        path = "%s.%s" % (plan, path) if parts else path
        figures.setdefault(path, "%s%s" % (number / 2 if percent or number < 1 else number + 1, percent))
    return ["%s=%s" % item for item in figures.items()]


def counters_of(decision, plan):
    found = {}
    for part in decision.get("parts", []):
        found.update(counters_of(part, part["plan"]))
    for name, counter in decision.get("counters", {}).items():
        found[(plan, name, json.dumps(counter["key"], sort_keys=True))] = counter["after"]
    return found


def minus(now, was):
    return None if now is None or was is None else Decimal(now) - Decimal(was)


def problem_of(got, was, now, plan):
    """What is wrong with one line, or None."""
    for side, decision in (("was", was), ("now", now)):
        if got["outcome"][side] != decision["outcome"]:
            return "outcome %s: %s, not %s" % (side, got["outcome"][side], decision["outcome"])
        if got["total"][side] != decision.get("total"):
            return "total %s: %s, not %s" % (side, got["total"][side], decision.get("total"))
        reasons = [reason["code"] for reason in decision.get("reasons", [])]
        if got.get("reasons", {"was": [], "now": []})[side] != reasons:
            return "reasons %s: %s, not %s" % (side, got.get("reasons"), reasons)
        nets = {item["id"]: item["net"] for item in decision.get("benefits", [])}
        if {item["id"]: item[side] for item in got.get("benefits", []) if item[side] is not None} != nets:
            return "benefits %s: %s, not %s" % (side, got.get("benefits"), nets)
        told = {(c.get("plan"), c["name"], json.dumps(c["key"], sort_keys=True)): c[side] for c in got.get("counters", [])}
        for key, after in counters_of(decision, plan).items():
            shared = (None,) + key[1:]
            if told.get(key, told.get(shared)) != after:
                return "counter %s %s: %s, not %s" % (key[1], side, told.get(key, told.get(shared)), after)
    difference = minus(now.get("total"), was.get("total"))
    if (got["total"]["difference"] is None) != (difference is None) or (difference is not None and Decimal(got["total"]["difference"]) != difference):
        return "difference %s, not %s" % (got["total"]["difference"], difference)
    for counter in got.get("counters", []):
        if "difference" in counter and Decimal(counter["difference"]) != Decimal(counter["now"]) - Decimal(counter["was"]):
            return "difference of counter %s" % counter["name"]
    if got["changed"] != ("explanations" in got):
        return "changed without explanations, or the other way round"
    if not got["changed"] and (was["outcome"], was.get("total")) != (now["outcome"], now.get("total")):
        return "not told as changed"
    return None


def main(program, ruleset, claims="200", seed="20150701"):
    passed = failed = changed = 0
    print("resettle: %s claims a plan, seed %s" % (claims, seed))
    for path in sorted(Path(__file__).resolve().parent.parent.joinpath("oracle").glob("*_*.py")):
        plan = importlib.import_module(path.stem)
        lines = [line for line in plan.Maker("%s-again" % seed).lines(int(claims), "carry") if '"counters"' not in line and "\n" not in line]
        _, was, _ = ask(program, ["eval", ruleset, "--plan", plan.PLAN, "--carry"], lines)
        moved = 0
        for setting in settings_of(program, ruleset, plan.PLAN)[:6]:
            code, now, told = ask(program, ["eval", ruleset, "--plan", plan.PLAN, "--carry", "--set", setting], lines)
            if code == 1 and not now:  # the rules do not take this value
                continue
            _, got, told = ask(program, ["resettle", ruleset, "--plan", plan.PLAN, "--set", setting], lines)
            problems = [(at, problem_of(*three, plan.PLAN)) for at, three in enumerate(zip(got, was, now))]
            problems = ["line %d: %s" % (at + 1, what) for at, what in problems if what]
            if not len(lines) == len(got) == len(was) == len(now):
                problems.append("%d lines for %d claims: %s" % (len(got), len(lines), told[:300]))
            moved += sum(one["changed"] for one in got)
            passed += not problems
            failed += bool(problems)
            for what in problems[:2]:
                print("FAILED %s: %.300s" % (setting, what))
        print("%-24s %5d changes" % (plan.PLAN, moved))
        changed += moved > 0
    if changed < 11:
        failed += 1
        print("FAILED: only %d plans had changes at all" % changed)
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
