"""Short cuts for tests of costs."""

from typing import Any

from sim.measure.cost.ledger import cost_lines
from sim.measure.observation import Observation
from tests.builders import ASSUMED, LABEL, constant, shipped_data, spec, tiny, workflow_spec


def fen_of(observation: Observation) -> dict[str, list[int]]:
    """Fen of each consignment by item; no item has two lines."""
    lines = cost_lines(observation)
    found = {line.item: line.fen.tolist() for line in lines}
    assert len(found) == len(lines)
    return found


def fee(per: str, amount: float = 10.0, *kinds: str, **fields: Any) -> dict[str, Any]:
    return {
        "label": LABEL,
        "payer": "trader",
        "amount": amount,
        "per": per,
        "kinds": list(kinds),
        **ASSUMED,
        **fields,
    }


def stay_charge(*bands: tuple[int, float], **fields: Any) -> dict[str, Any]:
    return {
        "label": LABEL,
        "payer": "trader",
        "stay": "yard",
        "per": "teu",
        "bands": [{"first": first, "rate": rate} for first, rate in bands],
        **ASSUMED,
        **fields,
    }


def by_air_too(*changes: tuple[str, Any]) -> Any:
    """The scenario without luck with a second flow, of unit loads on flights; both take as long."""
    data = shipped_data("serial")["traffic"]
    sea = data["flows"]["sea_import"]
    air = {
        **sea,
        "workflow": "air_import",
        "arrives_by": "flights",
        "containers": {
            "unit": "unit_load",
            "mean_boxes": 1.0,
            "most_boxes": 4,
            "forty_foot_share": 0.0,
            **ASSUMED,
        },
        "goods": {**sea["goods"], "payload_kg": 400.0},
    }
    arrive = spec(
        trigger={"arrival_offset": constant(0.0)}, party="carrier", duration=constant(3.0)
    )
    pick_up = {"milestones": ["gate_out"], "duration": constant(80.0)}
    workflows = {
        "flight": workflow_spec("conveyance", land=arrive) | {"mode": "air"},
        "air_import": workflow_spec(
            "consignment",
            unload=spec("flight.land", milestones=["discharge"], duration=constant(0.0)),
            declare=spec("unload", milestones=["lodgement", "release"]),
            pick_up=spec("declare", kind="pickup", **pick_up),
        )
        | {"mode": "air"},
    }
    return tiny(
        *((f"workflows.{name}", workflow) for name, workflow in workflows.items()),
        (
            "traffic.conveyances.flights",
            {**data["conveyances"]["liner_calls"], "workflow": "flight"},
        ),
        ("traffic.flows.air_import", air),
        *changes,
    )
