"""Where things lie on this PC, for the window and the console alike."""

from pathlib import Path

import platformdirs

_NAME = "mediation-desk"


def data_folder() -> Path:
    """The folder of this user's data: on Windows below `%LOCALAPPDATA%`, never below the program."""
    return platformdirs.user_data_path(_NAME, appauthor=False, roaming=False)


def desk_store() -> Path:
    return data_folder() / "desk.db"


def practice_store() -> Path:
    return data_folder() / "practice.db"


def fonts_folder() -> Path:
    """Where a user puts fonts with characters that the program lacks."""
    return data_folder() / "fonts"


def rules_folder() -> Path:
    """Where a centre puts its own rule packs."""
    return data_folder() / "rules"
