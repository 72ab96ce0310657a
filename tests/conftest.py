"""What every test needs: windows without a screen, properties that are not judged by a clock, and a furnished desk."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from mediation_desk.domain.rules import Rules
    from mediation_desk.store.database import Database
    from tests.desk import Desk
    from tests.engines import Files, Server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

gc.disable()  # a look for garbage on another thread would throw Qt's windows away there; see `gui/garbage.py`

settings.register_profile("desk", deadline=None)
settings.load_profile("desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", default="sqlite", choices=("sqlite", "sqlcipher", "postgresql"), help="of the store")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about files is left out on a server, and the other way round."""
    is_server = config.getoption("engine") == "postgresql"
    left_out = "file_only" if is_server else "server_only"
    for item in items:
        if item.get_closest_marker(left_out):
            item.add_marker(pytest.mark.skip(reason=left_out))


@pytest.fixture(autouse=True)
def garbage_is_looked_for_between_tests() -> Iterator[None]:
    yield
    young, middle, _ = gc.get_count()
    if young > 50_000:
        gc.collect(2 if middle > 20 else 0)


@pytest.fixture(scope="session")
def rules() -> "Rules":
    """The rule packs that come with the program."""
    from mediation_desk.exchange.rule_packs import load_rules
    from mediation_desk.resources import resource

    return load_rules(resource("rules"))


def _furnish(database: "Database", rules: "Rules") -> None:
    from tests.desk import Desk

    Desk(database, rules).furnish()


@pytest.fixture(scope="session")
def furnished_store(tmp_path_factory: pytest.TempPathFactory, rules: "Rules") -> Path:
    """A plain file with a centre and its mediators, to be copied, never opened; whatever engine is tested."""
    from tests.engines import Files

    return Files(tmp_path_factory.mktemp("store"), lambda database: _furnish(database, rules)).furnished


@pytest.fixture(scope="session")
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rules: "Rules"
) -> Iterator["Files | Server"]:
    """The engine that is tested."""
    from tests.engines import engine_called

    name = request.config.getoption("engine")
    with engine_called(name, tmp_path_factory.mktemp("engine"), lambda database: _furnish(database, rules)) as made:
        yield made


@pytest.fixture(scope="session")
def shared_database(engine: "Files | Server") -> Iterator["Database"]:
    """Opened once, as SQLAlchemy compiles every statement anew for every engine; `desk` has it furnished afresh."""
    database = engine.open()
    yield database
    database.close()


@pytest.fixture
def new_database(engine: "Files | Server") -> Iterator[Callable[[], "Database"]]:
    """Makes empty stores on the engine that is tested."""
    made: list[Database] = []

    def make() -> "Database":
        made.append(engine.new())
        return made[-1]

    yield make
    for database in made:
        database.close()


@pytest.fixture
def desk(
    engine: "Files | Server", shared_database: "Database", rules: "Rules", monkeypatch: pytest.MonkeyPatch
) -> Iterator["Desk"]:
    """A desk with a store of its own for each test, whose agreements are drawn as a line of text."""
    from mediation_desk.services import agreements
    from tests.desk import Desk, draw_as_a_line

    monkeypatch.setattr(agreements, "draw_agreement", draw_as_a_line)
    engine.put_back(shared_database)
    yield Desk(shared_database, rules)
    shared_database.close()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashes that take a thousandth of the time: a stranger would like them, a test does not mind."""
    from argon2 import PasswordHasher

    from mediation_desk.store import credentials

    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "hasher", lambda: quick)
        yield
