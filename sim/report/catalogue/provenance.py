"""Figures of a reform with where they come from, and what it costs."""

from sim.report.catalogue.markdown import table
from sim.report.catalogue.mechanism import sentence
from sim.report.catalogue.values import (
    changes_in_words,
    distribution_in_words,
    factors_in_words,
)
from sim.report.catalogue.wording import Wording
from sim.report.numbers import number, percent
from sim.scenario.change import Parameter, StepFactors
from sim.scenario.duration import DurationFamily
from sim.scenario.provenance import Block, basis, sourced_blocks
from sim.scenario.reform import Adoption, MergedStep, Operator, Reform

_OWN_WORDS = frozenset({"label", "party", "work"})


def figures_table(reform: Reform, wording: Wording) -> str:
    """Every block of figures but the costs: the sentence it belongs to, what it says, its basis."""
    rows = [
        (
            wording.say("adoption"),
            _adoption(reform.adoption, wording),
            _basis(reform.adoption, wording),
        )
    ]
    for place, operator in enumerate(reform.operators):
        for key, block in sourced_blocks(operator):
            named = _part(key, wording)
            text = _shown(block, operator, reform, wording)
            rows.append((str(place + 1), f"{named}{text}", _basis(block, wording)))
    return table([wording.say(key) for key in ("operator", "value", "basis")], rows)


def _adoption(adoption: Adoption, wording: Wording) -> str:
    tiers = [
        f"{wording.word('tier', tier)} {percent(share, 0)}"
        for tier, share in adoption.by_tier.items()
    ]
    return wording.joined([percent(adoption.share, 0), *tiers])


def _part(key: str, wording: Wording) -> str:
    """What of a step a block is: its work, its rework; nothing where it is the step itself."""
    names = [name for name in key.split(".") if name in ("duration", "rework", "correction")]
    return "".join(wording.say("part", part=wording.word("field", name)) for name in names)


def _shown(block: Block, operator: Operator, reform: Reform, wording: Wording) -> str:
    match block:
        case Parameter():
            return sentence(operator, reform, wording)
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


def _basis(block: Block, wording: Wording) -> str:
    text = wording.basis(basis(block))
    if not block.assumption:
        return text
    return wording.say("assumed_in_part", basis=text) if text else wording.say("assumed")
