"""What the documents and statistics say, written down once more beside the shipped targets."""

from typing import NamedTuple


class Pinned(NamedTuple):
    """A target without its words."""

    kpi: str
    role: str
    form: str
    sense: str
    value: float
    scenarios: tuple[str, ...]


_JOINT = ("joint_inspection_recognition", "fujian_2017")
_BY_2018 = ("goal", "relative", "at_most", -0.3333, ("lianyungang_2017",))
_CHEAPER = ("goal", "difference", "at_most", -100.0, ("lianyungang_2017",))
_TWO_DAYS = ("goal", "level", "at_most", 48.0, ("lianyungang_2017",))
_NINGBO = ("goal", "level", "at_least", 0.95, ("ningbo_2003",))
_HANGZHOU = ("goal", "level", "at_least", 0.95, ("hangzhou_2003",))


def _put_in(kpi: str, value: float, *scenarios: str, sense: str = "equal") -> Pinned:
    return Pinned(kpi, "input", "level", sense, value, scenarios)


def _stage(kpi: str, role: str, hours: float, scenario: str) -> Pinned:
    return Pinned(kpi, role, "level", "equal", hours, (scenario,))


PUBLISHED: dict[str, dict[str, Pinned]] = {
    # Case 4: 13,609 consignments of 37,246 TEU, 1,151 of 8,072 TEU recognised, 40 %, 600 CNY, 50 %.
    "fujian_2017": {
        "clearance_time_twice": Pinned(
            "examined_twice.declaration_to_release.mean",
            "outcome", "relative", "equal", -0.40, _JOINT,
        ),
        "clearance_time": Pinned(
            "examined.declaration_to_release.mean", "outcome", "relative", "equal", -0.40, _JOINT
        ),
        "handling_saved": Pinned(
            "handled_twice.handling_fee_per_teu", "input", "difference", "equal", -600.0, _JOINT
        ),
        "movings": _put_in("handled_twice.movings_per_container", 1.0, *_JOINT),
        "unstuffings": _put_in("handled_twice.unstuffings_per_container", 1.0, *_JOINT),
        "data_items": _put_in(
            "quarantine_liable.data_items.mean", 105.0, "all_together", "fujian_2017"
        ),
        "joint_size": Pinned(
            "examined_twice.teu_per_consignment",
            "calibrated", "level", "equal", round(37_246 / 13_609, 3), _JOINT,
        ),
        "recognised_share": Pinned(
            "recognised_share", "outcome", "level", "equal", round(1_151 / 13_609, 4), _JOINT
        ),
        "recognised_teu_share": Pinned(
            "recognised_teu_share", "outcome", "level", "equal", round(8_072 / 37_246, 4), _JOINT
        ),
        "staff_time": Pinned(
            "examined_twice.inspector_hours.mean", "outcome", "relative", "equal", -0.50, _JOINT
        ),
        "site_area": _put_in("site_area", 20_000.0, "joint_inspection", "fujian_2017"),
    },
    "lianyungang_2017": {
        "moves_a_year": _put_in("liner_calls.boxes_per_year", 4.69e6 / 1.6, "lianyungang_2017"),
        "trains_a_day": _put_in("trains.arrivals_per_day", 1.825, "lianyungang_2017"),
        "boxes_by_train": _put_in("trains.boxes_per_year", 66_500 / 2, "lianyungang_2017"),
        "train_papers": _put_in("trains.documents.mean", 16.0, "lianyungang_2017"),
    },
    # Part 1 (3): sea and trains a third faster in 2018, US$100 a container cheaper than in 2017.
    "lianyungang_2018": {
        "sea_import_time": Pinned("sea_import.overall_clearance_time.mean", *_BY_2018),
        "sea_export_time": Pinned("sea_export.overall_clearance_time.mean", *_BY_2018),
        "rail_import_time": Pinned("rail_import.overall_clearance_time.mean", *_BY_2018),
        "rail_export_time": Pinned("rail_export.overall_clearance_time.mean", *_BY_2018),
        "transit_time": Pinned("sea_rail_transit.overall_clearance_time.mean", *_BY_2018),
        "sea_import_cost": Pinned("sea_import.cost.compliance.usd_per_box", *_CHEAPER),
        "sea_export_cost": Pinned("sea_export.cost.compliance.usd_per_box", *_CHEAPER),
        "rail_import_cost": Pinned("rail_import.cost.compliance.usd_per_box", *_CHEAPER),
        "rail_export_cost": Pinned("rail_export.cost.compliance.usd_per_box", *_CHEAPER),
    },
    # Part 1 (3): trains within two days; item 8: 85 %; item 11: 16 papers become at most 4.
    "lianyungang_2020": {
        "rail_import_hours": Pinned("rail_import.overall_clearance_time.mean", *_TWO_DAYS),
        "rail_export_hours": Pinned("rail_export.overall_clearance_time.mean", *_TWO_DAYS),
        "transit_hours": Pinned("sea_rail_transit.overall_clearance_time.mean", *_TWO_DAYS),
        "permits_without_visit": _put_in(
            "all.permits_without_visit_share", 0.85, "lianyungang_2020"
        ),
        "train_papers_left": _put_in(
            "trains.documents.mean", 4.0, "lianyungang_2020", sense="at_most"
        ),
    },
    # Part 1: what qualifies within 24 hours by sea, 10 by air, 8 in special zones.
    "zhejiang_2004": {
        "sea_imports_in_time": Pinned("sea_import.qualifying.time_in_port.within_24h", *_NINGBO),
        "sea_exports_in_time": Pinned(
            "sea_export.qualifying.overall_clearance_time.within_24h", *_NINGBO
        ),
        "air_imports_in_time": Pinned("air_import.qualifying.time_in_port.within_10h", *_HANGZHOU),
        "air_exports_in_time": Pinned(
            "air_export.qualifying.overall_clearance_time.within_10h", *_HANGZHOU
        ),
        "zone_imports_in_time": Pinned("zone_import.qualifying.time_in_port.within_8h", *_NINGBO),
    },
    "qingdao_2017": {
        "discharge_stage": _stage("all.stage.discharge.mean", "outcome", 8.3, "serial"),
        "preparation_stage": _stage("all.stage.preparation.mean", "calibrated", 81.4, "serial"),
        "clearance_stage": _stage("all.stage.clearance.mean", "outcome", 5.9, "serial"),
        "pickup_stage": _stage("all.stage.pickup.mean", "calibrated", 52.4, "serial"),
    },
    "qingdao_case": {
        name: _stage(kpi, role, hours, "qingdao_2017")
        for name, kpi, role, hours in (
            ("import_discharge", "sea_import.stage.discharge.mean", "outcome", 8.3),
            ("import_preparation", "sea_import.stage.preparation.mean", "calibrated", 81.4),
            ("import_clearance", "sea_import.stage.clearance.mean", "outcome", 5.9),
            ("import_pickup", "sea_import.stage.pickup.mean", "calibrated", 52.4),
            ("export_preparation", "sea_export.stage.preparation.mean", "calibrated", 24.9),
            ("export_clearance", "sea_export.stage.clearance.mean", "outcome", 0.4),
            ("export_after_release", "sea_export.stage.after_release.mean", "calibrated", 50.5),
            ("export_departure", "sea_export.stage.departure.mean", "outcome", 8.3),
            ("vessel_at_berth", "liner_calls.holds.berths.mean", "outcome", 25.7),
            ("vessel_in_port", "liner_calls.time_in_port.mean", "outcome", 43.2),
        )
    },
}  # fmt: skip
