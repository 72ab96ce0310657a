"""A store on a server is opened, made or left alone, and told apart from everything else that may be there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import inspect

from mediation_desk.domain.errors import CannotOpen, ReadOnly
from mediation_desk.store import migrations, shared_store
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.database import create_at, open_at
from mediation_desk.store.shared_store import look_at
from tests.desk import Desk
from tests.engines import Server
from tests.store.test_database import NEXT, STEP, THIS, next_release  # noqa: F401 - a fixture

pytestmark = pytest.mark.server_only


@pytest.fixture
def empty(engine: Server) -> ServerAddress:
    return engine.cluster.new_database()


@pytest.fixture
def there(engine: Server) -> Iterator[ServerAddress]:
    """A furnished store."""
    database = engine.open()
    yield engine.address(database)
    database.close()


def run(engine: Server, address: ServerAddress, statement: str) -> None:
    with engine.cluster.connect(address.database) as connection:
        connection.execute(statement.encode())


def test_an_empty_database_is_seen_and_tables_are_made_in_it(empty: ServerAddress) -> None:
    found = look_at(empty)
    assert (found.is_empty, found.may_make_tables, found.is_utf8, found.is_newer) == (True, True, True, False)
    create_at(empty).close()
    found = look_at(empty)
    assert (found.revision, found.is_empty) == (migrations.HEAD, False)
    database = open_at(empty)
    assert database.path is None
    assert database.read_only == ""
    with database.reading() as records:
        assert records.centre.find() is None
    database.close()


def test_looking_changes_nothing(engine: Server, empty: ServerAddress) -> None:
    look_at(empty)
    with engine.cluster.connect(empty.database) as connection:
        found = connection.execute("select count(*) from pg_class where relnamespace = 'public'::regnamespace")
        assert found.fetchone() == (0,)


def test_a_server_that_may_lose_what_it_acknowledged_is_seen(empty: ServerAddress) -> None:
    assert look_at(empty).is_durable is False  # as the servers of tests are
    assert look_at(empty).is_encrypted is False  # nothing leaves this PC
    assert look_at(empty).version.split(".")[0].isdecimal()


def test_an_empty_database_is_not_opened_and_nothing_is_made_in_it(empty: ServerAddress) -> None:
    with pytest.raises(CannotOpen, match="是空的，还没有建立共享数据"):
        open_at(empty)
    assert look_at(empty).is_empty


@pytest.mark.parametrize("do", [look_at, open_at, create_at])
def test_what_belongs_to_something_else_is_left_alone(engine: Server, empty: ServerAddress, do: object) -> None:
    assert callable(do)
    run(engine, empty, "create table notes (line text); create table alembic_version (version_num text)")
    with pytest.raises(CannotOpen, match="里是别的内容，程序没有改动它"):
        do(empty)


def test_a_store_that_lost_its_revision_is_not_opened(engine: Server, there: ServerAddress) -> None:
    run(engine, there, "delete from alembic_version")
    with pytest.raises(CannotOpen, match="里是别的内容"):
        open_at(there)


def test_a_store_that_is_there_is_not_made_anew(there: ServerAddress) -> None:
    with pytest.raises(CannotOpen, match="已经有共享数据，没有改动它"):
        create_at(there)


def test_a_database_that_cannot_hold_every_name_is_refused(engine: Server) -> None:
    run(engine, engine.cluster.address("postgres"), "create database latin encoding 'LATIN1' template template0")
    address = engine.cluster.address("latin")
    assert not look_at(address).is_utf8
    with pytest.raises(CannotOpen, match="编码不是 UTF8"):
        create_at(address)


def test_a_user_without_rights_is_told(engine: Server, empty: ServerAddress, there: ServerAddress) -> None:
    with engine.cluster.connect("postgres") as connection:
        known = connection.execute("select 1 from pg_roles where rolname = 'guest'").fetchone()
        if not known:
            connection.execute("create role guest login")
    assert not look_at(replace(empty, user="guest")).may_make_tables
    with pytest.raises(CannotOpen, match="没有写入权限"):
        create_at(replace(empty, user="guest"))
    with pytest.raises(CannotOpen, match="没有写入权限"):
        open_at(replace(there, user="guest"))
    assert look_at(empty).is_empty


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"database": "nowhere"}, "没有这个数据库"),
        ({"user": "nobody"}, "不接受这个用户或口令"),
        ({"host": "127.0.0.1", "port": 1}, r"连不上数据服务器.*请检查网络，以及服务器是否开着"),
    ],
)
@pytest.mark.parametrize("do", [look_at, open_at, create_at])
def test_what_cannot_be_reached_is_told(
    there: ServerAddress, wrong: dict[str, str | int], sentence: str, do: object
) -> None:
    assert callable(do)
    with pytest.raises(CannotOpen, match=f"打不开.*{sentence}"):
        do(replace(there, **wrong))  # type: ignore[arg-type]  # some of its fields


def test_a_store_of_a_newer_release_opens_read_only(engine: Server, there: ServerAddress) -> None:
    run(engine, there, "update alembic_version set version_num = '9999'")
    assert look_at(there).is_newer
    database = open_at(there)
    with database.reading() as records:
        assert records.centre.get().name == "示例街道综治中心"
    with pytest.raises(ReadOnly, match="由更新版本的程序建立"), database.writing():
        pytest.fail("nothing can be written here")
    database.close()


def columns_of_cases(engine: Server, address: ServerAddress) -> set[str]:
    with engine.cluster.connect(address.database) as connection:
        found = connection.execute("select column_name from information_schema.columns where table_name = 'cases'")
        return {row[0] for row in found}


def test_desks_of_a_new_release_that_start_at_once_make_its_steps_once(
    engine: Server,
    there: ServerAddress,
    next_release: Path,  # noqa: F811 - the fixture above
) -> None:
    next_release.write_text(STEP.format(more=""), encoding="utf-8")
    opened: list[str] = []

    def start() -> None:
        database = open_at(there)
        opened.append(database.read_only)
        database.close()

    threads = [Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == ["", "", ""]
    assert "weather" in columns_of_cases(engine, there)
    assert look_at(there).revision == NEXT


def test_a_step_that_fails_changes_nothing(
    engine: Server,
    there: ServerAddress,
    next_release: Path,  # noqa: F811 - the fixture above
) -> None:
    next_release.write_text(STEP.format(more='op.execute("no sql")'), encoding="utf-8")
    with pytest.raises(CannotOpen, match=r"打不开.*数据服务器没有做到（syntax error"):
        open_at(there)
    assert "weather" not in columns_of_cases(engine, there)
    assert look_at(there).revision == THIS


def test_keys_begin_with_the_centre(desk: Desk) -> None:
    """So the tables can be spread by centre: each key has to hold what they are spread by."""
    with desk.database.reading() as records:
        look = inspect(records.connection)
        keys = {name: look.get_pk_constraint(name)["constrained_columns"] for name in look.get_table_names()}
    beyond = {name for name, key in keys.items() if not key or key[0] != "centre_id"}
    assert beyond <= {"centres", "alembic_version", "watched_columns", "row_changes"}


def test_what_is_told_of_the_way_to_a_server_never_holds_a_password(there: ServerAddress) -> None:
    with pytest.raises(CannotOpen) as refused:
        shared_store.open_shared(replace(there, database="nowhere"), "Juniper-42")
    assert "Juniper-42" not in str(refused.value) + repr(refused.value.__cause__)
