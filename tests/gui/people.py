"""Somebody with other roles takes over at the desk."""

from mediation_desk.domain.centre import User
from mediation_desk.domain.rights import Role
from mediation_desk.gui.desk import Desk
from mediation_desk.services.setting_up import save_user


def works_as(desk: Desk, *roles: Role, mediator_id: int | None = None) -> None:
    """The second user has these roles and no others from now on, and works."""
    second = desk.centre.users[1]
    told = [role.value for role in roles]
    desk.do(save_user, User(uid=second.uid, name=second.name, roles=told, mediator_id=mediator_id))
    desk.refresh_centre()
    desk.hand_over(second.id or 0)


def told_in_log(desk: Desk) -> list[str]:
    """What the log tells of looks, prints and refusals, the oldest first."""
    with desk.database.reading() as records:
        rows = records.connection.exec_driver_sql("select told from audit where told <> '' order by no")
        return [row[0] for row in rows]
