"""Reforms of the sea import and words for them, shared by tests of the catalogue."""

from functools import cache
from typing import Any

from sim.report.catalogue.wording import Wording, step_names
from sim.report.labels import labels_of
from sim.scenario.base import Language
from sim.scenario.reform import Reform
from sim.scenario.validate import build_scenario
from sim.study.settings import Point
from tests.builders import ASSUMED, LABEL, shipped_data

CANCEL = {"cancel": {"steps": ["collect_equipment_receipt", "pay_duty"]}}
FIGURE = {"parameter": {"key": "agencies.customs.selection.rate", "times": 0.75, **ASSUMED}}


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
