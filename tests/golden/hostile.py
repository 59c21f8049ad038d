"""hostile.py - rule files and claims made to exhaust time or memory: each must end soon, and say why or answer.

    python3 hostile.py HUZHU [--show] [CASE…]

Every case runs under limits on processor time and address space (a fuse: what is expected is a second), must keep to 100 MB,
and must end with the exit status named, with one of the codes named in its messages. --show prints what each took.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

SECONDS, SPACE, MEGABYTES = 5, 400, 100

MANIFEST = """ruleset: hostile
format: 1
version: "1"
title: {zh: 恶意, en: hostile}
currency: CNY
sources:
  s: {gives: published}
"""
HEAD = """plan: p
title: {zh: 计划, en: plan}
from: 2015-07
dated by: day
"""
INPUTS = """inputs:
  day: {type: date, zh: 日}
  n: {type: count, zh: 数, range: '[0..1000]'}
  t: {type: text, zh: 文}
"""
BENEFIT = """benefits:
  b:
    zh: 津贴
    en: allowance
    amount: n
"""
GOOD = '{"day":"2016-01-01","n":3,"t":"x"}\n'


def plan(parts="", head=HEAD, inputs=INPUTS, benefit=BENEFIT):
    return head + inputs + parts + benefit


def values(lines):
    return "values:\n" + "".join(f"  {name}: {formula}\n" for name, formula in lines)


def amount(formula):
    return BENEFIT.replace("amount: n", f"amount: {formula}")


CASES = {}


def case(name, files, status, *codes, claims=None):
    """files: what stands beside the manifest, a text for p.yaml, or a function that makes them."""
    CASES[name] = (files, status, codes, claims)


# ---- shapes of YAML ----

case("flow nested", lambda: "a: " + "[" * 100000, 4, "E_TOO_LARGE")
case("flow mappings nested", lambda: "a: " + "{a: " * 100000, 4, "E_TOO_LARGE")
case("block nested", lambda: "".join(" " * i + "a:\n" for i in range(2000)), 4, "E_TOO_LARGE")
case("lists on one line", lambda: "- " * 100000, 4, "E_TOO_LARGE")
case("brackets unclosed", lambda: "a: [" + "1, " * 200000, 1, "E_YAML")
case("quote unclosed", lambda: "a: '" + "x\n" * 500000, 1, "E_YAML")
case("values by the million", lambda: "a: [" + "1," * 2000000 + "]", 4, "E_TOO_LARGE")
case("keys by the hundred thousand", lambda: "".join(f"k{i}: 1\n" for i in range(100000)), 1, "E_MISSING_KEY")
case("duplicate keys", lambda: "k: 1\n" * 100000, 1, "E_DUPLICATE_KEY")
case("duplicate keys in one plan", lambda: plan() + "k: 1\n" * 50000, 1, "E_DUPLICATE_KEY")
case("errors by the hundred thousand", lambda: plan("parameters:\n" + "".join(f"  P{i}: {{x: 1}}\n" for i in range(60000))), 1, "E_NAME")
case("bad characters", lambda: "a: " + "\x01" * 1000000, 1, "E_YAML")
case("not UTF-8", lambda: b"\xff" * 1000000, 1, "E_ENCODING")
case("anchors", lambda: "".join(f"a{i}: &x{i} 1\n" for i in range(50000)), 1, "E_YAML_FEATURE")
case("tags", lambda: "%TAG ! tag:x,2000:\n" * 50000 + "---\na: 1\n", 1, "E_YAML_FEATURE")
case("colons", lambda: ": " * 100000, 1, "E_YAML")
case("question marks", lambda: "? " * 100000, 1, "E_YAML", "E_YAML_FEATURE")
case("commas that split", lambda: "a: {" + "b, " * 50000 + "c: 1}", 1, "E_MISSING_KEY", "E_COMMA_SPLIT", "E_DUPLICATE_KEY")
case("texts that a comma splits", lambda: "a: {" + "".join(f"k{i}: x, y{i}, " for i in range(30000)) + "c: 1}", 1, "E_COMMA_SPLIT")
case("comments", lambda: "#" * 7000000 + "\n" + plan(), 0)
case("comment lines", lambda: "#\n" * 2000000 + plan(), 0)
case("empty lines", lambda: "\n" * 7000000 + plan(), 0)
case("literal text", lambda: plan() + "notes:\n  - code: X\n    en: |\n" + "      x\n" * 500000, 0)

# ---- names and texts ----

case("a key of 100,000 bytes", lambda: plan() + "k" * 100000 + ": 1\n", 1, "E_YAML")
case("a name of 100,000 bytes", lambda: plan("parameters:\n  " + "k" * 100000 + ":\n    unit: CNY\n    2015-07: {value: 1, source: s}\n"), 1, "E_YAML")
case("a name of 100,000 bytes in a formula", lambda: plan(benefit=amount("k" * 100000)), 1, "E_UNKNOWN_NAME", "E_FEEL_SYNTAX")
case("names of 1,000 bytes by the hundred", lambda: plan(values((f"{'k' * 1000}{i}", "n") for i in range(1000))), 0, "E_UNUSED")
case("a text of 7 MB", lambda: plan().replace("zh: 日", "zh: " + "日" * 2300000), 0)
case("a title of marks", lambda: plan() + "notes:\n  - code: X\n    zh: " + "<n>" * 100000 + "\n", 0, "E_NO_TEXT")
case("bad marks", lambda: plan() + "notes:\n  - code: X\n    zh: " + "<" * 1000000 + "\n", 0, 1, "E_TEMPLATE", "E_NO_TEXT")
case("sources in a list", lambda: plan("parameters:\n  a:\n    unit: CNY\n    2015-07: {value: 1, source: [" + "s, " * 100000 + "s]}\n"), 0, "E_UNUSED")

# ---- expressions ----

case("parentheses", lambda: plan(benefit=amount("(" * 100000 + "n" + ")" * 100000)), 4, "E_TOO_LARGE")
case("minus signs", lambda: plan(benefit=amount("'" + "-" * 100000 + "n'")), 4, "E_TOO_LARGE")
case("a long sum", lambda: plan(benefit=amount("n" + " + n" * 100000)), 4, "E_TOO_LARGE")
case("a sum of a thousand", lambda: plan(benefit=amount("n" + " + n" * 1000)), 4, "E_TOO_LARGE")
case("a long chain of if", lambda: plan(benefit=amount("if n = 1 then 1 else " * 10000 + "0")), 4, "E_TOO_LARGE")
case("not of not", lambda: plan(benefit=amount("if " + "not(" * 50000 + "n = 1" + ")" * 50000 + " then 1 else 0")), 4, "E_TOO_LARGE")
case("a long list", lambda: plan(benefit=amount("if n in [" + ", ".join(str(i) for i in range(100000)) + "] then 1 else 0")), 4, "E_TOO_LARGE")
case("many arguments", lambda: plan(benefit=amount("max(" + ", ".join(["n"] * 100000) + ")")), 4, "E_TOO_LARGE")
case("a number of 100,000 digits", lambda: plan(benefit=amount("9" * 100000)), 1, "E_FEEL_NUMBER")
case("a parameter of 100,000 digits", lambda: plan("parameters:\n  a:\n    unit: CNY\n    2015-07: {value: " + "9" * 100000 + ", source: s}\n"), 1, "E_NUMBER")
case("powers", lambda: plan(benefit=amount("n ** 999999999")), 1, "E_WIDE", "E_TYPE", "E_UNSUPPORTED", "E_FEEL_NUMBER")
case("squares of squares", lambda: plan(values([("v0", "n")] + [(f"v{i}", f"v{i - 1} * v{i - 1}") for i in range(1, 60)]), benefit=amount("v59")), 1, "E_WIDE")
case("doubled forty times", lambda: plan(values([("v0", "n")] + [(f"v{i}", f"v{i - 1} + v{i - 1}") for i in range(1, 41)]), benefit=amount("v40")), 0, claims=GOOD)
case("alternatives forty times", lambda: plan(values([("v0", "n")] + [(f"v{i}", f"if v{i - 1} > {i} then v{i - 1} else {i}") for i in range(1, 41)]), benefit=amount("v40")), 0, claims=GOOD)
case("a chain of 10,000 values", lambda: plan(values([("v0", "n")] + [(f"v{i}", f"v{i - 1} + 0") for i in range(1, 10000)]), benefit=amount("v9999")), 4, "E_TOO_LARGE")
case("a cycle of 10,000 values", lambda: plan(values((f"v{i}", f"v{(i + 1) % 10000}") for i in range(10000))), 4, "E_TOO_LARGE")
case("20,000 values of one", lambda: plan(values((f"v{i}", "n + 1") for i in range(20000))), 0, "E_UNUSED")
case("expressions by the thousand", lambda: plan(values((f"v{i}", "max(0, n - 1) * 2 + (if n > 3 then 1 else 0)") for i in range(10000))), 0, "E_UNUSED")

# ---- items ----

PARAMETER = "  a{0}:\n    unit: days\n    2015-07: {{value: 1, source: s}}\n"
case("100,000 parameters", lambda: plan("parameters:\n" + "".join(PARAMETER.format(i) for i in range(100000))), 4, "E_TOO_LARGE")
case("20,000 parameters", lambda: plan("parameters:\n" + "".join(PARAMETER.format(i) for i in range(20000))), 0, "E_UNUSED")


def many_parameters(count):
    """Each is used: a tree of sums, so that nothing is deep."""
    lines, names = [], [f"a{i}" for i in range(count)]
    level = 0
    while len(names) > 1:
        groups = [names[i:i + 20] for i in range(0, len(names), 20)]
        names = [f"s{level}_{i}" for i in range(len(groups))]
        lines += [(name, " + ".join(group)) for name, group in zip(names, groups)]
        level += 1
    return plan("parameters:\n" + "".join(PARAMETER.format(i) for i in range(count)) + values(lines), benefit=amount(names[0]))


case("20,000 parameters in one answer", lambda: many_parameters(20000), 0, claims=GOOD)


def many_inputs(count):
    inputs = "inputs:\n  day: {type: date, zh: 日}\n" + "".join(f"  a{i}: {{type: count, zh: 数}}\n" for i in range(count))
    lines, names, level = [], [f"a{i}" for i in range(count)], 0
    while len(names) > 1:
        groups = [names[i:i + 20] for i in range(0, len(names), 20)]
        names = [f"s{level}_{i}" for i in range(len(groups))]
        lines += [(name, "max(" + ", ".join(group) + ")") for name, group in zip(names, groups)]
        level += 1
    return plan(values(lines), inputs=inputs, benefit=amount(names[0]))


case("20,000 inputs missing", lambda: many_inputs(20000), 0, claims='{"day":"2016-01-01"}\n')
case("20,000 dates of one parameter", lambda: plan("parameters:\n  a:\n    unit: days\n" + "".join(
    f"    {1900 + i // 336:04}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}: {{value: {i}, source: s}}\n" for i in range(20000)),
    benefit=amount("n + a")), 0, claims=GOOD)
case("1,000 brackets", lambda: plan("scales:\n  a:\n    of: n\n    kind: marginal\n    unit: CNY\n    always:\n      source: s\n      brackets:\n" + "".join(
    f"        - {{up to: {i + 1}, rate: 0.01}}\n" for i in range(999)) + "        - {rate: 0.02}\n", benefit=amount("a")), 0, claims=GOOD)
case("100,000 brackets", lambda: plan("scales:\n  a:\n    of: n\n    kind: single\n    unit: CNY\n    always:\n      source: s\n      brackets:\n" + "".join(
    f"        - {{up to: {i + 1}, gives: 1}}\n" for i in range(80000)) + "        - {gives: 2}\n", benefit=amount("a")), 4, "E_TOO_LARGE")


def table(rows, hit="unique", inputs="[n]", codes=""):
    return plan(codes + f"tables:\n  a:\n    inputs: {inputs}\n    gives: {{r: CNY}}\n    hit: {hit}\n    always:\n      source: s\n      otherwise: {{r: 0}}\n      rows:\n" + rows,
                benefit=amount("r"))


case("a table of 1,000,000 rows", lambda: table("        - {r: 1}\n" * 300000), 4, "E_TOO_LARGE")
case("a table of 60,000 rows", lambda: table("        - {n: 1, r: 1}\n" * 60000), 1, "E_OVERLAP")
COUNTS = "".join(f"  c{i}: {{type: count, zh: 数, range: '[0..999999]'}}\n" for i in range(5))


def long_table(rows, cell, hit="unique", columns=5):
    names = [f"c{i}" for i in range(columns)]
    lines = "".join("        - {" + ", ".join(f"{name}: {cell(row, i)}" for i, name in enumerate(names)) + f", r: {row}}}\n" for row in range(rows))
    return table(lines, hit=hit, inputs="[" + ", ".join(names) + "]").replace("  n: {", COUNTS + "  n: {", 1)


def scattered(row, column, width):
    begin = (row * 7919 + column * 104729) * 31 % 900000
    return f"'[{begin}..{begin + width + row % 97}]'"


case("50,000 rows of 5 columns", lambda: long_table(50000, lambda row, i: row if i == 0 else f"'>= {row % 50}'"), 0, claims=None)
case("50,000 rows of ranges", lambda: long_table(50000, lambda row, i: scattered(row, i, 500), hit="first"), 0, claims=None)
case("50,000 rows of wide ranges", lambda: long_table(50000, lambda row, i: scattered(row, i, 80000), hit="first"), 4, "E_TOO_LARGE")
case("50,000 rows of lists", lambda: long_table(50000, lambda row, i: f"'{row}, {row + 60000}, {row + 120000}'", hit="first", columns=1), 0, claims=None)
case("100,000 rows of one number", lambda: long_table(100000, lambda row, i: row, columns=1), 0, claims=None)
case("80,000 rows that differ in their last column", lambda: long_table(80000, lambda row, i: row if i == 1 else 7, columns=2), 0, claims=None)
case("rows of 64 values each", lambda: long_table(3000, lambda row, i: "'" + ", ".join(str(row * 64 + k) for k in range(64)) + "'", hit="first", columns=1), 4, "E_TOO_LARGE")
case("50,000 rows that give formulas", lambda: table("".join(f"        - {{n: {i % 1000}, r: n + {i}}}\n" for i in range(50000)), hit="first"), 4, "E_TOO_LARGE")
case("80,000 patterns", lambda: table("".join(f"        - {{t: 'A{i}.*', r: {i}}}\n" for i in range(80000)), inputs="[t]"), 1, "E_CELL")
case("80,000 texts", lambda: table("".join(f"        - {{t: 'A{i}\\.x', r: {i}}}\n" for i in range(80000)), inputs="[t]"), 0, claims=None)
case("1,000 rows apart", lambda: table("".join(f"        - {{n: {i}, r: {i}}}\n" for i in range(1000))), 0, claims=GOOD)
case("1,000 rows that overlap", lambda: table("        - {n: '>= 3', r: 1}\n" * 1000), 1, "E_OVERLAP")
case("1,000 rows of three columns", lambda: table("".join(f"        - {{n: '[{i}..{i + 3}]', t: '\"a{i % 7}\"', r: {i}}}\n" for i in range(1000)), hit="first", inputs="[n, t]"), 0, 1,
     "E_UNSUPPORTED", "E_CELL", "E_OVERLAP", "E_PATTERN", claims=None)
case("a code of 100,000 values", lambda: plan(inputs=INPUTS + "  c: {type: code, zh: 码, values: {" + ", ".join(f"c{i}: 码" for i in range(100000)) + "}}\n"), 4, "E_TOO_LARGE")
def readings(kind, count, entries):
    """Two readings of so many versions, which begin on the same days; entries: what each says."""
    days = [date(1000, 1, 1) + timedelta(i) for i in range(count)]
    return f"parameters:\n  r:\n    {kind}\n    dated by: day\n    readings:\n" + "".join(
        f"      {name}:\n" + "".join(f"        {day}: {{value: {entry}, source: s}}\n" for day in days) for name, entry in zip("ab", entries)
    ) + "    taken: a\n    disputed: 两说\n"


case("readings that differ on 18,000 days", lambda: plan(readings("unit: CNY", 18000, "12"), benefit=amount("r")), 0, claims=GOOD)
case("sets read differently on 14,000 days", lambda: plan(readings("type: set of c", 14000, ["[x]", "[y]"]), inputs=INPUTS + "  c: {type: code, zh: 码, values: {x: 甲, y: 乙}}\n",
     benefit=amount("if c in r then 1 else 0")), 0)
case("10,000 conditions", lambda: plan("eligibility:\n" + "".join(
    f"  - {{code: C{i}, require: n < 999, source: s, zh: 一, en: one}}\n" for i in range(10000))), 0, 4, "E_TOO_LARGE", claims=GOOD)
case("10,000 caps", lambda: plan("caps:\n" + "".join(
    f"  - {{code: C{i}, over: b, limit: 100, source: s, zh: 一, en: one}}\n" for i in range(10000))), 0, 4, "E_TOO_LARGE", claims=GOOD)
case("10,000 plans", lambda: {f"p{i}.yaml": plan().replace("plan: p", f"plan: p{i}") for i in range(10000)}, 0, 4, "E_TOO_LARGE")
case("1,000 plans", lambda: {f"p{i}.yaml": plan().replace("plan: p", f"plan: p{i}") for i in range(1000)}, 0)

# ---- patterns ----


def with_pattern(pattern):
    return plan(inputs=INPUTS.replace("zh: 文}", f"zh: 文, pattern: '{pattern}'}}"))


LONG = '{"day":"2016-01-01","n":3,"t":"' + "a" * 50000 + '!"}\n'
case("a pattern that runs away", lambda: with_pattern("(a+)+b"), 1, "R_PATTERN", "E_UNSUPPORTED", "R_TEXT", claims=LONG)
case("patterns within patterns", lambda: with_pattern("(" * 5000 + "a" + ")*" * 5000), 1, "E_PATTERN", "E_UNSUPPORTED")
case("a pattern that repeats by the million", lambda: with_pattern("((a{1,1000}){1,1000}){1,1000}"), 1, "E_PATTERN", "E_UNSUPPORTED")
case("a pattern of 1 MB", lambda: with_pattern("a" * 1000000), 1, "E_PATTERN", "E_UNSUPPORTED", "E_TOO_LARGE")

# ---- claims ----

case("a claim nested", lambda: plan(), 1, "R_", claims='{"n":' + "[" * 500000 + "\n")
case("a claim of 1 MB", lambda: plan(), 1, "R_", claims='{"t":"' + "x" * 1000000 + '"}\n')
case("a claim with 100,000 keys", lambda: plan(), 1, "R_", claims="{" + ",".join(f'"k{i}":1' for i in range(80000)) + "}\n")
case("a number of 500,000 digits in a claim", lambda: plan(), 1, "R_", claims='{"n":' + "9" * 500000 + "}\n")
case("50,000 lines that are no claims", lambda: plan(), 1, "R_", claims="{\n" * 50000)


# ---- encodings ----

case("UTF-16", lambda: plan().encode("utf-16"), 1, "E_ENCODING")
case("NULs", lambda: plan().encode() + b"\0" * 1000000, 1, "E_YAML", "E_ENCODING")
case("a byte order mark and CR LF", lambda: b"\xef\xbb\xbf" + plan("#\n" * 500000).replace("\n", "\r\n").encode(), 0)
case("claims that are not UTF-8", lambda: plan(), 1, "R_", claims=lambda: b'{"t":"' + b"\xff" * 1000000 + b'"}\n')
case("claims in UTF-16", lambda: plan(), 1, "R_", claims=lambda: GOOD.encode("utf-16"))

# ---- the same by other ways ----

case("laughs by the billion", lambda: "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk")), 1, "E_YAML_FEATURE")
case("mappings in lists", lambda: "".join(" " * (2 * i) + "- a:\n" for i in range(2000)), 4, "E_TOO_LARGE")
case("lists of lists in a formula", lambda: plan(benefit=amount("count(" + "[" * 100000 + "n" + "]" * 100000 + ")")), 4, "E_TOO_LARGE")
case("if within if within parentheses", lambda: plan(benefit=amount("(if n = 1 then " * 50000 + "0" + " else 1)" * 50000)), 4, "E_TOO_LARGE")
case("a name of 60 bytes ten thousand times", lambda: plan("parameters:\n  " + "k" * 60 + ":\n    unit: days\n    2015-07: {value: 1, source: s}\n" + values(
    (f"v{i}", f"n + {'k' * 60}") for i in range(10000))), 0, "E_UNUSED")
case("a formula of 7 MB", lambda: plan(benefit=amount("n +" + " " * 7000000 + "n")), 0, 1, 4, "E_TOO_LARGE", claims=GOOD)
case("a formula that is one text", lambda: plan(benefit=amount("'string length(\"" + "x" * 3000000 + "\")'")), 0, 1, 4, "E_TOO_LARGE", claims=GOOD)
case("a shared table of 1,000,000 rows", lambda: uses(1, 300000), 4, "E_TOO_LARGE")
case("100,000 codes in a set", lambda: plan("parameters:\n  a:\n    type: set of c\n    always: {value: [" + ", ".join("x" for i in range(100000)) + "], source: s}\n",
                                           inputs=INPUTS + "  c: {type: code, zh: 码, values: {x: 甲, y: 乙}}\n"), 1, "E_DUPLICATE_NAME")
case("100,000 conditions", lambda: plan("eligibility:\n" + "".join(
    f"  - {{code: C{i}, require: n < 999, source: s, zh: 一}}\n" for i in range(100000))), 4, "E_TOO_LARGE")
case("10,000 notes", lambda: plan("notes:\n" + "".join(f"  - {{code: C{i}, when: n > {i}, zh: 一, en: one <n>}}\n" for i in range(10000))), 0, 4, "E_TOO_LARGE", claims=GOOD)
case("1,000 benefits", lambda: plan(benefit="benefits:\n" + "".join(f"  b{i}: {{zh: 津贴, amount: n, source: s}}\n" for i in range(1000))), 0, 4, "E_TOO_LARGE", claims=GOOD)
WITH_KEY = INPUTS + "  m: {type: key, zh: 人}\n"
case("10,000 counters", lambda: plan("in turn by: m\ncounters:\n" + "".join(f"  c{i}: {{unit: CNY, per: [m], adds: b}}\n" for i in range(10000)), inputs=WITH_KEY),
     0, claims=GOOD.replace("}", ',"m":"a"}'))
case("50 plans of 200 shared counters", lambda: {
    "ruleset.yaml": MANIFEST + "counters:\n" + "".join(f"  c{i}: {{unit: CNY, per: [m]}}\n" for i in range(200)),
    **{f"p{k}.yaml": plan("in turn by: m\ncounters:\n" + "".join(f"  c{i}: {{shared: true, adds: b}}\n" for i in range(200)), inputs=WITH_KEY).replace(
        "plan: p", f"plan: p{k}", 1) for k in range(50)}}, 0)


def packages(count, parts):
    files = {f"p{i}.yaml": plan().replace("plan: p", f"plan: p{i}", 1) for i in range(parts)}
    section = "parts:\n" + "".join(f"  p{i}: {{source: s}}\n" for i in range(parts))
    return files | {f"q{k}.yaml": HEAD.replace("plan: p", f"plan: q{k}", 1) + INPUTS + section for k in range(count)}


def uses(plans, rows):
    table = "inputs: {n: number}\ngives: {r: CNY}\nalways:\n  source: s\n  otherwise: {r: 0}\n  rows:\n" + "".join(
        f"    - {{n: {i}, r: 1}}\n" for i in range(rows))
    return {"tables/t.yaml": table} | {f"p{k}.yaml": plan("tables:\n  t: {use: t}\n", benefit=amount("r")).replace("plan: p", f"plan: p{k}", 1)
                                       for k in range(plans)}


case("a package of 1,000 parts", lambda: packages(1, 1000), 0)
case("200 packages of 200 parts", lambda: packages(200, 200), 4, "the parts of packages and the uses of shared tables come to more than")
case("a shared table of 1,000 rows in 100 plans", lambda: uses(100, 1000), 4, "the parts of packages and the uses of shared tables come to more than")
case("a line of 90 MB that is no claim", lambda: plan(), 1, 4, "R_", claims=lambda: "x" * 90000000)
case("blank lines among claims", lambda: plan(), 0, claims=lambda: "\n" * 5000000 + GOOD)
case("100,000 claims", lambda: plan(), 0, claims=lambda: GOOD * 100000)


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (SPACE << 20, SPACE << 20))


def run(command, stdin):
    """Exit status, both outputs, seconds of processor time, megabytes."""
    with tempfile.TemporaryFile() as out, open(stdin) as source:
        child = subprocess.Popen(command, stdin=source, stdout=out, stderr=subprocess.STDOUT, preexec_fn=limit)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return child.returncode, out.read().decode("utf-8", "replace"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def apart(work, *arguments):
    """In a process of its own: what a process had before exec counts as its memory, so this one must stay small."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError("the files of a case could not be written")


def write(folder, files, claims):
    files = files() if callable(files) else files
    if not isinstance(files, dict):
        files = {"p.yaml": files}
    for name, text in {"ruleset.yaml": MANIFEST, **files}.items():
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if claims is not None:
        claims = claims() if callable(claims) else claims
        Path(folder + ".claims").write_bytes(claims if isinstance(claims, bytes) else claims.encode())


def complaint(huzhu, name):
    files, status, codes, claims = CASES[name]
    wanted = {status} | {code for code in codes if isinstance(code, int)}
    codes = [code for code in codes if isinstance(code, str)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = scratch + "/rules"
        os.mkdir(folder)
        apart(write, folder, files, claims)
        command = [huzhu, "check", folder] if claims is None else [huzhu, "eval", folder, "--plan", "p", "--fresh"]
        got, text, seconds, megabytes = run(command, os.devnull if claims is None else folder + ".claims")
    wrong = None
    if got not in wanted:
        wrong = f"exit status {got}"
    elif megabytes > MEGABYTES:
        wrong = f"{megabytes:.0f} MB"
    elif codes and got != 0 and not any(code in text for code in codes):
        wrong = f"none of {', '.join(codes)} is said"
    elif claims is not None and got == 0:
        json.loads(text.splitlines()[0])
    return wrong and f"{wrong}: {text[:300]}", seconds, megabytes, text


def main(huzhu, *words):
    show = "--show" in words
    names = [word for word in words if word != "--show"] or list(CASES)
    passed = failed = 0
    for name in names:
        wrong, seconds, megabytes, text = complaint(huzhu, name)
        passed, failed = passed + (wrong is None), failed + (wrong is not None)
        if wrong:
            print(f"FAILED {name}: {wrong}")
        if show:
            first = next((line for line in text.splitlines() if "error[" in line), text.splitlines()[0] if text else "")
            print(f"{seconds:6.2f} s {megabytes:6.0f} MB  {name}: {first[:110]}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
