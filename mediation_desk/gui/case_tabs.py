"""The tabs of the case page. Each is loaded and made when it is first shown, so that a case is there at once."""

from typing import TYPE_CHECKING, TypeAlias

from mediation_desk.gui.desk import Desk

if TYPE_CHECKING:
    from mediation_desk.gui.agreement_tab import AgreementTab
    from mediation_desk.gui.attachments_tab import AttachmentsTab
    from mediation_desk.gui.overview_tab import OverviewTab
    from mediation_desk.gui.papers_tab import PapersTab
    from mediation_desk.gui.parties_tab import PartiesTab
    from mediation_desk.gui.procedure_tab import ProcedureTab
    from mediation_desk.gui.sessions_tab import SessionsTab
    from mediation_desk.gui.timeline_tab import TimelineTab

    CaseTab: TypeAlias = (
        OverviewTab | PartiesTab | TimelineTab | SessionsTab | AgreementTab | PapersTab | AttachmentsTab | ProcedureTab
    )

TABS = (
    ("overview", "概况"),
    ("parties", "当事人"),
    ("timeline", "过程"),
    ("sessions", "调解记录"),
    ("agreement", "协议与履行"),
    ("papers", "文书"),
    ("attachments", "附件"),
    ("procedure", "程序"),
)


def make_tab(key: str, desk: Desk) -> "CaseTab":
    """The tab with that key. It shows a case by `show_case`; one in which something can be half typed has `leave`."""
    match key:
        case "overview":
            from mediation_desk.gui.overview_tab import OverviewTab

            return OverviewTab(desk)
        case "parties":
            from mediation_desk.gui.parties_tab import PartiesTab

            return PartiesTab(desk)
        case "timeline":
            from mediation_desk.gui.timeline_tab import TimelineTab

            return TimelineTab(desk)
        case "sessions":
            from mediation_desk.gui.sessions_tab import SessionsTab

            return SessionsTab(desk)
        case "agreement":
            from mediation_desk.gui.agreement_tab import AgreementTab

            return AgreementTab(desk)
        case "papers":
            from mediation_desk.gui.papers_tab import PapersTab

            return PapersTab(desk)
        case "procedure":
            from mediation_desk.gui.procedure_tab import ProcedureTab

            return ProcedureTab(desk)
        case _:
            from mediation_desk.gui.attachments_tab import AttachmentsTab

            return AttachmentsTab(desk)
