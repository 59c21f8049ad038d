"""The examples of docs/python.md, in order, in one namespace."""

import doctest
import re

from conftest import ROOT


def test_python_md() -> None:
    text = (ROOT / "docs" / "python.md").read_text()
    blocks = [(text.count("\n", 0, found.start(1)), found.group(1)) for found in re.finditer(r"```pycon\n(.*?)```", text, re.DOTALL)]
    assert len(blocks) > 12
    names: dict[str, object] = {}
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for line, block in blocks:
        test = parser.get_doctest(block, names, "python.md", "docs/python.md", line)
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert runner.failures == 0, "".join(said)
