"""`python -m huzhu` over files."""

import subprocess
import sys

import huzhu
import polars
import pytest
from huzhu.__main__ import scenarios_of

SCENARIOS = """\
# Two scenarios
[baseline]

[60 a day]   # more
inpatient-allowance.daily_amount = 60 from 2020-01-01
"""


def run(*arguments, folder):
    return subprocess.run(
        [sys.executable, "-m", "huzhu", *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=120
    )


@pytest.fixture(scope="module", params=["parquet", "csv"])
def folder(request, tmp_path_factory):
    made = tmp_path_factory.mktemp(request.param)
    said = run(
        "population",
        "--out",
        "people",
        "--n",
        10_000,
        "--years",
        "2019-2020",
        "--to",
        request.param,
        "--plans",
        "inpatient-allowance,medical-reimbursement",
        folder=made,
    )
    assert said.returncode == 0, said.stderr
    assert "SYNTHETIC" in said.stderr and "SYNTHETIC" in (made / "people/SYNTHETIC.txt").read_text()
    (made / "scenarios.txt").write_text(SCENARIOS)
    return made


def test_simulate(folder):
    said = run(
        "simulate",
        "people",
        "--scenarios",
        "scenarios.txt",
        "--by",
        "sex,age_group",
        "--out",
        "out",
        "--plot",
        "out.svg",
        folder=folder,
    )
    assert said.returncode == 0, said.stderr
    people = huzhu.population(10_000, 1, [2019, 2020])
    want = huzhu.simulate(people, scenarios_of(SCENARIOS), by=["sex", "age_group"], frames="polars")
    assert said.stdout.splitlines()[0] == "<huzhu.Result: 2 scenarios of inpatient-allowance>"
    got = polars.read_csv(folder / "out/costs.csv", schema=want.costs.schema)
    assert got.equals(want.costs)
    assert polars.read_csv(folder / "out/groups.csv", schema=want.groups.schema).equals(want.groups)
    assert (folder / "out.svg").read_text().startswith("<?xml")


def test_evaluate(folder):
    [file] = (folder / "people/events").glob("inpatient-allowance.*")
    said = run(
        "evaluate",
        "inpatient-allowance",
        file,
        "--out",
        "answers.parquet",
        "--set",
        "inpatient-allowance.daily_amount=60",
        "--ignore",
        "age_group",
        folder=folder,
    )
    assert said.returncode == 0, said.stderr
    want = huzhu.simulate(
        huzhu.population(10_000, 1, [2019, 2020]), {"60": {"inpatient-allowance.daily_amount": 60}}, frames="dict"
    ).costs
    assert polars.read_parquet(folder / "answers.parquet")["total"].sum() == want["cost"][0]
    printed = run(
        "evaluate", "inpatient-allowance", file, "--columns", "outcome,total,reasons", "--ignore", "age_group", folder=folder
    )
    assert printed.returncode == 0 and printed.stdout.splitlines()[0] == "outcome,total,reasons"
    assert len(printed.stdout.splitlines()) == 1 + len(polars.read_parquet(folder / "answers.parquet"))


def test_rows_in_error_are_a_no(folder):
    (folder / "bad.csv").write_text("hospital_level\n9\n")
    said = run("evaluate", "inpatient-allowance", "bad.csv", folder=folder)
    assert said.returncode == 1 and "R_RANGE" in said.stdout


def test_affects(folder):
    said = run("affects", "inpatient-allowance.daily_amount=60", folder=folder)
    assert said.returncode == 0 and said.stdout.startswith("inpatient-allowance: outcome")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("simulate", "people", "--scenarios", "wrong.txt"), 1, "60 a day:5:1: error[E_SCENARIO_PATH]"),
        (("simulate", "people", "--scenarios", "none.txt"), 3, "none.txt cannot be read"),
        (("simulate", "nowhere", "--scenarios", "scenarios.txt"), 1, "neither PLAN=FILE nor a folder"),
        (("simulate", "inpatient-allowance=none.csv", "--scenarios", "scenarios.txt"), 3, "there is no file none.csv"),
        (("evaluate", "inpatient-alowance", "x.csv"), 1, "did you mean `inpatient-allowance`"),
        (("evaluate", "inpatient-allowance", "scenarios.txt"), 1, "neither CSV nor Parquet"),
        (("population", "--out", "x", "--years", "2018"), 1, "2019 to 2035"),
        (("population", "--out", "x", "--n", "0"), 2, "at least 1"),
        (("settle",), 2, "invalid choice"),
    ],
)
def test_what_is_wrong(folder, arguments, status, words):
    (folder / "wrong.txt").write_text(SCENARIOS.replace("daily_amount", "daily_amout"))
    said = run(*arguments, folder=folder)
    assert (said.returncode, words in said.stderr) == (status, True), said.stderr


def test_help(folder):
    said = run("--help", folder=folder)
    assert said.returncode == 0 and all(
        word in said.stdout for word in ("evaluate", "simulate", "affects", "population", "Exit status")
    )
    for command in ("evaluate", "simulate", "affects", "population"):
        assert run(command, "--help", folder=folder).returncode == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [("a.b = 1\n[x]", "before the first scenario"), ("[x]\n[x]", "a scenario `x` before"), ("[]", "needs a name")],
)
def test_scenario_files(text, words):
    with pytest.raises(huzhu.ArgumentError, match=words):
        scenarios_of(text)
