"""The catalogue of measures as one page of Markdown in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from sim.report.catalogue.audience import audience
from sim.report.catalogue.citations import citations
from sim.report.catalogue.graph_change import graph_change
from sim.report.catalogue.influence import influence_of_baseline, influence_of_reforms
from sim.report.catalogue.markdown import anchored, code, heading, link, table
from sim.report.catalogue.measured import effects_of, effects_table, headline
from sim.report.catalogue.mechanism import mechanism, operators_used
from sim.report.catalogue.provenance import costs_table, figures_table
from sim.report.catalogue.wording import Wording, step_names
from sim.report.content import content
from sim.report.labels import labels_of
from sim.report.numbers import percent
from sim.scenario.base import Language
from sim.scenario.catalogue import CatalogueEntry
from sim.scenario.reform import Reform
from sim.scenario.traffic import Experiment
from sim.study.catalogue import Catalogue
from sim.study.trials import Trial


def catalogue_page(
    catalogue: Catalogue, effects: pd.DataFrame, influence: pd.DataFrame, language: Language
) -> str:
    """Write the page.

    Args:
        catalogue: what the configuration says.
        effects: columns as in ``sim.study.trials``.
        influence: columns as in ``sim.study.influence``.
        language: of all texts.
    """
    names = sorted(catalogue.entries, key=lambda name: row_order(catalogue.entries[name].row))
    wordings = {name: _wording(catalogue, name, language) for name in names}
    wording = wordings[names[0]]
    blocks = [
        *_opening(catalogue, wording),
        heading(2, wording.say("contents")),
        _contents(names, catalogue, effects, wordings),
    ]
    for name in names:
        blocks += _entry(name, catalogue, effects, wordings[name])
    blocks += [heading(2, wording.say("influence")), _influence_opening(catalogue, wording)]
    baseline, *of_reforms = catalogue.surveys
    blocks += influence_of_baseline(baseline, influence, wording)
    blocks += influence_of_reforms(of_reforms, influence, wording)
    return "\n\n".join(blocks) + "\n"


def row_order(row: str) -> tuple[int, str]:
    """``2`` before ``12a`` before ``12b``; what is no row of the documents comes last."""
    digits = row.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (int(digits), row) if digits.isdecimal() else (10_000, row)


def _wording(catalogue: Catalogue, name: str, language: Language) -> Wording:
    """Words for one entry: labels of its home come first."""
    trial = catalogue.trials.get(name)
    points = [trial.without, trial.with_it] if trial else []
    homes = {survey.point.written.name: survey.point for survey in catalogue.surveys}
    labels = labels_of([*points, *homes.values()], language)
    known = {
        "workflow": {key: spec.label for key, spec in catalogue.workflows.items()},
        "reform": {key: reform.label for key, reform in catalogue.reforms.items()},
    }
    words = dict(labels.words)
    for vocabulary, entries in known.items():
        named = {key: str(getattr(label, language)) for key, label in entries.items()}
        words[vocabulary] = {**named, **words.get(vocabulary, {})}
    names = step_names(catalogue.workflows, catalogue.reforms, catalogue.reforms.get(name))
    return Wording(replace(labels, words=words), names)


def _opening(catalogue: Catalogue, wording: Wording) -> list[str]:
    delivered = [entry.delivered for entry in catalogue.entries.values()]
    counts = {
        "reforms": str(delivered.count("reform")),
        "measurements": str(delivered.count("measurement")),
        "governance": str(delivered.count("governance")),
    }
    experiment = next(iter(catalogue.trials.values())).without.scenario.experiment
    documents = [
        wording.say(
            "document",
            name=wording.word("document", key),
            title=wording.word("document_title", key),
        )
        for key in content()["words"]["document"]
    ]
    return [
        heading(1, wording.say("title")),
        wording.say("generated"),
        wording.say("what", **counts),
        wording.say("effects_of", **_experiment(experiment)),
        wording.say("documents_are"),
        "\n".join(documents),
    ]


def _experiment(experiment: Experiment) -> dict[str, str]:
    return {
        "replications": str(experiment.replications),
        "horizon": f"{experiment.horizon_days:g}",
        "warm_up": f"{experiment.warm_up_days:g}",
        "seed": str(experiment.seed),
        "confidence": percent(experiment.confidence, 0),
    }


def _contents(
    names: Sequence[str],
    catalogue: Catalogue,
    effects: pd.DataFrame,
    wordings: Mapping[str, Wording],
) -> str:
    wording = wordings[names[0]]
    keys = ("row", "measure", "documents", "operators", "delivered", "effect")
    rows = []
    for name in names:
        entry, trial = catalogue.entries[name], catalogue.trials.get(name)
        used = operators_used(catalogue.reforms[name]) if trial else ()
        rows.append(
            (
                entry.row,
                link(_name(name, catalogue, wording), f"#{name}"),
                _documents(entry, wording),
                wording.joined(wording.word("operator", operator) for operator in used),
                wording.word("delivered", entry.delivered),
                headline(effects_of(trial, effects), wordings[name]) if trial else "",
            )
        )
    return table([wording.say(key) for key in keys], rows)


def _name(name: str, catalogue: Catalogue, wording: Wording) -> str:
    label = catalogue.entries[name].label
    return wording.of(label) if label else wording.of(catalogue.reforms[name].label)


def _documents(entry: CatalogueEntry, wording: Wording) -> str:
    return citations(entry.documents, wording) or wording.say("not_in_documents")


def _entry(name: str, catalogue: Catalogue, effects: pd.DataFrame, wording: Wording) -> list[str]:
    entry = catalogue.entries[name]
    title = anchored(2, f"{entry.row} {_name(name, catalogue, wording)} ({code(name)})", name)
    if name in catalogue.trials:
        reform = catalogue.reforms[name]
        path = f"configs/reforms/{name}.yaml"
        ordered = citations(entry.documents, wording) or wording.basis(reform.source)
        return [
            title,
            wording.say("file", path=path, row=entry.row),
            wording.say("source", source=ordered),
            *_reform(reform, catalogue.trials[name], effects, wording),
        ]
    delivered = wording.word("delivered", entry.delivered)
    blocks = [
        title,
        wording.say("entry", row=entry.row, delivered=delivered),
        wording.say("source", source=_documents(entry, wording)),
        wording.of(entry.says) if entry.says else "",
    ]
    if entry.kpi:
        named = (
            f"{wording.labels.kpi(key)}{wording.say('bracketed', text=code(key))}"
            for key in entry.kpi
        )
        blocks.append(wording.say("see_kpis", kpis=wording.joined(named)))
    return blocks


def _reform(reform: Reform, trial: Trial, effects: pd.DataFrame, wording: Wording) -> list[str]:
    scenario = wording.of(trial.without.written.label)
    costs = costs_table(reform, wording)
    measured = wording.say("measured", scenario=scenario)
    required = list(trial.without.written.reforms)
    if required:
        named = wording.joined(wording.word("reform", name) for name in required)
        measured = wording.say("measured_with", scenario=scenario, reforms=named)
    return [
        *audience(reform, wording),
        heading(3, wording.say("mechanism")),
        *mechanism(reform, wording),
        heading(3, wording.say("graph", scenario=scenario)),
        *graph_change(trial, wording),
        heading(3, wording.say("parameters")),
        figures_table(reform, wording),
        *([heading(3, wording.say("costs")), costs] if costs else []),
        heading(3, measured),
        effects_table(effects_of(trial, effects), wording),
    ]


def _influence_opening(catalogue: Catalogue, wording: Wording) -> str:
    experiment = catalogue.surveys[0].point.scenario.experiment
    return wording.say("influence_of", **_experiment(experiment))
