"""Levels of the KPIs of a made-up study, and factors on them by scenario."""

from collections.abc import Iterator, Sequence

from sim.study.settings import Point

STAGES = {"discharge": 8.3, "preparation": 81.4, "clearance": 13.0, "pickup": 52.4}
STATISTICS = {"mean": 1.0, "median": 0.86, "p90": 1.9, "p95": 2.4}

# Factors on the baseline, in the order of NAMES.
SAME = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
OVERALL = (1.0, 0.93, 0.99, 0.985, 0.80, 0.74)
EXAMINED = (1.0, 0.88, 0.70, 0.63, 0.99, 0.55)
TWICE = (1.0, 0.92, 0.55, 0.47, 1.0, 0.44)
ONCE = (1.0, 1.0, 0.50, 0.50, 1.0, 0.50)
DATA = (1.0, 1.0, 1.0, 1.0, 1.0, 0.72)
COST = (1.0, 0.985, 0.99, 0.985, 0.95, 0.92)
FOUND = (1.0, 1.0, 1.01, 0.97, 1.0, 0.97)

Row = tuple[str, str, float, Sequence[float]]


def rows_of(point: Point) -> list[Row]:
    """KPI, unit, level in the baseline, and a factor for each scenario; of a point's own pools."""
    return [*_times(), *_work(point), *_money(), *_others()]


def _times() -> Iterator[Row]:
    for group, overall, examined in (
        ("all", 103.0, OVERALL),
        ("examined", 141.0, OVERALL),
        ("examined_twice", 168.0, EXAMINED),
        ("unexamined", 95.0, OVERALL),
    ):
        for statistic, factor in STATISTICS.items():
            yield f"{group}.overall_clearance_time.{statistic}", "h", overall * factor, examined
            moves = {"discharge": SAME, "preparation": OVERALL, "clearance": EXAMINED}
            for stage, hours in STAGES.items():
                key = f"{group}.stage.{stage}.{statistic}"
                yield key, "h", hours * factor, moves.get(stage, SAME)
    hours_by_group = {"all": 13.2, "examined": 52.0, "examined_twice": 71.0, "unexamined": 6.1}
    for group, hours in hours_by_group.items():
        for statistic, factor in STATISTICS.items():
            yield f"{group}.declaration_to_release.{statistic}", "h", hours * factor, EXAMINED
    milestones = {
        "discharge": 8.3, "quarantine_lodgement": 78.0, "lodgement": 90.0, "document_check": 95.0,
        "other_agency_check": 88.0, "examination": 120.0, "duty_paid": 99.0, "release": 103.0,
        "gate_out": 155.0,
    }  # fmt: skip
    for milestone, hours in milestones.items():
        yield f"all.milestone.{milestone}.mean", "h", hours, OVERALL


def _work(point: Point) -> Iterator[Row]:
    steps = point.scenario.workflows["sea_import"].steps
    for place, (name, step) in enumerate(steps.items()):
        share = 0.12 if "not manual_review" not in step.when and step.when else 1.0
        yield f"step.{name}.share", "1", share, SAME
        for kind, hours in (("waiting", 1.5), ("working", 1.0), ("off_shift", 3.0)):
            yield f"step.{name}.{kind}", "h", hours * (1 + place % 5), OVERALL
        yield f"critical.{name}", "1", 0.4 / (1 + (place * 7) % 29), OVERALL
    for party, scale in {
        "carrier": 1,
        "port": 8,
        "trader": 40,
        "customs": 6,
        "quarantine": 9,
    }.items():
        yield f"critical.party.{party}", "1", scale / 64, SAME
        for kind, factor in (("waiting", 0.3), ("working", 0.6), ("off_shift", 1.1)):
            yield f"party.{party}.{kind}", "h", scale * factor, OVERALL
    for group, scale in {
        "all": 0.2,
        "examined": 1.2,
        "examined_twice": 2.0,
        "unexamined": 0.0,
    }.items():
        for measure in ("examinations", "movings", "unstuffings"):
            yield f"{group}.{measure}.mean", measure, scale * 1.7, ONCE
        yield f"{group}.inspector_hours.mean", "h", scale * 1.7, ONCE
        yield f"{group}.data_items.mean", "items", 73 + 96 * min(1, 0.3 + scale), DATA
        yield f"{group}.documents.mean", "documents", 21.0, DATA
        yield f"{group}.visits.mean", "visits", 6.5 + scale, DATA
    for pool, load in {
        "customs.reviewers": 0.35,
        "quarantine.examiners": 0.72,
        "berths": 0.61,
    }.items():
        yield f"pool.{pool}.utilisation", "1", load, EXAMINED
        yield f"pool.{pool}.busy_hours_per_day", "h/day", load * 100, EXAMINED
        yield f"pool.{pool}.overtime_hours_per_day", "h/day", load * 4, EXAMINED


def _money() -> Iterator[Row]:
    for payer, amount in {"trader": 5200, "carrier": 900, "port": 45, "government": 160}.items():
        yield f"cost.{payer}.per_teu", "CNY/TEU", amount, COST
    yield "cost.total.per_teu", "CNY/TEU", 6305, COST
    for item, amount in {
        "carrying": 2900, "terminal_handling": 640, "vessel_call_hours": 900, "storage": 60,
        "moving": 95, "unstuffing": 130, "visits": 210, "wages": 160, "detention": 12,
    }.items():  # fmt: skip
        yield f"cost.item.{item}.per_teu", "CNY/TEU", amount, COST
    yield "examined.cost.total.per_teu", "CNY/TEU", 8200, EXAMINED
    yield "examined_twice.cost.total.per_teu", "CNY/TEU", 9600, TWICE
    yield "handled_twice.handling_fee_per_teu", "CNY/TEU", 1200, ONCE


def _others() -> Iterator[Row]:
    for agency in ("customs", "quarantine"):
        yield f"detection.{agency}.inspection_rate", "1", 0.055, SAME
        yield f"detection.{agency}.hit_rate", "1", 0.071, FOUND
        yield f"detection.{agency}.found_per_thousand", "per 1,000", 4.1, FOUND
        yield f"detection.{agency}.missed_per_thousand", "per 1,000", 16.0, SAME
        yield f"detection.{agency}.found_share", "1", 0.205, FOUND
    yield "handled_twice.movings_per_container", "movings/box", 2.0, ONCE
    yield "quarantine_liable.data_items.mean", "items", 169.0, (1, 1, 1, 1, 1, 105 / 169)
    yield "recognised_share", "1", 0.09, (0, 0, 0, 1, 0, 1)
    yield "yard.teu.mean", "TEU", 5200, OVERALL
    yield "yard.teu.peak", "TEU", 8100, OVERALL
    yield "site_area", "m2", 26800, (1, 1, 20 / 26.8, 20 / 26.8, 1, 20 / 26.8)
    for count, number in {"consignments": 8400, "teu": 22900, "unfinished": 0}.items():
        yield count, count, number, SAME
    yield "something.nobody.named", "furlong", 3.0, SAME
