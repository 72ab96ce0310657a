"""A desk learns of what others changed, and of nothing else."""

from collections.abc import Iterator

import pytest

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.errors import CannotRead
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act
from mediation_desk.services.intake import take_in
from mediation_desk.store.other_desks import OtherDesks
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told
from tests.desk import NOW, Desk, intake, uid
from tests.engines import Files, Server


@pytest.fixture
def second(engine: Files | Server, desk: Desk, rules: Rules) -> Iterator[Desk]:
    """Another desk on the same store."""
    database = engine.open_again(desk.database)
    yield Desk(database, rules)
    database.close()


@pytest.fixture
def others(desk: Desk) -> Iterator[OtherDesks]:
    looking = OtherDesks(desk.database)
    looking.look()
    yield looking
    looking.close()


def test_nothing_is_told_where_nothing_happens(others: OtherDesks) -> None:
    assert not others.look()


def test_what_another_desk_changes_is_told_once(others: OtherDesks, second: Desk) -> None:
    second.registered()
    assert others.look()
    assert not others.look()


def test_what_this_desk_changes_is_not_told(others: OtherDesks, desk: Desk) -> None:
    desk.performing()
    assert not others.look()


def test_what_another_changes_among_own_steps_is_told(others: OtherDesks, desk: Desk, second: Desk) -> None:
    desk.registered()
    second.write(lambda records: rename(records))
    desk.triaged()
    assert others.look()


def rename(records: Records) -> None:
    records.centre.get().phone = "010-12345678"


def test_looks_and_drafts_of_others_are_not_told(others: OtherDesks, second: Desk) -> None:
    with second.database.writing() as records:
        records.told.append(Told(AuditKind.VIEW, "看了案件"))
        records.drafts.save(uid(5), centre_id=1, form="intake", user_id=1, content={}, now=NOW)
    assert not others.look()


def test_a_step_that_fails_is_not_told_and_hides_nothing_later(others: OtherDesks, desk: Desk, second: Desk) -> None:
    def stumble(records: Records, act: Act) -> None:
        take_in(records, act, intake())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        second.do(stumble)
    assert not others.look()
    second.registered()
    assert others.look()


@pytest.mark.file_only
def test_a_file_out_of_reach_is_told(others: OtherDesks, desk: Desk) -> None:
    assert desk.database.path is not None
    desk.database.close()
    elsewhere = desk.database.path.rename(desk.database.path.with_name("elsewhere"))
    with pytest.raises(CannotRead, match="可能已被移走"):
        others.look()
    elsewhere.rename(desk.database.path)


@pytest.mark.server_only
def test_a_server_wakes_who_listens(others: OtherDesks, second: Desk) -> None:
    assert not others.wait(0)  # begins to listen
    second.registered()
    assert others.wait(30)  # long before that


@pytest.mark.server_only
def test_own_steps_wake_but_are_not_told(others: OtherDesks, desk: Desk) -> None:
    others.wait(0)
    desk.registered()
    assert not others.wait(30)


@pytest.mark.server_only
def test_what_happened_while_nobody_listened_is_told_afterwards(
    others: OtherDesks, desk: Desk, second: Desk, engine: Server
) -> None:
    others.wait(0)
    engine.cut_all(desk.database)
    with pytest.raises(CannotRead, match=r"连不上数据服务器|正在停止或启动"):
        others.wait(30)
    second.registered()
    assert others.wait(30)
