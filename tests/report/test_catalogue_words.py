"""What a reform does, in words of both languages."""

from typing import Any

import pytest
from catalogue_reforms import CANCEL, reform_of, wording_for

from sim.report.catalogue.audience import audience
from sim.report.catalogue.citations import citations
from sim.report.catalogue.mechanism import mechanism, operators_used
from sim.report.catalogue.provenance import costs_table, figures_table
from sim.report.content import content
from tests.builders import ASSUMED, LABEL

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
        {
            "set": {
                "steps": ["pay_duty", "release"],
                "to": {
                    "times": {"duration": 0.85, "rework": 0.5, **ASSUMED},
                    "at_most": {"documents": 1, "data_items": 25},
                },
            }
        },
        "Duty payment and Release: work multiplied by 0.85; sent back for correction multiplied by "
        "0.5; papers at most 1; data items at most 25.",
        "缴纳税费和放行：作业时间乘以0.85；退单修改乘以0.5；单证至多1；申报项目至多25。",
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
        "inspection rates of customs: multiplied by 0.75.",
        "海关查验率乘以0.75。",
    ),
    (
        {"parameter": {"key": "disruptions.surge.factor", "at_most": 1.25, **ASSUMED}},
        "surge of arrivals: at most 1.25.",
        "到港激增倍数至多为1.25。",
    ),
    (
        {"parameter": {"key": "agencies.customs.auditors", "at_least": 2, **ASSUMED}},
        "number of auditors, customs: at least 2.",
        "海关稽查人员数至少为2。",
    ),
    (
        {"parameter": {"key": "agencies.customs.scan", "to": None, **ASSUMED}},
        "scans of customs: taken away.",
        "取消海关机检。",
    ),
]


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
        "| Adoption | 40\N{NO-BREAK SPACE}% | assumption |",
        "| 1 | work: longest of theirs; data items 105 | assumption |",
        "| 2 | window visits 0 | assumption in part: Somebody |",
        "| 3 | work: lognormal, mean 2 h, coefficient of variation 0.5 | "
        "assumption in part: A study |",
    ]


def test_figures_and_values_without_words_stay_keys() -> None:
    reform = reform_of(
        {"parameter": {"key": "agencies.customs.hours", "to": "every_day", **ASSUMED}},
        {"parameter": {"key": "agencies.customs.unheard_of", "to": "unheard_of", **ASSUMED}},
        {"parameter": {"key": "tariff.fees.moving.waived_without_finding", "to": True, **ASSUMED}},
    )
    assert mechanism(reform, wording_for(reform, "zh"))[1].splitlines() == [
        "1. 海关工作时间设为“5+2”每日工作时间（无假日）。",
        "2. `agencies.customs.unheard_of`设为`unheard_of`。",
        "3. 查验没有问题时免收移柜费设为是。",
    ]


def test_items_of_a_document_stand_together() -> None:
    reform = reform_of(CANCEL)
    items = ("H-phase-2", "L4", "L17-19", "Z3(2)", "F4-next")
    assert citations(items, wording_for(reform)) == (
        "Heyuan 2015, stage of 2016-2017; Lianyungang 2018, item 4, items 17-19; "
        "Zhejiang 2004, part 3 (2); FTZ best practices 2017, case 4, next steps"
    )
    assert citations(items, wording_for(reform, "zh")) == (
        "河源2015中期（2016—2017年）；连云港2018第4条、第17—19条；浙江2004第三部分第2点；"
        "自贸试验区2017案例4（下一步工作思路）"
    )


def test_costs_are_in_a_table_where_there_are_any() -> None:
    free = reform_of(WORDS[0][0])
    assert costs_table(free, wording_for(free)) == ""
    item = {"label": LABEL, "payer": "port", "one_off": 1500000.0, "life_years": 8.0, "source": "B"}
    reform = reform_of(WORDS[0][0], cost={"works": item})
    assert costs_table(reform, wording_for(reform)).splitlines()[2] == (
        "| Anything | Port | B | 1,500,000 | 0 | 8 |"
    )
