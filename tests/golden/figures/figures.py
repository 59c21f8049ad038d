"""Every figure of the programme's text stands in a rule file, or states no rule: programme-2020.txt against what
`huzhu figures` prints. Where the text itself is at hand, none of its numbers is forgotten: the quotations of a line hold
its numbers, each once and in order, and stand in it.

    python3 figures.py TABLE HUZHU RULESET [TEXT]

The last line is `N passed, N failed` (`, N skipped` without the text).
"""
import json
import re
import subprocess
import sys

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read_table(path):
    rows = []
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        expected = 4 if len(cells) > 2 and cells[2] == "-" else 5
        if len(cells) != expected or not cells[0].isdigit() or not cells[1] or not (cells[2] != "-" or cells[3]):
            sys.exit(f"{path}:{number}: not a row of {expected} cells: {line}")
        rows.append((number, int(cells[0]), *cells[1:]))
    return rows


def read_figures(huzhu, ruleset):
    run = subprocess.run([huzhu, "figures", ruleset], capture_output=True, text=True, encoding="utf-8")
    if run.returncode != 0:
        sys.exit(run.stderr + f"huzhu figures: exit status {run.returncode}")
    figures = {}
    for line in run.stdout.splitlines():
        figure = json.loads(line)
        path = figure["path"] + (":" + figure["reading"] if "reading" in figure else "")
        figures.setdefault(path + "@" + figure.get("from", "always"), []).append(figure)
    return figures


def wrong(row, figures):
    """What is wrong with a row that names a path; None: nothing."""
    path, value, status = row[3:6]
    found = figures.get(path)
    if not found:
        return f"there is no {path}"
    figure = found[0]
    if value.startswith("'"):
        if value.strip("'") not in figure.get("value", ""):
            return f"{path} is {figure.get('value')}, which has no {value} in it"
    elif ".." in value:
        if value != figure.get("least", "") + ".." + figure.get("most", ""):
            return f"{path} is {figure.get('least')}..{figure.get('most')}, expected {value}"
    elif value != figure.get("value", ""):
        return f"{path} is {figure.get('value')}, expected {value}"
    if status != figure.get("status", ""):
        return f"{path} is {figure.get('status')}, expected {status}"
    return None


def compare_text(rows, text):
    """Failures of the quotations against the text's lines."""
    lines = dict(enumerate(text.splitlines(), 1))
    quoted = {}
    for row in rows:
        quoted.setdefault(row[1], []).append(row[2])
    failures = []
    for line in sorted(set(quoted) | {n for n, words in lines.items() if NUMBER.search(words)}):
        words = lines.get(line, "")
        quotations = quoted.get(line, [])
        failures += [f"line {line} has no “{quotation}”" for quotation in quotations if quotation not in words]
        numbers = [n for quotation in quotations for n in NUMBER.findall(quotation)]
        if numbers != NUMBER.findall(words):
            failures.append(f"the numbers of line {line} are {NUMBER.findall(words)}, the table has {numbers}")
    return failures, len(lines)


def main():
    table, huzhu, ruleset = sys.argv[1:4]
    rows = read_table(table)
    figures = read_figures(huzhu, ruleset)
    passed = failed = 0
    for row in rows:
        reason = wrong(row, figures) if row[3] != "-" else None
        if reason is not None:
            print(f"FAILED {table}:{row[0]}: line {row[1]}, “{row[2]}”: {reason}")
        passed += reason is None
        failed += reason is not None
    if len(sys.argv) < 5 or not sys.argv[4]:
        print(f"{passed} passed, {failed} failed, 1 skipped")
    else:
        failures, _ = compare_text(rows, open(sys.argv[4], encoding="utf-8").read())
        for failure in failures:
            print("FAILED", failure)
        print(f"{passed + (not failures)} passed, {failed + len(failures)} failed")
        failed += len(failures)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
