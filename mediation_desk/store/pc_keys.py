"""The key store of this PC (Windows Credential Manager and the like): opens an encrypted store without being asked.

A convenience and never the only way in: it is lost with the user account or the PC, and many PCs have none. So nothing
here raises: what cannot be kept is not kept, and the password is asked for. The key goes nowhere else, into no log.
"""

import base64
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mediation_desk.domain.errors import DeskError
from mediation_desk.store import key_file
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.key_slots import KEY_BYTES

_SERVICE = "mediation-desk"

_T = TypeVar("_T")


def is_there() -> bool:
    """Whether this PC has a key store that can be used."""

    def look() -> bool:
        import keyring

        return keyring.get_keyring().priority > 0

    return _quietly(look, instead=False)


def remember(path: Path, key: bytes) -> bool:
    """Keep the key of the store at `path` in the key store of this PC. Says whether it is there to be read now."""

    def keep() -> bool:
        import keyring

        keyring.set_password(_SERVICE, key_file.identity(path), base64.b64encode(key).decode("ascii"))
        return recall(path) == key

    return _quietly(keep, instead=False)


def recall(path: Path) -> bytes | None:
    """The key of the store at `path`, if this PC keeps one that opens it."""

    def look() -> bytes | None:
        import keyring

        kept = keyring.get_password(_SERVICE, key_file.identity(path))
        key = base64.b64decode(kept, validate=True) if kept else b""
        if len(key) != KEY_BYTES:
            return None
        fitting = key_file.key_that_fits(path, key)
        return fitting if key_file.fits(path, fitting) else None

    return _quietly(look, instead=None)


def forget(path: Path) -> None:
    """Remove what this PC keeps of the store at `path`."""

    def drop() -> None:
        import keyring

        if keyring.get_password(_SERVICE, key_file.identity(path)) is not None:
            keyring.delete_password(_SERVICE, key_file.identity(path))

    _quietly(drop, instead=None)


def remember_password(address: ServerAddress, password: str) -> bool:
    """Keep the password of a server's user in the key store of this PC. Says whether it is there to be read now."""

    def keep() -> bool:
        import keyring

        keyring.set_password(_SERVICE, str(address), password)
        return recall_password(address) == password

    return _quietly(keep, instead=False)


def recall_password(address: ServerAddress) -> str | None:
    """The password that this PC keeps for the server's user, if any."""

    def look() -> str | None:
        import keyring

        return keyring.get_password(_SERVICE, str(address))

    return _quietly(look, instead=None)


def forget_password(address: ServerAddress) -> None:
    """Remove what this PC keeps for the server's user."""

    def drop() -> None:
        import keyring

        if keyring.get_password(_SERVICE, str(address)) is not None:
            keyring.delete_password(_SERVICE, str(address))

    _quietly(drop, instead=None)


def _quietly(step: Callable[[], _T], *, instead: _T) -> _T:
    try:
        return step()
    except DeskError:
        return instead  # no key file, or a damaged one: whoever opens the store says so
    except Exception as error:  # noqa: BLE001 - back ends raise whatever their system gives them
        # Its text may quote what was to be kept.
        logging.getLogger(__name__).warning("the key store of this PC failed: %s", type(error).__name__)
        return instead
