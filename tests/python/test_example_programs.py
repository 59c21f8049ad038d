"""The programs of examples/python/ run, and the notebook comes to what is stored in it."""

import ast
import json
import pprint
import re
import subprocess
import sys

import matplotlib
import pytest
from conftest import ROOT
from huzhu import _plot

# That of Spark runs in the second tier, tests/spark.
PROGRAMS = sorted(p for p in (ROOT / "examples" / "python").glob("*.py") if "spark" not in p.name)
SAID = {
    "01_first_steps.py": ["paid 360.00", "6840.00 []", "360.00 ['DAYS_LIMIT']", "refused HOSPITAL_LEVEL"],
    "03_yearly_settlement.py": ["quarter 4:", "; the year in one go "],
    "04_duckdb_and_polars.py": ["haidian", "HOSPITAL_LEVEL"],
}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.name)
def test_program(program):
    said = subprocess.run(
        [sys.executable, program],
        capture_output=True,
        text=True,
        timeout=120,
        env={"POLARS_FMT_STR_LEN": "50", "PATH": "/usr/bin:/bin"},
    )
    assert said.returncode == 0, said.stderr
    assert all(words in said.stdout for words in SAID[program.name]), said.stdout


def run_cell(source, names):
    """Runs a cell; the value of its last line, where it is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last is not None else None


def same(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("notebook", sorted((ROOT / "examples" / "python").glob("*.ipynb")), ids=lambda p: p.name)
def test_notebook(notebook):
    if _plot.chinese_font() is None:
        pytest.skip("no font with Chinese: " + _plot.INSTALL)
    matplotlib.use("Agg")
    names = {}
    compared = 0
    for cell in json.loads(notebook.read_text())["cells"]:
        if cell["cell_type"] != "code":
            continue
        value = run_cell("".join(cell["source"]), names)
        assert not [o for o in cell["outputs"] if o["output_type"] in ("stream", "error")]
        for stored in (o["data"] for o in cell["outputs"] if o["output_type"] == "execute_result"):
            if "text/html" in stored:  # a frame
                cells = re.findall(r"<td>(.*?)</td>", "".join(stored["text/html"]))
                assert cells == [str(item) for item in value.to_numpy().ravel()]
            else:
                assert same(pprint.pformat(value, sort_dicts=False)) == same("".join(stored["text/plain"]))
            compared += 1
    assert compared >= 5
