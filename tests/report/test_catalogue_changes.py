"""How a reform changes workflows, and what it was measured to do, as the catalogue shows them."""

from itertools import pairwise
from math import nan

import pandas as pd
from catalogue_reforms import CANCEL, FIGURE, reform_of, serial, wording_for
from hypothesis import given
from hypothesis import strategies as st

from sim.report.catalogue.graph_change import graph_change, ways
from sim.report.catalogue.measured import effects_table, headline
from sim.report.catalogue.page import row_order
from sim.report.content import content
from sim.scenario.validate import build_scenario
from sim.study.settings import Point
from sim.study.trials import COLUMNS, Trial
from tests.builders import ASSUMED, shipped_data


def trial_of(name: str) -> Trial:
    return Trial(name, (), serial(), Point(name, build_scenario(shipped_data(name))))


def test_a_block_shows_what_goes_and_what_comes() -> None:
    trial = trial_of("parallel_agencies")
    wording = wording_for(trial.with_it.written.reforms["parallel_agencies"])
    opening, block = graph_change(trial, wording)
    assert opening == "Sea import:"
    lines = block.splitlines()
    assert (lines[0], lines[-1]) == ("```diff", "```")
    assert "- Clearance form → Customs declaration" in lines
    assert {line[0] for line in lines[1:-1]} == {"-", "+"}


def test_a_reform_of_figures_changes_no_arrow() -> None:
    data = shipped_data("serial")
    data["reforms"] = {"x": reform_of(FIGURE, adoption={"share": 1.0, **ASSUMED})}
    data["reforms"]["x"] = data["reforms"]["x"].model_dump(exclude_unset=True)
    trial = Trial("x", (), serial(), Point("x", build_scenario(data)))
    assert graph_change(trial, wording_for(trial.with_it.written.reforms["x"])) == [
        "No arrow of a workflow changes."
    ]


EDGES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda edge: edge[0] < edge[1]),
    unique=True,
)


@given(EDGES)
def test_every_arrow_is_in_one_way(edges: list[tuple[int, int]]) -> None:
    named = [(f"s{start}", f"s{end}") for start, end in edges]
    found = [pair for way in ways(named) for pair in pairwise(way)]
    assert sorted(found) == sorted(named)


def effects(low: float, high: float) -> pd.DataFrame:
    kpi = "all.overall_clearance_time.mean"
    row = ("x", "serial", kpi, "h", 100.0, 80.0, -20.0, low, high, -0.2, 6, "sha")
    return pd.DataFrame([row], columns=COLUMNS)


def test_a_headline_says_where_an_effect_is_not_clear() -> None:
    wording = wording_for(reform_of(CANCEL))
    label = "Overall clearance time, all consignments, mean"
    unit = "\N{NO-BREAK SPACE}h"
    assert headline(effects(-25, -15), wording) == f"{label}: −20.0{unit}"
    assert headline(effects(-45, 5), wording) == f"{label}: not clear (−20.0{unit})"
    assert headline(effects(-25, -15).iloc[:0], wording) == ""
    assert headline(effects(0, 0), wording) == f"{label}: unchanged"
    shares = effects(-0.25, -0.15).assign(unit="1", difference=-0.2)
    assert headline(shares, wording).endswith("−20.0 pp")
    new = effects(nan, nan).assign(baseline=nan, difference=nan, relative=nan)
    assert headline(new, wording) == f"{label}: 80.0{unit}"
    assert effects_table(new, wording).endswith(f"| – | 80.0{unit} | – | – | – |")


def test_effects_are_in_a_table_with_their_intervals() -> None:
    reform = reform_of(CANCEL)
    shown = effects_table(effects(-25, -15), wording_for(reform)).splitlines()[2]
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == (
        "| Overall clearance time, all consignments, mean | 100.0 h | 80.0 h | −20.0 h | "
        "−25.0 to −15.0 | −20.0 % |"
    )
    chinese = effects_table(effects(-25, -15), wording_for(reform, "zh"))
    assert "−25.0 至 −15.0" in chinese
    nothing = effects_table(effects(0, 0).iloc[:0], wording_for(reform))
    assert "python run.py catalogue measure=effects" in nothing


def test_rows_are_in_the_order_of_the_documents() -> None:
    assert sorted(["–", "12b", "2", "12a", "10"], key=row_order) == ["2", "10", "12a", "12b", "–"]


def test_texts_of_both_languages_have_the_same_gaps() -> None:
    for vocabulary in ("catalogue", "distribution"):
        for key, texts in content()["words"][vocabulary].items():
            gaps = [
                sorted(part.split("}")[0] for part in text.split("{")[1:])
                for text in texts.values()
            ]
            assert gaps[0] == gaps[1], key
