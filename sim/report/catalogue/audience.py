"""For whom a reform is, how many adopt it, and how it stands to others."""

from sim.report.catalogue.values import condition_in_words
from sim.report.catalogue.wording import Wording
from sim.report.numbers import percent
from sim.scenario.reform import Eligibility, Reform


def audience(reform: Reform, wording: Wording) -> list[str]:
    """Lines on eligibility and adoption, workflows, and other reforms."""
    tiers = wording.joined(
        wording.say("tier_share", tier=wording.word("tier", tier), share=percent(share, 0))
        for tier, share in reform.adoption.by_tier.items()
    )
    lines = [
        wording.say(
            "for_whom",
            eligible=_eligible(reform.eligible, wording),
            share=percent(reform.adoption.share, 0),
            tiers=wording.say("bracketed", text=tiers) if tiers else "",
        ),
        wording.say(
            "workflows",
            workflows=wording.joined(wording.word("workflow", name) for name in reform.workflows),
        ),
    ]
    for relation in ("requires", "conflicts", "yields_to"):
        others = getattr(reform, relation)
        if others:
            named = wording.joined(wording.word("reform", name) for name in others)
            lines.append(wording.say(relation, reforms=named))
    return lines


def _eligible(eligible: Eligibility, wording: Wording) -> str:
    parts = [
        *(wording.word("mode", mode) for mode in eligible.modes),
        *(wording.word("direction", direction) for direction in eligible.directions),
        *(condition_in_words(condition, wording) for condition in eligible.when),
    ]
    found = [wording.say("all_of", conditions=wording.listed(parts))] if parts else []
    clauses = [
        wording.listed([condition_in_words(condition, wording) for condition in clause])
        for clause in eligible.any_of
    ]
    if clauses:
        found.append(wording.say("one_of", clauses=wording.say("or").join(clauses)))
    return wording.joined(found) or wording.say("everyone")
