"""The catalogue of measures: its entries, their reforms, and what their effects are found from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario.catalogue import CatalogueEntry
from sim.scenario.reform import Reform
from sim.scenario.workflow import WorkflowSpec
from sim.study.influence import Survey
from sim.study.trials import Trial


@dataclass(frozen=True)
class Catalogue:
    """All that the pages of the catalogue are written from, but for what was measured.

    Attributes:
        entries: by name of the measure, in the order of the page.
        reforms: those delivered as reforms.
        trials: of the reforms.
        workflows: every shipped workflow as written.
        surveys: whose assumptions are ranked, in the order they are measured: baselines first.
    """

    entries: Mapping[str, CatalogueEntry]
    reforms: Mapping[str, Reform]
    trials: Mapping[str, Trial]
    workflows: Mapping[str, WorkflowSpec]
    surveys: tuple[Survey, ...]
