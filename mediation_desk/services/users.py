"""How the users stand: what they are, whether they can log in, and when they last did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation_desk.domain.centre import User
from mediation_desk.domain.passwords import days_left
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.credentials import Credential
from mediation_desk.store.records import Records

LOGIN_DAYS = 90
"""A login is looked for in the log as far back as this; who did not log in for so long hardly needs to be able to."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A user, the name of their mediator in the directory, and what is to be said of their password."""

    user: User
    mediator: str
    password: str
    is_locked: bool
    last_login: datetime | None


@needs(Right.USERS, Right.SETTINGS)
def look_at_users(records: Records, act: Act) -> list[Standing]:
    """All users of the centre, retired ones too."""
    users = records.centre.get().users
    mediators = records.mediators.some([user.mediator_id for user in users if user.mediator_id is not None])
    logins = records.credentials.last_logins(act.at - timedelta(days=LOGIN_DAYS))
    return [
        Standing(
            user=user,
            mediator=mediators[user.mediator_id].name if user.mediator_id in mediators else "",
            password=_in_words(held, act) if user.active else "",
            is_locked=held is not None and held.attempts.is_locked(act.at),
            last_login=logins.get(user.id or 0),
        )
        for user in users
        for held in (records.credentials.find(user.id or 0),)
    ]


def _in_words(held: Credential | None, act: Act) -> str:
    if held is None:
        return "未设"
    if held.attempts.is_locked(act.at) and held.attempts.locked_until is not None:
        return f"输错过多，锁定至{held.attempts.locked_until:%H:%M}"
    if held.must_change:
        return "初始口令，待本人改"
    left = days_left(held.set_at, act.rules, act.today)
    return f"有效，还有{left}天" if left > 0 else "已到期，登录时须改"
