"""Further users at the desk, and what they do themselves."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import Role, rights_of
from mediation_desk.services.setting_up import save_user
from tests.desk import Desk, uid


def add_user(desk: Desk, name: str, *roles: Role) -> int:
    """A user of these roles; their id."""
    known = desk.look(lambda records, _: records.centre.get().users)
    told = User(uid=uid(500 + len(known)), name=name, roles=[role.value for role in roles])
    desk.do(save_user, told)
    users = desk.look(lambda records, _: records.centre.get().users)
    return next(user.id for user in users if user.uid == told.uid and user.id is not None)


def do_as(desk: Desk, user_id: int, role: Role, service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """One act of that user, with the rights of that role."""
    act = replace(desk.act, by_id=user_id, rights=rights_of([role.value]))
    with desk.database.writing() as records:
        return service(records, act, *args, **kwargs)
