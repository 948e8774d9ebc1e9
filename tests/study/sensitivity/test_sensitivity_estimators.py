"""Estimators on functions whose indices are known, and laws of their places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.estimates import Sample
from sim.study.sensitivity.elementary_effects import elementary_effects, morris_table
from sim.study.sensitivity.noise import noise_share
from sim.study.sensitivity.places import one_at_a_time, pick_and_freeze, trajectories
from sim.study.sensitivity.ranking import BASE, pair_table, ranking_table
from sim.study.sensitivity.variance_shares import sobol_table

NAMES = ("a", "b", "c")


def _ishigami(places: np.ndarray) -> np.ndarray:
    """Ishigami & Homma 1990, with 7 and 0.1."""
    one, two, three = np.moveaxis(np.pi * (2 * places - 1), -1, 0)
    return np.asarray(np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


def test_sobol_indices_of_ishigami() -> None:
    table = sobol_table(NAMES, _ishigami(pick_and_freeze(3, 2048, 2017)), 0.95, 2017)
    found = table.set_index("figure")
    assert found["first"][list(NAMES)].tolist() == pytest.approx([0.3139, 0.4424, 0], abs=0.03)
    assert found["total"][list(NAMES)].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    for index in ("first", "total"):
        assert (found[f"{index}_low"] < found[index]).all()
        assert (found[index] < found[f"{index}_high"]).all()
    assert table["total"].is_monotonic_decreasing


def test_sobol_indices_of_a_product() -> None:
    """(1 + a)(1 + b) about its mean: shares known by hand; c does nothing."""
    places = pick_and_freeze(3, 1024, 5)
    found = sobol_table(NAMES, (1 + places[..., 0]) * (1 + places[..., 1]), 0.95, 1)
    own, both = 2.25 / 12, 1 / 144
    whole = 2 * own + both
    rows = found.set_index("figure")
    assert rows.loc["a", "first"] == pytest.approx(own / whole, abs=0.03)
    assert rows.loc["b", "total"] == pytest.approx((own + both) / whole, abs=0.03)
    assert rows.loc["c", "total"] == 0


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=6), st.integers(0, 99), st.booleans())
def test_elementary_effects_of_a_linear_function(
    slopes: list[float], seed: int, many_levels: bool
) -> None:
    places = trajectories(len(slopes), 4, 8 if many_levels else 4, seed)
    values = (places @ np.array(slopes))[:, :, None] + np.arange(3.0)
    effects = elementary_effects(places, values)
    expected = np.broadcast_to(np.array(slopes)[None, :, None], effects.shape)
    np.testing.assert_allclose(effects, expected, atol=1e-9)
    table = morris_table([str(one) for one in slopes], effects, 0.9, seed)
    assert table["mu_star"].tolist() == pytest.approx(sorted(map(abs, slopes))[::-1], abs=1e-9)
    assert table["sigma"].max() < 1e-9 and table["luck_error"].max() < 1e-9


def test_curved_effects_spread() -> None:
    places = trajectories(2, 30, 4, 1)
    values = places[..., :1] * places[..., 1:]
    table = morris_table(["a", "b"], elementary_effects(places, values), 0.95, 1)
    assert (table["sigma"] > 0.2).all()
    assert ((table["low"] < table["mu_star"]) & (table["mu_star"] < table["high"])).all()
    assert table["luck_error"].isna().all()


@given(st.integers(1, 7), st.integers(1, 5), st.sampled_from([2, 4, 6]), st.integers(0, 50))
def test_walks_stay_on_the_grid_and_move_each_figure_once(
    factors: int, number: int, levels: int, seed: int
) -> None:
    places = trajectories(factors, number, levels, seed)
    np.testing.assert_allclose(places * (levels - 1), np.round(places * (levels - 1)), atol=1e-9)
    assert places.min() >= 0 and places.max() <= 1
    steps = np.abs(np.diff(places, axis=1))
    np.testing.assert_allclose(steps.sum(axis=2), levels / (2 * (levels - 1)))
    assert ((steps > 0).sum(axis=1) == 1).all()


def test_one_at_a_time() -> None:
    expected = np.array([[0, np.nan], [1, np.nan], [np.nan, 0], [np.nan, 1]])
    np.testing.assert_array_equal(one_at_a_time(2), expected)


def test_noise_is_what_other_luck_would_change() -> None:
    luck = np.random.default_rng(3)
    points, shared = luck.normal(size=(400, 1)), luck.normal(size=(1, 10))
    assert noise_share(points + shared) == pytest.approx(0, abs=1e-12)
    noisy = points + shared + luck.normal(size=(400, 10))
    assert noise_share(noisy) == pytest.approx(0.1 / 1.1, rel=0.15)
    assert np.isnan(noise_share(points))


def _options(*levels: float) -> list[Sample]:
    luck = np.random.default_rng(1).normal(size=12)
    own = np.random.default_rng(2).normal(scale=0.1, size=(len(levels), 12))
    return [Sample("h", level + luck + row) for level, row in zip(levels, own, strict=True)]


def test_verdicts_of_a_ranking() -> None:
    values = {
        BASE: _options(5, 3, 4),
        ("staff", "down", "4"): _options(5, 4, 3),
        ("staff", "up", "6"): _options(5, 3, 3),
        ("fee", "up", "2"): _options(9, 3, 4),
    }
    table = ranking_table(["x", "y", "z"], values, "less", 0.95)
    verdicts = table.drop_duplicates(["figure", "end"]).set_index(["figure", "end"])["verdict"]
    assert verdicts.to_dict() == {
        ("", ""): "kept", ("staff", "down"): "overturned", ("staff", "up"): "tied",
        ("fee", "up"): "kept",
    }  # fmt: skip
    down = table[(table["figure"] == "staff") & (table["end"] == "down")].set_index("option")
    assert down["rank"].to_dict() == {"x": 3, "y": 2, "z": 1}
    assert down["standing"].to_dict() == {"x": "behind", "y": "best", "z": "ahead"}
    pairs = pair_table(["x", "y", "z"], values, "less", 0.95)
    told = pairs.set_index(["figure", "end", "first", "second"])["verdict"].to_dict()
    assert told["staff", "down", "y", "z"] == "swapped"
    assert told["staff", "up", "y", "z"] == "lost"
    assert told["fee", "up", "y", "z"] == "kept"


def test_more_is_better_turns_a_ranking_round() -> None:
    values = {BASE: _options(5, 3), ("staff", "down", "4"): _options(2, 3)}
    table = ranking_table(["x", "y"], values, "more", 0.95)
    assert table.loc[table["base_rank"] == 1, "option"].unique().tolist() == ["x"]
    assert table["verdict"].tolist() == ["kept", "kept", "overturned", "overturned"]


def test_a_move_that_ends_a_tie_decides_it() -> None:
    luck = np.array([0.0, 2.0, -2.0, 1.0, -1.0])
    even, moved = Sample("h", 10 + luck), ("x", "up", "2")
    clear = [even, Sample("h", 20 + luck + 0.1 * luck[::-1])]
    values = {BASE: [even, Sample("h", 10.1 - luck)], moved: clear}
    verdicts = ranking_table(["a", "b"], values, "less", 0.95).drop_duplicates("figure")["verdict"]
    assert verdicts.tolist() == ["tied", "decided"]


def test_luck_alone_overturns_no_ranking_in_hundreds_of_moves() -> None:
    luck = np.random.default_rng(11)
    names = [f"x{option}" for option in range(7)]
    moves = [BASE, *[(f"figure{number}", "up", "1") for number in range(150)]]
    values = {move: [Sample("h", row) for row in luck.normal(5, 1, (7, 10))] for move in moves}
    table = ranking_table(names, values, "less", 0.95)
    assert ((table["low"] > 0) | (table["high"] < 0)).sum() > 20
    assert set(table.loc[table["figure"] != "", "verdict"]) == {"tied"}
    others = table[table["base_rank"] > 1]
    assert (others["p_holm"] <= 1).all()
    assert table.loc[table["base_rank"] == 1, "p_holm"].isna().all()


def test_as_written_is_corrected_by_itself() -> None:
    values = {BASE: _options(5, 3, 4)}
    alone = ranking_table(["x", "y", "z"], values, "less", 0.95)
    values |= {(f"figure{number}", "up", "1"): _options(4, 4, 4) for number in range(20)}
    table = ranking_table(["x", "y", "z"], values, "less", 0.95)
    assert table.loc[:2, "p_holm"].tolist() == pytest.approx(alone["p_holm"].tolist(), nan_ok=True)
