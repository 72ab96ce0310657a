"""Who may do what: the roles of the people at the desk, and the rights that each role gives.

The rights table stands in the manual for staff; the separation of 管理员, business and 审计 follows GB/T 22239-2019.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from mediation_desk.domain.centre import User
from mediation_desk.domain.labelled import Labelled

_NAMED = 3
"""So many people are named to whoever may not do a thing."""


class Role(Labelled):
    """What a user is at the desk. One person may have several roles."""

    CLERK = "clerk", "窗口"
    MEDIATOR = "mediator", "调解员"
    DIRECTOR = "director", "主任"
    ARCHIVIST = "archivist", "档案"
    ADMIN = "admin", "管理员"
    AUDITOR = "auditor", "审计"


class Right(Labelled):
    """Something that not everybody may do.

    Whoever has neither `ALL_CASES` nor `CLOSED_FILES` sees the cases of which they are in charge, and no others.
    """

    ALL_CASES = "all_cases", "看全部案件"
    CLOSED_FILES = "closed_files", "看已结卷宗"
    FULL_NUMBERS = "full_numbers", "看证件和电话全号"
    REGISTER = "register", "登记来访"
    TRIAGE = "triage", "分流受理"
    ASSIGN = "assign", "指派和呼叫"
    SUPERVISE = "supervise", "督办会商"
    MEDIATE = "mediate", "调解记录"
    AGREEMENTS = "agreements", "协议"
    FOLLOW_UP = "follow_up", "回访结案"
    PAPERS = "papers", "填写文书和收存附件"
    PRINT = "print", "打印导出"
    DUTY = "duty", "签到"
    ROSTER = "roster", "排班"
    DIRECTORY = "directory", "人员名录"
    FIGURES = "figures", "台账和统计"
    SETTINGS = "settings", "设置"
    USERS = "users", "使用者管理"
    AUDIT = "audit", "看日志"
    BACKUP = "backup", "备份恢复"


RIGHTS_OF: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.CLERK: frozenset(
            {
                Right.ALL_CASES,
                Right.CLOSED_FILES,
                Right.FULL_NUMBERS,
                Right.REGISTER,
                Right.TRIAGE,
                Right.ASSIGN,
                Right.FOLLOW_UP,
                Right.PAPERS,
                Right.PRINT,
                Right.DUTY,
            }
        ),
        Role.MEDIATOR: frozenset(
            {Right.FULL_NUMBERS, Right.MEDIATE, Right.AGREEMENTS, Right.FOLLOW_UP, Right.PAPERS, Right.PRINT}
        ),
        Role.DIRECTOR: frozenset(Right) - {Right.USERS, Right.AUDIT, Right.BACKUP},
        Role.ARCHIVIST: frozenset({Right.CLOSED_FILES, Right.PRINT}),
        Role.ADMIN: frozenset({Right.SETTINGS, Right.USERS, Right.BACKUP}),
        Role.AUDITOR: frozenset({Right.AUDIT}),
    }
)
"""What each role may do. Nobody who keeps the users has business of their own by that, nor the log."""


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All that these roles give together; words that are no role give nothing."""
    given = set(roles)
    return frozenset(right for role, rights in RIGHTS_OF.items() if role in given for right in rights)


def roles_in_words(roles: Iterable[str]) -> str:
    """Such as "窗口、调解员", in the order of `Role`; "" for nobody."""
    given = set(roles)
    return "、".join(role.label for role in Role if role in given)


def in_two_camps(roles: Iterable[str]) -> bool:
    """Whether one person would keep the users and read the log of it too (GB/T 22239-2019 asks for two people)."""
    return {Role.ADMIN, Role.AUDITOR} <= set(roles)


def rights_of_user(user: User) -> frozenset[Right]:
    """What this user may do: nothing any more once retired."""
    return rights_of(user.roles) if user.active else frozenset()


def lacking(user: User | None, users: Sequence[User], any_of: Sequence[Right]) -> str:
    """Says that this user has none of the rights, and whom to ask; whatever was typed stays."""
    wanted = "或".join(f"“{right.label}”" for right in any_of)
    if user is None or not user.active:
        return f"当前使用者已离岗，不能办理（需要{wanted}权限）。没有记录任何内容，已填写的还在；请换在岗的使用者登录。"
    roles = roles_in_words(user.roles)
    who = f"您的角色是“{roles}”" if roles else "您还没有角色"
    return f"{who}，没有{wanted}权限。没有记录任何内容，已填写的还在；{_whom_to_ask(users, any_of)}"


def _whom_to_ask(users: Sequence[User], any_of: Sequence[Right]) -> str:
    may = [user.name for user in users if not rights_of_user(user).isdisjoint(any_of)]
    keepers = [user.name for user in users if Right.USERS in rights_of_user(user)]
    ways = []
    if may:
        ways.append(f"请找{'、'.join(may[:_NAMED])}{'等' if len(may) > _NAMED else ''}办理")
    if keepers:
        ways.append(f"请管理员{'、'.join(keepers[:_NAMED])}调整角色")
    return "，或".join(ways or ["请先由管理员安排角色"]) + "。"
