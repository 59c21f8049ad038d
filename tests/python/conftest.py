"""Shared by the tests of the Python package, which are run by run.sh against the wheel that is installed."""

import os
from pathlib import Path

import pytest

import huzhu

ROOT = Path(os.environ.get("HUZHU_ROOT", Path(__file__).resolve().parents[2]))
RULESET = ROOT / "rulesets" / "beijing"


@pytest.fixture(scope="session")
def rules() -> huzhu.Ruleset:
    return huzhu.load("beijing")


@pytest.fixture(scope="session")
def allowance(rules: huzhu.Ruleset) -> huzhu.Plan:
    return rules["inpatient-allowance"]


@pytest.fixture
def stay() -> dict[str, object]:
    return {
        "member": "M1",
        "cover": "C1",
        "cover_start": "2024-01-01",
        "cover_end": "2024-12-31",
        "admitted": "2024-01-08",
        "discharged": "2024-06-20",
        "hospital_level": 3,
        "cause": "illness",
    }


@pytest.fixture(scope="session")
def program() -> str:
    found = os.environ.get("HUZHU", str(ROOT / "build" / "bin" / "huzhu"))
    if not os.access(found, os.X_OK):
        pytest.fail(f"no program {found}: build it with cmake --build --preset release")
    return found
