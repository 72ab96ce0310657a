"""Steps at a server: alone where they must be, told plainly where they fail, never claimed where nobody knows."""

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import psycopg
import pytest

from mediation_desk.domain.errors import (
    CannotRead,
    CannotSave,
    ChangedMeanwhile,
    DeskError,
    MaybeSaved,
    NotFound,
    ReadOnly,
    TryAgain,
)
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import correct, take_in
from mediation_desk.store import server
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.database import Database, open_at
from mediation_desk.store.records import Records
from mediation_desk.store.server import _Door, connection_settings, engine_of
from tests.desk import APPOINTED, Desk, intake
from tests.engines import Server
from tests.store.cutting import Cut, Line, line_to

pytestmark = pytest.mark.server_only


@pytest.fixture
def second(engine: Server, desk: Desk, rules: Rules) -> Iterator[Desk]:
    """Another desk on the same store."""
    database = engine.open_again(desk.database)
    yield Desk(database, rules)
    database.close()


@pytest.fixture
def line(engine: Server, desk: Desk) -> Iterator[Line]:
    with line_to(engine.address(desk.database)) as made:
        yield made


@pytest.fixture
def far(line: Line, rules: Rules) -> Iterator[Desk]:
    """A desk at the other end of a line that can be cut."""
    database = open_at(line.address)
    yield Desk(database, rules)
    database.close()


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(server, "UNREACHABLE_SECONDS", 0)


def rename(records: Records) -> None:
    records.centre.get().phone = "010-12345678"


def renamed(records: Records) -> None:
    """At once, not when the step ends."""
    rename(records)
    records.flush()


def phone(desk: Desk) -> str:
    with desk.database.reading() as records:
        return records.centre.get().phone


# --- two desks at once


def test_who_corrects_a_case_that_another_corrected_meanwhile_is_told(desk: Desk, second: Desk) -> None:
    case_id = desk.registered()
    shown = desk.case(case_id).version_id
    second.do(correct, case_id, shown, intake(1, matter="说法一"))
    with pytest.raises(ChangedMeanwhile, match="您的更正没有保存，窗口里的文字还在"):
        desk.do(correct, case_id, shown, intake(1, matter="说法二"))
    assert desk.case(case_id).matter == "说法一"


def test_of_two_desks_that_correct_a_case_at_once_one_is_told(desk: Desk, second: Desk) -> None:
    case_id = desk.registered()
    shown = desk.case(case_id).version_id
    both, refused = Barrier(2), []

    def save(at: Desk, matter: str) -> None:
        both.wait()
        try:
            at.do(correct, case_id, shown, intake(1, matter=matter))
        except ChangedMeanwhile:
            refused.append(matter)

    _at_once(lambda: save(desk, "说法一"), lambda: save(second, "说法二"))
    assert len(refused) == 1
    assert desk.case(case_id).matter == ({"说法一", "说法二"} - set(refused)).pop()


def test_who_changes_what_both_have_read_waits_and_reads_it_anew(desk: Desk, second: Desk) -> None:
    """A step is as if it were alone with the record it changes, as in a file."""

    def add_a_year(records: Records) -> None:
        mediator = records.mediators.get(APPOINTED)
        mediator.call_order += 1
        records.flush()

    def count(at: Desk) -> None:
        for _ in range(20):
            at.write(add_a_year)

    _at_once(lambda: count(desk), lambda: count(second))
    with desk.database.reading() as records:
        assert records.mediators.get(APPOINTED).call_order == 40


def _at_once(*steps: Any) -> None:
    threads = [Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_step_waits_for_another_desk_no_longer_than_its_patience(desk: Desk, second: Desk) -> None:
    with desk.database._engine.begin() as connection:
        connection.exec_driver_sql("select 1 from audit_heads for update")
        with (
            pytest.raises(
                CannotSave, match=r"另一个窗口正在保存同一内容，这一步没有保存；窗口里的文字还在。请稍后再试"
            ),
            second.database.writing(patience=0.05) as records,
        ):
            rename(records)
    assert phone(desk) == ""
    second.write(rename)
    assert phone(desk) == "010-12345678"


def test_patience_is_of_one_step_only(desk: Desk) -> None:
    with desk.database.writing(patience=0.25) as records:
        assert records.connection.exec_driver_sql("show lock_timeout").scalar() == "250ms"
    with desk.database.writing() as records:
        assert records.connection.exec_driver_sql("show lock_timeout").scalar() == "5s"


def test_a_look_is_one_moment_and_a_step_sees_what_is_kept(desk: Desk) -> None:
    with desk.database.reading() as records:
        assert records.connection.exec_driver_sql("show transaction_isolation").scalar() == "repeatable read"
        assert records.connection.exec_driver_sql("show transaction_read_only").scalar() == "on"
    with desk.database.writing() as records:
        assert records.connection.exec_driver_sql("show transaction_isolation").scalar() == "read committed"


def test_a_look_changes_nothing(desk: Desk) -> None:
    with pytest.raises(CannotRead, match="没有读出内容"), desk.database.reading() as records:
        renamed(records)


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_a_step_in_the_way_of_another_is_taken_again(desk: Desk, state: str) -> None:
    taken: list[str] = []

    def step(records: Records) -> str:
        taken.append(state)
        rename(records)
        records.flush()
        if len(taken) < 3:
            fail(records, state)
        return "kept"

    assert desk.database.do(step) == "kept"
    assert len(taken) == 3
    assert phone(desk) == "010-12345678"


def test_a_step_that_is_always_in_the_way_is_given_up(desk: Desk) -> None:
    with pytest.raises(TryAgain, match=r"另一个窗口同时改到了同一处，这一步没有保存；.*请再试一次"):
        desk.database.do(lambda records: fail(records, "40001"))


def fail(records: Records, state: str) -> None:
    """Have the server refuse, in its own words."""
    raising = f"do $$ begin raise exception 'told' using errcode = '{state}'; end $$"
    records.connection.connection.cursor().execute(raising)


@pytest.mark.parametrize(
    ("state", "kind", "sentence"),
    [
        ("53100", CannotSave, "数据服务器的磁盘已满，这一步没有保存；窗口里的文字还在。请联系管理员清理服务器磁盘"),
        ("53200", CannotSave, "数据服务器太忙"),
        ("57014", CannotSave, "数据服务器用时太久"),
        ("25006", ReadOnly, "数据服务器目前只读"),
        ("42501", ReadOnly, "没有写入权限"),
        ("58030", CannotSave, "数据服务器读写磁盘失败"),
        ("XX001", CannotSave, "可能已损坏"),
        ("57P03", CannotSave, "正在停止或启动"),
    ],
)
def test_what_the_server_refuses_is_told(desk: Desk, state: str, kind: type[DeskError], sentence: str) -> None:
    def refused(records: Records) -> None:
        renamed(records)
        fail(records, state)

    with pytest.raises(kind, match=sentence):
        desk.write(refused)
    assert phone(desk) == ""


def test_a_character_that_no_server_keeps_is_told(desk: Desk) -> None:
    with pytest.raises(CannotSave, match="不能保存的字符（空字符）"):
        desk.registered(matter="漏水\0")
    with pytest.raises(CannotRead, match="不能保存的字符（空字符）"), desk.database.reading() as records:
        records.cases.id_of_uid("\0")


def test_a_defect_is_no_sentence(desk: Desk) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable), desk.database.writing() as records:
        records.connection.connection.cursor().execute("select * from nowhere")


def test_what_is_not_there_is_not_held(desk: Desk) -> None:
    with pytest.raises(NotFound), desk.database.writing() as records:
        records.cases.get(99)


# --- the server goes


def test_a_server_that_cuts_a_step_off_is_told_and_the_next_step_goes_on(engine: Server, desk: Desk) -> None:
    def cut_off(records: Records) -> None:
        renamed(records)
        engine.cut_all(desk.database)
        records.cases.ids()

    with pytest.raises(CannotSave, match=r"这一步没有保存；窗口里的文字还在"):
        desk.write(cut_off)
    assert phone(desk) == ""
    desk.write(rename)
    assert phone(desk) == "010-12345678"


def test_whoever_reads_when_the_server_goes_is_told_and_goes_on(engine: Server, desk: Desk) -> None:
    def cut_off(records: Records, _act: Act) -> None:
        records.centre.get()
        engine.cut_all(desk.database)
        records.cases.ids()

    with pytest.raises(CannotRead, match="没有读出内容；没有改动任何数据"):
        desk.look(cut_off)
    assert phone(desk) == ""


def test_connections_that_were_cut_between_two_steps_are_not_noticed(engine: Server, desk: Desk) -> None:
    desk.write(rename)
    engine.cut_all(desk.database)
    assert phone(desk) == "010-12345678"
    engine.cut_all(desk.database)
    desk.registered()


def test_a_commit_that_never_arrived_is_not_claimed(line: Line, far: Desk, desk: Desk) -> None:
    line.at_commit = Cut.UNHEARD
    with pytest.raises(CannotSave, match="连不上数据服务器，这一步没有保存"):
        far.write(rename)
    assert phone(desk) == ""
    assert not far.database.own
    far.write(rename)
    assert phone(desk) == "010-12345678"


def test_a_commit_whose_answer_was_lost_is_looked_up_and_counts(line: Line, far: Desk, desk: Desk) -> None:
    line.at_commit = Cut.UNANSWERED
    far.write(rename)
    assert phone(desk) == "010-12345678"
    assert far.database.own


@pytest.mark.parametrize("cut", [Cut.UNHEARD, Cut.UNANSWERED])
def test_where_nobody_can_tell_that_is_said(line: Line, far: Desk, cut: Cut) -> None:
    def leave(records: Records) -> None:
        rename(records)
        line.at_commit, line.is_dead = cut, True

    with pytest.raises(MaybeSaved, match=r"可能已保存，也可能没有；窗口里的文字还在.*请先刷新核对"):
        far.write(leave)
    line.is_dead = False
    far.write(rename)
    assert phone(far) == "010-12345678"


def test_a_step_that_logs_nothing_is_never_claimed(line: Line, far: Desk) -> None:
    line.at_commit = Cut.UNANSWERED
    with pytest.raises(MaybeSaved):
        far.write(lambda records: records.connection.exec_driver_sql("select 1"))


def test_a_registration_that_may_have_been_saved_can_be_saved_again(line: Line, far: Desk, desk: Desk) -> None:
    def leave(records: Records, act: Act) -> None:
        take_in(records, act, intake(7))
        line.at_commit, line.is_dead = Cut.UNANSWERED, True

    with pytest.raises(MaybeSaved):
        far.do(leave)
    line.is_dead = False
    far.do(take_in, intake(7))
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 1


# --- the door


def test_a_server_that_did_not_answer_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "UNREACHABLE_SECONDS", 3)
    seconds = [0.0]
    calls: list[float] = []

    def knock(**_: object) -> None:
        calls.append(seconds[0])
        raise psycopg.OperationalError("no answer")

    door = _Door(None, clock=lambda: seconds[0], connect=knock)
    for seconds[0] in (0, 1, 2.9, 3):
        with pytest.raises(psycopg.OperationalError, match="no answer"):
            door(None, None, [], {})
    assert calls == [0, 3]


def test_the_password_goes_to_the_server_and_nowhere_else() -> None:
    given: dict[str, object] = {}

    def connect(**settings: object) -> object:
        given.update(settings)
        return object()

    _Door("Juniper-42", connect=connect)(None, None, [], {"host": "server"})
    assert given == {"host": "server", "password": "Juniper-42"}
    engine = engine_of(ServerAddress("server", "desk", "clerk"), "Juniper-42")
    assert "Juniper-42" not in repr(engine) + repr(engine.url) + str(engine.url)


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        (ServerAddress("10.1.2.3", "desk", "clerk"), {"sslmode": "verify-full", "sslrootcert": "system"}),
        (
            ServerAddress("10.1.2.3", "desk", "clerk", root="ca.pem"),
            {"sslmode": "verify-full", "sslrootcert": "ca.pem"},
        ),
        (ServerAddress("10.1.2.3", "desk", "clerk", mode="require"), {"sslmode": "require", "sslrootcert": None}),
        (ServerAddress("127.0.0.1", "desk", "clerk"), {"sslmode": "prefer", "sslrootcert": None}),
        (ServerAddress("localhost", "desk", "clerk"), {"sslmode": "prefer", "sslrootcert": None}),
        (ServerAddress("::1", "desk", "clerk"), {"sslmode": "prefer", "sslrootcert": None}),
        (ServerAddress("/run/postgresql", "desk", "clerk"), {"sslmode": "prefer", "sslrootcert": None}),
    ],
)
def test_nothing_leaves_this_pc_unencrypted(address: ServerAddress, settings: dict[str, str | None]) -> None:
    told = connection_settings(address)
    assert {name: told.get(name) for name in settings} == settings


def test_every_connection_keeps_what_it_acknowledges_and_lets_go_of_who_falls_silent(desk: Desk) -> None:
    with desk.database.reading() as records:
        found = {
            name: records.connection.exec_driver_sql(f"show {name}").scalar()
            for name in ("synchronous_commit", "idle_in_transaction_session_timeout", "lock_timeout", "client_encoding")
        }
    assert found == {
        "synchronous_commit": "on",
        "idle_in_transaction_session_timeout": "1min",
        "lock_timeout": "5s",
        "client_encoding": "UTF8",
    }


def test_two_people_of_the_directory_are_changed_side_by_side(desk: Desk, second: Desk) -> None:
    with desk.database.writing() as records:
        first = records.mediators.get(1)
        first.note = "一"
        with second.database.writing(patience=1) as others:
            another = others.mediators.get(2)
            another.note = "二"
        save_mediator(records, desk.act, first)
    with desk.database.reading() as records:
        assert [records.mediators.get(each).note for each in (1, 2)] == ["一", "二"]


def test_closing_a_store_on_a_server_lets_go_of_it(engine: Server, desk: Desk) -> None:
    database: Database = engine.open_again(desk.database)
    with database.reading():
        pass
    database.close()
    assert database._engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # a QueuePool
