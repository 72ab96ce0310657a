"""How a time limit of a case was counted, on paper: also the answer to an order of supervision."""

from collections.abc import Sequence
from typing import NamedTuple

from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import clocks_of, extensions_of
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records


class ClockPaper(NamedTuple):
    """The sheet, and what it is kept as when it was printed: with that its digest can be looked up."""

    code: str
    no: int
    title: str
    pdf: bytes
    content: Sequence[str]
    digest: str


@needs(Right.PRINT)
def draw_clock(records: Records, act: Act, case_id: int, kind: ClockKind, no: int = 0) -> ClockPaper:
    """The sheet about the time limit of that kind as it runs now, or ran last.

    `no` is the number of the referral, order or agreement it belongs to. Orders that nobody answered yet are named as
    what it answers. Raises `NotFound`, and `GlyphMissing` as papers do.
    """
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.clock_sheet import TITLE, ClockSheet, draw_clock_sheet

    case = records.cases.get(case_id)
    fitting = [each for each in clocks_of(case, act.rules) if each.kind is kind and each.no == no]
    if not fitting:
        raise NotFound(f"这个案件现在没有期限“{kind.label}”，没有打印。")
    centre = records.centre.get()
    drawn = draw_clock_sheet(
        ClockSheet(
            centre=centre.name,
            case_number=case.number,
            file_title=case.file_title(act.rules.table("dispute_kind").label(case.dispute_kind)),
            clock=fitting[-1],
            holidays=act.rules.holidays,
            today=act.today,
            extensions=extensions_of(case, kind),
            orders=[_called(each) for each in _unanswered(case) if kind is not ClockKind.SUPERVISION],
            made_by=centre.user_name(act.by_id),
            is_practice=centre.is_practice,
        )
    )
    return ClockPaper(f"clock.{kind}", no, f"{TITLE}（{kind.label}）", drawn.pdf, drawn.content, drawn.digest)


def _unanswered(case: Case) -> list[SupervisionOrder]:
    return [each for each in case.supervision_orders if each.replied_on is None and each.settled_on is None]


def _called(order: SupervisionOrder) -> str:
    return f"{day_in_words(order.issued_on)}对{order.unit}的督办（第{order.no}号，{day_in_words(order.due_on)}前答复）"
