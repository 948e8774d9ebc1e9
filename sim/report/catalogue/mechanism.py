"""What a reform does, a sentence for each of its operators."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sim.report.catalogue.figure_names import figure_name, value_in_words
from sim.report.catalogue.markdown import numbered
from sim.report.catalogue.values import changes_in_words, in_words
from sim.report.catalogue.wording import Wording
from sim.scenario.change import Parameter
from sim.scenario.reform import (
    Add,
    Cancel,
    Merge,
    Move,
    Operator,
    Parallelise,
    Pool,
    Reform,
    SetPool,
    SetStep,
)
from sim.scenario.workflow import Trigger

Workflows = Sequence[str]
_OWN_WORDS = frozenset({"label", "party", "work"})


def mechanism(reform: Reform, wording: Wording) -> list[str]:
    """Blocks of sentences: for each run of operators on the same workflows, which, and what.

    Sentences are numbered as the operators are, from 1.
    """
    blocks, first = [], 1
    for place, run in groupby(reform.operators, lambda operator: _place(operator, reform)):
        sentences = [sentence(operator, reform, wording) for operator in run]
        blocks += [_opening(*place, reform, wording), numbered(sentences, first)]
        first += len(sentences)
    return blocks


def operators_used(reform: Reform) -> Iterator[str]:
    """Names of the operators of a reform, each once, in the order they come."""
    names = (next(iter(operator.model_fields_set - {"only"})) for operator in reform.operators)
    yield from dict.fromkeys(names)


def sentence(operator: Operator, reform: Reform, wording: Wording) -> str:
    """What one operator does."""
    _, workflows = _place(operator, reform)
    content = operator.content
    return _SENTENCES[type(content)](content, wording, workflows or reform.workflows)


def _place(operator: Operator, reform: Reform) -> tuple[bool, tuple[str, ...]]:
    if operator.on_port:
        return True, operator.only
    return False, tuple(name for name in reform.workflows if operator.rewrites(name))


def _opening(on_port: bool, workflows: Workflows, reform: Reform, wording: Wording) -> str:
    named = wording.listed([wording.word("workflow", name) for name in workflows or [""]])
    if on_port:
        return wording.say("port_of", workflows=named) if workflows else wording.say("whole_port")
    if len(workflows) > 1 and workflows == reform.workflows:
        return wording.say("in_all")
    return wording.say("in_some", workflows=named)


def _cancel(content: Cancel, wording: Wording, workflows: Workflows) -> str:
    return wording.say("cancel", steps=wording.each_step(content.steps, workflows))


def _merge(content: Merge, wording: Wording, workflows: Workflows) -> str:
    to = content.to
    return wording.say(
        "merge",
        steps=wording.each_step(content.steps, workflows),
        into=wording.of(to.label),
        party=wording.word("party", to.party),
        work=wording.say(to.work),
        more=_more(changes_in_words(to, wording, workflows, _OWN_WORDS), wording),
    )


def _move(content: Move, wording: Wording, workflows: Workflows) -> str:
    where = []
    if content.after:
        after = wording.each_step(content.after, workflows)
        where.append(wording.say("move_after", after=after))
    if content.before:
        before = wording.each_step(content.before, workflows)
        where.append(wording.say("move_before", before=before))
    if content.trigger:
        where.append(_trigger(content.trigger, wording))
    steps = wording.each_step(content.steps, workflows)
    return wording.say("move", steps=steps, where=wording.joined(where))


def _trigger(trigger: Trigger, wording: Wording) -> str:
    return wording.say(
        "move_trigger",
        side=wording.say("ahead" if trigger.ahead else "behind"),
        since=wording.say(trigger.since),
        time=in_words("time", trigger.arrival_offset, wording, ()),
    )


def _parallelise(content: Parallelise, wording: Wording, workflows: Workflows) -> str:
    branches = [
        " → ".join(wording.step(name, workflows) for name in branch) for branch in content.branches
    ]
    return wording.say("parallelise", branches=wording.say("beside").join(branches))


def _set_step(content: SetStep, wording: Wording, workflows: Workflows) -> str:
    changes = changes_in_words(content.to, wording, workflows)
    return wording.say("set", what=wording.each_step(content.names, workflows), changes=changes)


def _set_pool(content: SetPool, wording: Wording, workflows: Workflows) -> str:
    changes = changes_in_words(content.to, wording, workflows)
    return wording.say("set", what=wording.word("pool", content.pool), changes=changes)


def _add(content: Add, wording: Wording, workflows: Workflows) -> str:
    spec = content.spec
    after, before = spec.after, content.before
    where = wording.say("add_after", after=wording.each_step(after, workflows)) if after else ""
    if before:
        where += wording.say("add_before", before=wording.each_step(before, workflows))
    given = {
        name: getattr(spec, name)
        for name in ("uses", "takes", "returns", "when", "documents", "data_items", "visits")
        if getattr(spec, name)
    }
    more = wording.say("semicolon").join(
        wording.say(
            "change",
            field=wording.word("field", name),
            value=in_words(name, value, wording, workflows),
        )
        for name, value in given.items()
    )
    return wording.say(
        "add",
        step=wording.of(spec.label),
        party=wording.word("party", spec.party),
        where=where,
        duration=in_words("duration", spec.duration, wording, workflows),
        more=_more(more, wording),
    )


def _pool(content: Pool, wording: Wording, workflows: Workflows) -> str:
    return wording.say(
        "pool",
        pools=wording.listed([wording.word("pool", name) for name in content.pools]),
        into=wording.of(content.label),
        more=_more(changes_in_words(content.to, wording, workflows), wording),
    )


def _parameter(content: Parameter, wording: Wording, workflows: Workflows) -> str:
    proviso = wording.say("where_there") if content.where_there else ""
    named = figure_name(content.key, wording)
    if content.relative:
        relation, number = content.relative
        return wording.say(
            f"figure_{relation}",
            figure=named,
            number=f"{number:g}",
            proviso=proviso,
        )
    if content.to is None:
        return wording.say("removed", figure=named, proviso=proviso)
    value = value_in_words(content.to, wording)
    return wording.say("becomes", figure=named, value=value, proviso=proviso)


def _more(text: str, wording: Wording) -> str:
    return f"{wording.say('semicolon')}{text}" if text else ""


_SENTENCES: Mapping[type, Callable[[Any, Wording, Workflows], str]] = {
    Cancel: _cancel,
    Merge: _merge,
    Move: _move,
    Parallelise: _parallelise,
    SetStep: _set_step,
    SetPool: _set_pool,
    Add: _add,
    Pool: _pool,
    Parameter: _parameter,
}
