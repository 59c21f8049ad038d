"""Scenarios over populations: sums against rows decided one scenario at a time, people, sweeps, errors."""

from datetime import date
from decimal import Decimal

import duckdb
import huzhu
import pandas
import polars
import pyarrow
import pytest

SIXTY = {"baseline": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}}


@pytest.fixture(scope="module")
def people():
    return huzhu.population(n=24_000, seed=3, years=[2019, 2020])


@pytest.fixture(scope="module")
def rules():
    return huzhu.load("beijing")


def one_by_one(rules, people, plan, settings):
    """What a frame says under settings: the sums that a study has to come to."""
    frame = polars.DataFrame(people.events[plan])
    ruled = rules.under(settings) if settings else rules
    known = [c for c in frame.columns if c not in ruled[plan].inputs]
    answers = ruled[plan].evaluate_frame(frame.drop(known), columns=["outcome", "total"], counters="carried")
    return frame.with_columns(answers["outcome"].cast(polars.String), answers["total"])


SCENARIOS = {
    "inpatient-allowance": {"baseline": {}, "60 a day": {"inpatient-allowance.daily_amount": 60}, "from day 3": "inpatient-allowance.first_paid_day = 3 from 2015-07-01"},
    "medical-reimbursement": {"now": {}, "deductible": {"medical-reimbursement.outpatient_deductible": 1500}, "rate": {"medical-reimbursement.base_rate": "30%"}},
    "inpatient-medical": {"now": {}, "capped": {"inpatient-medical.period_cap": 500}},
    "comprehensive-b": {"now": {}, "more": {"critical-illness.full_amount from 2019-01-01": 12000, "inpatient-allowance.first_paid_day from 2019-01-01": 3}},
    "critical-illness": {"now": {}, "more": {"critical-illness.full_amount from 2019-01-01": 12000}},
}  # fmt: skip


@pytest.mark.parametrize("plan", list(SCENARIOS))
@pytest.mark.parametrize("threads", [1, 3])
def test_sums_are_those_of_rows(rules, people, plan, threads):
    result = huzhu.simulate(people, SCENARIOS[plan], plans=[plan], by=["sex"], rules=rules, threads=threads, frames="dict")
    base = None
    for name, settings in SCENARIOS[plan].items():
        rows = one_by_one(rules, people, plan, settings)
        base = rows if base is None else base
        paid = rows.filter(polars.col("outcome") == "paid")
        [got] = [r for r in result.rows() if r["scenario"] == name]
        assert got["cost"] == rows["total"].sum() and got["payments"] == len(paid) and got["rows"] == len(rows)
        assert got["people"] == paid["member"].n_unique()
        change = (
            (rows["total"].fill_null(0) - base["total"].fill_null(0))
            .to_frame("change")
            .with_columns(rows["member"], rows["year"], rows["sex"].cast(polars.String))
        )
        assert got["gained"] - got["lost"] == got["change"] == change["change"].sum()
        by_member = change.group_by("member").agg(polars.col("change").sum())["change"]
        assert (got["winners"], got["losers"]) == ((by_member > 0).sum(), (by_member < 0).sum())
        for group in [r for r in result.rows(["sex"]) if r["scenario"] == name]:
            mine = paid.filter(polars.col("sex").cast(polars.String) == group["sex"])
            assert (group["cost"], group["people"]) == (mine["total"].sum(), mine["member"].n_unique())
        for group in [r for r in result.rows(["year"]) if r["scenario"] == name]:
            assert group["cost"] == rows.filter(polars.col("year") == group["year"])["total"].sum()
        below = [r for r in result.distribution_rows() if r["scenario"] == name]
        assert sum(r["payments"] for r in below) == got["payments"]
        assert got["cost"] == sum(r["amount"] for r in huzhu_rows(result.benefits) if r["scenario"] == name)


def huzhu_rows(columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_plans_apart_sum_as_studies_do(rules, people, monkeypatch):
    """What packages are summed by, over a plan that has studies: the same to the last row."""
    said = dict(by=["sex", "age_group"], plans=["inpatient-allowance"], rules=rules, quantiles=[10, 50, 99], frames="dict")
    study = huzhu.simulate(people, SCENARIOS["inpatient-allowance"], **said)
    monkeypatch.setattr("huzhu._simulate._study", lambda *_: None)
    apart = huzhu.simulate(people, SCENARIOS["inpatient-allowance"], **said)
    assert apart.rows(["year", "sex", "age_group"]) == study.rows(["year", "sex", "age_group"])
    assert apart.distribution_rows() == study.distribution_rows() and apart.benefits == study.benefits
    in_order = lambda result: sorted(huzhu_rows(result.quantiles()), key=str)  # noqa: E731
    assert in_order(apart) == in_order(study)


def test_frames_of_each_library(people):
    for kind, made in (("pandas", pandas.DataFrame), ("polars", polars.DataFrame), ("dict", dict)):
        result = huzhu.simulate(people, SIXTY, by=["sex", "age_group"], frames=kind)
        assert isinstance(result.costs, made) and isinstance(result.groups, made) and isinstance(result.budget, made)
        assert isinstance(result.costs["cost"][0], Decimal)
        assert list(result.groups["sex"][:2]) == ["female", "female"]
    assert huzhu.simulate(people, SIXTY, frames="pyarrow").costs.num_rows == 2
    with pytest.raises(huzhu.ArgumentError, match="frames is 'excel'"):
        huzhu.simulate(people, SIXTY, frames="excel")


def test_only_plans_that_can_move(people):
    assert huzhu.simulate(people, SIXTY, frames="dict").plans == ("inpatient-allowance",)
    both = {"now": {}, "more": {"inpatient-allowance.daily_amount": 60, "womens-diseases.full_amount": 20000}}
    assert huzhu.simulate(people, both, frames="dict").plans == (
        "inpatient-allowance",
        "womens-diseases",
        "comprehensive-a",
        "comprehensive-b",
    )
    assert huzhu.simulate(people, {"baseline": {}}, frames="dict", people=False).plans == people.plans


def test_rows_of_other_libraries(people):
    want = huzhu.simulate(people, SIXTY, frames="dict").costs["cost"]
    frame = polars.DataFrame(people.events["inpatient-allowance"])
    cut = polars.concat([frame[:100], frame[100:101], frame[101:]], rechunk=False)
    table = frame.to_arrow()
    for rows in (frame, cut, table, frame.to_pandas(), duckdb.from_arrow(table)):
        for threads in (1, 2):
            result = huzhu.simulate(
                {"inpatient-allowance": rows}, SIXTY, threads=threads, frames="dict", ignore=["age_group", "synthetic"]
            )
            assert result.costs["cost"] == want and result.costs["people"][0] > 0


def test_people_by_texts(people):
    frame = polars.DataFrame(people.events["inpatient-allowance"])
    named = frame.with_columns(("M" + polars.col("member").cast(polars.String)).alias("member"))
    long = named.with_columns(
        (polars.lit("a member of the union, number ") + polars.col("member")).alias("member"),
        polars.col("sex").cast(polars.String),
    )
    first, *others = (
        huzhu.simulate({"inpatient-allowance": f}, SIXTY, by=["sex"], frames="dict").rows(["sex"])
        for f in (frame, named, long, named.to_arrow(), long.to_pandas())
    )
    assert first[0]["people"] > 0 and all(other == first for other in others)


def test_sweep(people):
    grid = huzhu.sweep({"inpatient-allowance.daily_amount": [40, 80], "inpatient-allowance.first_paid_day": [1, 2]})
    assert list(grid) == [
        "baseline",
        "daily_amount = 40, first_paid_day = 1",
        "daily_amount = 40, first_paid_day = 2",
        "daily_amount = 80, first_paid_day = 1",
        "daily_amount = 80, first_paid_day = 2",
    ]
    result = huzhu.simulate(people, grid, frames="polars")
    found = result.grid()
    assert found.columns[:3] == ["inpatient-allowance.daily_amount", "inpatient-allowance.first_paid_day", "plan"]
    costs = result.costs["cost"].to_list()
    assert costs[2] == costs[0] and costs[4] > costs[2] and "people" not in found.columns
    with pytest.raises(huzhu.ArgumentError, match="no grid"):
        huzhu.simulate(people, SIXTY).grid()
    with pytest.raises(huzhu.ArgumentError, match="at least one value"):
        huzhu.sweep({"inpatient-allowance.daily_amount": []})


def test_dated_settings_and_readings(people):
    late = {
        "now": {},
        "from 2020": {"inpatient-allowance.daily_amount from 2020-01-01": 60},
        "lines": ["inpatient-allowance.daily_amount = 60 from 2020-01-01"],
    }
    result = huzhu.simulate(people, late, frames="dict")
    change = {(r["scenario"], r["year"]): r["change"] for r in result.rows(["year"])}
    assert change["from 2020", 2019] == 0 and change["from 2020", 2020] > 0
    assert change["lines", 2020] == change["from 2020", 2020]
    read = {"now": {}, "programme": {"accident-and-property.fire_maximum :=": "programme"}}
    assert huzhu.affects(read)["accident-and-property"]


def test_affects():
    assert huzhu.affects({"accident-and-property.death_amount": 30000})["accident-and-property"][:3] == (
        "outcome",
        "reason",
        "total",
    )
    assert "womens-diseases" not in huzhu.affects(SIXTY)


def test_errors_say_where(people):
    with pytest.raises(huzhu.RulesError) as found:
        huzhu.simulate(people, {"baseline": {}, "dearer": {"inpatient-allowance.daily_amout": 60}})
    assert found.value.file == "dearer" and found.value.line == 1 and "daily_amount" in found.value.hint
    assert found.value.code == "E_SCENARIO_PATH"
    with pytest.raises(huzhu.RulesError):
        huzhu.simulate(people, {"baseline": {}, "text": {"inpatient-allowance.daily_amount": "many"}})
    with pytest.raises(huzhu.InputTypeError, match="float"):
        huzhu.simulate(people, {"baseline": {}, "f": {"inpatient-allowance.daily_amount": 60.5}})
    with pytest.raises(huzhu.ArgumentError, match="no scenario"):
        huzhu.simulate(people, {})
    with pytest.raises(huzhu.NotFoundError, match="inpatient-alowance"):
        huzhu.simulate(people, SIXTY, plans=["inpatient-alowance"])
    with pytest.raises(huzhu.ArgumentError, match="of which plan"):
        huzhu.simulate(polars.DataFrame({"a": [1]}), SIXTY)
    with pytest.raises(huzhu.ArgumentError, match="no Arrow columns|is no frame"):
        huzhu.simulate({"inpatient-allowance": [1, 2]}, SIXTY)
    with pytest.raises(huzhu.DataError, match="nearly"):
        huzhu.simulate({"inpatient-allowance": polars.DataFrame({"admited": [date(2020, 1, 1)]})}, SIXTY)
    with pytest.raises(huzhu.ArgumentError, match="not grouped"):
        huzhu.simulate(people, SIXTY, frames="dict").rows(["district"])


def test_rows_out_of_order_are_refused(people):
    frame = polars.DataFrame(people.events["inpatient-allowance"])
    mixed = polars.concat([frame[1::2], frame[::2]])
    with pytest.raises(huzhu.DataError, match="rows of one `member` do not all come behind each other"):
        huzhu.simulate({"inpatient-allowance": mixed}, SIXTY, threads=1)
    # Sorted within each array, but the same members in two: each thread's rows are in order, and both have rows of one.
    many = polars.concat([frame.with_columns(polars.col("member") + 10_000_000 * i) for i in range(20)], rechunk=True)
    twice = pyarrow.concat_tables([many.to_arrow()] * 2)
    with pytest.raises(huzhu.DataError, match="behind each other.*\n.*sort the rows"):
        huzhu.simulate({"inpatient-allowance": twice}, SIXTY, threads=3)


def test_counters_fresh_and_given(people):
    carried, fresh = (huzhu.simulate(people, SIXTY, counters=c, frames="dict").costs["cost"][0] for c in ("carried", "fresh"))
    assert carried <= fresh
    given = huzhu.simulate(people, SIXTY, counters="given", frames="dict").rows()[0]
    assert given["incomplete"] > 0 and given["cost"] == 0


def test_repr_is_a_table(people):
    text = repr(huzhu.simulate(people, SIXTY))
    assert text.splitlines()[1].split()[:3] == ["plan", "scenario", "cost"] and len(text.splitlines()) == 4


def test_no_rows_and_one_name(people):
    frame = polars.DataFrame(people.events["inpatient-allowance"])
    for plan in ("inpatient-allowance", "comprehensive-b"):
        none = polars.DataFrame(people.events[plan]).head(0)
        result = huzhu.simulate({plan: none}, SIXTY, plans=[plan], by="sex", ignore=["age_group", "income_band"], frames="polars")
        assert result.costs.is_empty() and result.groups.is_empty() and result.plot("cost")
    by_name = huzhu.simulate({"inpatient-allowance": frame}, SIXTY, by="sex", ignore=["age_group"], frames="dict")
    assert by_name.groups["sex"] == ["female", "male"] * 2
