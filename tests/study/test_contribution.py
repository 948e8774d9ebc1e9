"""Bundles that tell what each reform contributes, and the table of what it does."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.scenario.errors import InputError
from sim.study.contribution import Bundle, Contribution, contribution_table, parts_of
from sim.study.settings import Run, Settings
from sim.study.study import Study

FREE: dict[str, tuple[str, ...]] = {"a": (), "b": (), "c": ()}
TIME = "all.overall_clearance_time.mean"


@st.composite
def demands(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Reforms that require earlier ones, and some that are not of the bundle."""
    names = "abcdef"[: draw(st.integers(1, 6))]
    return {
        name: tuple(draw(st.sets(st.sampled_from([*names[:place], "outside"]))))
        for place, name in enumerate(names)
    }


def test_reforms_are_added_in_turn_and_taken_out_of_the_whole() -> None:
    first, second, third = parts_of("abc", FREE)
    assert (first.before, first.added, first.removed) == ((), ("a",), ("b", "c"))
    assert (second.before, second.added, second.removed) == (("a",), ("a", "b"), ("a", "c"))
    assert (third.added, third.removed) == (("a", "b", "c"), ("a", "b"))


def test_what_requires_a_reform_is_taken_out_with_it() -> None:
    first, second, third = parts_of("abc", {"a": (), "b": ("a",), "c": ("b",)})
    assert (first.removed, first.removed_with) == ((), ("b", "c"))
    assert (second.removed, second.removed_with) == (("a",), ("c",))
    assert third.removed_with == ()


def test_a_reform_before_one_it_requires_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        parts_of("ab", {"a": ("b",), "b": ()})
    assert str(caught.value) == (
        "reforms: 'a' requires 'b', which stands after it; reforms are added in the order they are "
        "listed"
    )


@given(demands())
def test_no_bundle_lacks_what_its_reforms_require(requires: dict[str, tuple[str, ...]]) -> None:
    names = tuple(requires)
    parts = parts_of(names, requires)
    for part in parts:
        for bundle in (part.before, part.added, part.removed):
            for reform in bundle:
                assert set(requires[reform]) & set(names) <= set(bundle)
        assert set(part.removed) | {part.reform, *part.removed_with} == set(names)
    assert len({(), *(part.added for part in parts), *(part.removed for part in parts)}) <= 2 * len(
        names
    )


def study_of(levels: dict[Bundle, np.ndarray], unit: str = "h") -> tuple[Contribution, Study]:
    names = {bundle: f"point{place}" for place, bundle in enumerate(levels)}
    rows = [
        (names[bundle], replication, TIME, value)
        for bundle, values in levels.items()
        for replication, value in enumerate(values)
    ]
    replications = pd.DataFrame(rows, columns=["scenario", "replication", "kpi", "value"])
    kpis = pd.DataFrame({"scenario": list(names.values()), "kpi": TIME, "unit": unit})
    nothing = pd.DataFrame()
    study = Study((), kpis, *(nothing,) * 4, replications, *(nothing,) * 2)
    run = Run((), Settings("serial", 1, Path()), ())
    return Contribution(run, parts_of(max(levels, key=len), FREE), names), study


LUCK = np.random.default_rng(3).normal(0, 1, (4, 5))
LEVELS: dict[Bundle, np.ndarray] = {
    (): 100 + LUCK[0],
    ("a",): 90 + LUCK[1],
    ("a", "b"): 88 + LUCK[2],
    ("b",): 97 + LUCK[3],
}


def test_differences_are_paired_by_replication() -> None:
    table = contribution_table(*study_of(LEVELS), [TIME], 0.95).set_index("reform")
    added = stats.ttest_1samp(LEVELS["a", "b"] - LEVELS[("a",)], 0)
    removed = stats.ttest_1samp(LEVELS["a", "b"] - LEVELS[("b",)], 0)
    row = table.loc["b"]
    assert row["added_difference"] == pytest.approx((LEVELS["a", "b"] - LEVELS[("a",)]).mean())
    assert row[["added_low", "added_high"]].tolist() == pytest.approx(
        list(added.confidence_interval(0.95))
    )
    row = table.loc["a"]
    assert row["removed_difference"] == pytest.approx((LEVELS["a", "b"] - LEVELS[("b",)]).mean())
    assert row[["removed_low", "removed_high"]].tolist() == pytest.approx(
        list(removed.confidence_interval(0.95))
    )
    assert row["n"] == 5


def test_what_is_added_sums_up_to_what_the_whole_does() -> None:
    table = contribution_table(*study_of(LEVELS), [TIME], 0.95)
    whole = LEVELS["a", "b"].mean() - LEVELS[()].mean()
    assert table["added_difference"].sum() == pytest.approx(whole)
    assert table["before"].iloc[1] == table["after"].iloc[0]
    assert table["after"].iloc[-1] == pytest.approx(LEVELS["a", "b"].mean())


def test_p_values_are_corrected_over_the_reforms() -> None:
    table = contribution_table(*study_of(LEVELS), [TIME], 0.95)
    raw = [
        stats.ttest_1samp(LEVELS[after] - LEVELS[before], 0).pvalue
        for before, after in (((), ("a",)), (("a",), ("a", "b")))
    ]
    smallest = min(raw)
    assert table["added_p_holm"].min() == pytest.approx(2 * smallest)


def test_a_share_differs_by_no_more_than_the_whole() -> None:
    levels = {(): np.array([0.0, 0.2]), ("a",): np.array([0.0, 1.0])}
    row = contribution_table(*study_of(levels, "1"), [TIME], 0.95).iloc[0]
    assert (row["added_low"], row["added_high"]) == (-1.0, 1.0)


def test_a_point_without_the_kpi_has_no_figure() -> None:
    contribution, study = study_of({bundle: LEVELS[bundle] for bundle in ((), ("a",))})
    gone = study.replications["scenario"] != contribution.names[("a",)]
    some = Study(
        (), study.kpis, *(study.benefits,) * 4, study.replications[gone], *(study.benefits,) * 2
    )
    row = contribution_table(contribution, some, [TIME], 0.95).iloc[0]
    assert np.isnan(row["added_difference"])
    assert row["n"] == 0
