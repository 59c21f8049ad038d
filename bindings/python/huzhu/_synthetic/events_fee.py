"""Rows of the plans with fees: what happened to members within, and now and then outside, their covers."""

from __future__ import annotations

import numpy as np

from .._columns import Column, codes, dates, flags, money, numbers
from .calibration import MEMBERS, constant
from .covers import Covers
from .draws import Array, Draws, Weights, lognormal
from .people import SEXES, People

DISEASES = Weights({
    "cancer": 62, "in_situ": 3, "kidney_failure": 4, "aplastic_anaemia": 0.7, "liver_failure": 1.3, "stroke": 9, "infarct": 9,
    "valve": 1.5, "bypass": 2.5, "brain_tumour": 3, "transplant": 0.6, "aorta": 0.9, "other": 2.5,
})  # fmt: skip
SITES = Weights({  # ICD-10; D05 and D06 are in situ, N80 is no cancer
    "C50.9": 44, "C53.9": 12, "C54.1": 8, "C56": 7, "C57.0": 0.5, "C51.9": 0.4, "C58": 0.3, "D39.2": 0.3, "D05.1": 12, "D06.9": 14,
    "N80.0": 1.5,
})  # fmt: skip
TIERS = Weights({"tier_26": 55, "tier_50": 30, "tier_74": 6, "tier_100": 9})
_GRADES = Weights({10: 74, 9: 14, 8: 6, 7: 2.5, 6: 1.2, 5: 0.9, 4: 0.5, 3: 0.4, 2: 0.3, 1: 0.2})
_EXCLUDED = Weights({"no_exclusion": 96, "illness": 2, "self_harm": 0.5, "drink_driving": 1.4, "war": 0.1})
_CARE = Weights({"stay": 91, "special_stay": 4, "special_clinic": 5})
_ILL_BY_AGE = np.array([5, 7, 10, 15])  # weights, as people.AGE_GROUPS
_GRAVELY_ILL_BY_AGE = np.array([2, 5, 12, 24])
_HURT_BY_AGE = np.array([8, 8, 9, 10])

Rows = tuple[Array, Array, dict[str, Column]]  # places of members, the day that orders a member's rows, inputs of the plan


def rows_a_year(name: str, people: People) -> int:
    """A count of all members, for as many as there are."""
    return round(constant(name) * people.count / MEMBERS)


def grades(bits: Array) -> Array:
    return np.array(_GRADES.labels, dtype=np.int8)[_GRADES.of(bits)]


def pick(people: People, covers: Covers, draw: Draws, count: int, by_age: Array) -> Array:
    """Rows of covers, by the age of their members."""
    return draw.choose(by_age[people.age_group[covers.at]], min(count, len(covers)))


def again(draw: Draws, picked: Array, share: float) -> Array:
    """The same, some of them two or three times."""
    times = 1 + draw.chance(len(picked), share).astype(np.int64) * (1 + draw.chance(len(picked), 0.2))
    return np.repeat(picked, times)


def day_in(covers: Covers, picked: Array, draw: Draws, outside: float = 0.004) -> Array:
    """A day of the cover, and for a few one before it."""
    day = covers.start[picked] + draw.below(len(picked), 365)
    return np.where(draw.chance(len(picked), outside), covers.start[picked] - 1 - draw.below(len(picked), 60), day).astype(
        np.int32
    )


def inpatient_medical(people: People, covers: Covers, draw: Draws) -> Rows:
    count = rows_a_year("inpatient_medical_rows", people)
    chosen = again(draw, pick(people, covers, draw, round(count / 1.15), _ILL_BY_AGE), 0.125)
    n = len(chosen)
    day = day_in(covers, chosen, draw)
    care = _CARE.of(draw.bits(n))
    amount = lognormal(constant("inpatient_medical_median"), constant("inpatient_medical_spread"), 90_000, 100, least=40)
    observed = draw.chance(n, 0.03) & (care == 0)
    inputs = {
        **covers.columns(chosen),
        "previous_cover_end": covers.previous_end(chosen),
        "care": codes(care, _CARE.labels),
        "cause": codes(draw.chance(n, 0.08), ("illness", "accident")),
        "approval_form": flags(care > 0),
        "treated": dates(day),
        "self_paid": money(amount.of(draw.strata(n))),
        "observation_days": numbers(np.where(observed, 1 + draw.below(n, 9), 0).astype(np.int16)),
        "observation_self_paid": money(np.where(observed, 5_000 + draw.below(n, 150_000), 0)),
    }
    return covers.at[chosen], day, inputs


def inpatient_allowance(people: People, covers: Covers, draw: Draws) -> Rows:
    count = rows_a_year("inpatient_allowance_rows", people)
    chosen = again(draw, pick(people, covers, draw, round(count / 1.12), _ILL_BY_AGE), 0.1)
    n = len(chosen)
    day = day_in(covers, chosen, draw)
    length = lognormal(constant("inpatient_allowance_median"), constant("inpatient_allowance_spread"), 200, 100, least=0.5).of(
        draw.strata(n)
    )
    cause = Weights({"illness": 92, "accident": 7, "psychiatric": 1})
    level = Weights({1: 2, 2: 26, 3: 72})
    inputs = {
        **covers.columns(chosen),
        "admitted": dates(day),
        "discharged": dates(day + (length + 50) // 100),
        "hospital_level": numbers(level.of(draw.bits(n)) + np.int8(1)),
        "cause": codes(cause.of(draw.bits(n)), cause.labels),
    }
    return covers.at[chosen], day, inputs


def joined(people: People, covers: Covers, chosen: Array) -> dict[str, Column]:
    """What an enrolment asks of a member and its unit."""
    return {
        "age": numbers(people.age[covers.at[chosen]]),
        "staff": numbers(covers.staff[chosen]),
        "enrolled": numbers(covers.enrolled[chosen]),
    }


def critical_illness(people: People, covers: Covers, draw: Draws) -> Rows:
    chosen = pick(people, covers, draw, rows_a_year("critical_illness_rows", people), _GRAVELY_ILL_BY_AGE)
    n = len(chosen)
    day = day_in(covers, chosen, draw)
    disease = DISEASES.of(draw.strata(n))
    inputs = {
        **covers.columns(chosen),
        "previous_cover_end": covers.previous_end(chosen),
        "diagnosed": dates(day),
        "disease": codes(disease, DISEASES.labels),
        "had_before": flags(draw.chance(n, 0.02)),
        "units": numbers((1 + (draw.strata(n) < share_bits("critical_illness_two_units"))).astype(np.int8)),
        **joined(people, covers, chosen),
    }
    return covers.at[chosen], day, inputs


def share_bits(name: str) -> np.uint64:
    return np.uint64(int(constant(name) * 2.0**64))


def womens_diseases(people: People, covers: Covers, draw: Draws) -> Rows:
    chosen = pick(people, covers, draw, rows_a_year("womens_diseases_rows", people), _GRAVELY_ILL_BY_AGE)
    n = len(chosen)
    day = day_in(covers, chosen, draw)
    inputs = {
        **covers.columns(chosen, plan_has_end=False),
        "previous_cover_end": covers.previous_end(chosen),
        "diagnosed": dates(day),
        "icd10": codes(SITES.of(draw.strata(n)), SITES.labels),
        "units": numbers((1 + (draw.strata(n) < share_bits("womens_diseases_two_units"))).astype(np.int8)),
        "had_before": flags(draw.chance(n, 0.015)),
        "secondary": flags(draw.chance(n, 0.01)),
        "age": numbers(people.age[covers.at[chosen]]),
        "in_service": flags(people.in_service[covers.at[chosen]]),
    }
    return covers.at[chosen], day, inputs


def group_accident(people: People, covers: Covers, draw: Draws) -> Rows:
    chosen = pick(people, covers, draw, rows_a_year("group_accident_rows", people), _HURT_BY_AGE)
    n = len(chosen)
    day = day_in(covers, chosen, draw)
    death = draw.strata(n) < np.uint64(int(0.03 * 2.0**64))
    inputs = {
        **covers.columns(chosen),
        "event": numbers((np.arange(n, dtype=np.int64) + 1) * 10_000 + covers.year),
        "happened": dates(day),
        "harm": codes(~death, ("death", "disability")),
        "grade": numbers(grades(draw.strata(n)), ~death),
        "excluded_cause": codes(_EXCLUDED.of(draw.bits(n)), _EXCLUDED.labels),
        "tier": codes(TIERS.of(draw.strata(n)), TIERS.labels),
        **joined(people, covers, chosen),
    }
    return covers.at[chosen], day, inputs


def child_accident(people: People, covers: Covers, draw: Draws) -> Rows:
    chosen = pick(people, covers, draw, rows_a_year("child_accident_rows", people), np.ones(4, dtype=np.int64))
    n = len(chosen)
    at = covers.at[chosen]
    day = day_in(covers, chosen, draw, 0.0)
    born = day - (people.child_age[at].astype(np.int64) * 365 + 30 + draw.below(n, 300))
    inputs = {
        "child": numbers(people.key(at) * 10 + 1),
        **covers.columns(chosen),
        "event": numbers((np.arange(n, dtype=np.int64) + 1) * 10_000 + covers.year),
        "happened": dates(day),
        "harm": codes(np.ones(n), ("death", "disability")),
        "grade": numbers(np.full(n, 10, dtype=np.int8)),
        "hospital_days": numbers((draw.strata(n) >> np.uint64(60)).astype(np.int16)),
        "child_born": dates(born),
        "is_accident": flags(~(draw.strata(n) < np.uint64(int(0.1 * 2.0**64)))),
        "units": numbers(np.ones(n, dtype=np.int8)),
    }
    return at, day, inputs


def comprehensive(people: People, covers: Covers, draw: Draws) -> Rows:
    """Rows of either package: what happened decides which parts are asked."""
    package_b = covers.plan == "comprehensive-b"
    share = constant("comprehensive_b") if package_b else 1 - constant("comprehensive_b")
    count = round(rows_a_year("comprehensive_rows", people) * share)
    chosen = again(draw, pick(people, covers, draw, round(count / 1.1), _ILL_BY_AGE), 0.09)
    n = len(chosen)
    at = covers.at[chosen]
    day = day_in(covers, chosen, draw)
    kind = Weights({"stay": 92.0, "disease": 4.2, "womens": 2.4, "accident": 0.8, "death": 0.6})
    what = kind.of(draw.strata(n))
    woman = people.sex[at] == 0
    what = np.where((what == 2) & ~woman, 1, what)
    grave = (what == 1) | (what == 2)
    disease = np.where(what == 2, 0, DISEASES.of(draw.strata(n)))
    inputs: dict[str, Column] = {
        **covers.columns(chosen),
        "previous_cover_end": covers.previous_end(chosen),
        "ci_units": numbers(
            (2 + (draw.strata(n) >> np.uint64(62)).astype(np.int64) // 2 + (draw.strata(n) < np.uint64(2**61))).astype(np.int8)
        ),
        "diagnosed": dates(day, grave),
        "disease": codes(disease, DISEASES.labels, grave),
        "icd10": codes(SITES.of(draw.strata(n)), SITES.labels, what == 2),
        "happened": dates(day, what == 3),
        "event": numbers((np.arange(n, dtype=np.int64) + 1) * 10_000 + covers.year, what == 3),
        "harm": codes(np.ones(n), ("death", "disability"), what == 3),
        "grade": numbers(grades(draw.strata(n)), what == 3),
        "died": dates(day, what == 4),
        "cause": codes(draw.chance(n, 0.08), ("illness", "accident"), what == 0),
        **joined(people, covers, chosen),
        "in_service": flags(people.in_service[at]),
    }
    if package_b:
        length = lognormal(
            constant("inpatient_allowance_median"), constant("inpatient_allowance_spread"), 200, 100, least=0.5
        ).of(draw.strata(n))
        inputs["admitted"] = dates(day, what == 0)
        inputs["discharged"] = dates(day + (length + 50) // 100, what == 0)
        inputs["hospital_level"] = numbers(np.where(draw.chance(n, 0.72), 3, 2).astype(np.int8))
    else:
        amount = lognormal(constant("inpatient_medical_median"), constant("inpatient_medical_spread"), 90_000, 100, least=40)
        inputs["treated"] = dates(day, what == 0)
        inputs["care"] = codes(np.zeros(n), _CARE.labels, what == 0)
        inputs["self_paid"] = money(amount.of(draw.strata(n)), what == 0)
    return at, day, inputs


assert SEXES[0] == "female"  # as _eligible and comprehensive have it
