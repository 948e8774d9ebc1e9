from sim.traffic.window import observation_window
from tests.builders import shipped

DAY = 86_400


def test_window_lies_between_warm_up_and_cool_down() -> None:
    window = observation_window(shipped("serial").experiment)
    assert (window.start, window.end, window.last) == (2 * DAY, 9 * DAY, 11 * DAY)


def test_parts_of_days_are_whole_seconds() -> None:
    scenario = shipped("serial", experiment__warm_up_days=0.3, experiment__horizon_days=1 / 7)
    window = observation_window(scenario.experiment)
    assert (window.start, window.end) == (25_920, 25_920 + 12_343)
