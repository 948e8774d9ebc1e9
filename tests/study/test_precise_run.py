"""Replications of all scenarios until a rule stops, by a runner that has figures ready."""

from collections.abc import Iterable

import numpy as np
import pytest

from sim.measure.kpi import Kpi
from sim.measure.measure import Measures
from sim.scenario.errors import InputError
from sim.study.intervals import t_interval
from sim.study.precision.precise_run import Reached, replicate_until_precise
from sim.study.precision.rules import Asked, HalfWidth, HoadRobinsonDavies
from sim.study.quantiles import sectioned_quantiles
from sim.study.replication import Replication

RANDOM = np.random.default_rng(9)
TIMES = {"base": RANDOM.normal(100, 30, 200), "reformed": RANDOM.normal(80, 10, 200)}
HOURS = {name: RANDOM.exponential(50, (200, 80)) for name in TIMES}


class Ready:
    """Runs nothing, but refuses to read what was not wanted."""

    def __init__(self) -> None:
        self.wanted: set[tuple[str, int]] = set()

    def expect(self, wanted: Iterable[tuple[str, int]]) -> None:
        """Nothing is found."""

    def run(self, wanted: Iterable[tuple[str, int]]) -> None:
        self.wanted |= set(wanted)

    def replications(self, name: str, numbers: Iterable[int]) -> list[Replication]:
        return [self._replication(name, number) for number in numbers]

    def values(self, name: str, kpi: str, numbers: Iterable[int]) -> np.ndarray:
        kpis = [result.measures.kpis for result in self.replications(name, numbers)]
        return np.array([one.value for row in kpis for one in row if one.key == kpi])

    def _replication(self, name: str, number: int) -> Replication:
        assert (name, number) in self.wanted
        kpis = [Kpi("time.mean", "h", TIMES[name][number]), Kpi("nothing", "1", float("nan"))]
        if name == "reformed":
            kpis.append(Kpi("kept.share", "1", 0.5))
        observed = {"all.time": (3600 * HOURS[name][number]).astype(np.int32)}
        return Replication(Measures(tuple(kpis), observed))


def reached(rule: str = "half_width", ceiling: int = 200, **kpis: Asked) -> tuple[Reached, Ready]:
    runner = Ready()
    asked = {key.replace("__", "."): value for key, value in kpis.items()}
    if rule == "half_width":
        precision = HalfWidth(rule=rule, kpis=asked, minimum=6, batch=5, ceiling=ceiling)
    else:
        precision = HoadRobinsonDavies(
            rule=rule, kpis=asked, minimum=3, batch=5, look_ahead=5, ceiling=ceiling
        )
    return replicate_until_precise(runner, list(TIMES), precision, 0.95), runner


def half_width(name: str, number: int) -> float:
    interval = t_interval(TIMES[name][:number], 0.95)
    return (interval.high - interval.low) / 2


@pytest.mark.parametrize("rule", ["half_width", "hoad_robinson_davies"])
def test_all_scenarios_have_what_was_asked_for(rule: str) -> None:
    found, runner = reached(rule, time__mean=Asked(absolute=8.0))
    table = found.table.set_index("scenario")
    assert not found.by_ceiling
    assert table["is_met"].all()
    for name in TIMES:
        assert table.loc[name, "half_width"] == half_width(name, found.replications) <= 8.0
        assert table.loc[name, "n"] == found.replications
    assert max(half_width(name, found.since - 1) for name in TIMES) > 8.0 or rule == "half_width"
    assert {(name, found.replications - 1) for name in TIMES} <= runner.wanted


def test_it_stops_at_the_first_batch_that_is_precise_enough() -> None:
    found, runner = reached(time__mean=Asked(relative=0.1))
    earlier = found.replications - 5
    shares = [half_width(name, earlier) / TIMES[name][:earlier].mean() for name in TIMES]
    assert max(shares) > 0.1
    assert len(runner.wanted) == 2 * found.replications


def test_the_ceiling_stops_it_and_is_told() -> None:
    found, runner = reached(ceiling=14, time__mean=Asked(absolute=8.0))
    assert (found.replications, found.by_ceiling, found.since) == (14, True, None)
    assert found.table.set_index("scenario")["is_met"].tolist() == [False, True]
    assert len(runner.wanted) == 28


def test_a_look_ahead_that_meets_the_ceiling_is_not_over() -> None:
    whole, _ = reached("hoad_robinson_davies", time__mean=Asked(absolute=8.0))
    cut, _ = reached("hoad_robinson_davies", whole.replications - 1, time__mean=Asked(absolute=8.0))
    assert cut.by_ceiling
    assert cut.since == whole.since
    assert cut.table["is_met"].all()


def test_a_quantile_has_the_interval_of_its_sections() -> None:
    found, _ = reached(all__time__p90=Asked(relative=0.1))
    row = found.table.set_index("scenario").loc["base"]
    pooled, sections = sectioned_quantiles(
        [hours.astype(np.int32) / 3600 for hours in 3600 * HOURS["base"][: found.replications]], 0.9
    )
    interval = t_interval(sections, 0.95, pooled)
    assert row["estimate"] == pytest.approx(pooled)
    assert row["half_width"] == pytest.approx((interval.high - interval.low) / 2)
    assert (row["unit"], row["asked_as"]) == ("h", "relative")


def test_a_kpi_that_only_some_have_is_asked_of_them() -> None:
    found, _ = reached(kept__share=Asked(absolute=0.01))
    assert found.table["scenario"].tolist() == ["reformed"]
    assert found.replications == 6


def test_what_has_no_value_holds_nothing_up() -> None:
    found, _ = reached(nothing=Asked(absolute=0.01))
    assert (found.replications, found.by_ceiling) == (6, False)


def test_an_unknown_kpi_is_told_after_one_replication() -> None:
    runner = Ready()
    rule = HalfWidth(
        rule="half_width", kpis={"time.maen": Asked(relative=0.1)}, minimum=6, batch=5, ceiling=9
    )
    with pytest.raises(InputError) as caught:
        replicate_until_precise(runner, list(TIMES), rule, 0.95)
    assert str(caught.value) == (
        "precision.kpis: no scenario has a KPI 'time.maen'; did you mean 'time.mean'?"
    )
    assert runner.wanted == {("base", 0), ("reformed", 0)}
