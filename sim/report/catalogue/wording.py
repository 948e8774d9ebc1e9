"""Words of the catalogue in one language: its own texts, and names of steps in any workflow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.report.catalogue.markdown import code
from sim.report.labels import Labels
from sim.report.scenario_labels import steps_made_by, steps_of_workflow
from sim.scenario.base import Label
from sim.scenario.reform import Reform
from sim.scenario.workflow import WorkflowSpec

StepNames = Mapping[tuple[str, str], Label]


@dataclass(frozen=True)
class Wording:
    """Texts, labels and names of steps.

    Attributes:
        labels: of the scenarios at hand.
        steps: labels of steps by workflow and name.
    """

    labels: Labels
    steps: StepNames

    def say(self, key: str, **gaps: str) -> str:
        """A text of the catalogue, with its gaps filled."""
        return self.labels.word("catalogue", key).format(**gaps)

    def word(self, vocabulary: str, key: str) -> str:
        """Label of a key of one vocabulary."""
        return self.labels.word(vocabulary, key)

    def knows(self, vocabulary: str, key: str) -> bool:
        """Whether a key of a vocabulary has a label."""
        return key in self.labels.words.get(vocabulary, {})

    def basis(self, text: str) -> str:
        """What a figure rests on, in the language where that is known."""
        return self.word("basis", text) if self.knows("basis", text) else text

    def of(self, label: Label) -> str:
        """A label in the language."""
        return str(getattr(label, self.labels.language))

    def listed(self, parts: Iterable[str], last: str = "and") -> str:
        """``a, b and c``."""
        *first, final = parts
        if not first:
            return final
        return f"{self.joined(first)}{self.say(last)}{final}"

    def joined(self, parts: Iterable[str]) -> str:
        """``a, b, c``."""
        return self.say("comma").join(parts)

    def step(self, name: str, workflows: Sequence[str]) -> str:
        """Name of a step of some workflows, or of the one it is named with."""
        named, _, bare = name.rpartition(".")
        found = [
            self.of(self.steps[workflow, bare])
            for workflow in ([named] if named else workflows)
            if (workflow, bare) in self.steps
        ]
        text = " / ".join(dict.fromkeys(found)) or code(name)
        return text + self.say("bracketed", text=self.word("workflow", named)) if named else text

    def each_step(self, names: Iterable[str], workflows: Sequence[str]) -> str:
        """Names of steps in a row."""
        return self.listed([self.step(name, workflows) for name in names])


def step_names(
    workflows: Mapping[str, WorkflowSpec], reforms: Mapping[str, Reform], own: Reform | None
) -> StepNames:
    """Labels of all steps, and of those that reforms make; where several make one, its own."""
    found: dict[tuple[str, str], Label] = {}
    for name, spec in workflows.items():
        for workflow, step, label in steps_of_workflow(name, spec):
            found[workflow, step] = label
    for reform in (*([own] if own else []), *reforms.values()):
        for workflow in reform.workflows:
            for operator in reform.operators:
                if operator.rewrites(workflow):
                    for _, step, label in steps_made_by(operator, workflow, ()):
                        found.setdefault((workflow, step), label)
    return found
