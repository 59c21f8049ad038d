"""rulesets/beijing/womens-diseases.yaml in each peer's language: see inpatient_allowance.py for what that is and is not.
Reasons are numbered as columns do: 1 not in force, 2 NOT_IN_COVER, 3 NOT_A_COVERED_DISEASE, 4 IN_SITU_EXCLUDED, 5 HAD_BEFORE,
6 EXCLUDED, 7 COVER_ENDED, 8 ALREADY_PAID_DISEASE, 9 IN_EXEMPT_PERIOD, 13 not offered any more, 14 UNITS_LIMIT, 15 LIVING_AID_DAYS,
16 REDUCED_PERIOD, 17 WAITING_WAIVED, 19 missing, 20 unknown; -1 here: a value out of range. `stop` is the reason for which
nothing is worked out, 0 where the claim is settled. Revisions are numbered 0 (1997), 1 (2007), 2 (2014), 3 (2018)."""

DAYS = {"cover_start", "previous_cover_end", "diagnosed"}
MONEY = []
TEXTS = {"icd10"}

FROM = [9921, 13848, 16252, 17532]
FROM_DATES = ["1997-03-01", "2007-12-01", "2014-07-01", "2018-01-01"]
(BREAST, CERVIX, ENDOMETRIUM, BODY, SARCOMA, OVARY, TUBE, VULVA, VAGINA, CHORION, MOLE, LIGAMENTS, OTHER, NOT_LISTED) = range(14)
IN_SITU = 16
BY_3 = {"C50": BREAST, "C51": VULVA, "C52": VAGINA, "C53": CERVIX, "C54": BODY, "C55": BODY, "C56": OVARY, "C58": CHORION,
        "D05": BREAST | IN_SITU, "D06": CERVIX | IN_SITU}
BY_5 = {"C54.1": ENDOMETRIUM, "C57.0": TUBE, "C57.1": LIGAMENTS, "C57.2": LIGAMENTS, "C57.3": LIGAMENTS, "C57.7": OTHER, "C57.8": OTHER,
        "C57.9": OTHER, "D07.0": ENDOMETRIUM | IN_SITU, "D07.1": VULVA | IN_SITU, "D07.2": VAGINA | IN_SITU, "D07.3": OVARY | IN_SITU,
        "D39.2": MOLE}
COVERED = [[BREAST, CERVIX, OVARY, ENDOMETRIUM, BODY],
           [CERVIX, TUBE, OVARY, ENDOMETRIUM, CHORION, MOLE, BREAST],
           [CERVIX, TUBE, ENDOMETRIUM, CHORION, MOLE, BREAST, VULVA, VAGINA, SARCOMA, OVARY],
           [BREAST, CERVIX, ENDOMETRIUM, SARCOMA, OVARY, TUBE, VULVA, VAGINA, CHORION, MOLE, LIGAMENTS, OTHER]]
# By revision.
YEARS, REDUCED_DAYS = [0, 2, 2, 1], [0, 90, 90, 60]
FULL, REDUCED, IN_SITU_AMOUNT = [0, 1000000, 1000000, 1500000], [0, 0, 500000, 50000], 200000
ASKED = ["member", "cover", "diagnosed", "icd10", "already_paid", "cover_ended"]


def sites(np):
    """Sites by the first three signs and the digit behind the point (10: none), -1 for what is no code, over arrays of texts."""
    table = np.full((26 * 100, 11), NOT_LISTED, dtype=np.int64)
    for code, site in BY_3.items():
        table[(ord(code[0]) - 65) * 100 + int(code[1:3])] = site
    for code, site in BY_5.items():
        table[(ord(code[0]) - 65) * 100 + int(code[1:3]), int(code[4])] = site

    def look_up(texts, sarcoma):
        at = texts.astype("S7").view(np.uint8).reshape(-1, 7)
        length = np.char.str_len(texts)
        digit = (at >= 48) & (at <= 57)
        bad = ((length != 3) & (length != 5) & (length != 6)) | (at[:, 0] < 65) | (at[:, 0] > 90) | ~digit[:, 1] | ~digit[:, 2]
        bad |= (length > 3) & ((at[:, 3] != 46) | ~digit[:, 4]) | (length == 6) & ~digit[:, 5]
        first = np.where(bad, 0, (at[:, 0].astype(np.int64) - 65) * 100 + (at[:, 1].astype(np.int64) - 48) * 10 + at[:, 2] - 48)
        site = table[first, np.where(bad | (length == 3), 10, at[:, 4].astype(np.int64) - 48)]
        uterus = (first == 254) | (first == 255)
        return np.where(bad, -1, np.where(uterus & sarcoma, SARCOMA, site))

    return look_up


def steps(np, value, has):
    """The rules over arrays, as NumPy and OpenFisca share them: name -> function of a function that gives other names."""
    look_up = sites(np)
    covered = np.zeros((4, 32), dtype=bool)
    for revision, listed in enumerate(COVERED):
        covered[revision, listed] = covered[revision, [site | IN_SITU for site in listed]] = True
    years, reduced_days, full, reduced_amount = (np.array(x) for x in (YEARS, REDUCED_DAYS, FULL, REDUCED))

    def last_day(start, length):
        days = start.astype("datetime64[D]")
        month = days.astype("datetime64[M]")
        target = month + 12 * length
        most = ((target + 1).astype("datetime64[D]") - target.astype("datetime64[D]")).astype(np.int64) - 1
        return target.astype("datetime64[D]").astype(np.int64) + np.minimum((days - month.astype("datetime64[D]")).astype(np.int64), most) - 1

    def stop(v):
        site, revision, diagnosed = v("site"), v("revision"), has(v, "diagnosed")
        bad = (has(v, "icd10") & (site < 0)) | (has(v, "units") & ((value(v, "units") < 1) | (value(v, "units") > 99)))
        missing = (revision >= 2) & ~has(v, "units")
        for name in ASKED:
            missing = missing | ~has(v, name)
        outside = (v("day") < 1) | ((revision > 0) & (value(v, "diagnosed") > last_day(value(v, "cover_start"), years[revision])))
        excluded = value(v, "concealed") | value(v, "misdiagnosed") | value(v, "secondary")
        return np.select(
            [bad, ~has(v, "cover_start"), value(v, "cover_start") < FROM[0], diagnosed & outside, has(v, "icd10") & ~covered[revision, site],
             (site >= IN_SITU) & ((revision == 1) | (revision == 2)), value(v, "had_before"), (revision > 0) & excluded, value(v, "cover_ended"),
             value(v, "already_paid"), diagnosed & (revision > 0) & ~v("renewed") & (v("day") <= 30), missing,
             (revision == 0) | ((revision == 1) & v("reduced"))], [-1, 19, 1, 2, 3, 4, 5, 6, 7, 8, 9, 19, 20], 0)

    def amount(v):
        revision, stay = v("revision"), value(v, "first_stay_days")
        each = np.where(v("reduced"), reduced_amount[revision], np.where(v("site") >= IN_SITU, IN_SITU_AMOUNT, full[revision]))
        aid = np.where(stay > 0, 200000 + 2600 * np.minimum(stay, 180), 0)
        return np.where(v("stop") != 0, 0, np.where(revision == 1, each + aid, each * np.minimum(value(v, "units"), 4)))

    def why(v):
        revision, stay = v("revision"), value(v, "first_stay_days")
        return np.select(
            [v("stop") != 0, (revision == 1) & (stay > 180), (revision > 1) & (stay > 0) & ~v("reduced"), (revision > 1) & (value(v, "units") > 4),
             v("reduced"), v("renewed")], [np.maximum(v("stop"), 0), 15, 13, 14, 16, 17], 0)

    def outcome(v):
        stop = v("stop")
        return np.select([stop == 0, stop == 19, stop == 20, stop == -1], [1, 4, 5, 6], 3)

    return {
        "site": (int, lambda v: look_up(value(v, "icd10"), value(v, "sarcoma"))),
        "revision": (int, lambda v: sum((value(v, "cover_start") >= begin).astype(np.int64) for begin in FROM[1:])),
        "day": (int, lambda v: value(v, "diagnosed") - value(v, "cover_start") + 1),
        "renewed": (bool, lambda v: has(v, "previous_cover_end") & (value(v, "cover_start") - value(v, "previous_cover_end") <= 15)),
        "reduced": (bool, lambda v: (v("revision") > 0) & ~v("renewed") & (v("day") <= reduced_days[v("revision")])),
        "stop": (int, stop),
        "outcome": (int, outcome),
        "reason": (int, why),
        "total": (int, amount),
        "after_already_paid": (bool, lambda v: value(v, "already_paid") | (v("stop") == 0)),
        "after_cover_ended": (bool, lambda v: value(v, "cover_ended") | (v("stop") == 0)),
    }


def numpy(c):
    import numpy as np

    done = {}
    for name, (_, formula) in steps(np, lambda v, n: c[n][0], lambda v, n: c[n][1]).items():
        done[name] = formula(done.__getitem__)
    return done


def openfisca(np):
    def value(v, name):
        return np.asarray(v(name)).astype("S6") if name in TEXTS else v(name)

    return steps(np, value, lambda v, n: v(f"has_{n}"))


def sql_by_revision(values, unit=1):
    return " ".join(f"WHEN revision = {i} THEN {v // unit}" for i, v in enumerate(values))


SQL = f"""
WITH codes AS (
    SELECT *,
        icd10 IS NOT NULL AND NOT regexp_full_match(icd10, '[A-Z][0-9][0-9](\\.[0-9]{{1,2}})?') AS bad_code,
        CASE WHEN coalesce(sarcoma, false) AND icd10[1:3] IN ('C54', 'C55') THEN {SARCOMA}
             {" ".join(f"WHEN icd10[1:5] = '{code}' THEN {site}" for code, site in BY_5.items())}
             {" ".join(f"WHEN icd10[1:3] = '{code}' THEN {site}" for code, site in BY_3.items())}
             ELSE {NOT_LISTED} END AS site,
        CASE {" ".join(f"WHEN cover_start >= DATE '{FROM_DATES[i]}' THEN {i}" for i in (3, 2, 1))} ELSE 0 END AS revision,
        diagnosed - cover_start + 1 AS day,
        coalesce(cover_start - previous_cover_end <= 15, false) AS renewed,
        revision > 0 AND NOT renewed AND coalesce(day <= CASE {sql_by_revision(REDUCED_DAYS)} END, false) AS reduced
    FROM claims
), judged AS (
    SELECT *,
        CASE WHEN bad_code OR units < 1 OR units > 99 THEN -1
             WHEN cover_start IS NULL THEN 19
             WHEN cover_start < DATE '1997-03-01' THEN 1
             WHEN day < 1 OR (revision > 0 AND diagnosed > (cover_start + to_years(CASE {sql_by_revision(YEARS)} END))::DATE - 1) THEN 2
             WHEN icd10 IS NOT NULL AND NOT CASE {" ".join(f"WHEN revision = {r} THEN site & 15 IN ({', '.join(map(str, listed))})" for r, listed in enumerate(COVERED))} END THEN 3
             WHEN site >= {IN_SITU} AND revision IN (1, 2) THEN 4
             WHEN had_before THEN 5
             WHEN revision > 0 AND (concealed OR misdiagnosed OR secondary) THEN 6
             WHEN cover_ended THEN 7
             WHEN already_paid THEN 8
             WHEN revision > 0 AND NOT renewed AND day <= 30 THEN 9
             WHEN {" OR ".join(f"{name} IS NULL" for name in ASKED)} OR (revision >= 2 AND units IS NULL) THEN 19
             WHEN revision = 0 OR (revision = 1 AND reduced) THEN 20
             ELSE 0 END AS stop
    FROM codes
)
SELECT
    CASE stop WHEN 0 THEN 1 WHEN 19 THEN 4 WHEN 20 THEN 5 WHEN -1 THEN 6 ELSE 3 END AS outcome,
    CASE WHEN stop <> 0 THEN greatest(stop, 0)
         WHEN revision = 1 AND first_stay_days > 180 THEN 15
         WHEN revision > 1 AND first_stay_days > 0 AND NOT reduced THEN 13
         WHEN revision > 1 AND units > 4 THEN 14
         WHEN reduced THEN 16
         WHEN renewed THEN 17
         ELSE 0 END AS reason,
    CASE WHEN stop <> 0 THEN 0
         WHEN revision = 1 THEN {FULL[1] // 100} + CASE WHEN first_stay_days > 0 THEN 2000 + 26 * least(first_stay_days, 180) ELSE 0 END
         ELSE least(units, 4) * CASE WHEN reduced THEN CASE {sql_by_revision(REDUCED, 100)} END WHEN site >= {IN_SITU} THEN {IN_SITU_AMOUNT // 100}
              ELSE CASE {sql_by_revision(FULL, 100)} END END END::DECIMAL(14, 2) AS total,
    coalesce(already_paid, false) OR stop = 0 AS after_already_paid,
    coalesce(cover_ended, false) OR stop = 0 AS after_cover_ended
FROM judged
"""


def polars(pl):
    col, lit = pl.col, pl.lit
    start, diagnosed, previous = (col(name).cast(pl.Int32) for name in ("cover_start", "diagnosed", "previous_cover_end"))
    code, stay, units, revision, site = col("icd10"), col("first_stay_days"), col("units"), col("revision"), col("site")
    reduced, renewed, stop, day = col("reduced"), col("renewed"), col("stop"), col("day")

    def by_revision(values):
        chain = pl.when(revision == 3).then(values[3])
        for i in (2, 1):
            chain = chain.when(revision == i).then(values[i])
        return chain.otherwise(values[0])

    def flag(name):
        return col(name).fill_null(False)

    listed = pl.when(revision == 3).then((site & 15).is_in(COVERED[3]))
    for i in (2, 1):
        listed = listed.when(revision == i).then((site & 15).is_in(COVERED[i]))
    listed = listed.otherwise((site & 15).is_in(COVERED[0]))
    three, five = code.str.slice(0, 3), code.str.slice(0, 5)
    place = (pl.when(flag("sarcoma") & three.is_in(["C54", "C55"])).then(SARCOMA)
             .when(five.is_in(list(BY_5))).then(five.replace_strict(BY_5, default=NOT_LISTED, return_dtype=pl.Int64))
             .otherwise(three.replace_strict(BY_3, default=NOT_LISTED, return_dtype=pl.Int64))).fill_null(NOT_LISTED)
    last = pl.when(revision == 3).then(col("cover_start").dt.offset_by("1y")).otherwise(col("cover_start").dt.offset_by("2y")).cast(pl.Int32) - 1
    each = pl.when(reduced).then(by_revision(REDUCED)).when(site >= IN_SITU).then(IN_SITU_AMOUNT).otherwise(by_revision(FULL))
    return [
        {"revision": sum((start >= begin).cast(pl.Int64) for begin in FROM[1:]),
         "bad_code": ~code.str.contains(r"^[A-Z][0-9][0-9](\.[0-9]{1,2})?$"), "site": place, "day": diagnosed - start + 1,
         "renewed": (start - previous <= 15).fill_null(False)},
        {"reduced": ((revision > 0) & ~renewed & (day <= by_revision(REDUCED_DAYS))).fill_null(False)},
        {"stop": pl.when(col("bad_code") | (units < 1) | (units > 99)).then(-1).when(start.is_null()).then(19).when(start < FROM[0]).then(1)
         .when((day < 1) | ((revision > 0) & (diagnosed > last))).then(2).when(code.is_not_null() & ~listed).then(3)
         .when((site >= IN_SITU) & revision.is_between(1, 2)).then(4).when(col("had_before")).then(5)
         .when((revision > 0) & (flag("concealed") | flag("misdiagnosed") | flag("secondary"))).then(6).when(col("cover_ended")).then(7)
         .when(col("already_paid")).then(8).when((revision > 0) & ~renewed & (day <= 30)).then(9)
         .when(pl.any_horizontal(*(col(name).is_null() for name in ASKED), (revision >= 2) & units.is_null())).then(19)
         .when((revision == 0) | ((revision == 1) & reduced)).then(20).otherwise(0)},
        {"outcome": pl.when(stop == 0).then(1).when(stop == 19).then(4).when(stop == 20).then(5).when(stop == -1).then(6).otherwise(3),
         "reason": pl.when(stop != 0).then(pl.max_horizontal(stop, 0)).when((revision == 1) & (stay > 180)).then(15)
         .when((revision > 1) & (stay > 0) & ~reduced).then(13).when((revision > 1) & (units > 4)).then(14).when(reduced).then(16)
         .when(renewed).then(17).otherwise(0),
         "total": pl.when(stop != 0).then(0).when(revision == 1)
         .then(FULL[1] + pl.when(stay > 0).then(200000 + 2600 * pl.min_horizontal(stay, 180)).otherwise(0))
         .otherwise(each * pl.min_horizontal(units, 4)),
         "after_already_paid": flag("already_paid") | (stop == 0), "after_cover_ended": flag("cover_ended") | (stop == 0)}]


def zen_by_revision(values):
    return f"($.revision == 3 ? {values[3]} : $.revision == 2 ? {values[2]} : $.revision == 1 ? {values[1]} : {values[0]})"


def zen_map(sign, codes):
    return "".join(f"startsWith({sign}, '{code}') ? {site} : " for code, site in codes.items())


ZEN = [
    ("start", "cover_start == null ? 0 : cover_start"),
    ("revision", f"$.start >= {FROM[3]} ? 3 : $.start >= {FROM[2]} ? 2 : $.start >= {FROM[1]} ? 1 : 0"),
    ("code", "icd10 == null ? '' : icd10"),
    ("bad_code", "icd10 != null and not matches(icd10, '^[A-Z][0-9][0-9]([.][0-9]{1,2})?$')"),
    ("site", f"sarcoma == true and (startsWith($.code, 'C54') or startsWith($.code, 'C55')) ? {SARCOMA} : {zen_map('$.code', BY_5)}{zen_map('$.code', BY_3)}{NOT_LISTED}"),
    ("day", "diagnosed == null ? 0 : diagnosed - $.start + 1"),
    ("renewed", "previous_cover_end != null and $.start - previous_cover_end <= 15"),
    ("reduced", f"diagnosed != null and $.revision > 0 and not $.renewed and $.day <= {zen_by_revision(REDUCED_DAYS)}"),
    # The last day of the cover: its first, some years on, by eras of 400 years that begin in March.
    ("z", "$.start + 719468"),
    ("era", "floor($.z / 146097)"),
    ("of_era", "$.z - $.era * 146097"),
    ("y", "floor(($.of_era - floor($.of_era / 1460) + floor($.of_era / 36524) - floor($.of_era / 146096)) / 365)"),
    ("of_year", "$.of_era - (365 * $.y + floor($.y / 4) - floor($.y / 100))"),
    ("to", f"$.y + $.era * 400 + {zen_by_revision(YEARS)}"),
    ("leap", "($.to + 1) % 4 == 0 and (($.to + 1) % 100 != 0 or ($.to + 1) % 400 == 0)"),
    ("last", "$.to * 365 + floor($.to / 4) - floor($.to / 100) + floor($.to / 400) + $.of_year - ($.of_year == 365 and not $.leap ? 1 : 0) - 719469"),
    ("plain", f"$.site >= {IN_SITU} ? $.site - {IN_SITU} : $.site"),
    ("listed", " : ".join(f"$.revision == {r} ? $.plain in [{', '.join(map(str, listed))}]" for r, listed in enumerate(COVERED[:3]))
     + f" : $.plain in [{', '.join(map(str, COVERED[3]))}]"),
    ("stop", "$.bad_code or (units != null and (units < 1 or units > 99)) ? -1 : cover_start == null ? 19 : cover_start < 9921 ? 1 : "
             "diagnosed != null and ($.day < 1 or ($.revision > 0 and diagnosed > $.last)) ? 2 : icd10 != null and not $.listed ? 3 : "
             f"$.site >= {IN_SITU} and ($.revision == 1 or $.revision == 2) ? 4 : had_before == true ? 5 : "
             "$.revision > 0 and (concealed == true or misdiagnosed == true or secondary == true) ? 6 : cover_ended == true ? 7 : already_paid == true ? 8 : "
             "diagnosed != null and $.revision > 0 and not $.renewed and $.day <= 30 ? 9 : "
             "member == null or cover == null or diagnosed == null or icd10 == null or already_paid == null or cover_ended == null or "
             "($.revision >= 2 and units == null) ? 19 : $.revision == 0 or ($.revision == 1 and $.reduced) ? 20 : 0"),
    ("stay", "first_stay_days == null ? 0 : first_stay_days"),
    ("outcome", "$.stop == 0 ? 1 : $.stop == 19 ? 4 : $.stop == 20 ? 5 : $.stop == -1 ? 6 : 3"),
    ("reason", "$.stop != 0 ? max([$.stop, 0]) : $.revision == 1 and $.stay > 180 ? 15 : $.revision > 1 and $.stay > 0 and not $.reduced ? 13 : "
               "$.revision > 1 and units > 4 ? 14 : $.reduced ? 16 : $.renewed ? 17 : 0"),
    ("total", f"$.stop != 0 ? 0 : $.revision == 1 ? {FULL[1]} + ($.stay > 0 ? 200000 + 2600 * min([$.stay, 180]) : 0) : "
              f"min([units, 4]) * ($.reduced ? {zen_by_revision(REDUCED)} : $.site >= {IN_SITU} ? {IN_SITU_AMOUNT} : {zen_by_revision(FULL)})"),
    ("after_already_paid", "already_paid == true or $.stop == 0"),
    ("after_cover_ended", "cover_ended == true or $.stop == 0"),
]
