"""The synthetic population: the same bytes for the same seed, what it is calibrated to, and what it says of itself."""

import hashlib
import time

import huzhu
import numpy as np
import polars
import pyarrow
import pytest

MEMBERS = 4_250_000


@pytest.fixture(scope="module")
def people():
    return huzhu.population(n=20_000, seed=1)


def digest(population):
    found = hashlib.sha256()
    for frame in (
        population.members,
        *(population.events[p] for p in population.plans),
        *(population.covers[p] for p in population.covers),
    ):
        for name, column in frame.columns.items():
            found.update(name.encode() + str(column.values.dtype).encode() + column.values.tobytes())
            found.update(b"" if column.valid is None else column.valid.tobytes())
    return found.hexdigest()


def test_same_seed_same_bytes(people):
    assert digest(people) == digest(huzhu.population(n=20_000, seed=1))
    assert digest(people) != digest(huzhu.population(n=20_000, seed=2))


def test_bytes_are_those_of_every_machine():
    """Only raw bits of PCG64 and whole numbers: a version of NumPy, or a processor, that gives others would show here."""
    small = huzhu.population(n=2_000, seed=7, years=[2019, 2020])
    assert digest(small) == "6090de9c999eb5ff023f79d0712b7ca149d860b95c1b97167d5f7da6727fcf5b"


def test_a_plan_does_not_move_another(people):
    other = huzhu.population(n=20_000, seed=1)
    first = other.events["womens-diseases"]  # before any other is made
    mine = people.events["womens-diseases"]
    assert all((first.column(n).values == mine.column(n).values).all() for n in mine)


def test_it_says_loudly_that_it_is_synthetic(people):
    assert "SYNTHETIC" in repr(people) and "nobody is behind it" in repr(people)
    assert "SYNTHETIC" in huzhu.population.__doc__ and "SYNTHETIC" in repr(people.members)
    for frame in (people.members, people.covers["womens-diseases"], people.events["medical-reimbursement"]):
        table = pyarrow.table(frame)
        assert b"SYNTHETIC" in table.schema.metadata[b"synthetic"]
        assert table["synthetic"].to_pylist() == [True] * len(frame)


def test_rows_stand_by_member_and_day(people):
    events = people.events["medical-reimbursement"]
    member, served = events.column("member").values, events.column("served").values
    assert (member[1:] >= member[:-1]).all()
    assert (served[1:][member[1:] == member[:-1]] >= served[:-1][member[1:] == member[:-1]]).all()


def test_inputs_are_those_of_the_plans(people):
    """Every column of a plan's rows is an input, or one to group by; every required input is there."""
    rules = huzhu.load("beijing")
    apart = {"member", "sex", "age_group", "income_band", "industry", "district", "year", "synthetic"}
    for plan in people.plans:
        names = set(people.events[plan])
        asked = rules[plan].inputs
        assert names - set(asked) <= apart, plan
        required = {n for n, i in asked.items() if i.need == "required" and i.for_claim}
        assert required - names <= {"age", "staff", "enrolled", "care", "self_paid"} | (
            {"hospital_level"} if plan == "comprehensive-a" else set()
        ), plan


def test_several_years_renew_covers():
    people = huzhu.population(n=20_000, seed=1, years=range(2019, 2022))
    covers = people.covers["inpatient-allowance"]
    assert sorted(set(covers["cover_start"].astype("datetime64[Y]").astype(int) + 1970)) == [2019, 2020, 2021]
    later = covers["cover_start"] >= np.datetime64("2020-01-01")
    assert (covers["previous_cover_end"][later] == covers["cover_start"][later] - 1).all()
    assert set(people.events["inpatient-allowance"]["year"].tolist()) == {2019, 2020, 2021}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"n": 0}, "1 to 100,000,000"),
        ({"years": 2018}, "2019 to 2035"),
        ({"years": [2019, 2021]}, "follow each other"),
        ({"years": []}, "follow each other"),
    ],
)
def test_what_it_refuses(change, said):
    with pytest.raises(huzhu.ArgumentError, match=said):
        huzhu.population(**{"n": 100, **change})


def test_a_plan_that_is_not_there(people):
    with pytest.raises(KeyError, match="not offered alone"):
        people.events["additional-death"]
    with pytest.raises(KeyError, match="has no column"):
        people.members.column("salary")


def test_every_figure_has_a_source(people):
    assert {c.kind for c in people.calibration} == {"published", "derived", "fitted", "assumed"}
    assert all(c.why for c in people.calibration)
    assert {row.plan for row in people.published} == {
        p.replace("-a", "").replace("-b", "") if p.startswith("comprehensive") else p for p in people.plans
    }
    for row in people.published:
        assert row.sentence and row.since.split(":")[0] in ("published", "reported", "assumed")


def test_published_against_simulated(capsys):
    """A year's baseline times the years: within 10 % of what the programme published, or the row says why not."""
    began = time.perf_counter()
    whole = huzhu.population(n=MEMBERS, seed=1)  # rare plans need them all
    tenth = huzhu.population(n=MEMBERS // 10, seed=1)
    sums = {}
    rules = huzhu.load("beijing")
    for plan in whole.plans:
        population, times = (tenth, 10) if plan == "medical-reimbursement" else (whole, 1)
        frame = polars.DataFrame(population.events[plan])
        known = [c for c in frame.columns if c not in rules[plan].inputs]
        answers = rules[plan].evaluate_frame(frame.drop(known), columns=["outcome", "total"], counters="carried", threads=2)
        assert not answers["outcome"].is_in(["error", "incomplete"]).any()
        into = sums.setdefault("comprehensive" if plan.startswith("comprehensive") else plan, [0, 0])
        into[0] += (answers["outcome"] == "paid").sum() * times
        into[1] += answers["total"].sum() * times
    lines, wrong = [f"{'plan':24}{'years':>6}{'payments':>13}{'published':>13}{'':>8}{'yuan':>16}{'published':>16}"], []
    for row in whole.published:
        payments, amount = (float(v) * row.years for v in sums[row.plan])
        off = payments / row.payments - 1, amount / row.amount - 1
        lines.append(
            f"{row.plan:24}{row.years:6.1f}{payments:13,.0f}{row.payments:13,}{off[0]:+8.1%}{amount:16,.0f}{row.amount:16,}{off[1]:+8.1%}  {row.disagrees[:40]}"
        )
        for name, by in zip(("payments", "amount"), off, strict=True):
            if abs(by) > 0.1 and not row.disagrees.startswith(name):
                wrong.append(f"{row.plan}: {name} {by:+.1%}")
    with capsys.disabled():
        print("", *lines, f"{time.perf_counter() - began:.0f} seconds", sep="\n")
    assert not wrong
