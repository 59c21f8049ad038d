"""blocks.py - the fenced blocks of a document, and what the tests of documents have in common. Not a test by itself.

A test of a document ends with the line `N passed, N failed`; what failed stands above it with the document's line. With
--accept it writes what the program prints into the document instead: then read the difference.
"""
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

SECONDS = 120  # a command that takes longer has hung


class Block(NamedTuple):
    line: int      # of the opening ```
    kind: str      # `yaml` of ```yaml file=NAME
    options: dict  # {"file": "NAME"}; a word without = is there with the value ""
    body: list     # lines

    def text(self):
        return "".join(line + "\n" for line in self.body)


def read_blocks(document):
    blocks, opened, lines = [], None, []
    for number, line in enumerate(Path(document).read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("```"):
            lines.append(line)
        elif opened is None:
            opened, lines = (number, line[3:].split()), []
        else:
            start, words = opened
            options = dict(word.partition("=")[::2] for word in words[1:])
            blocks.append(Block(start, words[0] if words else "", options, lines))
            opened, lines = None, []
    if opened is not None:
        raise SystemExit(f"{document}:{opened[0]}: the block is not closed")
    return blocks


def same_line(shown, printed):
    """`…` stands for any text, and blanks at the end don't count."""
    pattern = ".*".join(re.escape(part) for part in shown.rstrip().split("…"))
    return re.fullmatch(pattern, printed.rstrip()) is not None


def same_lines(shown, printed):
    """A line `…` stands for any lines, also none."""
    if not shown:
        return not printed
    if shown[0].strip() == "…":
        return any(same_lines(shown[1:], printed[skip:]) for skip in range(len(printed) + 1))
    return bool(printed) and same_line(shown[0], printed[0]) and same_lines(shown[1:], printed[1:])


def accepted(shown, printed):
    """Printed lines for the document: those that it shows with `…` in them stay as they are."""
    kept = [line for line in shown if "…" in line and line.strip() != "…"]
    return [next((line for line in kept if same_line(line, new)), new.rstrip()) for new in printed]


class Tried:
    """Counts what held and what did not."""

    def __init__(self, document, accept=False):
        self.document = document
        self.accept = accept
        self.changes = []  # (index of the first line in the document, how many, lines in their place)
        self.passed = self.failed = 0

    def judge(self, line, complaint):
        """complaint: what is wrong, or None or an empty text."""
        if complaint:
            self.failed += 1
            print(f"FAILED {self.document}:{line}: {complaint}")
        else:
            self.passed += 1

    def judge_shown(self, line, what, shown, printed):
        """Lines that the document shows from `line` on, against those that were printed."""
        same = same_lines(shown, printed)
        if self.accept and not same:
            self.changes.append((line - 1, len(shown), accepted(shown, printed)))
            same = True
        self.judge(line, None if same else f"{what} prints now\n" + "\n".join(printed))

    def end(self):
        if self.changes:
            lines = Path(self.document).read_text(encoding="utf-8").splitlines()
            for begin, count, new in reversed(self.changes):
                lines[begin:begin + count] = new
            Path(self.document).write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


# ---- console blocks ----
#
# A line that begins with `$ ` is typed into a shell, and so are the lines behind it that begin with `> `. The caller
# chose the folder; `huzhu` is the program under test. The rest is what is printed, standard error included.


def commands_of(block):
    """[line of the first shown line, command, lines shown below it] of each."""
    commands = []
    for number, line in enumerate(block.body, block.line + 1):
        if line.startswith("$ "):
            commands.append([number + 1, line[2:], []])
        elif line.startswith("> ") and commands and not commands[-1][2]:
            commands[-1][0] += 1
            commands[-1][1] += "\n" + line[2:]
        elif commands:
            commands[-1][2].append(line)
    return commands


def try_console(tried, block, huzhu, folder):
    with tempfile.TemporaryDirectory() as programs:
        Path(programs, "huzhu").symlink_to(Path(huzhu).resolve())
        path = programs + os.pathsep + os.environ["PATH"]
        for line, command, shown in commands_of(block):
            done = subprocess.run(
                ["sh", "-c", command], cwd=folder, env=dict(os.environ, PATH=path, LC_ALL="C.UTF-8"), timeout=SECONDS,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            printed = done.stdout.decode("utf-8", "replace").splitlines()
            tried.judge_shown(line, f"`{command.splitlines()[0]}`", shown, printed)
