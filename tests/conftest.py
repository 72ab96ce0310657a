"""What every test needs: windows without a screen, properties that are not judged by a clock, and a furnished desk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mediation_desk.domain.rules import Rules
    from mediation_desk.store.database import Database
    from tests.desk import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


@pytest.fixture(scope="session")
def rules() -> "Rules":
    """The rule packs that come with the program."""
    from mediation_desk.exchange.rule_packs import load_rules
    from mediation_desk.resources import resource

    return load_rules(resource("rules"))


@pytest.fixture(scope="session")
def furnished_store(tmp_path_factory: pytest.TempPathFactory, rules: "Rules") -> Path:
    """A store with a centre and its mediators, to be copied, never opened."""
    from mediation_desk.store.database import create
    from tests.desk import Desk

    path = tmp_path_factory.mktemp("store") / "desk.db"
    database = create(path)
    Desk(database, rules).furnish()
    database.close()
    return path


@pytest.fixture(scope="session")
def shared_database(furnished_store: Path, tmp_path_factory: pytest.TempPathFactory) -> "Database":
    """Opened once, as SQLAlchemy compiles every statement anew for every engine; `desk` gives it a fresh file."""
    from mediation_desk.store.database import open_store

    return open_store(Path(shutil.copy(furnished_store, tmp_path_factory.mktemp("desk"))))


@pytest.fixture
def desk(
    shared_database: "Database", furnished_store: Path, rules: "Rules", monkeypatch: pytest.MonkeyPatch
) -> Iterator["Desk"]:
    """A desk with a store of its own for each test, whose agreements are drawn as a line of text."""
    from mediation_desk.services import agreements
    from tests.desk import Desk, draw_as_a_line

    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)
    for ending in ("-wal", "-shm"):
        shared_database.path.with_name(shared_database.path.name + ending).unlink(missing_ok=True)
    shutil.copy(furnished_store, shared_database.path)
    yield Desk(shared_database, rules)
    shared_database.close()
