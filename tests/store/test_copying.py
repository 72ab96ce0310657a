"""Files that are written whole or not at all."""

from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest

from mediation_desk.store.copying import PIECE, Stopped, copy_file, sha256_of, share, write_whole


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two pieces and a bit."""
    file = tmp_path / "原件.db"
    file.write_bytes(bytes(range(256)) * (2 * PIECE // 256) + b"bit")
    return file


def test_a_copy_is_the_same_and_its_way_is_told(file: Path, tmp_path: Path) -> None:
    told: list[float] = []
    digest = copy_file(file, tmp_path / "copy", pause=0, progress=told.append)
    assert (tmp_path / "copy").read_bytes() == file.read_bytes()
    assert digest == sha256_of(file, progress=told.append) == sha256(file.read_bytes()).hexdigest()
    assert told == [PIECE / (2 * PIECE + 3), 2 * PIECE / (2 * PIECE + 3), 1] * 2


def test_it_can_be_called_off(file: Path, tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        copy_file(file, tmp_path / "copy", stop=stop)
    with pytest.raises(Stopped):
        sha256_of(file, stop=stop)


def test_a_part_of_the_way_is_told_as_a_part() -> None:
    told: list[float] = []
    way = share(told.append, 0.5, 1)
    assert way is not None
    way(0)
    way(0.5)
    assert told == [0.5, 0.75]
    assert share(None, 0, 1) is None


def test_a_small_file_is_replaced_whole(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        write_whole(tmp_path / "清单.json", content)
    assert (tmp_path / "清单.json").read_bytes() == b"two"
    assert len(list(tmp_path.iterdir())) == 1
