"""rule_files.py - the fenced blocks of docs/rule-files.md, tried with `huzhu check` and `huzhu test`.

    python3 rule_files.py DOCUMENT HUZHU

What a block is, says the line that opens it:

    ```yaml file=FOLDER/NAME   a file of a ruleset. Each FOLDER is written out and must pass `check` without an error or
                               warning, and `test` without a failure. The first folder is the base of the next two.
    ```yaml part               a part of a plan that is right: the base with it must pass `check`, and its examples.
    ```yaml error=E_CODE       a part that is wrong: `check` must report errors of this code, and none of another.
    ```yaml warning=E_CODE     a part that is right but for a warning of this code.
    ```yaml part=FILE          the same for another file of the base than its plan, also behind error= and warning=.
    ```message                 behind error= or warning=: what `check` prints of it, but for `file:line:col: `.
    ```text                    anything else; not looked at. A block of another kind is an error of the document.

How a part is put in: a section of the part that the base has too (`inputs:`, `caps:` …) is added to that section, after
the items that have the same name (or, in a list, the same `code` or `id`) were taken out of it. Anything else at the
left edge (`round: …`) takes the place of its namesake, or goes to the end. Texts only: nothing here understands YAML.
Prints what failed; the last line is `N passed, N failed`.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PLACE = re.compile(r"^[^\s:]+:\d+:\d+: ", re.M)


def read_blocks(text):
    """(line, words of the opening line, body) of every fenced block."""
    blocks, opened = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("```"):
            if opened:
                opened[2].append(line)
        elif opened:
            blocks.append((opened[0], opened[1], "\n".join(opened[2]) + "\n"))
            opened = None
        else:
            opened = (number, line[3:].split(), [])
    if opened:
        raise SystemExit(f"line {opened[0]}: the block is not closed")
    return blocks


def cut(lines, starts):
    """Groups of lines, each beginning where starts(line); what stands before the first is a group of its own."""
    groups = [[]]
    for line in lines:
        if starts(line):
            groups.append([])
        groups[-1].append(line)
    return groups


def at_left_edge(line):
    return line[:1] not in ("", " ", "#")


def key_of(section):
    return section[0].split(":")[0]


def item_name(item):
    """`daily_amount` of `  daily_amount: …`, `DATES` of `  - code: DATES` or `  - {code: DATES, …}`."""
    if item[0].startswith("  - "):
        found = re.search(r"\b(?:code|id): *([\w-]+)", item[0])
        return found and found.group(1)
    return item[0].strip().split(":")[0]


def is_item(line):
    return line.startswith("  ") and line[2:3] not in ("", " ", "#")


def put_in(base, part):
    """The base with the part in it (see above)."""
    sections = cut(base.splitlines(), at_left_edge)
    for new in cut(part.splitlines(), at_left_edge):
        if not new or not at_left_edge(new[0]):
            if any(line.strip() and not line.startswith("#") for line in new):
                sections.append(new)  # what is wrong at the left edge: the checker's business
            continue
        old = next((section for section in sections if section and key_of(section) == key_of(new)), None)
        if old is None:
            sections.append(new)
        elif new[0].rstrip().endswith(":") and old[0].rstrip().endswith(":"):
            names = {item_name(item) for item in cut(new[1:], is_item)[1:]}
            kept = [item for item in cut(old[1:], is_item) if not item or item_name(item) not in names]
            old[1:] = [line for item in kept for line in item] + new[1:]
        else:
            old[:] = new
    return "\n".join(line for section in sections for line in section) + "\n"


class Tried:
    """Counts, and says what went wrong where."""

    def __init__(self):
        self.passed = self.failed = 0

    def judge(self, line, complaint):
        if complaint:
            self.failed += 1
            print(f"FAILED line {line}: {complaint}")
        else:
            self.passed += 1


def run(huzhu, command, files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([huzhu, command, folder], capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def codes_of(output, severity):
    return set(re.findall(rf"^(?:[^\s:]+:\d+:\d+: )?{severity}\[(\w+)\]", output, re.M))


def complaint_of(huzhu, files, error=None, warning=None):
    """What `check` and `test` should not have done, or None; and what `check` printed."""
    status, output = run(huzhu, "check", files)
    errors, warnings = codes_of(output, "error"), codes_of(output, "warning")
    if errors != ({error} if error else set()):
        return f"expected {error or 'no error'}\n{output}", output
    if warning and warnings != {warning}:
        return f"expected the warning {warning}\n{output}", output
    if status != (1 if error else 0):
        return f"exit status {status}\n{output}", output
    if error is None:
        status, told = run(huzhu, "test", files)
        if status != 0:
            return f"its examples fail\n{told}", output
    return None, output


def message_of(output):
    """What is printed of it, but for places; the count at the end is none of it."""
    lines = [line for line in PLACE.sub("", output).splitlines() if not re.match(r"^\d+ errors?\b", line)]
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def main(document, huzhu):
    blocks = read_blocks(Path(document).read_text(encoding="utf-8"))
    tried, rulesets, printed = Tried(), {}, None
    for line, words, body in blocks:
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        if words[:1] == ["yaml"] and "file" in options:
            folder, name = options["file"].split("/")
            rulesets.setdefault(folder, (line, {}))[1][name] = body
    base = dict(next(iter(rulesets.values()))[1])
    plan = next(name for name in base if name != "ruleset.yaml" and not name.endswith(".examples.yaml"))
    for line, files in rulesets.values():
        complaint, output = complaint_of(huzhu, files)
        tried.judge(line, complaint or (output and codes_of(output, "warning") and output))
    for line, words, body in blocks:
        options = dict(word.split("=", 1) for word in words[1:] if "=" in word)
        if words[:1] == ["yaml"] and (set(options) & {"part", "error", "warning"} or "part" in words):
            file = options.get("part", plan)
            files = dict(base, **{file: put_in(base.get(file, ""), body)})
            complaint, printed = complaint_of(huzhu, files, options.get("error"), options.get("warning"))
            tried.judge(line, complaint)
        elif words[:1] == ["message"]:
            shown = message_of(printed or "")
            tried.judge(line, None if body.strip("\n") == shown else f"`check` prints now\n{shown}")
        elif words[:1] != ["text"] and "file" not in options:
            tried.judge(line, f"a block marked `{' '.join(words)}`")
    print(f"{tried.passed} passed, {tried.failed} failed")
    return 1 if tried.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
