"""The scenario: everything that determines a simulation but the replication number."""

from pydantic import Field

from sim.scenario.base import Label, Name, Strict, Text
from sim.scenario.disruption import Disruption
from sim.scenario.holiday import Holiday
from sim.scenario.hours import Hours
from sim.scenario.reform import Reform
from sim.scenario.resources import Agency, Port
from sim.scenario.target import Target
from sim.scenario.tariff import Tariff
from sim.scenario.traffic import Experiment, Traffic
from sim.scenario.workflow import WorkflowSpec


class Scenario(Strict):
    """A port, its traffic and its rules, with the reforms in force.

    ``document`` is the policy document whose measures the scenario carries out, if it does.
    """

    name: Name
    label: Label
    description: Label
    baseline: Name | None = None
    document: Text | None = None
    hours: dict[Name, Hours]
    holidays: dict[Name, Holiday] = Field(default_factory=dict)
    port: Port
    agencies: dict[Name, Agency]
    traffic: Traffic
    workflows: dict[Name, WorkflowSpec]
    reforms: dict[Name, Reform] = Field(default_factory=dict)
    disruptions: dict[Name, Disruption] = Field(default_factory=dict)
    tariff: Tariff
    targets: dict[Name, Target] = Field(default_factory=dict)
    experiment: Experiment
