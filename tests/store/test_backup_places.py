"""Where the back-ups of a store go."""

from pathlib import Path

import pytest

from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.store.backup import back_up, backups_folder, copy_to
from mediation_desk.store.backup_places import Places, all_backups, places_file, read_places, write_places
from tests.desk import NOW, Desk

STORE = "台账 desk.db"


@pytest.mark.parametrize("second", [None, Path("/media/U盘/备份")])
@pytest.mark.parametrize("folder", ["", "别处"])
def test_what_was_chosen_is_read_again(tmp_path: Path, folder: str, second: Path | None) -> None:
    store = tmp_path / STORE
    chosen = Places(folder=tmp_path / folder if folder else backups_folder(store), second=second)
    write_places(store, chosen)
    assert read_places(store) == chosen
    assert len(chosen.folders) == (2 if second else 1)


def test_where_nobody_chose_they_lie_beside_the_store(tmp_path: Path) -> None:
    assert read_places(tmp_path / STORE) == Places(folder=tmp_path / "backups")


@pytest.mark.parametrize("told", ["", "[]", '{"folder": ""}'])
def test_choices_that_are_lost_are_told(tmp_path: Path, told: str) -> None:
    places_file(tmp_path / STORE).write_text(told, encoding="utf-8")
    read = read_places(tmp_path / STORE)
    assert read.folder == tmp_path / "backups"
    assert "重新选择" in read.trouble


def test_where_they_cannot_be_kept_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="备份位置没有保存"):
        write_places(tmp_path / "gone" / STORE, Places(folder=tmp_path))


@pytest.mark.file_only
def test_all_back_ups_are_listed_wherever_they_lie(desk: Desk, tmp_path: Path) -> None:
    store = desk.database.path
    assert store is not None
    write_places(store, Places(folder=tmp_path, second=tmp_path / "U盘"))
    (tmp_path / "U盘").mkdir()
    backup = back_up(desk.database, tmp_path, reason=BackupReason.ASKED, now=NOW, pause=0)
    copy = copy_to(backup, tmp_path / "U盘", pause=0)
    assert sorted(all_backups(store), key=lambda each: each.folder) == [backup, copy]
