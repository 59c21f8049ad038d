"""The rules that the tests of Spark ask."""

import pytest

import huzhu


@pytest.fixture(scope="session")
def rules() -> huzhu.Ruleset:
    return huzhu.load("beijing")


@pytest.fixture(scope="session")
def allowance(rules: huzhu.Ruleset) -> huzhu.Plan:
    return rules["inpatient-allowance"]
