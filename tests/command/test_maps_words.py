import pytest
from runs import names

from sim.command.maps import maps_request
from sim.scenario.errors import InputError


def test_a_language_stands_beside_the_words_of_a_run() -> None:
    runs, language = maps_request(["scenario=joint_inspection", "language=zh"])
    assert [names(run) for run in runs.by_place.values()] == [["serial", "joint_inspection"]]
    assert language == "zh"


def test_a_document_of_several_places_has_maps_of_each() -> None:
    runs, _ = maps_request(["scenario=zhejiang_2004"])
    assert {place: names(run) for place, run in runs.by_place.items()} == {
        "ningbo_2004": ["ningbo_2003", "ningbo_2004"],
        "hangzhou_2004": ["hangzhou_2003", "hangzhou_2004"],
    }


def test_maps_are_english_where_nothing_is_said() -> None:
    assert maps_request(["compare=[serial]"])[1] == "en"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["language=fr"], "language: unknown language 'fr'; allowed: en, zh"),
        (["language=en", "language=zh"], "language=zh: 'language' is given twice"),
    ],
)
def test_a_language_that_cannot_be_used_is_refused(words: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        maps_request(words)
    assert str(caught.value) == message
