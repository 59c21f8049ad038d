"""The lifted run over generated cases: their literals stand in columns of 1, 7 and 1,025 rows."""

import subprocess
import sys
import tempfile


def in_columns(lifted, stay, lines):
    """Prints what differs there. Whether anything does."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        done = subprocess.run([lifted, file.name, stay], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    sys.stdout.write(done.stdout)
    return done.returncode != 0
