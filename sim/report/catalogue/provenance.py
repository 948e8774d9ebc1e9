"""Figures of a reform with where they come from, and what it costs."""

from collections.abc import Iterator

from sim.report.catalogue.markdown import code, table
from sim.report.catalogue.mechanism import sentence
from sim.report.catalogue.values import (
    changes_in_words,
    distribution_in_words,
    factors_in_words,
)
from sim.report.catalogue.wording import Wording
from sim.report.numbers import number, percent
from sim.scenario.base import Sourced
from sim.scenario.change import Parameter, StepFactors
from sim.scenario.duration import DurationFamily
from sim.scenario.provenance import sourced_blocks
from sim.scenario.reform import Adoption, MergedStep, Reform, SetStep

_OWN_WORDS = frozenset({"label", "party", "work"})


def figures_table(reform: Reform, wording: Wording) -> str:
    """Every block of figures but the costs: the sentence it belongs to, its key, what it says."""
    rows = []
    for place, block in _blocks(reform):
        section, _, rest = place.partition(".")
        operator = int(rest.partition(".")[0]) if section == "operators" else None
        rows.append(
            (
                "" if operator is None else str(operator + 1),
                code(place),
                _shown(block, operator, reform, wording),
                _basis(block, wording),
            )
        )
    return table([wording.say(key) for key in ("operator", "figure", "value", "basis")], rows)


def _blocks(reform: Reform) -> Iterator[tuple[str, Sourced | StepChange]]:
    yield "adoption", reform.adoption
    for number_of, operator in enumerate(reform.operators):
        key = f"operators.{number_of}"
        to = operator.set.to if isinstance(operator.set, SetStep) else None
        if to and (to.source or to.assumption):
            yield f"{key}.set.to", to
        yield from sourced_blocks(operator, key)


def _shown(
    block: Sourced | StepChange, operator: int | None, reform: Reform, wording: Wording
) -> str:
    match block:
        case Adoption():
            tiers = [
                f"{wording.word('tier', tier)} {percent(share, 0)}"
                for tier, share in block.by_tier.items()
            ]
            return wording.joined([percent(block.share, 0), *tiers])
        case Parameter() if operator is not None:
            return sentence(reform.operators[operator], reform, wording)
        case MergedStep():
            more = changes_in_words(block, wording, reform.workflows, _OWN_WORDS)
            work = wording.say("work_of", work=wording.say(block.work))
            return wording.say("semicolon").join(filter(None, (work, more)))
        case StepFactors():
            return wording.say("semicolon").join(factors_in_words(block, wording))
        case DurationFamily():
            return distribution_in_words(block, wording)
        case _:
            return changes_in_words(block, wording, reform.workflows)


def costs_table(reform: Reform, wording: Wording) -> str:
    """What it costs whom; nothing where it costs nothing."""
    if not reform.cost:
        return ""
    keys = ("cost", "payer", "basis", "one_off", "per_year", "life")
    rows = []
    for item in reform.cost.values():
        only = wording.joined(wording.word("workflow", name) for name in item.only)
        rows.append(
            (
                wording.of(item.label) + (wording.say("bracketed", text=only) if only else ""),
                wording.word("payer", item.payer),
                _basis(item, wording),
                number(item.one_off, 0),
                number(item.per_year, 0),
                f"{item.life_years:g}" if item.life_years else "",
            )
        )
    return table([wording.say(key) for key in keys], rows, numbers=3)


def _basis(block: Sourced | StepChange, wording: Wording) -> str:
    calibrated = block.calibrated_to if isinstance(block, Sourced) else None
    basis = block.source or calibrated or ""
    if not block.assumption:
        return basis
    return wording.say("assumed_in_part", basis=basis) if basis else wording.say("assumed")
