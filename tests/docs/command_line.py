"""command_line.py - the ```console blocks of docs/command-line.md (see blocks.py), typed in a folder that looks like the
project's: what they write is gone afterwards.

    python3 command_line.py DOCUMENT HUZHU [--accept]

Every command that `huzhu help` lists must have a heading of its own in the document.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from blocks import SECONDS, Tried, read_blocks, try_console


def look_alike(folder):
    for entry in Path.cwd().iterdir():
        if not entry.name.startswith("."):
            (Path(folder) / entry.name).symlink_to(entry)


def main(document, huzhu, *more):
    tried = Tried(document, "--accept" in more)
    with tempfile.TemporaryDirectory() as folder:
        look_alike(folder)
        for block in read_blocks(document):
            if block.kind == "console":
                try_console(tried, block, huzhu, Path(folder))
            elif block.kind not in ("json", "text"):
                tried.judge(block.line, f"a block of the kind `{block.kind}`")
    told = subprocess.run([huzhu, "help"], capture_output=True, encoding="utf-8", timeout=SECONDS, check=False).stdout
    text = Path(document).read_text(encoding="utf-8")
    for command in re.findall(r"^  (\w+) ", told, re.M):
        tried.judge(1, None if f"\n### huzhu {command}" in text else f"`huzhu {command}` has no heading")
    return tried.end()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
