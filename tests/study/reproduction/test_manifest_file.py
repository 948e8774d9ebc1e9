"""The files of a folder beside those that its manifest lists."""

from pathlib import Path

from sim.study.reproduction.manifest_file import Manifest, foreign_files


def test_files_that_are_not_of_the_run(tmp_path: Path) -> None:
    for name in ("kpis.csv", "figures/x.png", "extra.csv", "figures/mine.png", ".hidden",
                 "manifest.json", "log.jsonl"):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    manifest = Manifest.model_construct(files={"kpis.csv": "0", "figures/x.png": "1"})
    assert foreign_files(manifest, tmp_path) == ["extra.csv", "figures/mine.png"]
