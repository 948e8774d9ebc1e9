"""A reform that does nothing but make two pools one."""

from __future__ import annotations

from studies.interactions.experiment import Data


def pooling(pools: tuple[str, str], units: int, workflow: str) -> Data:
    """Return the reform, for scenarios that have the workflow.

    Args:
        pools: what becomes one.
        units: of the pool that comes out.
        workflow: of consignments.
    """
    label = {"en": "Pooled", "zh": "合并"}
    change = {"capacity": units, "assumption": True}
    pool = {"pools": list(pools), "into": "pooled", "label": label, "to": change}
    return {
        "label": label,
        "source": "docs/interactions.md",
        "order": 1,
        "workflows": [workflow],
        "adoption": {"share": 1.0, "assumption": True},
        "operators": [{"pool": pool}],
    }
