"""rulesets/beijing/inpatient-allowance.yaml in each peer's language. Not a second source of the rules: an answer that differs
from the library's stops the bench. Dates are days since 1970-01-01, money is 分, but for DuckDB. Reasons are numbered as columns
do: 1 DATES, 2 not in force, 3 NOT_IN_COVER, 4 EXCLUDED_CAUSE, 5 HOSPITAL_LEVEL, 7 DAYS_LIMIT, 8 PERIOD_CAP, 9 nothing due,
10 missing; -1 here: a value out of range."""

import numpy as np

DAYS = {"cover_start", "cover_end", "admitted", "discharged"}
MONEY = ["paid_this_period"]
TEXTS = set()

IN_FORCE, MORE_DAYS_FROM, PSYCHIATRIC = 14975, 16617, 2


def numpy(c):
    start, has_start = c["cover_start"]
    end, has_end = c["cover_end"]
    admitted, has_admitted = c["admitted"]
    discharged, has_discharged = c["discharged"]
    level, has_level = c["hospital_level"]
    cause, has_cause = c["cause"]
    before, has_before = c["days_this_period"]
    paid, has_paid = c["paid_this_period"]
    days = np.maximum(0, np.maximum(1, discharged - admitted) - np.where(start >= MORE_DAYS_FROM, 1, 3))
    paid_days = np.minimum(days, np.maximum(0, 180 - before))
    gross = paid_days * 4000
    net = np.minimum(gross, np.maximum(0, 720000 - paid))
    missing = ~(c["member"][1] & c["cover"][1] & has_end & has_admitted & has_discharged & has_level & has_cause & has_before & has_paid)
    why = np.select(
        [has_level & ((level < 1) | (level > 3)), ~has_start, start < IN_FORCE,
         (has_admitted & has_discharged & (discharged < admitted)) | (has_end & (end < start)),
         has_admitted & ((admitted < start) | (has_end & (admitted > end))), has_cause & (cause == PSYCHIATRIC), has_level & (level < 2),
         missing, paid_days < days, net < gross, net == 0],
        [-1, 10, 2, 1, 3, 4, 5, 10, 7, 8, 9], 0)
    settled = (why == 0) | ((why >= 7) & (why <= 9))
    outcome = np.where(settled, np.where(net > 0, 1, 2), np.where(why == 10, 4, np.where((why == -1) | (why == 1), 6, 3)))
    return {"outcome": outcome, "reason": np.maximum(why, 0), "total": np.where(settled, net, 0),
            "after_days_this_period": before + np.where(settled, paid_days, 0), "after_paid_this_period": paid + np.where(settled, net, 0)}


SQL = """
WITH amounts AS (
    SELECT *,
        greatest(0, greatest(1, discharged - admitted) - CASE WHEN cover_start >= DATE '2015-07-01' THEN 1 ELSE 3 END) AS days,
        least(days, greatest(0, 180 - days_this_period)) AS paid_days,
        (paid_days * 40)::DECIMAL(14, 2) AS gross,
        least(gross, greatest(0, 7200 - paid_this_period)::DECIMAL(14, 2)) AS net
    FROM claims
), judged AS (
    SELECT *,
        CASE WHEN hospital_level < 1 OR hospital_level > 3 THEN -1
             WHEN cover_start IS NULL THEN 10
             WHEN cover_start < DATE '2011-01-01' THEN 2
             WHEN discharged < admitted OR cover_end < cover_start THEN 1
             WHEN admitted < cover_start OR admitted > cover_end THEN 3
             WHEN cause = 2 THEN 4
             WHEN hospital_level < 2 THEN 5
             WHEN member IS NULL OR cover IS NULL OR cover_end IS NULL OR admitted IS NULL OR discharged IS NULL OR hospital_level IS NULL
                  OR cause IS NULL OR days_this_period IS NULL OR paid_this_period IS NULL THEN 10
             WHEN paid_days < days THEN 7
             WHEN net < gross THEN 8
             WHEN net = 0 THEN 9
             ELSE 0 END AS why,
        why = 0 OR why BETWEEN 7 AND 9 AS settled
    FROM amounts
)
SELECT
    CASE WHEN settled THEN CASE WHEN net > 0 THEN 1 ELSE 2 END WHEN why = 10 THEN 4 WHEN why = -1 OR why = 1 THEN 6 ELSE 3 END AS outcome,
    greatest(why, 0) AS reason,
    CASE WHEN settled THEN net ELSE 0 END AS total,
    coalesce(days_this_period, 0) + CASE WHEN settled THEN paid_days ELSE 0 END AS after_days_this_period,
    coalesce(paid_this_period, 0) + CASE WHEN settled THEN net ELSE 0 END AS after_paid_this_period
FROM judged
"""


def polars(pl):
    col, lit = pl.col, pl.lit
    start, end, admitted, discharged = (col(name).cast(pl.Int32) for name in ("cover_start", "cover_end", "admitted", "discharged"))
    level, before, paid = col("hospital_level"), col("days_this_period"), col("paid_this_period")
    needed = ["member", "cover", "cover_end", "admitted", "discharged", "hospital_level", "cause", "days_this_period", "paid_this_period"]
    days = pl.max_horizontal(0, pl.max_horizontal(1, discharged - admitted) - pl.when(start >= MORE_DAYS_FROM).then(1).otherwise(3))
    gross, net, days_, paid_days = col("gross"), col("net"), col("days"), col("paid_days")
    why = (pl.when((level < 1) | (level > 3)).then(-1).when(start.is_null()).then(10).when(start < IN_FORCE).then(2)
           .when((discharged < admitted) | (end < start)).then(1).when((admitted < start) | (admitted > end)).then(3)
           .when(col("cause") == PSYCHIATRIC).then(4).when(level < 2).then(5)
           .when(pl.any_horizontal(*(col(n).is_null() for n in needed))).then(10)
           .when(paid_days < days_).then(7).when(net < gross).then(8).when(net == 0).then(9).otherwise(0))
    why_, settled = col("why"), col("settled")
    return [
        {"days": days.cast(pl.Int64)},
        {"paid_days": pl.min_horizontal(days_, pl.max_horizontal(0, 180 - before))},
        {"gross": paid_days * 4000},
        {"net": pl.min_horizontal(gross, pl.max_horizontal(0, 720000 - paid))},
        {"why": why},
        {"settled": (why_ == 0) | why_.is_between(7, 9)},
        {"outcome": pl.when(settled).then(pl.when(net > 0).then(1).otherwise(2)).when(why_ == 10).then(4)
         .when((why_ == -1) | (why_ == 1)).then(6).otherwise(3),
         "reason": pl.max_horizontal(why_, 0),
         "total": pl.when(settled).then(net).otherwise(0),
         "after_days_this_period": before.fill_null(0) + pl.when(settled).then(paid_days).otherwise(0),
         "after_paid_this_period": paid.fill_null(0) + pl.when(settled).then(net).otherwise(0)}]


def openfisca(np):
    """Variables: name -> (type, formula of what gives another variable's values)."""
    needed = ["member", "cover", "cover_end", "admitted", "discharged", "hospital_level", "cause", "days_this_period", "paid_this_period"]

    def days(v):
        return np.maximum(0, np.maximum(1, v("discharged") - v("admitted")) - np.where(v("cover_start") >= MORE_DAYS_FROM, 1, 3))

    def why(v):
        missing = ~np.logical_and.reduce([v(f"has_{name}") for name in needed])
        level, has_level = v("hospital_level"), v("has_hospital_level")
        contradict = (v("has_admitted") & v("has_discharged") & (v("discharged") < v("admitted"))) | (v("has_cover_end") & (v("cover_end") < v("cover_start")))
        outside = v("has_admitted") & ((v("admitted") < v("cover_start")) | (v("has_cover_end") & (v("admitted") > v("cover_end"))))
        return np.select(
            [has_level & ((level < 1) | (level > 3)), ~v("has_cover_start"), v("cover_start") < IN_FORCE, contradict, outside,
             v("has_cause") & (v("cause") == PSYCHIATRIC), has_level & (level < 2), missing, v("paid_days") < v("days"), v("net") < v("gross"),
             v("net") == 0], [-1, 10, 2, 1, 3, 4, 5, 10, 7, 8, 9], 0)

    def outcome(v):
        why = v("why")
        return np.where(v("settled"), np.where(v("net") > 0, 1, 2), np.where(why == 10, 4, np.where((why == -1) | (why == 1), 6, 3)))

    return {
        "days": (int, days),
        "paid_days": (int, lambda v: np.minimum(v("days"), np.maximum(0, 180 - v("days_this_period")))),
        "gross": (int, lambda v: v("paid_days") * 4000),
        "net": (int, lambda v: np.minimum(v("gross"), np.maximum(0, 720000 - v("paid_this_period")))),
        "why": (int, why),
        "settled": (bool, lambda v: (v("why") == 0) | ((v("why") >= 7) & (v("why") <= 9))),
        "outcome": (int, outcome),
        "reason": (int, lambda v: np.maximum(v("why"), 0)),
        "total": (int, lambda v: np.where(v("settled"), v("net"), 0)),
        "after_days_this_period": (int, lambda v: v("days_this_period") + np.where(v("settled"), v("paid_days"), 0)),
        "after_paid_this_period": (int, lambda v: v("paid_this_period") + np.where(v("settled"), v("net"), 0)),
    }


ZEN = [
    ("days", "admitted == null or discharged == null or cover_start == null ? 0 : "
             "max([0, max([1, discharged - admitted]) - (cover_start >= 16617 ? 1 : 3)])"),
    ("paid_days", "days_this_period == null ? 0 : min([$.days, max([0, 180 - days_this_period])])"),
    ("gross", "$.paid_days * 4000"),
    ("net", "paid_this_period == null ? 0 : min([$.gross, max([0, 720000 - paid_this_period])])"),
    ("why", "hospital_level != null and (hospital_level < 1 or hospital_level > 3) ? -1 : cover_start == null ? 10 : cover_start < 14975 ? 2 : "
            "(admitted != null and discharged != null and discharged < admitted) or (cover_end != null and cover_end < cover_start) ? 1 : "
            "admitted != null and (admitted < cover_start or (cover_end != null and admitted > cover_end)) ? 3 : "
            "cause != null and cause == 2 ? 4 : hospital_level != null and hospital_level < 2 ? 5 : "
            "member == null or cover == null or cover_end == null or admitted == null or discharged == null or hospital_level == null or "
            "cause == null or days_this_period == null or paid_this_period == null ? 10 : "
            "$.paid_days < $.days ? 7 : $.net < $.gross ? 8 : $.net == 0 ? 9 : 0"),
    ("settled", "$.why == 0 or ($.why >= 7 and $.why <= 9)"),
    ("outcome", "$.settled ? ($.net > 0 ? 1 : 2) : $.why == 10 ? 4 : $.why == -1 or $.why == 1 ? 6 : 3"),
    ("reason", "max([$.why, 0])"),
    ("total", "$.settled ? $.net : 0"),
    ("after_days_this_period", "(days_this_period == null ? 0 : days_this_period) + ($.settled ? $.paid_days : 0)"),
    ("after_paid_this_period", "(paid_this_period == null ? 0 : paid_this_period) + ($.settled ? $.net : 0)"),
]
