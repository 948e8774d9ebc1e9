"""The reform language: operators on workflows, resources and figures, eligibility, adoption."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from sim.scenario.base import (
    Count,
    Label,
    Name,
    NonNegative,
    PoolName,
    Probability,
    Sourced,
    Strict,
    Text,
)
from sim.scenario.change import (
    Limits,
    Parameter,
    PoolChange,
    StepChange,
    check_changes_something,
    check_given_once,
)
from sim.scenario.reform_cost import ReformCost
from sim.scenario.resources import TIERS, Tier
from sim.scenario.workflow import (
    Condition,
    Direction,
    Mode,
    Party,
    StepRef,
    StepSpec,
    Trigger,
    Units,
)


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"'{name}' is given twice")
    return names


Distinct = AfterValidator(_distinct)
Steps = Annotated[tuple[Name, ...], Field(min_length=1), Distinct]


class Cancel(Strict):
    """Drop steps; what came before them now leads to what came after."""

    steps: Steps


class MergedStep(Sourced):
    """What a merged step takes from its parts and what is its own.

    ``work`` combines the parts' durations; counts replace the sums of the parts, those in
    ``at_most`` only where a sum is above. They hold where two or more parts concern a case: a case
    that only one part concerns meets just that part.
    """

    label: Label
    party: Party
    work: Literal["longest", "sum", "shortest"] = "longest"
    overhead_hours: NonNegative = 0
    takes: dict[PoolName, Units] | None = None
    returns: dict[PoolName, Units] | None = None
    documents: Count | None = None
    data_items: Count | None = None
    visits: Count | None = None
    at_most: Limits | None = None

    @model_validator(mode="after")
    def _counts_nothing_twice(self) -> Self:
        check_given_once(self.model_fields_set, self.at_most or (), "at_most")
        return self


class Merge(Strict):
    """Make one step of several; it may keep the name of one, by which other cases wait for it."""

    steps: Annotated[tuple[Name, ...], Field(min_length=2), Distinct]
    into: Name
    to: MergedStep


class Move(Strict):
    """Take steps, with the order among them, earlier or later, or past the arrival.

    ``after`` and ``trigger`` replace what the first of them waited for; ``before`` replaces what
    waited for the last of them, and what stood around them is then joined.
    """

    steps: Steps
    after: tuple[StepRef, ...] = ()
    before: tuple[Name, ...] = ()
    trigger: Trigger | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if not self.after and self.trigger is None:
            raise ValueError("'move' needs 'after' (steps) or 'trigger' (a time from arrival)")
        return self


class Parallelise(Strict):
    """Let branches that ran one after another start together; what followed waits for all."""

    branches: Annotated[tuple[Steps, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _has_each_step_once(self) -> Self:
        _distinct(tuple(name for branch in self.branches for name in branch))
        return self


class SetStep(Strict):
    """Replace, multiply or limit fields of a step, or alike of several."""

    step: Name | None = None
    steps: Steps | None = None
    to: StepChange

    @model_validator(mode="after")
    def _names_steps_once(self) -> Self:
        if (self.step is None) == (self.steps is None):
            found = "neither" if self.step is None else "both"
            raise ValueError(f"needs exactly one of 'step' and 'steps', given {found}")
        check_changes_something(self.to)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The steps it changes."""
        return self.steps or ((self.step,) if self.step else ())


class SetPool(Strict):
    """Replace fields of a pool."""

    pool: PoolName
    to: PoolChange

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        check_changes_something(self.to)
        return self


def _what_is_set(given: object) -> str:
    if isinstance(given, Mapping):
        return "SetPool" if "pool" in given and not {"step", "steps"} & set(given) else "SetStep"
    return type(given).__name__


Set = Annotated[
    Annotated[SetStep, Tag("SetStep")] | Annotated[SetPool, Tag("SetPool")],
    Discriminator(_what_is_set),
]


class Add(Strict):
    """Put a new step into the workflow."""

    step: Name
    spec: StepSpec
    before: tuple[Name, ...] = ()


class Pool(Strict):
    """Let pools become one."""

    pools: Annotated[tuple[PoolName, ...], Field(min_length=2), Distinct]
    into: Name
    label: Label
    to: PoolChange


_OPERATORS = ("cancel", "merge", "move", "parallelise", "set", "add", "pool", "parameter")


class Operator(Strict):
    """One operator; exactly one is given. ``only`` keeps it to some workflows of its reform.

    One that changes no workflow takes effect where the scenario has any of those in ``only``.
    """

    only: tuple[Name, ...] = ()
    cancel: Cancel | None = None
    merge: Merge | None = None
    move: Move | None = None
    parallelise: Parallelise | None = None
    set: Set | None = None
    add: Add | None = None
    pool: Pool | None = None
    parameter: Parameter | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.model_fields_set - {"only"}) != 1 or self.content is None:
            allowed = ", ".join(_OPERATORS)
            raise ValueError(f"an operator has exactly one of: {allowed}")
        return self

    @cached_property
    def content(
        self,
    ) -> Cancel | Merge | Move | Parallelise | SetStep | SetPool | Add | Pool | Parameter | None:
        """The operator itself."""
        found = [getattr(self, name) for name in _OPERATORS]
        return next((operator for operator in found if operator is not None), None)

    @cached_property
    def on_port(self) -> bool:
        """Whether it changes pools or a figure of the port rather than a workflow."""
        return isinstance(self.content, Pool | SetPool | Parameter)

    def rewrites(self, workflow: str) -> bool:
        """Whether it changes this workflow, if its reform does."""
        return not self.on_port and (not self.only or workflow in self.only)

    def concerns(self, workflows: Collection[str]) -> bool:
        """Whether it takes effect in a scenario that has these workflows."""
        return not self.only or any(workflow in workflows for workflow in self.only)


class Eligibility(Strict):
    """Which cases a reform is for: all of ``when`` and, if given, one clause of ``any_of``."""

    modes: tuple[Mode, ...] = ()
    directions: tuple[Direction, ...] = ()
    when: tuple[Condition, ...] = ()
    any_of: tuple[tuple[Condition, ...], ...] = ()

    @property
    def has_conditions(self) -> bool:
        """Whether it tells consignments of one flow from each other."""
        return bool(self.when or self.any_of)


class Adoption(Sourced):
    """Share of the eligible that take the reform up; a tier in ``by_tier`` has one of its own."""

    share: Probability
    by_tier: dict[Tier, Probability] = Field(default_factory=dict)

    @property
    def by_anybody(self) -> bool:
        """Whether any share is above 0."""
        return any(self._shares())

    @property
    def by_everybody(self) -> bool:
        """Whether all shares are 1."""
        return all(share == 1 for share in self._shares())

    def _shares(self) -> list[float]:
        return [self.by_tier.get(tier, self.share) for tier in TIERS]


class Reform(Strict):
    """A reform: what it does to workflows, resources and figures, for whom, on which conditions.

    Reforms are applied in rising ``order``, then by name, whatever order they are listed in. One
    rewrites those of its ``workflows`` that the scenario has, which must be one at least.
    A case that takes up a reform named in ``yields_to`` does not take up this one. What is named in
    ``requires`` must be in force, and be taken up by the case too unless it is under conditions.
    """

    label: Label
    source: Text
    order: Annotated[int, Field(strict=True, ge=0, le=999)]
    workflows: Annotated[tuple[Name, ...], Field(min_length=1), Distinct]
    eligible: Eligibility = Eligibility()
    adoption: Adoption
    cost: dict[Name, ReformCost] = Field(default_factory=dict)
    requires: tuple[Name, ...] = ()
    conflicts: tuple[Name, ...] = ()
    yields_to: tuple[Name, ...] = ()
    operators: Annotated[tuple[Operator, ...], Field(min_length=1)]

    def rewrites(self, workflow: str) -> bool:
        """Whether it has an operator on this workflow."""
        return workflow in self.workflows and any(
            operator.rewrites(workflow) for operator in self.operators
        )
