"""Where things lie on this PC, for the window and the console alike."""

import json
from contextlib import suppress
from pathlib import Path

import platformdirs

from mediation_desk.domain.errors import CannotOpen, CannotSave
from mediation_desk.store.address import Address, read_address

_NAME = "mediation-desk"


def data_folder() -> Path:
    """The folder of this user's data: on Windows below `%LOCALAPPDATA%`, never below the program."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)


def desk_store() -> Path:
    return data_folder() / "desk.db"


def chosen_store() -> Address:
    """Where this desk works: the shared store that was chosen here, else its own file.

    Raises `CannotOpen` when the choice cannot be read: a desk never starts anew beside the store that everybody uses.
    """
    try:
        text = _choice().read_text(encoding="utf-8")
    except FileNotFoundError:
        return desk_store()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotOpen(_unreadable()) from error
    try:
        return read_address(json.loads(text)["store"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotOpen(_unreadable()) from error


def choose_store(address: Address) -> None:
    """Work there from the next start on. Raises `CannotSave`."""
    fresh = _choice().with_name("store.json.new")
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        if address == desk_store():
            _choice().unlink(missing_ok=True)
        else:
            fresh.write_text(json.dumps({"store": str(address)}, ensure_ascii=False) + "\n", encoding="utf-8")
            fresh.replace(_choice())
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise CannotSave(f"“{_choice()}”写不进去（{error.strerror}），没有改用别的数据。请检查权限后再试。") from error


def _choice() -> Path:
    return data_folder() / "store.json"


def _unreadable() -> str:
    return (
        f"“{_choice()}”里写着本机用哪份数据，但它读不出来，所以没有打开任何数据。"
        "请用“设置共享数据”重新选择；要改回本机的数据文件，删去这个文件即可。"
    )


def practice_store() -> Path:
    return data_folder() / "practice.db"


def fonts_folder() -> Path:
    """Where a user puts fonts with characters that the program lacks."""
    return data_folder() / "fonts"


def rules_folder() -> Path:
    """Where a centre puts its own rule packs."""
    return data_folder() / "rules"
