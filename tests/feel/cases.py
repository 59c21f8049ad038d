"""The conformance cases against `huzhu feel`: cases.py PROGRAM FOLDER EXCEPTIONS.

A case passes when its value is right (numbers as decimals, durations by amount), or when null was expected and null or
an error came. A wrong value is never forgiven. Exceptions name ids of cases that are an error, with the reason; one that
passes must go. What must be refused is refused for what is wrong with it, not for want of a function.
"""

import json
import re
import subprocess
import sys
from decimal import Decimal

def run(program, path):
    with open(path, encoding="utf-8") as file:
        done = subprocess.run([program, "feel"], stdin=file, capture_output=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in done.stdout.splitlines()]


def months_or_seconds(text):
    parts = re.fullmatch(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text)
    sign = -1 if parts.group(1) else 1
    years, months, days, hours, minutes = (int(parts.group(i) or 0) for i in range(2, 7))
    seconds = Decimal(parts.group(7) or 0)
    return sign * (years * 12 + months), sign * (days * 86400 + hours * 3600 + minutes * 60 + seconds)


def slack_of(case):
    """The suite cuts the expected digits of some means and powers."""
    return Decimal("1e-8") if re.search(r"\bmean\b|\*\*", case["expr"]) else Decimal(0)


def same(got, expected, slack):
    if got is None or expected is None:
        return got is expected
    if got["type"] != expected["type"]:
        return False
    if got["type"] == "list":
        items = got["items"], expected["items"]
        return len(items[0]) == len(items[1]) and all(same(*pair, slack) for pair in zip(*items))
    if got["type"] == "number":
        return abs(Decimal(got["value"]) - Decimal(expected["value"])) <= slack
    if got["type"].endswith("duration"):
        return months_or_seconds(got["value"]) == months_or_seconds(expected["value"])
    return got["value"] == expected["value"]


def verdict(case, answer):
    expected = case["expected"]
    if "error" in answer:
        if expected is None:
            return "passed"
        return "failed"
    return "passed" if same(answer["got"], expected, slack_of(case)) else "failed"


def main(program, folder, exceptions):
    with open(exceptions, encoding="utf-8") as file:
        excused = {line.split("\t")[0] for line in file if line.strip() and not line.startswith("#")}
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with open(folder + "/cases.jsonl", encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    answers = run(program, folder + "/cases.jsonl")
    if len(answers) != len(cases):
        print(f"{len(cases)} cases, {len(answers)} answers")
        counts["failed"] += 1
    for case, answer in zip(cases, answers):
        result = verdict(case, answer)
        if case["id"] in excused:
            wrong_value = "got" in answer and result == "failed"
            result = "failed" if wrong_value or result == "passed" else "skipped"
        if result == "failed":
            print(f"FAILED {case['id']}: {case['expr']} expected {case['expected']}, got {answer}")
        counts[result] += 1
    with open(folder + "/reject.jsonl", encoding="utf-8") as file:
        rejects = [json.loads(line) for line in file]
    for case, answer in zip(rejects, run(program, folder + "/reject.jsonl")):
        refused = "error" in answer and answer["error"]["phase"] == "check" and answer["error"]["code"] != "E_UNSUPPORTED"
        counts["passed" if refused else "failed"] += 1
        if not refused:
            print(f"FAILED {case['id']}: {case['expr']} was not refused: {answer}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
