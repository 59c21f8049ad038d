"""A second tier, run by tests/spark/run.sh: the same claims by Spark, on two executors, and by one machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest

import huzhu

pyspark = pytest.importorskip("pyspark")

from pyspark.sql import SparkSession  # noqa: E402

from huzhu import spark  # noqa: E402

ROWS = 3_000


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "5")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.fixture(scope="module")
def table() -> pyarrow.Table:
    """Rows of a member in two places, so that partitions matter; more rows a partition than a batch, so that batches do."""
    return pyarrow.Table.from_pylist(
        [
            {
                "id": f"A{number:05}",
                "district": ["东城", "海淀", None][number % 3],
                "member": f"M{number % 700}",
                "cover": "C1",
                "cover_start": date(2024, 1, 1),
                "cover_end": date(2024, 12, 31),
                "admitted": date.fromordinal(date(2024, 1, 1).toordinal() + number // 10),
                "discharged": None if number % 101 == 7 else date.fromordinal(date(2024, 1, 1).toordinal() + number // 10 + number % 90),
                "hospital_level": 1 + number % 3 if number % 50 else 9,
                "cause": ["illness", "accident", "psychiatric"][number % 7 % 3],
            }
            for number in range(ROWS)
        ]
    )


def rows(answers: Any) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in answers.select("id", "outcome", "reason", "error", "total").collect())


def by_one_machine(plan: huzhu.Plan, table: pyarrow.Table, **options: Any) -> list[tuple[Any, ...]]:
    out = plan.evaluate_frame(table, columns=["id", "outcome", "reason", "error", "total"], **options)
    return sorted(tuple(row.values()) for row in out.to_pylist())


@pytest.mark.parametrize("counters", ["given", "fresh", "carried"])
def test_the_same_answers(session: SparkSession, allowance: huzhu.Plan, table: pyarrow.Table, counters: Any) -> None:
    frame = session.createDataFrame(table.to_pylist())  # type: ignore[type-var]
    order = ["admitted", "id"] if counters == "carried" else []
    got = rows(spark.evaluate_frame(allowance, frame, counters=counters, order=order))
    expected = by_one_machine(allowance, table, counters=counters)
    assert len({row[1] for row in expected}) >= 3 and got == expected
    if counters == "carried":
        assert got != rows(spark.evaluate_frame(allowance, frame, counters="fresh"))  # else the test is hollow


def test_scenarios_lists_and_columns_that_come_along(session: SparkSession, rules: huzhu.Ruleset, table: pyarrow.Table) -> None:
    plan = rules.under({"inpatient-allowance.daily_amount": 60})["inpatient-allowance"]
    frame = session.createDataFrame(table.to_pylist())  # type: ignore[type-var]
    answers = spark.evaluate_frame(plan, frame, counters="fresh", keep=["district"], columns=["id", "total", "reasons", "allowance.net"])
    assert answers.columns == ["district", "id", "total", "reasons", "allowance.net"]
    sums = {row["district"]: row["sum(total)"] for row in answers.groupBy("district").sum("total").collect()}
    one = plan.evaluate_frame(table, counters="fresh")["total"].to_pylist()
    for district in ("东城", "海淀", None):
        assert sums[district] == sum(total for total, of in zip(one, table["district"].to_pylist(), strict=True) if of == district and total)
    assert any(row["reasons"] for row in answers.select("reasons").take(50))
    assert isinstance(answers.where("total > 0").first()["total"], Decimal)


def test_what_is_wrong_is_said_at_once(session: SparkSession, allowance: huzhu.Plan, table: pyarrow.Table) -> None:
    frame = session.createDataFrame(table.slice(0, 10).to_pylist())  # type: ignore[type-var]
    with pytest.raises(huzhu.ArgumentError, match="no order"):
        spark.evaluate_frame(allowance, frame, counters="carried")
    with pytest.raises(huzhu.ArgumentError, match="no column `region`"):
        spark.evaluate_frame(allowance, frame, keep=["region"])
    with pytest.raises(huzhu.DataError) as caught:
        spark.evaluate_frame(allowance, frame.withColumnRenamed("admitted", "admited"))
    assert "admitted" in caught.value.hint
    with pytest.raises(huzhu.DataError):
        spark.evaluate_frame(allowance, frame, columns=["totl"])


def test_example(rules: huzhu.Ruleset) -> None:
    """The program of examples/python comes to what one machine does."""
    program = Path(__file__).parents[2] / "examples" / "python" / "05_spark.py"
    said = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=300, check=False)
    assert said.returncode == 0, said.stderr
    stays = huzhu.population(n=50_000, seed=1).events["inpatient-allowance"].to_pandas().sort_values(["member", "admitted", "discharged"])
    for name, settings in {"as it is": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}}.items():
        plan = rules.under(settings)["inpatient-allowance"] if settings else rules["inpatient-allowance"]
        answers = plan.evaluate_frame(stays, counters="carried")
        paid = answers[answers["outcome"] == "paid"]["total"]
        assert f"{name}: {len(paid):,} stays, {sum(paid):,} yuan" in said.stdout
