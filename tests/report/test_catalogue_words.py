"""What a reform does, in words of both languages."""

from functools import cache
from itertools import pairwise
from math import nan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.catalogue.audience import audience
from sim.report.catalogue.graph_change import graph_change, ways
from sim.report.catalogue.measured import effects_table, headline
from sim.report.catalogue.mechanism import mechanism, operators_used
from sim.report.catalogue.page import row_order
from sim.report.catalogue.provenance import costs_table, figures_table
from sim.report.catalogue.wording import Wording, step_names
from sim.report.content import content
from sim.report.labels import labels_of
from sim.scenario.base import Language
from sim.scenario.reform import Reform
from sim.scenario.validate import build_scenario
from sim.study.settings import Point
from sim.study.trials import COLUMNS, Trial
from tests.builders import ASSUMED, LABEL, shipped_data

LOGNORMAL = {"dist": "lognormal", "mean": 2.0, "cv": 0.5, **ASSUMED}
MERGED = {
    "label": {"en": "One declaration", "zh": "一次申报"},
    "party": "trader",
    "work": "longest",
    "data_items": 105,
    **ASSUMED,
}
NEW = {
    "label": {"en": "Note", "zh": "通知"},
    "party": "customs",
    "kind": "release",
    "after": ["release"],
    "uses": {"customs.reviewers": 1},
    "duration": {"dist": "constant", "value": 0.1, **ASSUMED},
}
WORDS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"cancel": {"steps": ["collect_equipment_receipt", "pay_duty"]}},
        "Equipment receipt and Duty payment: no longer done.",
        "取消领取设备交接单和缴纳税费。",
    ),
    (
        {
            "merge": {
                "steps": ["declare_quarantine", "declare_customs"],
                "into": "declare_once",
                "to": MERGED,
            }
        },
        "Quarantine declaration and Customs declaration become one step, One declaration, done by "
        "Trader; its work is the longest of theirs; data items 105.",
        "报检和报关归并为一次申报，由企业办理，作业时间取最长者；申报项目为105。",
    ),
    (
        {"move": {"steps": ["pay_duty"], "after": ["declare_customs"], "before": ["release"]}},
        "Duty payment: moved, now after Customs declaration, before Release.",
        "缴纳税费：前推后移，改在报关之后、在放行之前。",
    ),
    (
        {"move": {"steps": ["manifest"], "trigger": {"ahead": True, "arrival_offset": LOGNORMAL}}},
        "Manifest: moved, not earlier than a time before the arrival (lognormal, mean 2 h, "
        "coefficient of variation 0.5).",
        "舱单传输：前推后移，不早于到港前（对数正态分布，均值2小时，变异系数0.5）。",
    ),
    (
        {"parallelise": {"branches": [["declare_quarantine", "pay_duty"], ["declare_customs"]]}},
        "Side by side instead of one after another: Quarantine declaration → Duty payment beside "
        "Customs declaration.",
        "串联改并联：报检 → 缴纳税费 与 报关。",
    ),
    (
        {"set": {"step": "release", "to": {"visits": 0, "uses": {}, "when": ["not dutiable"]}}},
        "Release: officers and facilities none; only for not dutiable goods; window visits 0.",
        "放行：人员与设施为无；适用于为非应税货物；窗口往返为0。",
    ),
    (
        {"set": {"pool": "gate_lanes", "to": {"capacity": 8, **ASSUMED}}},
        "Gate lanes: number 8.",
        "闸口车道：数量为8。",
    ),
    (
        {"add": {"step": "note", "spec": NEW, "before": ["pick_up"]}},
        "New step Note, done by Customs, after Release, before Pick-up and gate-out; work: always "
        "0.1 h; officers and facilities Customs, reviewers 1.",
        "新增通知，由海关办理，在放行之后，在提离出闸之前；作业时间：固定0.1小时；"
        "人员与设施为海关审单人员 1。",
    ),
    (
        {
            "pool": {
                "pools": ["customs_site", "quarantine_site"],
                "into": "one_site",
                "label": LABEL,
                "to": {"capacity": 50, **ASSUMED},
            }
        },
        "Customs examination bays and Quarantine examination bays become one: Anything; number 50.",
        "海关查验场地和检验检疫查验场地合并为任意；数量为50。",
    ),
    (
        {"parameter": {"key": "agencies.customs.selection.rate", "times": 0.75, **ASSUMED}},
        "`agencies.customs.selection.rate` is multiplied by 0.75.",
        "`agencies.customs.selection.rate` 乘以 0.75。",
    ),
    (
        {"parameter": {"key": "agencies.customs.scan", "to": None, **ASSUMED}},
        "`agencies.customs.scan` is taken away.",
        "取消 `agencies.customs.scan`。",
    ),
]


def reform_of(*operators: dict[str, Any], **fields: Any) -> Reform:
    return Reform.model_validate(
        {
            "label": LABEL,
            "source": "Test",
            "order": 50,
            "workflows": ["sea_import"],
            "adoption": {"share": 0.4, **ASSUMED},
            "operators": operators,
            **fields,
        }
    )


@cache
def serial() -> Point:
    return Point("serial", build_scenario(shipped_data("serial")))


def wording_for(reform: Reform, language: Language = "en") -> Wording:
    names = step_names(serial().written.workflows, {}, reform)
    return Wording(labels_of([serial()], language), names)


@pytest.mark.parametrize(("operator", "english", "chinese"), WORDS)
def test_an_operator_has_its_sentence(operator: dict[str, Any], english: str, chinese: str) -> None:
    reform = reform_of(operator)
    assert mechanism(reform, wording_for(reform))[1] == f"1. {english}"
    assert mechanism(reform, wording_for(reform, "zh"))[1] == f"1. {chinese}"


def test_every_operator_has_a_sentence() -> None:
    used = [name for operator, _, _ in WORDS for name in operator]
    assert set(used) == set(content()["words"]["operator"])
    assert list(operators_used(reform_of(*(operator for operator, _, _ in WORDS)))) == list(
        dict.fromkeys(used)
    )


def test_sentences_stand_under_their_workflows_and_are_numbered_through() -> None:
    cancel, figure = WORDS[0][0], WORDS[-2][0]
    reform = reform_of(
        cancel,
        {"only": ["vessel_call"], **WORDS[5][0]},
        figure,
        workflows=["sea_import", "vessel_call"],
    )
    blocks = mechanism(reform, wording_for(reform))
    assert blocks[::2] == ["In every workflow:", "Vessel call:", "For the whole port:"]
    assert [block[:2] for block in blocks[1::2]] == ["1.", "2.", "3."]


def test_it_is_said_for_whom_a_reform_is() -> None:
    reform = reform_of(
        WORDS[0][0],
        eligible={
            "modes": ["sea"],
            "when": ["customs_selected"],
            "any_of": [["trusted", "not dutiable"], ["named_goods"]],
        },
        adoption={"share": 0.4, "by_tier": {"advanced_certified": 0.9}, **ASSUMED},
        requires=["b"],
        conflicts=["c", "d"],
    )
    assert audience(reform, wording_for(reform)) == [
        "**For whom.** only these: sea and selected by customs, and of these certified traders and "
        "not dutiable goods; or goods on the list; adopted by 40\N{NO-BREAK SPACE}% of these "
        "(advanced certified traders 90\N{NO-BREAK SPACE}%).",
        "**Workflows.** Sea import.",
        "**Requires** b.",
        "**Cannot stand beside** c, d.",
    ]


def test_figures_say_where_they_come_from() -> None:
    reform = reform_of(
        WORDS[1][0],
        {"set": {"step": "release", "to": {"visits": 0, "source": "Somebody", **ASSUMED}}},
        {"set": {"step": "pay_duty", "to": {"duration": {**LOGNORMAL, "source": "A study"}}}},
    )
    assert figures_table(reform, wording_for(reform)).splitlines()[2:] == [
        "|  | `adoption` | 40\N{NO-BREAK SPACE}% | assumption |",
        "| 1 | `operators.0.merge.to` | work: longest of theirs; data items 105 | assumption |",
        "| 2 | `operators.1.set.to` | window visits 0 | assumption in part: Somebody |",
        "| 3 | `operators.2.set.to.duration` | lognormal, mean 2 h, coefficient of variation 0.5 | "
        "assumption in part: A study |",
    ]


def test_costs_are_in_a_table_where_there_are_any() -> None:
    free = reform_of(WORDS[0][0])
    assert costs_table(free, wording_for(free)) == ""
    item = {"label": LABEL, "payer": "port", "one_off": 1500000.0, "life_years": 8.0, "source": "B"}
    reform = reform_of(WORDS[0][0], cost={"works": item})
    assert costs_table(reform, wording_for(reform)).splitlines()[2] == (
        "| Anything | Port | B | 1,500,000 | 0 | 8 |"
    )


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
    data["reforms"] = {"x": reform_of(WORDS[-2][0], adoption={"share": 1.0, **ASSUMED})}
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
    wording = wording_for(reform_of(WORDS[0][0]))
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
    reform = reform_of(WORDS[0][0])
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
