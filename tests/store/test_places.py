"""The desk's files lie in one folder of the user, practice apart from real cases."""

from pathlib import Path

import platformdirs
import pytest

from mediation_desk.domain.errors import CannotOpen, CannotSave
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.places import (
    choose_store,
    chosen_store,
    data_folder,
    desk_store,
    fonts_folder,
    practice_store,
    rules_folder,
)

THERE = ServerAddress("data.example", "desk", "clerk")


def test_all_places_lie_in_the_folder_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / name)
    assert data_folder() == tmp_path / "mediation-desk"
    assert {desk_store(), practice_store(), fonts_folder(), rules_folder()} == {
        data_folder() / "desk.db",
        data_folder() / "practice.db",
        data_folder() / "fonts",
        data_folder() / "rules",
    }


def test_nothing_is_made_by_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / name)
    desk_store()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name, **_: tmp_path / name)
    return tmp_path / "mediation-desk"


def test_a_desk_works_with_its_own_file_until_another_store_is_chosen(folder: Path, tmp_path: Path) -> None:
    assert chosen_store() == desk_store()
    choose_store(THERE)
    assert chosen_store() == THERE
    choose_store(tmp_path / "别处.db")
    assert chosen_store() == tmp_path / "别处.db"
    choose_store(desk_store())
    assert chosen_store() == desk_store()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"store": 7}', '{"store": "mysql://a@b/c"}', "\udcff"])
def test_a_choice_that_cannot_be_read_opens_nothing_else(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "store.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CannotOpen):
        chosen_store()


def test_a_choice_that_cannot_be_kept_is_told(folder: Path) -> None:
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(CannotSave, match="没有改用别的数据"):
        choose_store(THERE)
