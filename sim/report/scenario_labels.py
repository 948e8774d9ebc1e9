"""Labels that a scenario brings: of flows, conveyances, steps, agencies, pools, fees, reforms."""

from collections.abc import Iterator, Sequence

from sim.clearance.reforms import reform_order
from sim.scenario.base import Label
from sim.scenario.reform import Operator, SetStep
from sim.scenario.scenario import Scenario
from sim.scenario.tariff import Tariff
from sim.scenario.workflow import StepSpec, WorkflowSpec

Entry = tuple[str, str, Label]


def scenario_labels(scenario: Scenario) -> Iterator[Entry]:
    """Every label of a scenario: its vocabulary, its key, and itself; the first of a key holds."""
    for name, flow in scenario.traffic.flows.items():
        yield "group", name, flow.label
    for name, stream in scenario.traffic.conveyances.items():
        yield "stream", name, stream.label
    for name, agency in scenario.agencies.items():
        yield "agency", name, agency.label
    for name, workflow in scenario.workflows.items():
        yield "workflow", name, workflow.label
    for name, hours in scenario.hours.items():
        yield "hours", name, hours.label
    yield from _pool_labels(scenario)
    yield from _item_labels(scenario.tariff)
    for name, reform in scenario.reforms.items():
        yield "reform", name, reform.label
    yield from _step_labels(scenario)


def _item_labels(tariff: Tariff) -> Iterator[Entry]:
    for charges in (tariff.fees, tariff.box_fees, tariff.stay_charges):
        for name, charge in charges.items():
            yield "item", name, charge.label
    for name, fee in tariff.fees.items():
        waived = Label(en=f"{fee.label.en}, waived for the payer", zh=f"{fee.label.zh}（免收代付）")
        yield "item", f"{name}_waived", waived
    for name, rate in tariff.conveyance_hours.items():
        yield "item", f"{name}_hours", rate.label
    yield "item", "carrying", tariff.carrying.label
    yield "item", "area", tariff.area.label


def _pool_labels(scenario: Scenario) -> Iterator[Entry]:
    for name, facility in scenario.port.facilities.items():
        yield "pool", name, facility.label
    for name, slots in scenario.port.slots.items():
        yield "pool", name, slots.label
    for reform in scenario.reforms.values():
        for operator in reform.operators:
            if operator.pool:
                yield "pool", operator.pool.into, operator.pool.label


def _step_labels(scenario: Scenario) -> Iterator[Entry]:
    """Steps by ``workflow.step``, with the workflow's label where there are several flows.

    A bare step name means the consignment's step where a conveyance has one of the same name.
    """
    steps = _steps(scenario)
    several = len({flow.workflow for flow in scenario.traffic.flows.values()}) > 1
    for workflow, name, label in steps:
        of_workflow = _within(label, scenario.workflows[workflow].label) if several else label
        yield "step", f"{workflow}.{name}", of_workflow
    for _, name, label in sorted(
        steps, key=lambda step: scenario.workflows[step[0]].case == "conveyance"
    ):
        yield "step", name, label


def _within(step: Label, workflow: Label) -> Label:
    return Label(en=f"{step.en} ({workflow.en})", zh=f"{step.zh}（{workflow.zh}）")


def _steps(scenario: Scenario) -> list[Entry]:
    """Workflow, name and label of every step that there is or that a reform makes."""
    steps = [
        entry
        for workflow, spec in scenario.workflows.items()
        for entry in steps_of_workflow(workflow, spec)
    ]
    for reform in reform_order(scenario):
        for workflow in scenario.reforms[reform].workflows:
            for operator in scenario.reforms[reform].operators:
                if workflow in scenario.workflows and operator.rewrites(workflow):
                    steps += list(steps_made_by(operator, workflow, steps))
    return steps


def steps_of_workflow(workflow: str, spec: WorkflowSpec) -> Iterator[Entry]:
    """Workflow, name and label of every step as written."""
    for name, step in spec.steps.items():
        yield from _of_step(workflow, name, step)


def _of_step(workflow: str, name: str, step: StepSpec) -> Iterator[Entry]:
    yield workflow, name, step.label
    if step.rework:
        yield workflow, _correction(name), step.rework.label


def _correction(step: str) -> str:
    return f"{step}_correction"


def steps_made_by(operator: Operator, workflow: str, steps: Sequence[Entry]) -> Iterator[Entry]:
    """Steps that an operator makes of those there are; a merged one is corrected as a part was."""
    if operator.merge:
        yield workflow, operator.merge.into, operator.merge.to.label
        known = {(place, name): label for place, name, label in steps}
        for part in operator.merge.steps:
            label = known.get((workflow, _correction(part)))
            if label:
                yield workflow, _correction(operator.merge.into), label
    if operator.add:
        yield from _of_step(workflow, operator.add.step, operator.add.spec)
    rework = operator.set.to.rework if isinstance(operator.set, SetStep) else None
    if isinstance(operator.set, SetStep) and rework and rework.label:
        for name in operator.set.names:
            yield workflow, _correction(name), rework.label
