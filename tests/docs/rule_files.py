"""rule_files.py - the fenced blocks of docs/rule-files.md, tried with `huzhu check` and `huzhu test`.

    python3 rule_files.py DOCUMENT HUZHU KEYS [--accept]

What a block is, says the line that opens it:

    ```yaml file=NAME          a file of one ruleset. All of them together must pass `check` without an error or a
                               warning, and `test` without a failure. The first plan is the base of what follows.
    ```yaml part               a part of a plan that is right: `check` of the base with it must report no error.
    ```yaml error=E_CODE       a part that is wrong: `check` must report errors of this code and of no other.
    ```yaml warning=E_CODE     a part that is right but for this warning.
    ```yaml … in=NAME          the same for another file than the first plan. It may be new.
    ```message                 what `check` printed of the block before, without `file:line:col: ` and line numbers.
    ```console                 commands and what they print (blocks.py), beside the ruleset: the folder `example`.
    ```text                    anything else, not looked at.

How a part is put in: a section that the base has too (`inputs:`, `caps:` …) is added to that section, after the items
that have the same name (in a list, the same `code` or `id`) were taken out of it. Everything else at the left edge
(`round: …`) takes the place of its namesake, or goes to the end. All by text; nothing here understands YAML.

KEYS is lib/rules/keys.def: each key in it must be named in the document.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from blocks import SECONDS, Tried, read_blocks, try_console

# ---- putting a part into the base ----


def cut(lines, begins):
    """Groups of lines, each beginning where begins(line) is true; what stands before the first is a group too."""
    groups = [[]]
    for line in lines:
        if begins(line):
            groups.append([])
        groups[-1].append(line)
    return groups


def at_left_edge(line):
    return line[:1] not in ("", " ", "#")


def is_item(line):
    return line.startswith("  ") and line[2:3] not in ("", " ", "#")


def name_of(lines):
    """`daily_amount` of `  daily_amount: …`, `DATES` of `  - code: DATES` or `  - {code: DATES, …}`."""
    if lines[0].startswith("  - "):
        found = re.search(r"\b(?:code|id): *([\w-]+)", lines[0])
        return found and found.group(1)
    return lines[0].strip().split(":")[0]


def is_open(section):
    return section[0].rstrip().endswith(":")


def put_in(base, part):
    sections = cut(base.splitlines(), at_left_edge)
    for new in cut(part.splitlines(), at_left_edge):
        if not new:
            continue
        old = next((section for section in sections if section and name_of(section) == name_of(new)), None)
        if old is None or not at_left_edge(new[0]):
            sections.append(new)
        elif is_open(new) and is_open(old):
            names = {name_of(item) for item in cut(new[1:], is_item)[1:]}
            kept = [item for item in cut(old[1:], is_item) if not item or name_of(item) not in names]
            old[1:] = [line for item in kept for line in item] + new[1:]
        else:
            old[:] = new
    return "\n".join(line for section in sections for line in section) + "\n"


# ---- running ----


def write(folder, files):
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def run(huzhu, command, files):
    """Exit status; what was printed, answers and messages apart."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, files)
        done = subprocess.run(
            [huzhu, command, folder], capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    return done.returncode, done.stdout, done.stderr


def codes_of(messages, severity):
    return set(re.findall(rf"^(?:[^\s:]+:\d+:\d+: )?{severity}\[(\w+)\]", messages, re.M))


def without_places(messages):
    """Messages as the document shows them: places and numbers of lines hang on how a part was put in, and the last
    line only counts."""
    text = re.sub(r"^\d+ errors?, \d+ warnings?\n|^[^\s:]+:\d+:\d+: ", "", messages, flags=re.M)
    return re.sub(r"^ *\d* \|", "  |", text, flags=re.M).strip("\n")


def complaint_about_check(status, messages, error, warning):
    errors, warnings = codes_of(messages, "error"), codes_of(messages, "warning")
    if errors != ({error} if error else set()):
        return f"expected {error or 'no error'}, `check` printed\n{messages}"
    if warning and warnings != {warning}:
        return f"expected the warning {warning}, `check` printed\n{messages}"
    if status != (1 if error else 0):
        return f"exit status {status}, `check` printed\n{messages}"
    return None


def try_ruleset(tried, line, huzhu, files):
    status, _, messages = run(huzhu, "check", files)
    tried.judge(line, complaint_about_check(status, messages, None, None) or messages)
    status, answers, messages = run(huzhu, "test", files)
    tried.judge(line, answers + messages if status != 0 else None)


def try_part(tried, block, huzhu, files, plan):
    """What `check` printed."""
    name = block.options.get("in", plan)
    files = dict(files, **{name: put_in(files.get(name, ""), block.text())})
    status, _, messages = run(huzhu, "check", files)
    error, warning = block.options.get("error"), block.options.get("warning")
    tried.judge(block.line, complaint_about_check(status, messages, error, warning))
    return messages


def try_keys(tried, document, source):
    keys = set(re.findall(r'^HZ_KEY\(\w+, "([^"]+)"', Path(source).read_text(encoding="utf-8"), re.M))
    text = Path(document).read_text(encoding="utf-8")
    tried.judge(1, None if keys else f"no keys found in {source}")
    for key in sorted(keys):
        named = re.search(rf"`{key}[`:]|(?:^|[ {{]){key}:(?: |$)", text, re.M)
        tried.judge(1, None if named else f"the key `{key}` is not named")


def main(document, huzhu, keys, *more):
    tried, blocks = Tried(document, "--accept" in more), read_blocks(document)
    files = {block.options["file"]: block.text() for block in blocks if "file" in block.options}
    first = next(block for block in blocks if "file" in block.options)
    plan = next(name for name in files if name != "ruleset.yaml" and not name.endswith(".examples.yaml"))
    try_ruleset(tried, first.line, huzhu, files)
    messages = ""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "example"), files)
        for block in blocks:
            if block.kind == "yaml" and block.options.keys() & {"part", "error", "warning"}:
                messages = try_part(tried, block, huzhu, files, plan)
            elif block.kind == "message":
                tried.judge_shown(block.line + 1, "`check`", block.body, without_places(messages).splitlines())
            elif block.kind == "console":
                try_console(tried, block, huzhu, folder)
            elif block.kind != "text" and "file" not in block.options:
                tried.judge(block.line, f"a block of the kind `{block.kind}`")
    try_keys(tried, document, keys)
    return tried.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
