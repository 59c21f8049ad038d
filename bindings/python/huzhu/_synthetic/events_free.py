"""Rows of the three free plans: medical costs, accidents and damage at home, start-up loans."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .._columns import Column, codes, dates, flags, money, numbers
from .calibration import MEMBERS, constant
from .draws import Array, Draws, Weights, lognormal
from .events_fee import Rows, grades, rows_a_year
from .people import CLASSES, People

_COSTS_BY_AGE = np.array([62, 86, 112, 142])  # % of out-patient costs, as people.AGE_GROUPS
_STAYS_BY_AGE = np.array([5, 7, 10, 14])
_CHUNK = 1 << 18
_KINDS = Weights({"death": 25, "disability": 430, "child_death": 2, "child_disability": 160, "fire": 36, "pipe": 197})


def first_day(year: int) -> int:
    return int(np.datetime64(f"{year}-01-01", "D").astype(np.int64))


def outpatient(people: People, draw: Draws, year: int) -> tuple[Array, Array, Array]:
    """Members, days and amounts of the year so far (分), one for each quarter with costs, once they reach the floor."""
    table = lognormal(constant("outpatient_median"), constant("outpatient_spread"), constant("outpatient_most"), 100)
    most, floor = int(constant("outpatient_most") * 100), int(constant("outpatient_floor") * 100)
    quarter_ends = np.array([np.datetime64(f"{year}-{m}", "D") for m in ("03-31", "06-30", "09-30", "12-31")]).astype(np.int32)
    ats, days, amounts = [], [], []
    for start in range(0, people.count, _CHUNK):
        stop = min(start + _CHUNK, people.count)
        n = stop - start
        yearly = np.minimum(table.of(draw.bits(n)) * _COSTS_BY_AGE[people.age_group[start:stop]] // 100, most)
        dice = draw.bits(n)[:, None] >> np.array([0, 16, 32, 48], dtype=np.uint64)
        weight = ((dice & np.uint64(0xFFFF)) % np.uint64(9)).astype(np.int64)  # 0: no costs in that quarter
        weight[:, 3] += weight.sum(axis=1) == 0
        so_far = np.cumsum(weight, axis=1)
        amount = yearly[:, None] * so_far // so_far[:, 3:]
        member, quarter = np.nonzero((weight > 0) & (amount >= floor))
        ats.append(member + start)
        days.append(quarter_ends[quarter])
        amounts.append(amount[member, quarter])
    return np.concatenate(ats), np.concatenate(days), np.concatenate(amounts)


def medical_reimbursement(people: People, draw: Draws, year: int) -> Iterator[Rows]:
    """Out-patient quarters, then stays, then what lies above the insurance cap: kept apart until they are put in order."""
    at, day, amount = outpatient(people, draw, year)
    yield at, day, _medical(people, at, day, {"outpatient_to_date": amount})

    first = draw.choose(_STAYS_BY_AGE[people.age_group], round(constant("stays") / 1.15 * people.count))
    at = np.repeat(first, 1 + draw.chance(len(first), 0.15).astype(np.int64))
    day = (first_day(year) + draw.below(len(at), 365)).astype(np.int32)
    cost = lognormal(constant("stay_median"), constant("stay_spread"), 35_000, 100, least=60).of(draw.bits(len(at)))
    yield at, day, _medical(people, at, day, {"stay_self_paid": cost}, stay_days=1 + draw.below(len(at), 21))

    at = draw.choose(_STAYS_BY_AGE[people.age_group], round(constant("over_cap") * people.count / MEMBERS))
    n = len(at)
    day = np.full(n, first_day(year + 1) - 1, dtype=np.int32)
    above = lognormal(constant("over_cap_median"), 0.85, 600_000, 100, least=300).of(draw.strata(n))
    supplement = np.where(draw.chance(n, 0.25), above * (5 + draw.below(n, 30)) // 100, 0)
    claimed = first_day(year + 1) + draw.below(n, 88) + np.where(draw.chance(n, 0.02), 60, 0)
    yield at, day, _medical(people, at, day, {"over_cap_self_paid": above}, supplement=supplement, claimed=claimed)


def _medical(
    people: People,
    at: Array,
    day: Array,
    amounts: dict[str, Array],
    stay_days: Array | None = None,
    supplement: Array | None = None,
    claimed: Array | None = None,
) -> dict[str, Column]:
    n = len(at)
    nothing, given = np.zeros(n, dtype=np.int64), np.ones(n, dtype=bool)
    unit = people.unit[at]
    names = ("outpatient_to_date", "stay_self_paid", "over_cap_self_paid")
    return {
        "served": dates(day),
        "member_class": codes(people.member_class[at], CLASSES),
        "in_service": flags(people.in_service[at]),
        "insured": flags(people.insured[at]),
        "dues_paid": flags(people.dues_paid[unit]),
        "managed": flags(people.managed[unit]),
        "card": flags(people.card[at]),
        **{name: money(amounts.get(name, nothing), given if name in amounts else ~given) for name in names},
        "stay_days": numbers(
            (nothing if stay_days is None else stay_days).astype(np.int16), ~given if stay_days is None else given
        ),
        "employer_supplement": money(nothing if supplement is None else supplement),
        "claimed": dates(day + 20 if claimed is None else claimed),
    }


def accident_and_property(people: People, draw: Draws, year: int) -> Rows:
    count = rows_a_year("accident_rows", people)
    at = draw.choose(np.where(people.child_age >= 0, 2, 1), count)
    n = len(at)
    kind = _KINDS.of(draw.strata(n))
    person, child, fire, pipe = kind < 2, (kind == 2) | (kind == 3), kind == 4, kind == 5
    day = (first_day(year) + draw.below(n, 365)).astype(np.int32)
    excluded = Weights({"no_exclusion": 97, "disease": 2, "self_harm": 0.4, "drink_driving": 0.6})
    age = np.maximum(people.child_age[at], 0).astype(np.int64)
    inputs = {
        "household": numbers(people.household(at)),
        "event": numbers((np.arange(n, dtype=np.int64) + 1) * 10_000 + year),
        "happened": dates(day),
        "claimed": dates(day + 5 + draw.below(n, 200) + np.where(draw.chance(n, 0.01), 700, 0)),
        "notified": dates(day + 1 + draw.below(n, 14), fire | pipe),
        "kind": codes(kind, _KINDS.labels),
        "in_service": flags(people.in_service[at]),
        "card": flags(people.card[at]),
        "at_work": flags(draw.chance(n, 0.03) & person),
        "excluded_cause": codes(np.where(person | child, excluded.of(draw.bits(n)), 0), excluded.labels),
        "grade": numbers(grades(draw.strata(n)), (kind == 1) | (kind == 3)),
        "child_born": dates(day - age * 365 - 30 - draw.below(n, 300), child),
        "fire_loss": money(lognormal(14_000, 0.95, 400_000, 100, least=500).of(draw.strata(n)), fire),
        "fire_certificate": flags(fire & ~draw.chance(n, 0.03)),
        "union_confirmed": flags(fire),
        "damaged_area": numbers(lognormal(14.5, 0.55, 80, 1, least=1).of(draw.strata(n)).astype(np.int32), pipe),
        "pipe_certificate": flags(pipe & ~draw.chance(n, 0.03)),
        "title_papers": flags(pipe & ~draw.chance(n, 0.02)),
        "in_beijing": flags(pipe & ~draw.chance(n, 0.01)),
        "rerouted": flags(pipe & draw.chance(n, 0.02)),
    }
    return at, day, inputs


def startup_loan_subsidy(people: People, draw: Draws, year: int) -> Rows:
    """Loans of one or two years that were repaid, or should have been, in the year. An enterprise is a member's."""
    n = rows_a_year("loan_rows", people)
    at = draw.choose(np.ones(people.count, dtype=np.int64), n)
    due = first_day(year) + 40 + draw.below(n, 300)
    began = int(np.datetime64("2017-05-23", "D").astype(np.int64))  # the first contract
    term = np.where((draw.strata(n) < np.uint64(2**62)) & (due - 730 > began + 3), 730, 365)
    start = due - term
    klass = Weights({"self_employed": 30, "small_enterprise": 62, "innovation": 8})
    of = klass.of(draw.strata(n))
    group = Weights({
        "transferred": 8, "laid_off": 10, "migrant": 22, "model": 6, "hardship": 6, "hardship_child": 3, "graduate": 30, "veteran": 11, "other": 4,
    })  # fmt: skip
    percent = 45 + (draw.strata(n) >> np.uint64(58)).astype(np.int64)  # % of the limit of the class, 45 to 108
    principal = np.array([100_000, 300_000, 500_000])[of] * np.minimum(percent, 100) // 100
    paid_back = ~(draw.strata(n) < np.uint64(int(0.08 * 2.0**64)))
    repaid = due - np.where(draw.chance(n, 0.15), 30, 0)
    instalments = draw.chance(n, 0.3)
    inputs = {
        "enterprise": numbers(people.key(at)),
        "signed": dates(start - 3),
        "loan_start": dates(start),
        "due": dates(due),
        "loan_class": codes(of, klass.labels),
        "group": codes(group.of(draw.strata(n)), group.labels),
        "union_member": flags(np.ones(n, dtype=bool)),
        "principal": money(principal * 100),
        "repayment": codes(instalments, ("bullet", "instalments")),
        "interest_paid": money(principal * 100 * 435 * term // (10_000 * 360) * 56 // 100, instalments),
        "principal_repaid": flags(paid_back),
        "interest_repaid": flags(paid_back),
        "repaid": dates(repaid),
        "claimed": dates(repaid + 5 + draw.below(n, 80) + np.where(draw.chance(n, 0.05), 60, 0)),
    }
    return at, due, inputs
