"""What the population is calibrated to, in one place: what was published, what follows from it, what is assumed.

`PUBLISHED` has a row for each plan: the totals that the programme published, and how many years they are of. A year of the
population, decided by the rules, times these years comes within 10 % of them, or `disagrees` says why rules and totals do.
`CONSTANTS` has every figure that the model is made of. `kind` says what each is:

    published   in the programme's text, or on a page that it names
    derived     follows from published figures by arithmetic
    fitted      chosen so that the totals come out; says nothing about anybody
    assumed     nobody published it; a plausible figure, to have one
"""

from __future__ import annotations

from dataclasses import dataclass

PROGRAMME = "programme-2020"  # 北京职工互助保障服务项目，截至 2020 年 12 月
MEMBERS = 4_250_000  # the members that all counts below are of


@dataclass(frozen=True)
class Published:
    """Totals of a plan to the end of 2020, in the programme's words."""

    plan: str
    zh: str
    payments: int  # 人次
    amount: int  # 元
    years: float  # that the totals are of
    sentence: str  # where the totals stand
    since: str  # where the beginning stands, or why it is assumed
    enrolments: int | None = None  # 参保人次; None: the plan is free
    people: int | None = None  # 受助职工
    disagrees: str = ""  # why rules and totals do not agree; empty: they do


PUBLISHED = (
    Published(
        "medical-reimbursement", "二次报销", 20_147_000, 2_516_000_000, 9.0,
        "累计受助职工249.4万人，受助金额25.16亿元，受助人次2014.7万人次",
        "published: 自2012年5月正式启动; costs from 2012-01-01 count, so 9 years of responsibility, 2012 to 2020",
        people=2_494_000,
    ),
    Published(
        "accident-and-property", "非工伤综合", 8_760, 16_981_000, 11 + 5 / 12,
        "受助会员8760人次，受助金额1698.1万元",
        "published: 2009年8月实施; to 2020-12 are 11 years and 5 months",
    ),
    Published(
        "startup-loan-subsidy", "创业小额贷款", 64, 650_000, 3 + 8 / 12,
        "已贴息企业累计64家，贴息金额累计65万元",
        "published: 2017年5月推出; to 2020-12 are 3 years and 8 months",
    ),
    Published(
        "inpatient-medical", "住院医疗", 459_000, 490_000_000, 13.0,
        "累计参保职工1149.6万人，受助职工45.9万人次，互助金额4.9亿元",
        "assumed: the beginning is not published; five plans of 2008 are told of in a page of 2009, and 2008 to 2020 are 13 years",
        enrolments=11_496_000,
    ),
    Published(
        "inpatient-allowance", "住院津贴", 145_000, 54_133_000, 10.0,
        "累计参保职工325.8万人，受助职工14.5万人次，互助金额5413.3万元",
        "published: 于2011年1月1日正式实施; to 2020-12 are 10 years",
        enrolments=3_258_000,
    ),
    Published(
        "critical-illness", "重大疾病", 17_500, 185_000_000, 15 + 5 / 12,
        "累计参保人数614.5万人，受助职工1.75万人次，互助金额1.85亿元",
        "reported: launched on 2005-08-17 (sina 2005-08-17); to 2020-12 are 15 years and 5 months",
        enrolments=6_145_000,
    ),
    Published(
        "womens-diseases", "女工特疾", 12_000, 180_000_000, 23 + 10 / 12,
        "累计参保职工647.2万人，受助职工1.2万人次，互助金额1.8亿元",
        "published: 1997年3月推出; to 2020-12 are 23 years and 10 months",
        enrolments=6_472_000,
    ),
    Published(
        "group-accident", "团体意外", 14_000, 22_070_000, 13.0,
        "累计参保职工521.7万人，受助职工1.4万人次，互助金额2207万元",
        "assumed: the beginning is not published; five plans of 2008 are told of in a page of 2009, and 2008 to 2020 are 13 years",
        enrolments=5_217_000,
        disagrees="payments: 1,576 yuan is the average published, and the least the rules can pay is 1,500 (grade 10 at 26 yuan): most "
        "payments were aids a day for small injuries, whose rates nobody published for Beijing and which the rules do not have. "
        "The amount is met by fewer, larger payments",
    ),
    Published(
        "child-accident", "子女意外", 369, 248_000, 13 + 10 / 12,
        "累计参保人数14.6万人，受助人次369人次，互助金额24.8万元",
        "published: 2007年3月推出; to 2020-12 are 13 years and 10 months",
        enrolments=146_000,
        disagrees="payments: 672 yuan is the average published, and the least the rules can pay for a disability is 2,000: its amounts are "
        "assumed, and small injuries without a grade have no place in them. The amount is met by fewer, larger payments",
    ),
    Published(
        "comprehensive", "综合 A、B 类", 8_776, 24_701_000, 2.0,
        "累计参保人数46万人，受助人次8776人次，互助金额2470.1万元",
        "published: 2019年推出; 2019 and 2020 are 2 years. One total for A and B, which are two plans here",
        enrolments=460_000,
    ),
)  # fmt: skip

NOT_ALONE = "additional-death"  # no rows of its own: a part of the packages, and not offered alone


@dataclass(frozen=True)
class Constant:
    """A figure of the model, and where it comes from."""

    name: str
    value: float
    kind: str  # published, derived, fitted, assumed
    why: str


def published(plan: str) -> Published:
    """The row of a plan; of both packages the one that they share."""
    for row in PUBLISHED:
        if row.plan == plan or plan.startswith(row.plan + "-"):
            return row
    raise KeyError(plan)


_LIST = (
    # ---- members ----
    Constant("members", MEMBERS, "published", "覆盖全市425万会员 (programme-2020)"),
    Constant("women", 0.44, "assumed", "share of women among members"),
    Constant("unit_staff_median", 45, "assumed", "staff of half of the work units is less"),
    Constant("unit_staff_spread", 1.3, "assumed", "log-normal spread of staff; at most 8,000"),
    Constant("income_median", 92_000, "assumed", "yuan a year, before age and industry"),
    Constant("income_spread", 0.52, "assumed", "log-normal spread of incomes"),
    Constant("model_workers", 0.004, "assumed", "share of model workers"),
    Constant("hardship", 0.012, "assumed", "share of workers in hardship"),
    Constant("in_service", 0.995, "assumed", "the rest retired within the year"),
    Constant("insured", 0.997, "assumed", "in Beijing's basic medical insurance"),
    Constant("dues_paid", 0.996, "assumed", "work units that remit dues"),
    Constant("managed", 0.998, "assumed", "work units managed by the municipal federation"),
    Constant("card", 0.985, "assumed", "members who hold the service card"),
    # ---- medical-reimbursement ----
    Constant("outpatient_median", 1_646, "fitted", "yuan of self-paid I a year, at the age factor 1: gives the payments of a year (2,014.7万 / 9)"),
    Constant("outpatient_spread", 0.32, "fitted", "log-normal spread: gives the amount of a year (25.16亿 / 9)"),
    Constant("outpatient_most", 10_371, "derived", "1,800 and 30 % of what the fund's 20,000 at 70 % are of: 1,800 + 8,571"),
    Constant("outpatient_floor", 1_200, "assumed", "quarters whose amount of the year so far is below have no row: a scenario with a deductible below sees too few"),
    Constant("stays", 0.055, "assumed", "stays of a member and year; hospital statistics of workers were not to be had"),
    Constant("stay_median", 2_350, "assumed", "yuan of self-paid I of a stay"),
    Constant("stay_spread", 0.75, "assumed", "log-normal spread; at most 35,000"),
    Constant("over_cap", 260, "assumed", "members a year with costs above the insurance cap"),
    Constant("over_cap_median", 42_000, "assumed", "yuan of self-paid I above the cap; at most 600,000 (a page of 2021 tells of 570,000)"),
    # ---- plans with fees: rows a year of all members ----
    Constant("inpatient_medical_rows", 43_400, "fitted", "gives the payments of a year (45.9万 / 13)"),
    Constant("inpatient_medical_median", 2_180, "fitted", "yuan of self-paid I of a stay: gives the amount of a year (4.9亿 / 13)"),
    Constant("inpatient_medical_spread", 0.62, "assumed", "log-normal spread; at most 90,000 (33,800 were paid once, ldwb-2016)"),
    Constant("inpatient_allowance_rows", 15_250, "fitted", "gives the payments of a year (14.5万 / 10)"),
    Constant("inpatient_allowance_median", 7.9, "fitted", "days of a stay: gives 9.3 paid days (5,413.3万 / 14.5万 / 40)"),
    Constant("inpatient_allowance_spread", 0.72, "assumed", "log-normal spread; at most 200 days"),
    Constant("critical_illness_rows", 1_270, "fitted", "gives the payments of a year (1.75万 / 15.4)"),
    Constant("critical_illness_two_units", 0.08, "fitted", "share of two units; the rest have one: gives 10,571 a payment"),
    Constant("womens_diseases_rows", 534, "fitted", "gives the payments of a year (1.2万 / 23.8)"),
    Constant("womens_diseases_two_units", 0.35, "fitted", "share of two units; the rest have one: gives 15,000 a payment"),
    Constant("group_accident_rows", 384, "fitted", "gives the amount of a year (2,207万 / 13)"),
    Constant("child_accident_rows", 8, "fitted", "gives the amount of a year (24.8万 / 13.8)"),
    Constant("comprehensive_rows", 5_250, "fitted", "gives the payments of a year (8,776 / 2)"),
    Constant("comprehensive_b", 0.4, "assumed", "share of B among the covers of the packages"),
    Constant("accident_rows", 822, "fitted", "gives the payments of a year (8,760 / 11.4)"),
    Constant("loan_rows", 21, "fitted", "gives the enterprises subsidised in a year (64 / 3.7)"),
    Constant("loan_principal", 249_291, "derived", "放款企业累计127家，放款金额累计3166万元: yuan on average"),
    Constant("renewed", 0.7, "assumed", "covers that follow another without a gap"),
)  # fmt: skip

CONSTANTS = {c.name: c for c in _LIST}


def constant(name: str) -> float:
    return CONSTANTS[name].value
