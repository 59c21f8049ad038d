"""feel.py - the examples of docs/feel.md, evaluated by `huzhu feel`.

    python3 feel.py DOCUMENT HUZHU BUILTINS

A line of a ```feel block is one of
    expression  => value          what it gives: 3, "text", true, null, 2024-02-29, P1Y3M
    expression  => error CODE     what it is refused with, or fails with
    let name = expression         a name for the lines below it, to the end of the block
    // anything                   for the reader
BUILTINS is lib/feel/builtin.def: every function and property of this version must have an example, and every function
that comes later must be named in the document.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

from blocks import SECONDS, Tried, read_blocks, try_console

SHAPES = {  # how a value of each type is written in the document
    "number": r"-?\d+(\.\d+)?",
    "string": r'".*"',
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "days and time duration": r"-?P[\dDTHMS.]+",
    "years and months duration": r"-?P[\dYM]+",
}


def lines_of(document):
    """(line, expression, lets, what is expected) of every example."""
    for block in read_blocks(document):
        lets = []
        for number, line in enumerate(block.body if block.kind == "feel" else [], block.line + 1):
            let = re.fullmatch(r"let (\w+) = (.*)", line)
            if let:
                lets.append({"name": let.group(1), "expr": let.group(2)})
            elif line.strip() and not line.startswith("//"):
                expression, arrow, expected = line.rpartition(" => ")
                yield number, expression.strip() if arrow else line, list(lets), expected.strip() if arrow else None


def shown(answer):
    """An answer as the document writes it."""
    if "error" in answer:
        return "error " + answer["error"]["code"]
    return shown_value(answer["got"])


def shown_value(got):
    if got is None:
        return "null"
    if got["type"] == "list":
        return "[" + ", ".join(map(shown_value, got["items"])) + "]"
    value = got["value"]
    if got["type"] == "boolean":
        return "true" if value else "false"
    text = json.dumps(value, ensure_ascii=False) if got["type"] == "string" else value
    return text if re.fullmatch(SHAPES.get(got["type"], ".*"), text) else f"{got['type']} {text}"


def evaluate(huzhu, examples):
    given = "".join(
        json.dumps({"id": i, "expr": expression, "lets": lets}, ensure_ascii=False) + "\n"
        for i, (_, expression, lets, _) in enumerate(examples))
    done = subprocess.run(
        [huzhu, "feel"], input=given, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)
    answers = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = answer
    return answers


def try_builtins(tried, builtins, document, examples):
    """Each function and property stands in an example; each later function stands in the text."""
    source = Path(builtins).read_text(encoding="utf-8")
    text = Path(document).read_text(encoding="utf-8")
    good = " ".join(expression for _, expression, _, expected in examples if "error" not in (expected or "error"))
    for name in re.findall(r'^HZ_BUILTIN\(\w+, "([^"]+)"', source, re.M):
        tried.judge(1, None if re.search(rf"\b{name}\(", good) else f"no example of the function `{name}`")
    for name in re.findall(r'^HZ_PROPERTY\(\w+, "([^"]+)"', source, re.M):
        tried.judge(1, None if re.search(rf"\.{name}\b", good) else f"no example of the property `.{name}`")
    for name in re.findall(r'HZ_LATER\("([^"]+)"\)', source):
        tried.judge(1, None if f"`{name}`" in text else f"`{name}`, a function that comes later, is not named")


def main(document, huzhu, builtins):
    tried = Tried(document)
    examples = list(lines_of(document))
    answers = evaluate(huzhu, examples)
    for i, (line, expression, _, expected) in enumerate(examples):
        if expected is None:
            tried.judge(line, "an example without ` => `")
        elif i not in answers:
            tried.judge(line, "no answer")
        else:
            got = shown(answers[i])
            tried.judge(line, None if got == expected else f"`{expression}` is {got}, not {expected}")
    try_builtins(tried, builtins, document, examples)
    for block in read_blocks(document):
        if block.kind == "console":
            try_console(tried, block, huzhu, Path(builtins).parents[2])
        elif block.kind not in ("feel", "text"):
            tried.judge(block.line, f"a block of the kind `{block.kind}`")
    return tried.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
