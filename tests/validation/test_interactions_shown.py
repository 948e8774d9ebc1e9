"""What docs/interactions.md says of its figures, on the committed tables they are drawn from."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.report.figures.style import house_style, png_bytes
from studies.interactions.catalogue import FULL, INTERACTIONS, ROOT
from studies.interactions.estimates import COLUMNS

PNG = b"\x89PNG"
Rows = pd.DataFrame


def committed(name: str) -> Rows:
    return pd.read_csv(INTERACTIONS[name].table, dtype={"x": str})


def shown(name: str, panel: str) -> Rows:
    """Committed estimates of a panel by series and place."""
    rows = committed(name)
    return rows[rows["panel"] == panel].set_index(["series", "x"]).sort_index()


@pytest.mark.parametrize("name", INTERACTIONS)
def test_each_has_its_table_its_figure_and_its_place_in_the_text(name):
    interaction = INTERACTIONS[name]
    rows = committed(name)
    assert tuple(rows.columns) == COLUMNS
    assert interaction.picture.read_bytes().startswith(PNG)
    text = (ROOT / "docs" / "interactions.md").read_text("utf-8")
    assert f"images/interactions/{name}.png" in text
    with house_style():
        assert png_bytes(interaction.draw(rows)).startswith(PNG)


@pytest.mark.slow
@pytest.mark.parametrize("name", INTERACTIONS)
def test_the_committed_tables_are_reproduced(name):
    found = INTERACTIONS[name].measure(FULL)
    found["x"] = found["x"].astype(str)
    pd.testing.assert_frame_equal(found, committed(name), check_exact=False, rtol=1e-6, atol=2e-6)


def test_joint_inspection_turns_from_faster_to_slower():
    shifts, officers = (shown("joint_inspection", panel) for panel in ("shifts", "officers"))
    assert (shifts.xs("7.5", level="x")["high"] < 0).all()
    assert (shifts.xs("1.0", level="x")["low"] > 0).all()
    assert (officers.xs("14.0", level="x")["high"] < 0).all()
    assert officers.loc[("strict", "10.0"), "low"] > 0
    few = officers.xs("10.0", level="x")
    assert few.loc["strict", "estimate"] > few.loc["greedy", "estimate"]


@pytest.mark.parametrize("panel", ["teams", "yards"])
def test_simulated_lines_follow_erlang(panel):
    """Within some twice the interval at 95 per cent, which is that at 99.9."""
    waits = shown("pooling", panel)
    for series in ("apart", "pooled"):
        found, exact = waits.loc[series], waits.loc[f"{series}_theory", "estimate"]
        reach = found["high"] - found["estimate"]
        assert ((found["estimate"] - exact).abs() < 2.3 * reach).all()


def test_a_smaller_yard_for_two_gains_only_where_they_were_loaded_unequally():
    waits = shown("pooling", "yards")["estimate"]
    gain = waits.loc["apart_theory"] - waits.loc["pooled_theory"]
    assert gain.iloc[-1] > 0 > gain.iloc[0]


def test_parallel_agencies_gain_the_shorter_part_and_less_with_shared_officers():
    parts = shown("parallel_agencies", "unhurried")["estimate"]
    assert parts["hours", "saved"] == parts["hours", "shorter"]
    assert parts["hours", "saved"] < min(parts["hours", "customs"], parts["hours", "quarantine"])
    lost = shown("parallel_agencies", "officers").loc["lost_by_sharing"]
    assert lost["low"].max() > 0


def test_advance_declaration_leaves_late_papers_and_examinations():
    saved = shown("advance_declaration", "saved").loc["saved"]
    assert saved.loc["late", "high"] < saved.loc["in_time", "low"]
    assert saved.loc["opened_booked_later", "estimate"] < saved.loc["opened", "estimate"]
    left = shown("advance_declaration", "left").loc["in_advance"]
    assert left.loc["opened", "low"] > left.loc["in_time", "high"]
    assert left.loc["late", "low"] > left.loc["in_time", "high"]


def test_longer_hours_help_weekend_arrivals_only_if_these_are_ready():
    more = shown("longer_hours", "weekend_more_than_midweek").xs("all", level="x")
    assert more.loc["declared_in_advance", "low"] > 0
    assert more.loc["prepared_after_arrival", "high"] < 0


def test_recognition_passes_more_at_a_cost_in_detection():
    gained = shown("mutual_recognition", "throughput").loc["gained"]
    assert gained.loc["5", "low"] > 0
    found = shown("mutual_recognition", "detection").loc["gained"]
    assert found.loc["customs", "high"] < 0
    assert found.loc["quarantine", "estimate"] == 0


def test_release_before_test_is_faster_and_finds_the_same_later():
    assert shown("release_before_test", "hours").loc[("saved", "to_release"), "low"] > 0
    found = shown("release_before_test", "found")["estimate"]
    assert found["after", "in_all"] == found["before", "in_all"] == found["after", "after_release"]
    assert found["before", "after_release"] == 0
    assert found["after", "after_gate_out"] > 0.5 * found["after", "in_all"]


def test_faster_officers_alone_do_not_halve_the_time():
    times = shown("preparation", "speed")
    assert times.loc[("simulated", "8.0"), "low"] > 0.85 * times.loc[("simulated", "1.0"), "high"]
    assert times.loc[("simulated", "8.0"), "low"] > times.loc[("rest", "8.0"), "estimate"]
    assert shown("preparation", "parties").loc[("share", "trader"), "low"] > 80


def test_trains_keep_what_their_boxes_gain():
    hours = shown("timetable", "hours")
    exports = hours.xs("rail_export.shipped", level="x")
    assert exports.loc["lost_to_the_timetable", "low"] > 0.8 * exports.loc["ready", "estimate"]
    with_room = hours.xs("sea_rail_transit.plenty", level="x")
    assert with_room.loc["lost_to_the_timetable", "low"] < 1
    shipped = hours.xs("sea_rail_transit.shipped", level="x")
    assert shipped.loc["lost_to_the_timetable", "low"] > 0
