"""rulesets/beijing/medical-reimbursement.yaml in each peer's language: see inpatient_allowance.py for what that is and is not.
Reasons are numbered as columns do: 1 NOTHING_CLAIMED, 2 SPLIT_SETTLEMENT, 3 not in force, 4 to 8 not entitled, 9 OVER_CAP_LATE,
11 YEARLY_MAXIMUM, 12 and 13 below the deductibles, 14 NO_INSURANCE_CAP, 15 nothing due, 16 missing; -1 here: a value out of range.
`stop` is the reason for which nothing is worked out, 0 where the claim is settled."""

DAYS = {"served", "claimed"}
MONEY = ["outpatient_to_date", "stay_self_paid", "over_cap_self_paid", "employer_supplement", "social_assistance", "hardship_assistance",
         "major_illness_paid", "paid_this_year", "outpatient_paid", "over_cap_paid"]
TEXTS = set()

ENTITLED = ["in_service", "insured", "dues_paid", "managed", "card"]
AMOUNTS = MONEY[:6]
IN_FORCE, RAISED_FROM, NO_CAP_FROM = 15340, 16436, 19358
OUTPATIENT_DEDUCTIBLE, SLICE = 180000, 5000000


def april_after(np, served):
    """The first of April of the year after."""
    return ((served.astype("datetime64[D]").astype("datetime64[Y]") + 1).astype("datetime64[M]") + 3).astype("datetime64[D]").astype(np.int64)


def steps(np, value, has):
    """The rules over arrays, as NumPy and OpenFisca share them: name -> function of a function that gives other names."""
    def share(v, amount):
        return np.where(value(v, "member_class") == 0, (amount + 2) // 5, (amount + 2) // 4)

    def stop(v):
        out, stay, over = has(v, "outpatient_to_date"), has(v, "stay_self_paid"), has(v, "over_cap_self_paid")
        bad = value(v, "stay_days") < 0
        for name in AMOUNTS:
            amount = value(v, name)
            bad = bad | (amount < 0) | (amount > 999999999999)
        missing = ~(has(v, "member") & has(v, "paid_this_year"))
        for name in ENTITLED:
            missing = missing | ~has(v, name)
        missing = (missing | (over & ~v("late") & ~(has(v, "claimed") & has(v, "over_cap_paid"))) | ((out | stay) & ~has(v, "member_class"))
                   | (out & ~has(v, "outpatient_paid")) | (stay & ~has(v, "stays_this_year")))
        served, days = value(v, "served"), value(v, "stay_days")
        not_entitled = [has(v, name) & ~value(v, name) for name in ENTITLED]
        return np.select([bad, ~has(v, "served"), served < IN_FORCE, ~(out | stay | over), days > 90, *not_entitled, v("late") & ~out & ~stay, missing],
                         [-1, 16, 3, 1, 2, 4, 5, 6, 7, 8, 9, 16], 0)

    def over_cap(v):
        net = np.maximum(0, value(v, "over_cap_self_paid") - value(v, "employer_supplement") - value(v, "social_assistance") - value(v, "hardship_assistance"))
        hundredths = (40 * np.minimum(net, SLICE) + 60 * np.clip(net - SLICE, 0, SLICE) + 80 * np.clip(net - 2 * SLICE, 0, SLICE)
                      + np.where(value(v, "served") >= RAISED_FROM, 90 * np.maximum(0, net - 3 * SLICE), 0))
        return np.where(has(v, "over_cap_self_paid") & ~v("late"), np.maximum(0, (hundredths + 50) // 100 - value(v, "over_cap_paid")), 0)

    def why(v):
        out, stay = has(v, "outpatient_to_date"), has(v, "stay_self_paid")
        due = v("outpatient_gross") + v("stay_gross") + v("over_cap_gross")
        return np.select(
            [v("stop") != 0, v("late"), due > v("all"), out & (value(v, "outpatient_to_date") <= OUTPATIENT_DEDUCTIBLE),
             stay & (value(v, "stay_self_paid") <= v("floor")), out & (value(v, "served") >= NO_CAP_FROM), v("all") == 0],
            [np.maximum(v("stop"), 0), 9, 11, 12, 13, 14, 15], 0)

    def outcome(v):
        stop = v("stop")
        return np.where(stop == 0, np.where(v("all") > 0, 1, 2), np.where(stop == 16, 4, np.where((stop >= -1) & (stop <= 2), 6, 3)))

    def moved(v, amount):
        return np.where(v("stop") == 0, amount, 0)

    return {
        "late": (bool, lambda v: has(v, "over_cap_self_paid") & has(v, "claimed") & (value(v, "claimed") >= april_after(np, value(v, "served")))),
        "floor": (int, lambda v: np.where(value(v, "stays_this_year") == 0, 130000, 65000) // np.where(value(v, "member_class") == 2, 2, 1)),
        "room": (int, lambda v: np.maximum(0, np.where(value(v, "served") >= RAISED_FROM, 20065300, 10065300) - value(v, "paid_this_year"))),
        "outpatient_gross": (int, lambda v: np.where(has(v, "outpatient_to_date"), np.maximum(
            0, share(v, np.maximum(0, value(v, "outpatient_to_date") - OUTPATIENT_DEDUCTIBLE)) - value(v, "outpatient_paid")), 0)),
        "stay_gross": (int, lambda v: np.where(has(v, "stay_self_paid"), share(v, np.maximum(0, value(v, "stay_self_paid") - v("floor"))), 0)),
        "over_cap_gross": (int, over_cap),
        "outpatient": (int, lambda v: np.minimum(v("outpatient_gross"), v("room"))),
        "stay": (int, lambda v: np.minimum(v("stay_gross"), v("room") - v("outpatient"))),
        "over_cap": (int, lambda v: np.minimum(v("over_cap_gross"), v("room") - v("outpatient") - v("stay"))),
        "all": (int, lambda v: v("outpatient") + v("stay") + v("over_cap")),
        "stop": (int, stop),
        "outcome": (int, outcome),
        "reason": (int, why),
        "total": (int, lambda v: moved(v, v("all"))),
        "after_paid_this_year": (int, lambda v: value(v, "paid_this_year") + moved(v, v("all"))),
        "after_outpatient_paid": (int, lambda v: value(v, "outpatient_paid") + moved(v, v("outpatient"))),
        "after_over_cap_paid": (int, lambda v: value(v, "over_cap_paid") + moved(v, v("over_cap"))),
        "after_stays_this_year": (int, lambda v: value(v, "stays_this_year") + moved(v, has(v, "stay_self_paid"))),
    }


def numpy(c):
    import numpy as np

    done = {}
    for name, (_, formula) in steps(np, lambda v, n: c[n][0], lambda v, n: c[n][1]).items():
        done[name] = formula(done.__getitem__)
    return done


def openfisca(np):
    return steps(np, lambda v, n: v(n) if n in ENTITLED else v(n).astype(np.int64), lambda v, n: v(f"has_{n}"))


def sql_share(amount):
    return f"round({amount} * CASE WHEN member_class = 0 THEN 0.20 ELSE 0.25 END, 2)::DECIMAL(14, 2)"


SQL = f"""
WITH amounts AS (
    SELECT *,
        coalesce(over_cap_self_paid IS NOT NULL AND claimed >= make_date(year(served) + 1, 4, 1), false) AS late,
        (CASE WHEN stays_this_year = 0 THEN 1300 ELSE 650 END / CASE WHEN member_class = 2 THEN 2 ELSE 1 END)::DECIMAL(14, 2) AS floor,
        greatest(0, CASE WHEN served >= DATE '2015-01-01' THEN 200653 ELSE 100653 END - paid_this_year)::DECIMAL(14, 2) AS room,
        CASE WHEN outpatient_to_date IS NULL THEN 0
             ELSE greatest(0, {sql_share("greatest(0, outpatient_to_date - 1800)")} - outpatient_paid) END::DECIMAL(14, 2) AS outpatient_gross,
        CASE WHEN stay_self_paid IS NULL THEN 0 ELSE {sql_share("greatest(0, stay_self_paid - floor)")} END::DECIMAL(14, 2) AS stay_gross,
        greatest(0, over_cap_self_paid - coalesce(employer_supplement, 0) - coalesce(social_assistance, 0) - coalesce(hardship_assistance, 0))::DECIMAL(14, 2) AS rest,
        CASE WHEN over_cap_self_paid IS NULL OR late THEN 0
             ELSE greatest(0, round(least(rest, 50000) * 0.40 + least(greatest(0, rest - 50000), 50000) * 0.60 + least(greatest(0, rest - 100000), 50000) * 0.80
                  + CASE WHEN served >= DATE '2015-01-01' THEN greatest(0, rest - 150000) * 0.90 ELSE 0 END, 2) - over_cap_paid) END::DECIMAL(14, 2) AS over_cap_gross,
        least(outpatient_gross, room) AS outpatient,
        least(stay_gross, room - outpatient) AS stay,
        least(over_cap_gross, room - outpatient - stay) AS over_cap,
        (outpatient + stay + over_cap)::DECIMAL(14, 2) AS total_due
    FROM claims
), judged AS (
    SELECT *,
        CASE WHEN {" OR ".join(f"{a} < 0" for a in AMOUNTS)} OR stay_days < 0 THEN -1
             WHEN served IS NULL THEN 16
             WHEN served < DATE '2012-01-01' THEN 3
             WHEN outpatient_to_date IS NULL AND stay_self_paid IS NULL AND over_cap_self_paid IS NULL THEN 1
             WHEN stay_days > 90 THEN 2
             {" ".join(f"WHEN NOT {name} THEN {4 + i}" for i, name in enumerate(ENTITLED))}
             WHEN late AND outpatient_to_date IS NULL AND stay_self_paid IS NULL THEN 9
             WHEN member IS NULL OR paid_this_year IS NULL OR {" OR ".join(f"{name} IS NULL" for name in ENTITLED)}
                  OR (over_cap_self_paid IS NOT NULL AND NOT late AND (claimed IS NULL OR over_cap_paid IS NULL))
                  OR ((outpatient_to_date IS NOT NULL OR stay_self_paid IS NOT NULL) AND member_class IS NULL)
                  OR (outpatient_to_date IS NOT NULL AND outpatient_paid IS NULL) OR (stay_self_paid IS NOT NULL AND stays_this_year IS NULL) THEN 16
             ELSE 0 END AS stop
    FROM amounts
)
SELECT
    CASE WHEN stop = 0 THEN CASE WHEN total_due > 0 THEN 1 ELSE 2 END WHEN stop = 16 THEN 4 WHEN stop <= 2 THEN 6 ELSE 3 END AS outcome,
    CASE WHEN stop <> 0 THEN greatest(stop, 0)
         WHEN late THEN 9
         WHEN outpatient_gross + stay_gross + over_cap_gross > total_due THEN 11
         WHEN outpatient_to_date <= 1800 THEN 12
         WHEN stay_self_paid <= floor THEN 13
         WHEN outpatient_to_date IS NOT NULL AND served >= DATE '2023-01-01' THEN 14
         WHEN total_due = 0 THEN 15
         ELSE 0 END AS reason,
    CASE WHEN stop = 0 THEN total_due ELSE 0 END AS total,
    coalesce(paid_this_year, 0) + CASE WHEN stop = 0 THEN total_due ELSE 0 END AS after_paid_this_year,
    coalesce(outpatient_paid, 0) + CASE WHEN stop = 0 THEN outpatient ELSE 0 END AS after_outpatient_paid,
    coalesce(over_cap_paid, 0) + CASE WHEN stop = 0 THEN over_cap ELSE 0 END AS after_over_cap_paid,
    coalesce(stays_this_year, 0) + CASE WHEN stop = 0 AND stay_self_paid IS NOT NULL THEN 1 ELSE 0 END AS after_stays_this_year
FROM judged
"""


def polars(pl):
    col, most, least = pl.col, pl.max_horizontal, pl.min_horizontal
    served, day = col("served"), lambda name: col(name).cast(pl.Int32)
    out, stay, over, stays = col("outpatient_to_date"), col("stay_self_paid"), col("over_cap_self_paid"), col("stays_this_year")
    given = {name: col(name).is_not_null() for name in ("outpatient_to_date", "stay_self_paid", "over_cap_self_paid")}
    has_out, has_stay, has_over = given.values()

    def share(amount):
        return pl.when(col("member_class") == 0).then((amount + 2) // 5).otherwise((amount + 2) // 4)

    rest, late, stop, total = col("rest"), col("late"), col("stop"), col("all")
    bad = pl.any_horizontal(*((col(name) < 0) for name in AMOUNTS), col("stay_days") < 0)
    missing = pl.any_horizontal(
        *(col(name).is_null() for name in ["member", "paid_this_year", *ENTITLED]), has_over & ~late & (col("claimed").is_null() | col("over_cap_paid").is_null()),
        (has_out | has_stay) & col("member_class").is_null(), has_out & col("outpatient_paid").is_null(), has_stay & stays.is_null())
    chain = (pl.when(bad).then(-1).when(served.is_null()).then(16).when(day("served") < IN_FORCE).then(3)
             .when(~(has_out | has_stay | has_over)).then(1).when(col("stay_days") > 90).then(2))
    for i, name in enumerate(ENTITLED):
        chain = chain.when(~col(name)).then(4 + i)
    chain = chain.when(late & ~has_out & ~has_stay).then(9).when(missing).then(16).otherwise(0)
    hundredths = (40 * least(rest, SLICE) + 60 * (rest - SLICE).clip(0, SLICE) + 80 * (rest - 2 * SLICE).clip(0, SLICE)
                  + pl.when(day("served") >= RAISED_FROM).then(90 * most(0, rest - 3 * SLICE)).otherwise(0))
    gross = [col("outpatient_gross"), col("stay_gross"), col("over_cap_gross")]

    def moved(name, amount):
        return col(name).fill_null(0) + pl.when(stop == 0).then(amount).otherwise(0)

    return [
        {"late": (has_over & (col("claimed") >= pl.date(served.dt.year() + 1, 4, 1))).fill_null(False),
         "floor": pl.when(stays == 0).then(130000).otherwise(65000) // pl.when(col("member_class") == 2).then(2).otherwise(1),
         "room": most(0, pl.when(day("served") >= RAISED_FROM).then(20065300).otherwise(10065300) - col("paid_this_year")),
         "rest": most(0, over - col("employer_supplement").fill_null(0) - col("social_assistance").fill_null(0) - col("hardship_assistance").fill_null(0)),
         "outpatient_gross": pl.when(has_out).then(most(0, share(most(0, out - OUTPATIENT_DEDUCTIBLE)) - col("outpatient_paid"))).otherwise(0)},
        {"stay_gross": pl.when(has_stay).then(share(most(0, stay - col("floor")))).otherwise(0),
         "over_cap_gross": pl.when(has_over & ~late).then(most(0, (hundredths + 50) // 100 - col("over_cap_paid"))).otherwise(0),
         "outpatient": least(gross[0], col("room")), "stop": chain},
        {"stay": least(gross[1], col("room") - col("outpatient"))},
        {"over_cap": least(gross[2], col("room") - col("outpatient") - col("stay"))},
        {"all": col("outpatient") + col("stay") + col("over_cap")},
        {"outcome": pl.when(stop == 0).then(pl.when(total > 0).then(1).otherwise(2)).when(stop == 16).then(4).when(stop <= 2).then(6).otherwise(3),
         "reason": pl.when(stop != 0).then(most(stop, 0)).when(late).then(9).when(gross[0] + gross[1] + gross[2] > total).then(11)
         .when(out <= OUTPATIENT_DEDUCTIBLE).then(12).when(stay <= col("floor")).then(13).when(has_out & (day("served") >= NO_CAP_FROM)).then(14)
         .when(total == 0).then(15).otherwise(0),
         "total": pl.when(stop == 0).then(total).otherwise(0),
         "after_paid_this_year": moved("paid_this_year", total), "after_outpatient_paid": moved("outpatient_paid", col("outpatient")),
         "after_over_cap_paid": moved("over_cap_paid", col("over_cap")), "after_stays_this_year": moved("stays_this_year", has_stay.cast(pl.Int64))}]


ZEN = [
    ("out", "outpatient_to_date != null"),
    ("stay", "stay_self_paid != null"),
    ("over", "over_cap_self_paid != null"),
    ("paid", "paid_this_year == null ? 0 : paid_this_year"),
    ("out_paid", "outpatient_paid == null ? 0 : outpatient_paid"),
    ("over_paid", "over_cap_paid == null ? 0 : over_cap_paid"),
    ("stays", "stays_this_year == null ? 0 : stays_this_year"),
    # The year of a day counted from 1970, by eras of 400 years that begin in March.
    ("z", "served == null ? 719468 : served + 719468"),
    ("era", "floor($.z / 146097)"),
    ("of_era", "$.z - $.era * 146097"),
    ("y", "floor(($.of_era - floor($.of_era / 1460) + floor($.of_era / 36524) - floor($.of_era / 146096)) / 365)"),
    ("of_year", "$.of_era - (365 * $.y + floor($.y / 4) - floor($.y / 100))"),
    ("year", "$.y + $.era * 400 + ($.of_year >= 306 ? 1 : 0) + 1"),
    ("april", "$.year * 365 + floor($.year / 4) - floor($.year / 100) + floor($.year / 400) + 31 - 719468"),
    ("late", "$.over and claimed != null and claimed >= $.april"),
    ("floor_", "(member_class == 2 ? 0.5 : 1) * ($.stays == 0 ? 130000 : 65000)"),
    ("room", "max([0, (served != null and served >= 16436 ? 20065300 : 10065300) - $.paid])"),
    ("per", "member_class == 0 ? 5 : 4"),
    ("g0", "$.out ? max([0, floor((max([0, outpatient_to_date - 180000]) + 2) / $.per) - $.out_paid]) : 0"),
    ("g1", "$.stay ? floor((max([0, stay_self_paid - $.floor_]) + 2) / $.per) : 0"),
    ("rest", "$.over ? max([0, over_cap_self_paid - (employer_supplement == null ? 0 : employer_supplement) - "
             "(social_assistance == null ? 0 : social_assistance) - (hardship_assistance == null ? 0 : hardship_assistance)]) : 0"),
    ("hundredths", "40 * min([$.rest, 5000000]) + 60 * min([max([0, $.rest - 5000000]), 5000000]) + 80 * min([max([0, $.rest - 10000000]), 5000000]) + "
                   "(served != null and served >= 16436 ? 90 * max([0, $.rest - 15000000]) : 0)"),
    ("g2", "$.over and not $.late ? max([0, floor(($.hundredths + 50) / 100) - $.over_paid]) : 0"),
    ("n0", "min([$.g0, $.room])"),
    ("n1", "min([$.g1, $.room - $.n0])"),
    ("n2", "min([$.g2, $.room - $.n0 - $.n1])"),
    ("all", "$.n0 + $.n1 + $.n2"),
    ("bad", "($.out and outpatient_to_date < 0) or ($.stay and stay_self_paid < 0) or ($.over and over_cap_self_paid < 0) or "
            "(stay_days != null and stay_days < 0) or (employer_supplement != null and employer_supplement < 0) or "
            "(social_assistance != null and social_assistance < 0) or (hardship_assistance != null and hardship_assistance < 0)"),
    ("missing", "member == null or paid_this_year == null or in_service == null or insured == null or dues_paid == null or managed == null or "
                "card == null or ($.over and not $.late and (claimed == null or over_cap_paid == null)) or (($.out or $.stay) and member_class == null) or "
                "($.out and outpatient_paid == null) or ($.stay and stays_this_year == null)"),
    ("stop", "$.bad ? -1 : served == null ? 16 : served < 15340 ? 3 : not ($.out or $.stay or $.over) ? 1 : stay_days != null and stay_days > 90 ? 2 : "
             "in_service == false ? 4 : insured == false ? 5 : dues_paid == false ? 6 : managed == false ? 7 : card == false ? 8 : "
             "$.late and not $.out and not $.stay ? 9 : $.missing ? 16 : 0"),
    ("outcome", "$.stop == 0 ? ($.all > 0 ? 1 : 2) : $.stop == 16 ? 4 : $.stop <= 2 ? 6 : 3"),
    ("reason", "$.stop != 0 ? max([$.stop, 0]) : $.late ? 9 : $.g0 + $.g1 + $.g2 > $.all ? 11 : $.out and outpatient_to_date <= 180000 ? 12 : "
               "$.stay and stay_self_paid <= $.floor_ ? 13 : $.out and served >= 19358 ? 14 : $.all == 0 ? 15 : 0"),
    ("total", "$.stop == 0 ? $.all : 0"),
    ("after_paid_this_year", "$.paid + ($.stop == 0 ? $.all : 0)"),
    ("after_outpatient_paid", "$.out_paid + ($.stop == 0 ? $.n0 : 0)"),
    ("after_over_cap_paid", "$.over_paid + ($.stop == 0 ? $.n2 : 0)"),
    ("after_stays_this_year", "$.stays + ($.stop == 0 and $.stay ? 1 : 0)"),
]
