"""Random settings and random claims of every plan, for check_study: what a study says of each scenario against the ruleset
that is loaded with its settings. Claims are those of the oracles. Standard library only.

    python3 study.py CHECK_STUDY HUZHU RULES WORKDIR CLAIMS SCENARIOS SEED [PLAN]
"""

import importlib
import json
import os
import random
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))

BY = {"count": 1, "number": 1, "boolean": 2, "code": 3}
FROM = ("", "", "", " from 2010-01-01", " from 2016-07-01", " from 2019-01-01", " from 2015-03-01 until 2018-06-15",
        " from 2021-02-03 until 2021-02-04")


def cell(value):
    if value is None:
        return "\\N"
    if value is True or value is False:
        return str(value).lower()
    if isinstance(value, (list, dict)):
        return "[]"
    return str(value)


def grouped(rows, column, r):
    """The rows by their turn, the order within one kept; some turns are long, others cut into several."""
    turns, number = {}, 0
    for row in rows:
        turns.setdefault(row[column], []).append(row)
    for name in sorted(turns):
        cuts = r.choice((0, 0.2, 0.5))
        for row in turns[name]:
            number += r.random() < cuts
            if name != "\\N" and number:
                row[column] = "%s-%d" % (name, number)
    keys = sorted(turns)
    r.shuffle(keys)
    return [row for name in keys for row in turns[name]]


def table(inputs, counters, maker, count, way):
    """Names of columns and rows of texts."""
    names, rows = [one["name"] for one in inputs] + counters, []
    for line in maker.lines(2 * count, way):
        try:
            claim = json.loads(line, parse_float=str, parse_int=str)
        except ValueError:
            continue
        if not isinstance(claim, dict) or claim.get("ask") not in (None, "claim"):
            continue
        given = claim.get("counters")
        row = [cell(claim.get(name)) for name in names]
        if isinstance(given, dict):
            for name, value in given.items():
                if name in counters:
                    row[names.index(name)] = cell(value)
        if not any(mark in text for text in row for mark in "\t\n\r\0") and len(rows) < count:
            rows.append(row)
    return names, rows


def another(r, value, unit):
    """A value near one that stands in the rules, as a literal; None: none comes to mind."""
    if isinstance(value, bool) or value in ("true", "false"):
        return "false" if str(value).lower() == "true" else "true"
    if isinstance(value, list):
        return json.dumps(r.sample(value, r.randint(0, len(value))))
    text = str(value)
    if text.startswith("P"):
        return '@"%s"' % r.choice(("P15D", "P30D", "P1Y", "P2Y", "P6M", "P1Y3M"))
    if text.startswith("[") and text.endswith("]"):
        names = [name.strip(" \"") for name in text[1:-1].split(",")]
        return json.dumps(r.sample(names, r.randint(1, len(names))))
    try:
        number = float(text)
    except ValueError:
        return '"%s"' % text if text.replace("_", "").isalnum() else None
    share = unit == "%" or 0 < number < 1
    out = r.choice((0, number / 2, number * 2, number + (0.01 if share else 1), number - (0.01 if share else 1), number * 1.5, number))
    text = ("%.4f" % out if share else "%d" % out if number == int(number) else "%.2f" % out).rstrip()
    return text.rstrip("0").rstrip(".") if "." in text else text


def settings_of(r, figures):
    out = []
    for _ in range(r.choice((1, 1, 1, 1, 2, 3))):
        figure = r.choice(figures)
        words = [other["value"] for other in figures if other["path"].split("[")[0] == figure["path"].split("[")[0]]
        value = another(r, r.choice(words) if words else figure["value"], figure.get("unit"))
        path = figure["path"]
        if value is None:
            continue
        for ending in ("", ".rate") if path.endswith("]") else ("",):
            out.append("%s%s = %s%s" % (path, ending, value, r.choice(FROM) if ending == "" and "[" not in path else ""))
    return out


def scenarios(r, figures, count):
    """Lines of settings; some that no ruleset takes are among them."""
    lines = []
    while len(lines) < count and figures:
        chosen = settings_of(r, figures)
        chosen = [one for one in chosen if r.random() < 0.9]
        if chosen:
            lines.append("\t".join(chosen))
    return lines


def asked(*command):
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    return [json.loads(line) for line in lines]


def compare(check, way, rules, plan, path, names, rows, by, told):
    """(passed, failed) of one program's run."""
    with open(path + ".tsv", "w", encoding="utf-8") as out:
        out.write("\n".join("\t".join(row) for row in [names] + rows) + "\n")
    result = subprocess.run([check, way, rules, plan, path + ".tsv", path + ".txt"] + by, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = result.stdout.decode(errors="replace").splitlines()
    words = lines[-1].split() if lines else []
    well = len(words) == 4 and words[1] == "passed," and words[3] == "failed"
    if not well or int(words[2]) > 0 or result.returncode != 0:
        print("\n".join(lines[-40:]))
    elif told:
        print("\n".join(lines[:-1]))
    return (int(words[0]), int(words[2])) if well else (0, 1)


def turn_of(rules, plan):
    """What the plan settles claims in turn by; None: it keeps no counters."""
    with open(os.path.join(rules, plan + ".yaml"), encoding="utf-8") as file:
        found = re.search(r"^in turn by: *(\w+)", file.read(), re.M)
    return found.group(1) if found else None


def main(check, huzhu, rules, work, claims, count, seed, only=None):
    passed = failed = 0
    figures = asked(huzhu, "figures", rules)
    for name in sorted(os.listdir(sys.path[0])):
        if not name.endswith(".py") or "_" not in name:
            continue
        module = importlib.import_module(name[:-3])
        if not hasattr(module, "Maker") or hasattr(module, "PARTS") or (only and module.PLAN != only):
            continue
        own = [one for one in figures if one["path"].startswith(module.PLAN + ".") and one.get("value") is not None
               and not one["path"].endswith((".from", ".revisions"))]
        r = random.Random("%s-%s" % (seed, module.PLAN))
        inputs = asked(huzhu, "inputs", rules, module.PLAN, "--json")
        counters = list(getattr(module, "COUNTERS", getattr(module.Maker, "counter_names", ())))
        turn = turn_of(rules, module.PLAN)
        groups = [one["name"] for one in sorted(inputs, key=lambda one: -BY.get(one["type"], 0))[:2]]
        path = os.path.join(work, module.PLAN)
        with open(path + ".txt", "w", encoding="utf-8") as out:
            out.write("\n".join(scenarios(r, own, int(count))) + "\n")
        names, rows = table(inputs, counters, module.Maker(str(seed)), int(claims), "given")
        runs = [("fresh", rows, by) for by in (groups, groups[:1], [])]
        if turn:
            rows = grouped(table(inputs, counters, module.Maker(str(seed)), int(claims), "carry")[1], names.index(turn), r)
            runs += [("carried", rows, groups), ("carried", rows, [])]
        for way, rows, by in runs:
            done = compare(check, way, rules, module.PLAN, path, names, rows, by, by == groups)
            passed, failed = passed + done[0], failed + done[1]
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
