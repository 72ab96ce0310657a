"""The key store of the PC: a convenience that may be missing, full of something else, or broken; it never raises."""

import logging
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from mediation_desk.store import key_file, pc_keys
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.database import create
from mediation_desk.store.encryption import rekey
from tests.keys import CHEAP, KEY

pytestmark = pytest.mark.file_only

OTHER = bytes(32)


class Kept(KeyringBackend):
    """A key store in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        self.content: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.content.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.content[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.content:
            raise PasswordDeleteError("not found")
        del self.content[service, username]


class Broken(Kept):
    """One that fails as systems do, with the secret in its words."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"locked {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(1312, f"cannot keep {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("no")


@pytest.fixture(autouse=True)
def nobodys_own() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def kept() -> Kept:
    kept = Kept()
    keyring.set_keyring(kept)
    return kept


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    key_file.make(path, KEY, costs=CHEAP)
    create(path, KEY).close()
    return path


def test_what_was_remembered_is_recalled_until_it_is_forgotten(path: Path, kept: Kept) -> None:
    assert pc_keys.is_there()
    assert pc_keys.recall(path) is None
    assert pc_keys.remember(path, KEY)
    assert pc_keys.recall(path) == KEY
    pc_keys.forget(path)
    assert pc_keys.recall(path) is None
    assert kept.content == {}
    pc_keys.forget(path)


def test_a_store_that_was_moved_on_this_pc_is_known_still(path: Path, kept: Kept) -> None:
    pc_keys.remember(path, KEY)
    moved = path.with_name("moved.db")
    key_file.copy_beside(path, moved)
    path.replace(moved)
    assert pc_keys.recall(moved) == KEY


def test_a_key_that_does_not_fit_any_more_is_not_given(path: Path, kept: Kept) -> None:
    pc_keys.remember(path, KEY)
    rekey(path, KEY, OTHER)
    assert pc_keys.recall(path) == OTHER  # announced to who had the old one
    key_file.start_anew(path, OTHER, key_file.fresh_words(), "u1", "登记员", "口令")
    assert pc_keys.recall(path) is None
    assert not pc_keys.remember(path, KEY)


@pytest.mark.parametrize("content", ["", "?", "QUJD"])
def test_what_is_no_key_is_not_given(path: Path, kept: Kept, content: str) -> None:
    pc_keys.remember(path, KEY)
    kept.content = dict.fromkeys(kept.content, content)
    assert pc_keys.recall(path) is None


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Broken])
def test_without_a_key_store_nothing_is_kept_and_nothing_raised(
    path: Path, backend: type[KeyringBackend], caplog: pytest.LogCaptureFixture
) -> None:
    keyring.set_keyring(backend())
    with caplog.at_level(logging.DEBUG):
        assert pc_keys.is_there() == (backend is Broken)
        assert not pc_keys.remember(path, KEY)
        assert pc_keys.recall(path) is None
        pc_keys.forget(path)
    assert "AAEC" not in caplog.text  # the key in base 64
    assert key_file.identity(path) not in caplog.text


def test_a_store_without_a_key_file_is_none_of_its_business(tmp_path: Path, kept: Kept) -> None:
    path = tmp_path / "plain.db"
    assert not pc_keys.remember(path, KEY)
    assert pc_keys.recall(path) is None
    pc_keys.forget(path)
    assert kept.content == {}


# ---- passwords of servers

THERE = ServerAddress("data.example", "desk", "clerk")


def test_the_password_of_a_server_is_kept_by_its_address_until_it_is_forgotten(kept: Kept) -> None:
    assert pc_keys.recall_password(THERE) is None
    assert pc_keys.remember_password(THERE, "Juniper-42")
    assert pc_keys.recall_password(THERE) == "Juniper-42"
    assert pc_keys.recall_password(ServerAddress("data.example", "desk", "other")) is None
    pc_keys.forget_password(THERE)
    pc_keys.forget_password(THERE)
    assert kept.content == {}


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Broken])
def test_a_password_that_cannot_be_kept_is_asked_for_again(
    backend: type[KeyringBackend], caplog: pytest.LogCaptureFixture
) -> None:
    keyring.set_keyring(backend())
    with caplog.at_level(logging.DEBUG):
        assert not pc_keys.remember_password(THERE, "Juniper-42")
        assert pc_keys.recall_password(THERE) is None
        pc_keys.forget_password(THERE)
    assert "Juniper" not in caplog.text
