"""Scenarios against edited files: figures of a plan are changed in a copy of its rule file, and by settings of the files as they
are; then every way of settling claims by the settings is held to single claims by the copy (huzhu_paths … edited).

    python3 scenarios.py PROGRAM FOLDER PLAN LINES COUNTERS SEED COUNT

The last line is `N passed, N failed`. What the checker refuses must be refused in both.
"""

import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ENTRY = re.compile(r"^    ([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?):\s+\{value: (-?[0-9]+(?:\.[0-9]+)?)([,}])")
UNKNOWN = re.compile(r"^    ([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?):")


def parameters(lines):
    """Each parameter of numbers: name -> (line, date, value) of its versions, in order; those with a version of which no
    value stands in its line are left out."""
    found, name, inside = {}, None, False
    for at, line in enumerate(lines):
        if re.match(r"^[a-z]", line):
            inside = line.startswith("parameters:")
        if not inside:
            continue
        if re.match(r"^  [a-z_]+:", line):
            name = line.split(":")[0].strip()
            found[name] = []
        elif name and UNKNOWN.match(line):
            entry = ENTRY.match(line)
            found[name].append((at, entry.group(1), entry.group(2)) if entry else None)
    return {name: versions for name, versions in found.items() if versions and all(versions)}


def changed(rng, value):
    """Another number of as many decimals."""
    whole = int(value.replace(".", ""))
    other = max(0, whole + rng.choice((1, -1, 2, whole, -whole // 3 or 1)))
    digits = len(value.split(".")[1]) if "." in value else 0
    if other == whole:
        other += 1
    text = "%0*d" % (digits + 1, other)
    return text[:-digits] + "." + text[-digits:] if digits else text


def day(text):
    return text if len(text) == 10 else text + "-01"


def scenario(rng, plan, lines):
    """(lines as they become, settings): some figures, of all versions or of one."""
    known = parameters(lines)
    lines, settings = list(lines), []
    for name in rng.sample(sorted(known), min(len(known), rng.choice((1, 1, 2, 4)))):
        versions = known[name]
        pick = rng.randrange(len(versions) + 1)
        value = changed(rng, versions[pick % len(versions)][2])
        for number, (at, date, old) in enumerate(versions):
            if pick not in (number, len(versions)):
                continue
            lines[at] = ENTRY.sub(lambda m: m.group(0).replace("{value: " + old, "{value: " + value), lines[at])
        span = ""
        if pick < len(versions):
            span = " from " + day(versions[pick][1])
            if pick + 1 < len(versions):
                span += " until " + day(versions[pick + 1][1])
        settings.append("%s.%s=%s%s" % (plan, name, value, span))
    return lines, settings


def main(program, folder, plan, claims, counters, seed, count):
    rng = random.Random("%s-%s-%s" % (seed, plan, counters))
    passed = failed = refused = 0
    source = (pathlib.Path(folder) / (plan + ".yaml")).read_text(encoding="utf-8").split("\n")
    for _ in range(count):
        lines, settings = scenario(rng, plan, source)
        if not settings:
            continue
        with tempfile.TemporaryDirectory() as work:
            copy = pathlib.Path(work) / "rules"
            shutil.copytree(folder, copy)
            (copy / (plan + ".yaml")).write_text("\n".join(lines), encoding="utf-8")
            result = subprocess.run([program, folder, plan, claims, counters, "edited", str(copy), *settings],
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        out = result.stdout.decode().strip().split("\n")
        last = re.fullmatch(r"([0-9]+) passed, ([0-9]+) failed", out[-1])
        if out[-1] == "refused in both":
            refused += 1
            continue
        passed += int(last.group(1)) if last else 0
        failed += int(last.group(2)) if last else 1
        if result.returncode != 0:
            print("\n".join(["FAILED: " + "; ".join(settings), *out[-12:]]))
            failed += 0 if last and int(last.group(2)) else (1 if last else 0)
    print("%s: %d scenarios, %d of them refused by the checker" % (plan, count, refused))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:7], int(sys.argv[7])))
