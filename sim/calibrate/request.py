"""What a training is asked to do."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TrainingRequest:
    """Files and settings of a training.

    Attributes:
        training: examined declarations to learn from.
        validation: later examined declarations to judge the model by.
        tables: tables of declarations to score; their declarations are in one of the two files.
        model: name of the model; a table has its scores in the column ``score_<model>``.
        seed: of folds and trees.
        output: folder for the scored tables and the description of the model.
    """

    training: Path
    validation: Path
    tables: tuple[Path, ...]
    model: str
    seed: int
    output: Path
