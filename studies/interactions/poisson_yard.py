"""A yard for which theory is exact: boxes come at random, each is examined by one of two teams.

The smallest scenario that is one: trucks by a Poisson stream, a box each, drawn towards customs or
quarantine by independent chances, exponential work, everybody there day and night.
"""

from __future__ import annotations

from studies.interactions.experiment import Data, scenario

_DEFINED = {"source": "Definition: a line of theory"}
_LABEL = {"en": "Line of theory", "zh": "理论排队"}
_TEAMS = {"customs": "manual_review", "quarantine": "not manual_review"}


def poisson_yard(
    per_hour: float, customs_share: float, mean_hours: float, pools: tuple[str, str]
) -> Data:
    """Return the data of the yard.

    Args:
        per_hour: boxes that come.
        customs_share: share of them that customs' team examines, the others quarantine's.
        mean_hours: of an examination.
        pools: what an examination by customs and by quarantine takes one unit of.
    """
    data = scenario("heyuan_2014")
    stream = data["traffic"]["conveyances"]["import_trucks"]
    stream["arrivals"] = {
        "kind": "profile",
        "per_day": 24 * per_hour,
        "hours": [1] * 24,
        **_DEFINED,
    }
    data["traffic"]["conveyances"] = {"import_trucks": stream}
    data["traffic"]["flows"] = {"road_import": data["traffic"]["flows"]["road_import"]}
    shares = data["traffic"]["reviews"]["manual_share"]
    data["traffic"]["reviews"]["manual_share"] = dict.fromkeys(shares, customs_share)
    for agency in data["agencies"].values():
        agency.update(hours="around_the_clock", role_hours={})
    data["workflows"] = {"truck": _truck(), "road_import": _box(mean_hours, pools)}
    return data


def _truck() -> Data:
    come = {"trigger": {"arrival_offset": _constant()}, **_step("carrier", "arrival")}
    return _workflow("conveyance", come=come)


def _box(mean_hours: float, pools: tuple[str, str]) -> Data:
    examinations = {
        f"examine_{agency}": {
            **_step(agency, "examination", "declare"),
            "when": [condition],
            "uses": {pool: 1},
            "duration": {"dist": "exponential", "mean": mean_hours, **_DEFINED},
        }
        for (agency, condition), pool in zip(_TEAMS.items(), pools, strict=True)
    }
    return {
        "direction": "import",
        **_workflow(
            "consignment",
            discharge=_reached("discharge", "truck.come"),
            declare=_reached("lodgement", "discharge"),
            **examinations,
            release=_reached("release", *examinations),
            pick_up=_reached("gate_out", "release"),
        ),
    }


def _workflow(case: str, **steps: Data) -> Data:
    return {"label": _LABEL, "mode": "road", "case": case, "steps": steps, **_DEFINED}


def _reached(milestone: str, *after: str) -> Data:
    return {**_step("port", "transport", *after), "milestones": [milestone]}


def _step(party: str, kind: str, *after: str) -> Data:
    return {
        "label": _LABEL,
        "party": party,
        "kind": kind,
        "after": list(after),
        "duration": _constant(),
    }


def _constant() -> Data:
    return {"dist": "constant", "value": 0.0, **_DEFINED}
