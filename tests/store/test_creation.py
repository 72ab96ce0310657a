"""A new store comes with its first contents, or not at all."""

from pathlib import Path

import pytest

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store.creation import new_store
from mediation_desk.store.database import open_store
from tests.desk import uid

pytestmark = pytest.mark.file_only


def fill(path: Path, *, stumble: bool = False) -> None:
    with new_store(path) as records:
        records.centre.add(Centre(uid=uid(1), name="示例街道综治中心"))
        if stumble:
            raise ZeroDivisionError


def test_a_new_store_holds_what_was_put_into_it(tmp_path: Path) -> None:
    fill(tmp_path / "desk.db")
    database = open_store(tmp_path / "desk.db")
    with database.reading() as records:
        assert records.centre.get().name == "示例街道综治中心"
    database.close()


def test_a_block_that_raises_leaves_no_file_and_its_name_free(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fill(tmp_path / "desk.db", stumble=True)
    assert list(tmp_path.iterdir()) == []
    fill(tmp_path / "desk.db")


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("别的文件", encoding="utf-8")
    with pytest.raises(CannotOpen, match="已经存在，没有改动它"):
        fill(tmp_path / "desk.db")
    assert (tmp_path / "desk.db").read_text(encoding="utf-8") == "别的文件"
