"""What a run was asked for besides its points, as its manifest keeps it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.study.reproduction.best_record import BestRecord
from sim.study.reproduction.comparison_records import ComparisonRecord, ContributionRecord
from sim.study.reproduction.design_record import DesignRecord
from sim.study.reproduction.sensitivity_record import SensitivityRecord

Record = Annotated[
    ComparisonRecord | ContributionRecord | DesignRecord | BestRecord | SensitivityRecord,
    Field(discriminator="kind"),
]
