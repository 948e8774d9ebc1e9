"""Values beyond ASCII as the grammar of overrides takes them."""

import pytest

from sim.command.configuration import build_run
from sim.command.quoting import quoted
from tests.command.runs import refusal


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hydra.run.dir=结果/设计", "hydra.run.dir='结果/设计'"),
        ("reforms=[a, ./改革.yaml,b]", "reforms=[a,'./改革.yaml',b]"),
        ("hydra.run.dir='结果'", "hydra.run.dir='结果'"),
        ('hydra.run.dir="it\'s 结果"', 'hydra.run.dir="it\'s 结果"'),
        ("compare=[serial,all_together]", "compare=[serial,all_together]"),
        ("store.path=~/modèles à part", "store.path='~/modèles à part'"),
        ("结果", "结果"),
    ],
)
def test_only_what_needs_quotes_gets_them(word: str, expected: str) -> None:
    assert quoted(word) == expected


def test_folders_may_have_names_in_any_script() -> None:
    words = ["scenario=serial", "hydra.run.dir=结果/设计", "store.path=仓库 1"]
    settings = build_run(words).settings
    assert settings.folder.as_posix() == "结果/设计"
    assert str(settings.store) == "仓库 1"


def test_a_folder_with_signs_of_the_grammar_is_to_be_quoted() -> None:
    assert refusal(["hydra.run.dir=out(1)"]).endswith(
        "; write it in quotes twice: \"hydra.run.dir='out(1)'\""
    )
