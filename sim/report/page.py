"""The report as one HTML page that needs nothing else."""

from collections.abc import Iterable, Sequence
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.report import numbers
from sim.report.assumptions import provenance
from sim.report.benefits import benefit_note, benefit_rows, best_benefit_line
from sim.report.cautions import cautions
from sim.report.configuration import as_yaml, differences, full
from sim.report.endings import ending
from sim.report.figures.critical_steps import critical_steps
from sim.report.figures_set import figures_set
from sim.report.flows import (
    flow_measures,
    flows_of,
    share_within,
    slowest_steps,
    stages_of,
    stream_kpis,
)
from sim.report.inline_svg import inline_svg
from sim.report.labels import Labels
from sim.report.periods import better_periods, variance_taken
from sim.report.pictures import Picture
from sim.report.point_labels import capitalised
from sim.report.process_maps import map_title, process_maps
from sim.report.results import Results
from sim.report.scoreboard import (
    EXAMINED,
    OVERALL,
    cost_basis,
    found_shares,
    greatest_gain,
    key_figures,
    nothing_changes,
    published_case,
    shown_points,
    verdict,
)
from sim.report.scorecard import score_note, score_rows
from sim.scenario.tariff import PAYERS
from sim.study.benefit import TOTAL
from sim.study.settings import Run
from sim.study.study import Study


def render_page(
    study: Study,
    run: Run,
    results: Results,
    labels: Labels,
    pictures: Sequence[Picture],
    waterfalls: Sequence[Picture] = (),
) -> str:
    """Fill the template; every sentence is in it. ``waterfalls`` show contributions of reforms."""
    template = _environment(results, labels).get_template("report.html.j2")
    points = shown_points(results)
    baseline = results.baseline.scenario
    flows = flows_of(results)
    maps = [picture for picture in pictures if picture.subject]
    return template.render(
        run=run,
        baseline=results.baseline,
        points=points,
        hidden=len(results.points) - len(points),
        key_figures=key_figures(results),
        fastest=greatest_gain(results, OVERALL),
        fastest_by_flow={
            flow: greatest_gain(results, f"{flow}.overall_clearance_time.mean") for flow in flows
        },
        case=published_case(study) or greatest_gain(results, EXAMINED),
        found_shares=found_shares(results),
        cautions=cautions(results, labels),
        periods=better_periods(study, results),
        variance_taken=variance_taken(study),
        flows=flows,
        has_exports=any("departure" in stages_of(results, group) for group in flows or ["all"]),
        flow_measures=flow_measures(results, flows),
        streams=stream_kpis(results),
        slowest=slowest_steps(results, results.baseline, flows),
        agencies=_agencies(results),
        overall=OVERALL,
        examined=EXAMINED,
        cost_basis=cost_basis(results),
        benefits=benefit_rows(study, results, labels),
        best_benefit=best_benefit_line(study, labels),
        benefit_note=benefit_note(study, labels),
        payers=(*PAYERS, TOTAL),
        scores=score_rows(study, labels),
        score_note=score_note(study, labels),
        critical=critical_steps(results, points),
        pictures={picture.name: picture for picture in pictures},
        waterfalls=waterfalls,
        maps=maps,
        maps_left_out=len(process_maps(points)) - len(maps),
        provenance=provenance(study.points),
        experiment=baseline.experiment,
        precision=study.precision,
        figures_set=figures_set(points, labels),
        configuration=as_yaml(full(results.baseline.written)),
        differences={
            point.name: as_yaml(differences(results.baseline.written, point.written))
            for point in points[1:]
        },
    )


def _environment(results: Results, labels: Labels) -> Environment:
    environment = Environment(
        loader=PackageLoader("sim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for function in (
        numbers.amount,
        numbers.change,
        numbers.interval,
        numbers.digits_for,
        numbers.percent,
        numbers.signed_percent,
        numbers.with_unit,
    ):
        environment.filters[function.__name__] = function
    environment.tests["known"] = results.has
    environment.filters["fill"] = _fill
    environment.filters["capitalised"] = capitalised
    environment.globals.update(
        results=results,
        labels=labels,
        verdict=partial(verdict, results),
        nothing_changes=partial(nothing_changes, results),
        stages_of=partial(stages_of, results),
        ending=partial(ending, results),
        share_within=partial(share_within, results),
        drawing=_drawing,
        map_title=map_title,
        and_differences=", with differences to the baseline" if results.others else "",
    )
    return environment


def _fill(words: Iterable[str], pattern: str) -> list[str]:
    """Keys made of a pattern with a gap, one for each word."""
    return [pattern.format(word) for word in words]


def _drawing(picture: Picture, alternative: str) -> Markup:
    return inline_svg(picture.svg, picture.name, alternative)


def _agencies(results: Results) -> list[str]:
    return list(dict.fromkeys(key.split(".")[1] for key in results.keys("detection.")))
