"""Who may do what: the roles of the people at the desk, and the rights that each role gives.

The rights table stands in the manual for staff; the separation of 管理员, business and 审计 follows GB/T 22239-2019.
"""

from mediation_desk.domain.labelled import Labelled


class Role(Labelled):
    """What a user is at the desk. One person may have several roles."""

    CLERK = "clerk", "窗口"
    MEDIATOR = "mediator", "调解员"
    DIRECTOR = "director", "主任"
    ARCHIVIST = "archivist", "档案"
    ADMIN = "admin", "管理员"
    AUDITOR = "auditor", "审计"
