"""Whole numbers and closed files are shown on purpose only, and the log knows it first."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.rights import Role, rights_of
from mediation_desk.services.act import Act
from mediation_desk.services.disclosure import check_closed_file, is_closed_file, open_closed_file, show_numbers
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, ON_CALL, Desk


def by(service: Callable[..., Any], *roles: Role, mediator_id: int | None = None) -> Callable[..., Any]:
    """The service as somebody with these roles asks for it, who sees what they may see."""

    def asked(records: Records, act: Act, *args: object) -> Any:
        return service(records, replace(act, rights=rights_of(roles), mediator_id=mediator_id), *args)

    return asked


def looks(desk: Desk) -> list[tuple[str, int | None]]:
    return [(row.told, row.case_id) for row in desk.contents()["audit"] if row.kind == AuditKind.VIEW.value]


def test_a_look_at_whole_numbers_is_logged(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(show_numbers, case_id, "张三")
    assert looks(desk) == [("证件号码和电话全号：张三", case_id)]


@pytest.mark.parametrize("role", [Role.ARCHIVIST, Role.ADMIN, Role.AUDITOR])
def test_whoever_needs_no_whole_numbers_sees_none(desk: Desk, role: Role) -> None:
    case_id = desk.registered()
    with pytest.raises(NotAllowed, match="看证件和电话全号"):
        desk.do(by(show_numbers, role), case_id, "张三")
    assert looks(desk) == []


def test_only_what_is_closed_is_a_closed_file(desk: Desk) -> None:
    assert not is_closed_file(desk.case(desk.performing()))
    assert is_closed_file(desk.case(desk.closed()))


def test_the_reason_for_opening_a_closed_file_is_logged(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(open_closed_file, case_id, " 卷宗评查 ")
    assert looks(desk) == [("已结卷宗，理由：卷宗评查", case_id)]


def test_without_a_reason_a_closed_file_stays_closed(desk: Desk) -> None:
    case_id = desk.closed()
    with desk.refuses("请写明理由", "closed_reason"):
        desk.do(open_closed_file, case_id, " ")


@pytest.mark.parametrize("role", [Role.CLERK, Role.DIRECTOR, Role.ARCHIVIST])
def test_some_may_open_closed_files(desk: Desk, role: Role) -> None:
    desk.do(by(open_closed_file, role), desk.closed(), "查阅")


def test_a_mediator_may_open_what_they_closed_and_nothing_else(desk: Desk) -> None:
    case_id = desk.closed()
    desk.do(by(open_closed_file, Role.MEDIATOR, mediator_id=APPOINTED), case_id, "补记")
    with pytest.raises(NotAllowed, match="看已结卷宗"):
        desk.look(by(check_closed_file, Role.MEDIATOR, mediator_id=ON_CALL), case_id)
    with pytest.raises(NotAllowed, match="看已结卷宗"):
        desk.look(by(check_closed_file, Role.ADMIN, mediator_id=APPOINTED), case_id)
