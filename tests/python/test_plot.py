"""Figures: what is drawn, in both languages, and what is said where a font or matplotlib is missing."""

import huzhu
import matplotlib
import numpy as np
import pytest
from huzhu import _plot

matplotlib.use("Agg")
NAMES = {"现行": {}, "每天 60 元": {"inpatient-allowance.daily_amount": 60}, "less": {"inpatient-allowance.first_paid_day": 4}}


@pytest.fixture(scope="module")
def people():
    return huzhu.population(n=40_000, seed=1, years=[2019, 2020])


@pytest.fixture(scope="module")
def english(people):
    names = {"baseline": {}, **{k: v for k, v in NAMES.items() if k == "less"}}
    return huzhu.simulate(people, names, by=["sex"], plans=["inpatient-allowance"])


@pytest.fixture
def font():
    if _plot.chinese_font() is None:
        pytest.skip("no font with Chinese: " + _plot.INSTALL)


def texts(figure):
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


def test_overview(english):
    figure = english.plot()
    drawn = [ax.get_title(loc="left") for ax in figure.axes if ax.get_visible()]
    assert drawn == [
        "Cost: inpatient-allowance",
        "Members who get more and less than under baseline",
        "Payments by amount",
        "Cost by year",
    ]
    assert "synthetic population" in texts(figure)


@pytest.mark.parametrize("kind", ["cost", "winners", "distribution", "budget"])
def test_each_kind(english, kind):
    figure = english.plot(kind)
    assert len(figure.axes) == 1
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())
    assert len(np.unique(pixels.reshape(-1, 4), axis=0)) > 50  # something is drawn


def test_bars_are_the_costs(english):
    bars = english.plot("cost").axes[0].patches
    assert [round(bar.get_width() * 1000, 2) for bar in bars] == [float(c) for c in english.costs["cost"]]


def test_sweep(people):
    grid = huzhu.sweep({"inpatient-allowance.daily_amount": [40, 60], "inpatient-allowance.first_paid_day": [1, 2]})
    result = huzhu.simulate(people, grid)
    [ax] = result.plot().axes
    assert len(ax.lines) == 3 and ax.get_xlabel() == "daily_amount"


def test_chinese(people, font, recwarn):
    figure = huzhu.simulate(people, NAMES, by=["sex"]).plot(lang="zh")
    figure.canvas.draw()
    assert not [w for w in recwarn if "missing from" in str(w.message)]  # a glyph that the font has not
    assert "合成人口" in texts(figure) and "每天 60 元 · 女" in texts(figure)


def test_chinese_names_ask_for_a_font(english, people, monkeypatch):
    monkeypatch.setattr(_plot, "chinese_font", lambda: None)
    assert english.plot("cost")  # no Chinese in it, no font needed
    with pytest.raises(huzhu.ArgumentError, match="no font with Chinese") as found:
        english.plot("cost", lang="zh")
    assert "fonts-noto-cjk" in found.value.hint
    with pytest.raises(huzhu.ArgumentError, match="no font with Chinese"):
        huzhu.simulate(people, NAMES).plot("cost")


def test_what_it_refuses(english, monkeypatch):
    with pytest.raises(huzhu.ArgumentError, match="no plot 'pie'"):
        english.plot("pie")
    with pytest.raises(huzhu.ArgumentError, match="no plan"):
        english.plot(plan="child-accident")
    with pytest.raises(huzhu.ArgumentError, match="no grid"):
        english.plot("sweep")
    monkeypatch.setattr(_plot.importlib, "import_module", lambda name: (_ for _ in ()).throw(ImportError(name)))
    with pytest.raises(huzhu.ArgumentError, match="need matplotlib"):
        english.plot()
