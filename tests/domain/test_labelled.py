"""A word of the trade is a key for the store and a label for the eye."""

import json

import pytest

from mediation_desk.domain.labelled import Labelled


class Fruit(Labelled):
    APPLE = "apple", "苹果"


def test_a_word_is_its_key_and_shows_its_label() -> None:
    assert {"apple": 1}[Fruit.APPLE] == 1
    assert Fruit.APPLE.label == "苹果"


def test_a_word_is_found_by_its_key() -> None:
    assert Fruit("apple") is Fruit.APPLE


def test_a_word_is_written_as_its_key() -> None:
    assert json.dumps({"fruit": Fruit.APPLE}) == '{"fruit": "apple"}'
    assert f"{Fruit.APPLE}" == "apple"


def test_the_label_is_no_key() -> None:
    with pytest.raises(ValueError, match="苹果"):
        Fruit("苹果")
