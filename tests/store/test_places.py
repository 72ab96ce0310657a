"""The desk's files lie in one folder of the user, practice apart from real cases."""

from pathlib import Path

import platformdirs
import pytest

from mediation_desk.store.places import data_folder, desk_store, fonts_folder, practice_store, rules_folder


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
