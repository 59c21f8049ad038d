"""The examples of docs/python.md and docs/python-studies.md, in order, each page in one namespace."""

import doctest
import re

import pytest
from conftest import ROOT


@pytest.mark.parametrize("page", ["python.md", "python-studies.md"])
def test_page(page: str) -> None:
    text = (ROOT / "docs" / page).read_text()
    blocks = [(text.count("\n", 0, found.start(1)), found.group(1)) for found in re.finditer(r"```pycon\n(.*?)```", text, re.DOTALL)]
    assert len(blocks) > 7
    names: dict[str, object] = {}
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for line, block in blocks:
        test = parser.get_doctest(block, names, page, f"docs/{page}", line)
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert runner.failures == 0, "".join(said)
