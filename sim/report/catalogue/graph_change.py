"""How a reform changes the arrows of the workflows of its home."""

from collections.abc import Iterable, Sequence

from sim.clearance.reforms import Rewriting
from sim.report.catalogue.markdown import difference
from sim.report.catalogue.wording import Wording
from sim.report.diagram import Diagram, without_shortcuts
from sim.report.process_maps import diagram_of
from sim.scenario.scenario import Scenario
from sim.study.trials import Trial

Edge = tuple[str, str]


def graph_change(trial: Trial, wording: Wording) -> list[str]:
    """For workflows that change alike, which they are, and a block of what goes and what comes."""
    after = trial.with_it.scenario
    alike: dict[str, list[str]] = {}
    for workflow in after.workflows:
        if after.reforms[trial.reform].rewrites(workflow):
            block = _block(trial, workflow, wording)
            alike.setdefault(block, []).append(wording.word("workflow", workflow))
    alike.pop("", None)
    if not alike:
        return [wording.say("no_arrow")]
    return [
        text
        for block, workflows in alike.items()
        for text in (wording.say("graph_of", workflows=wording.listed(workflows)), block)
    ]


def _block(trial: Trial, workflow: str, wording: Wording) -> str:
    before = _diagram(trial.without.scenario, workflow, wording)
    after = _diagram(trial.with_it.scenario, workflow, wording)
    gone = [edge for edge in before.edges if edge not in after.edges]
    come = [edge for edge in after.edges if edge not in before.edges]
    if not gone and not come:
        return ""
    return difference(_shown(gone, before), _shown(come, after))


def _diagram(scenario: Scenario, workflow: str, wording: Wording) -> Diagram:
    rewriting = Rewriting(scenario)
    graph = rewriting.workflow(workflow, rewriting.reforms(workflow))
    return without_shortcuts(diagram_of(graph, scenario, wording.labels))


def _shown(edges: Iterable[Edge], diagram: Diagram) -> list[str]:
    labels = {node.name: node.label for node in diagram.nodes}
    return [" → ".join(labels[name] for name in way) for way in ways(list(edges))]


def ways(edges: Sequence[Edge]) -> list[list[str]]:
    """Arrows joined to ways, each arrow in one of them."""
    left = list(dict.fromkeys(edges))
    found: list[list[str]] = []
    while left:
        ends = {end for _, end in left}
        way = list(next((edge for edge in left if edge[0] not in ends), left[0]))
        left.remove((way[0], way[1]))
        while following := next((edge for edge in left if edge[0] == way[-1]), None):
            left.remove(following)
            way.append(following[1])
        found.append(way)
    return found
