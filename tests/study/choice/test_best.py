"""The best of the points of a run, on figures known beforehand."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.command.best import build_question
from sim.scenario.errors import ExecutionError, InputError
from sim.study.choice.best import Best, find_best
from sim.study.choice.best_tables import candidate_table, choice_table, course_table
from sim.study.choice.question import BestQuestion, Indifference
from tests.study.choice.fake_runner import FOUND, TIME, FakeRunner
from tests.study.choice.sources import normals

NAMES = ["serial", "parallel_agencies", "joint_inspection", "all_together"]


@cache
def asked() -> BestQuestion:
    words = [f"compare=[{','.join(NAMES)}]", "experiment.replications=12", "executor=serial"]
    return build_question(words, lambda kpi: "less")


def question(**changes) -> BestQuestion:
    return replace(asked(), **changes)


def figures(means, found=(0.5, 0.5, 0.5, 0.5), seed=1) -> dict:
    """Hours of the four points, and the share of violations that customs find in each."""
    hours = normals(means, seed, shared=0.9)
    luck = np.random.default_rng(seed).normal(0, 0.01, 4000)
    return {
        TIME: dict(zip(NAMES, hours.values(), strict=True)),
        FOUND: {name: share + luck for name, share in zip(NAMES, found, strict=True)},
    }


def best_of(asked: BestQuestion, known: dict) -> Best:
    return find_best(asked, FakeRunner(known))


@pytest.mark.parametrize("procedure", ["kn", "kn++", "ocba"])
def test_the_best_is_chosen_and_estimated_on_replications_nobody_saw(procedure: str) -> None:
    known = figures([100, 98, 99, 90])
    best = best_of(question(procedure=procedure), known)
    assert best.selection.chosen == "all_together"
    judged = max(system.n for system in best.selection.systems)
    row = best.fresh.set_index("kpi").loc[TIME]
    fresh = known[TIME]["all_together"][judged : judged + 12]
    base = known[TIME]["serial"][judged : judged + 12]
    assert row["mean"] == pytest.approx(fresh.mean())
    assert row["difference"] == pytest.approx((fresh - base).mean())
    own = next(one for one in best.selection.systems if one.name == "all_together")
    assert (row["selection_mean"], row["selection_n"], row["n"]) == (own.mean, own.n, 12)


def test_a_share_is_one_of_the_level_of_the_baseline() -> None:
    known = figures([100, 98, 99, 90])
    assert best_of(question(), known).zone == pytest.approx(
        0.01 * known[TIME]["serial"][:10].mean()
    )
    assert best_of(question(indifference=Indifference(0.7, False)), known).zone == 0.7


def test_who_finds_fewer_violations_is_set_aside() -> None:
    known = figures([100, 98, 99, 90], found=(0.5, 0.5, 0.5, 0.4))
    best = best_of(question(), known)
    assert best.selection.chosen == "parallel_agencies"
    assert [system.name for system in best.set_aside] == ["all_together"]
    table = candidate_table(best).set_index("candidate")
    assert table.loc["all_together", "fate"] == "set_aside"
    assert table.loc["all_together", "fewer_found_by"] == "customs"
    assert table.loc["all_together", "fewer_found"] == pytest.approx(-0.1)
    assert best.fresh_fewer is None


def test_or_only_marked() -> None:
    known = figures([100, 98, 99, 90], found=(0.5, 0.5, 0.5, 0.4))
    best = best_of(question(detection="mark"), known)
    assert best.selection.chosen == "all_together"
    assert candidate_table(best).set_index("candidate").loc["all_together", "fate"] == "chosen"
    assert best.fresh_fewer is not None
    assert best.fresh_fewer.change == pytest.approx(-0.1)


def test_if_all_find_fewer_the_baseline_is_left() -> None:
    best = best_of(question(), figures([100, 98, 99, 90], found=(0.5, 0.3, 0.3, 0.4)))
    assert best.selection.chosen == "serial"
    row = best.fresh.set_index("kpi").loc[TIME]
    assert (row["difference"], row["difference_low"], row["difference_high"]) == (0, 0, 0)


def test_the_table_of_candidates() -> None:
    known = figures([100, 97.4, 97, 97.3])
    known[TIME]["all_together"] = known[TIME]["joint_inspection"]
    best = best_of(question(ceiling=40, indifference=Indifference(0.2, False)), known)
    table = candidate_table(best).set_index("candidate")
    assert list(table.index) == NAMES
    assert table["fate"].to_dict() == {
        "serial": "eliminated", "parallel_agencies": "eliminated", "joint_inspection": "chosen",
        "all_together": "equal",
    }  # fmt: skip
    assert table.loc["all_together", "eliminated_by"] == "joint_inspection"
    n = table.loc["serial", "n"]
    shared = known[TIME]["serial"][:n] - known[TIME]["joint_inspection"][:n]
    assert table.loc["serial", "behind"] == pytest.approx(shared.mean())
    assert table.loc["joint_inspection", "behind"] == 0
    course = course_table(best)
    assert course["spent"].is_monotonic_increasing
    assert course.iloc[-1]["candidate"] == "joint_inspection"
    assert course.iloc[-1]["spent"] == table["n"].sum()


def test_the_table_of_the_choice_says_how_sure_it_is() -> None:
    best = best_of(question(indifference=Indifference(0.2, False)), figures([100, 97.4, 97, 97.3]))
    (row,) = choice_table(best).to_dict("records")
    assert (row["chosen"], row["kpi"], row["procedure"]) == ("joint_inspection", TIME, "kn")
    assert (row["basis"], row["probability"], row["zone"]) == ("stated", 0.95, 0.2)
    assert (row["candidates"], row["set_aside"], row["left"]) == (4, 0, 1)
    assert row["spent"] == candidate_table(best)["n"].sum()


def test_workers_change_no_bit() -> None:
    known = figures([100, 99.8, 99.6, 99.5])
    few, many = (
        best_of(question(run=replace(run, settings=replace(run.settings, workers=workers))), known)
        for run in [asked().run]
        for workers in (1, 16)
    )
    pd.testing.assert_frame_equal(candidate_table(few), candidate_table(many), check_exact=True)
    pd.testing.assert_frame_equal(few.fresh, many.fresh, check_exact=True)


@pytest.mark.parametrize("fault", ["lacking", "failed"])
def test_what_was_only_run_ahead_is_judged_by_nobody(fault: str) -> None:
    known = figures([100, 99.8, 99.6, 99.5])
    narrow = question(indifference=Indifference(0.1, False))
    whole = best_of(narrow, known)
    unseen = max(system.n for system in whole.selection.systems) + 12
    chosen = []
    for workers in (1, 64):
        runner = FakeRunner({kpi: dict(by_point) for kpi, by_point in known.items()})
        if fault == "failed":
            runner.failed.add(("all_together", unseen))
        else:
            runner.figures[TIME]["all_together"] = known[TIME]["all_together"].copy()
            runner.figures[TIME]["all_together"][unseen] = np.nan
        settings = replace(asked().run.settings, workers=workers)
        run = replace(asked().run, settings=settings)
        best = find_best(replace(narrow, run=run), runner)
        chosen.append(best.selection)
    assert ("all_together", unseen) in runner.there
    assert chosen == [whole.selection] * 2


def test_a_failed_replication_ends_the_choice_at_its_turn() -> None:
    runner = FakeRunner(figures([100, 99.8, 99.6, 99.5]))
    runner.failed.add(("all_together", 10))
    with pytest.raises(ExecutionError, match="replication 10 of 'all_together' failed"):
        find_best(question(), runner)


def test_a_figure_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        best_of(question(kpi="all.overall_clearance_time.maen"), figures([1, 2, 3, 4]))
    assert str(caught.value) == (
        "kpi: no figure of a replication is called 'all.overall_clearance_time.maen'; "
        "did you mean 'all.overall_clearance_time.mean'?"
    )


def test_a_replication_without_the_figure() -> None:
    known = figures([1, 2, 3, 4])
    known[TIME]["joint_inspection"][7] = np.nan
    with pytest.raises(InputError) as caught:
        best_of(question(), known)
    assert str(caught.value) == (
        "kpi: 'joint_inspection' has no all.overall_clearance_time.mean in replication 7; choose "
        "a KPI that every replication has"
    )


def test_candidates_share_their_luck() -> None:
    words = ["-m", "scenario=serial,all_together", "experiment.seed=1,2", "executor=serial"]
    with pytest.raises(InputError, match=r"experiment.seed: 2 in .* compared in one run share it"):
        find_best(build_question(words, lambda kpi: "less"), FakeRunner({}))


def test_a_zone_of_nothing_is_refused() -> None:
    known = figures([0, 1, 1, 1])
    known[TIME]["serial"] = np.zeros(4000)
    with pytest.raises(InputError) as caught:
        best_of(question(), known)
    assert str(caught.value) == (
        "indifference: a share of 0 h is nothing; write it in the unit of the KPI"
    )
