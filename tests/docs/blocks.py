"""blocks.py - the fenced blocks of a document, and what the tests of documents have in common. Not a test by itself.

A test of a document ends with the line `N passed, N failed`; what failed stands above it with the document's line.
"""
import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

SECONDS = 120  # a command that takes longer has hung


class Block(NamedTuple):
    line: int     # of the opening ```
    kind: str     # `yaml` of ```yaml file=NAME
    options: dict # {"file": "NAME"}; a word without = is there with the value ""
    body: str     # ends with a line end


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
            blocks.append(Block(start, words[0] if words else "", options, "\n".join(lines) + "\n"))
            opened = None
    if opened is not None:
        raise SystemExit(f"{document}:{opened[0]}: the block is not closed")
    return blocks


class Tried:
    """Counts what held and what did not."""

    def __init__(self, document):
        self.document = document
        self.passed = self.failed = 0

    def judge(self, line, complaint):
        """complaint: what is wrong, or None or an empty text."""
        if complaint:
            self.failed += 1
            print(f"FAILED {self.document}:{line}: {complaint}")
        else:
            self.passed += 1

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


# ---- console blocks ----
#
# A line that begins with `$ ` is typed into a shell, whose working folder the caller chose; `huzhu` is the program
# under test. What follows is what it prints, stderr included. A line `…` stands for any lines, also none.


def same_lines(shown, printed):
    """Whether shown, with `…` for any lines, is printed."""
    if not shown:
        return not printed
    if shown[0].strip() == "…":
        return any(same_lines(shown[1:], printed[skip:]) for skip in range(len(printed) + 1))
    return bool(printed) and shown[0].rstrip() == printed[0].rstrip() and same_lines(shown[1:], printed[1:])


def commands_of(block):
    """(line in the document, command, lines shown below it) of each; a command may go on behind a backslash."""
    commands = []
    for number, line in enumerate(block.body.splitlines(), block.line + 1):
        if line.startswith("$ "):
            commands.append([number, line[2:], []])
        elif commands and commands[-1][1].endswith("\\") and not commands[-1][2]:
            commands[-1][1] += "\n" + line
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
            printed = done.stdout.decode("utf-8", "replace")
            same = same_lines(shown, printed.splitlines())
            tried.judge(line, None if same else f"`{command}` prints now\n{printed}")
