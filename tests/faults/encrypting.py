"""Encrypting, re-keying and decrypting a store that gets killed or whose disk fails: it opens, and has everything."""

import shutil
from pathlib import Path
from typing import Any

from mediation_desk.store import encryption, key_file
from mediation_desk.store.database import open_store
from mediation_desk.store.left_behind import clear as clear_halves
from mediation_desk.store.side_note import note_path
from tests.desk import Desk
from tests.faults.stores import RULES, Place, clear, save_case
from tests.faults.work import contents
from tests.keys import CHEAP

WORDS = key_file.word_list().words_for(bytes(range(16)))
OTHER = bytes(range(100, 132))


class Converting:
    """Encrypts a plain store; gives an encrypted one another key, or takes it away. It has one case and a sheet."""

    def __init__(self, place: Place, *, decrypts: bool = False) -> None:
        self._place, self._decrypts = place, decrypts
        self._path = place.path
        save_case(Desk(place.database, RULES), 11)
        place.database.close()
        self._before = self._path.with_name(f"{place.kind}.before.db")
        shutil.copy(self._path, self._before)
        self._expected = rows(self._path, place.key)
        self._keys = self._path.with_name(f"{place.kind}.keys.before")
        key_file.key_path(self._path).unlink(missing_ok=True)
        clear(self._path)
        key_file.make(self._path, place.key or OTHER, WORDS, costs=CHEAP)
        shutil.copy(key_file.key_path(self._path), self._keys)

    def prepare(self) -> None:
        clear(self._path)
        shutil.copy(self._before, self._path)
        shutil.copy(self._keys, key_file.key_path(self._path))

    def do(self) -> None:
        convert(self._place, decrypts=self._decrypts)

    def check(self, said: str) -> None:
        """By the sheet alone, as on the day after."""
        clear_halves(self._path)
        is_encrypted = key_file.is_encrypted(self._path)
        if not said:
            assert is_encrypted != self._decrypts or self._place.key is None, "it did not do what it said"
        key = key_file.unlock_with_words(self._path, WORDS) if is_encrypted else None
        assert rows(self._path, key) == self._expected, "the store is not as it was"
        beside = self._path.parent.glob(f"{self._path.name}.*")
        left = [each.name for each in beside if each not in {key_file.key_path(self._path), note_path(self._path)}]
        assert left == [], f"left behind: {left}"


def convert(place: Place, *, decrypts: bool) -> None:
    if place.key is None:
        encryption.encrypt(place.path, OTHER)
    elif decrypts:
        encryption.decrypt(place.path, place.key)
    else:
        encryption.rekey(place.path, place.key, OTHER)


class Decrypting(Converting):
    """Takes the key of an encrypted store away."""

    def __init__(self, place: Place) -> None:
        super().__init__(place, decrypts=True)


def rows(path: Path, key: bytes | None) -> dict[str, list[Any]]:
    database = open_store(path, key)
    try:
        return contents(database)
    finally:
        database.close()


CONVERTING: dict[str, type[Converting]] = {"convert": Converting, "decrypt": Decrypting}
