"""longtables.py - decision tables with very many rows, against a naive scan: random rows and claims, values that are missing,
null, or at the ends of ranges.

    python3 longtables.py HUZHU RULESETS CLAIMS SEED

Every row is tried for every claim, in three values, as the documents say it: a row that surely matches decides, one that
hangs on what is missing holds the answer up. Tables of a few hundred rows are read as expressions, those of more than a
thousand are looked up: both are made and must agree with the scan.
"""
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

MANIFEST = """ruleset: long
format: 1
version: "1"
title: {zh: 长表, en: long}
currency: CNY
sources:
  s: {gives: published}
"""
COLUMNS = ["item", "level", "seen", "abroad", "drug", "share"]
INPUTS = """  day: {type: date, zh: 日}
  item: {type: count, zh: 项, range: '[0..400]'}
  level: {type: code, zh: 级, optional: true, values: {a: 甲, b: 乙, c: 丙, d: 丁}}
  seen: {type: date, zh: 见}
  abroad: {type: boolean, zh: 外}
  drug: {type: text, zh: 药}
  share: {type: number, scale: 2, range: '[0..9.99]', zh: 份, optional: true}
"""
LEVELS = "abcd"
DRUGS = ["A01", "A01.1", "B20", "桂枝", "C-7", "Z9"]
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
INFINITE = 10**9


def day(number):
    return (FIRST + timedelta(days=number)).isoformat()


# A cell is None (any value), or a list of pieces: ("null",) or (lo, hi) inclusive, in whole numbers.

def random_cell(rng, column):
    if rng.random() < 0.2:
        return None
    if column == "level":
        if rng.random() < 0.1:
            return [("null",)]
        return [(n, n) for n in sorted(rng.sample(range(4), rng.choice([1, 1, 1, 2])))]
    if column == "abroad":
        n = rng.randrange(2)
        return [(n, n)]
    if column == "drug":
        return [(n, n) for n in rng.sample(range(len(DRUGS)), rng.choice([1, 1, 2]))]
    top = {"item": 400, "seen": 365, "share": 999}[column]
    kind = rng.random()
    n = rng.randrange(top + 1)
    if kind < 0.5:
        return [(n, n)]
    if kind < 0.8:
        return [(n, min(top, n + rng.randrange(1, top // 8)))]
    if kind < 0.9:
        return [(n, INFINITE)]
    return [(n, n), (min(top, n + 3), min(top, n + 3))]


def amount(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def write_value(column, n):
    if column == "level":
        return LEVELS[n]
    if column == "abroad":
        return "true" if n else "false"
    if column == "drug":
        return DRUGS[n].replace(".", "\\.")
    if column == "seen":
        return f'@"{day(n)}"'
    return amount(n) if column == "share" else str(n)


def write_cell(column, cell):
    if cell == [("null",)]:
        return "'null'"
    if column in ("level", "abroad", "drug"):
        words = [write_value(column, lo) for lo, _ in cell]
        return words[0] if len(words) == 1 else "[" + ", ".join(words) + "]"
    tests = []
    for lo, hi in cell:
        if lo == hi:
            tests.append(write_value(column, lo))
        elif hi == INFINITE:
            tests.append(f">= {write_value(column, lo)}")
        else:
            tests.append(f"[{write_value(column, lo)}..{write_value(column, hi)}]")
    return "'" + ", ".join(tests) + "'"


def meets(a, b):
    """Whether some value passes both cells."""
    if a is None or b is None:
        return True
    for x in a:
        for y in b:
            if x == ("null",) or y == ("null",):
                if x == y:
                    return True
            elif max(x[0], y[0]) <= min(x[1], y[1]):
                return True
    return False


class Table:
    def __init__(self, rng, hit, count, otherwise):
        self.hit, self.otherwise, self.rows = hit, otherwise, []
        tries = 0
        while len(self.rows) < count and tries < 40 * count:
            tries += 1
            cells = {c: random_cell(rng, c) for c in COLUMNS}
            if hit == "unique":
                cells["item"] = [(n := rng.randrange(401), n)] if rng.random() < 0.95 else cells["item"]
                if any(all(meets(cells[c], other[0][c]) for c in COLUMNS) for other in self.rows):
                    continue
            self.rows.append((cells, rng.randrange(100000), rng.choice(LEVELS)))

    def order(self):
        if self.hit == "priority":
            return sorted(self.rows, key=lambda row: LEVELS.index(row[2]))
        return self.rows

    def pad(self, until):
        """Rows that no claim meets, so that the version is a long one."""
        while len(self.rows) < until:
            n = len(self.rows)
            cells = dict.fromkeys(COLUMNS)
            cells["item"] = [(400, 400)]
            cells["level"] = [(0, 0)]
            cells["seen"] = [(1000 + n, 1000 + n)]
            self.rows.append((cells, 1, "a"))

    def write(self):
        lines = [f"    hit: {self.hit}", f"    inputs: [{', '.join(COLUMNS)}]",
                 "    gives: {pay: CNY, grade: {type: code, values: {a: 甲, b: 乙, c: 丙, d: 丁}}}",
                 "    2016-01:", "      source: s", "      rows:"]
        for cells, cents, grade in self.rows:
            parts = [f"{c}: {write_cell(c, cells[c])}" for c in COLUMNS if cells[c] is not None]
            pay = "base" if cents % 7 == 0 else amount(cents)
            lines.append("        - {" + ", ".join(parts + [f"pay: {pay}", f"grade: {grade}"]) + "}")
        if self.otherwise:
            lines.append("      otherwise: {pay: 0.07, grade: d}")
        return "\n".join(lines) + "\n"


def scan(table, claim):
    """(outcome, cents, missing names) of a claim: its values as whole numbers, None is null, absent keys are missing."""
    waits, first = set(), table.hit != "unique"
    for cells, cents, grade in table.order():
        open_columns, passes = set(), True
        for c in COLUMNS:
            cell = cells[c]
            if cell is None:
                continue
            if c not in claim:
                open_columns.add(c)
            elif claim[c] is None:
                passes = passes and ("null",) in cell
            else:
                passes = passes and any(p != ("null",) and p[0] <= claim[c] <= p[1] for p in cell)
        if not passes:
            continue
        if not open_columns:
            return "paid", (1234 if cents % 7 == 0 else cents) + LEVELS.index(grade) * 1000000, set()
        waits |= open_columns
        if first:
            break
    if waits:
        return "incomplete", None, waits
    return ("paid", 7 + 3000000, set()) if table.otherwise else ("error", None, set())


def random_claim(rng, table):
    """Near a row, mostly, so that rows are met and just missed."""
    cells = rng.choice(table.rows)[0] if rng.random() < 0.8 else dict.fromkeys(COLUMNS)
    claim = {}
    for c in COLUMNS:
        top = {"item": 400, "level": 3, "seen": 365, "abroad": 1, "drug": len(DRUGS) - 1, "share": 999}[c]
        piece = rng.choice(cells[c]) if cells[c] else None
        if piece == ("null",):
            n = None
        elif piece:
            n = rng.choice([piece[0], piece[0], min(piece[1], top), piece[0] - 1, piece[1] + 1])
            n = max(0, min(top, n))
        else:
            n = rng.randrange(top + 1)
        if c in ("level", "share"):
            claim[c] = None if rng.random() < 0.05 else n
        elif rng.random() < 0.05:
            continue
        else:
            claim[c] = n if n is not None else 0
    return claim


def as_json(claim):
    out = {"day": "2016-06-01"}
    for c, n in claim.items():
        if n is None:
            continue
        out[c] = (LEVELS[n] if c == "level" else bool(n) if c == "abroad" else DRUGS[n] if c == "drug" else day(n) if c == "seen"
                  else float(amount(n)) if c == "share" else n)
    return json.dumps(out, ensure_ascii=False)


PLAN = """plan: p
title: {zh: 计划, en: plan}
from: 2016-01
dated by: day
inputs:
""" + INPUTS + """parameters:
  base:
    unit: CNY
    2016-01: {value: 12.34, source: s}
tables:
  fee:
"""
REST = """values:
  rank: 'if grade = "a" then 0 else if grade = "b" then 10000 else if grade = "c" then 20000 else 30000'
benefits:
  b:
    zh: 津贴
    en: allowance
    amount: pay + rank
"""


def ask(huzhu, table, claims):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "ruleset.yaml").write_text(MANIFEST, encoding="utf-8")
        Path(folder, "p.yaml").write_text(PLAN + table.write() + REST, encoding="utf-8")
        run = subprocess.run([huzhu, "eval", folder, "--plan", "p"], input="".join(as_json(c) + "\n" for c in claims), capture_output=True,
                             encoding="utf-8", check=False)
        if not run.stdout:
            print(run.stderr[:2000])
        return [json.loads(line) for line in run.stdout.splitlines()]


def compare(huzhu, name, table, claims):
    answers, passed, failed = ask(huzhu, table, claims), 0, 0
    for claim, answer in zip(claims, answers + [{}] * (len(claims) - len(answers))):
        outcome, cents, missing = scan(table, claim)
        total = None if cents is None else amount(cents)
        same = answer.get("outcome") == outcome
        if outcome == "paid":
            same = same and answer["total"] == total
        if outcome == "incomplete":
            same = same and set(answer["missing"]) == missing
        passed += same
        failed += not same
        if not same and failed < 4:
            print(f"{name}: {as_json(claim)}\n  scan {outcome} {total} {sorted(missing)}\n  huzhu {json.dumps(answer, ensure_ascii=False)[:600]}")
    return passed, failed


def main():
    huzhu, count, seed = sys.argv[1], int(sys.argv[3]), int(sys.argv[4])
    passed = failed = 0
    for hit in ("unique", "first", "priority"):
        for otherwise in (True, False):
            rng = random.Random(f"{seed} {hit} {otherwise}")
            table = Table(rng, hit, 300, otherwise)
            claims = [random_claim(rng, table) for _ in range(count // 40)]
            results = [compare(huzhu, f"{hit}, short", table, claims)]
            table.pad(1200)
            results.append(compare(huzhu, f"{hit}, long", table, claims))
            passed += sum(r[0] for r in results)
            failed += sum(r[1] for r in results)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
