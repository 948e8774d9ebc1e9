"""What a workflow waits for in others, besides single steps: those on board, and places there."""

from collections.abc import Iterator

from sim.clearance.graph import Workflow
from sim.report.labels import Labels
from sim.scenario.scenario import Scenario

_ON_BOARD = "on board: "


def gathered_edges(workflow: Workflow) -> Iterator[tuple[str, str]]:
    """Arrows from milestones of all consignments on board to the steps that gather them."""
    for step in workflow.steps.values():
        for milestone in step.gathers:
            yield f"{_ON_BOARD}{milestone}", step.name


def slot_edges(workflow: Workflow, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Arrows from the cut-offs of conveyances to the steps that take the places they offer."""
    offers = [
        (slots, f"{name}.{step}")
        for name, spec in scenario.workflows.items()
        for step, content in spec.steps.items()
        for slots in content.offers
    ]
    for step in workflow.steps.values():
        taken = dict(step.takes)
        for slots, cut_off in offers:
            if slots in taken:
                yield cut_off, step.name


def outside_label(name: str, labels: Labels) -> str:
    """Label of a box for what happens in another workflow."""
    if name.startswith(_ON_BOARD):
        milestone = labels.word("milestone", name.removeprefix(_ON_BOARD))
        return labels.text("all_on_board", milestone=milestone)
    return labels.word("step", name)
