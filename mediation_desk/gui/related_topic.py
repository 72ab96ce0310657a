"""关联案件: earlier and later comings of the same dispute, the same people, what was merged; and what came of each."""

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.relation import OF_PERSONS, Relation, RelationKind
from mediation_desk.domain.rights import Right
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_page import FactPage
from mediation_desk.gui.line_model import Line
from mediation_desk.gui.overview_text import moment
from mediation_desk.gui.relate_dialog import RelateDialog
from mediation_desk.gui.take_back_dialog import TakeBackDialog
from mediation_desk.services.relations import related, withdraw_relation
from mediation_desk.services.similar import what_came_of
from mediation_desk.store.cases import CaseRow

_SAID_BY_OTHERS = {
    RelationKind.SAME_DISPUTE: "后来再次来访",
    RelationKind.NEW_DISPUTE: "后来的新纠纷",
    RelationKind.MERGED: "并入本案",
}
_HIDDEN = "您无权查看的案件"


class Tied(NamedTuple):
    """A line: what it is called, the other case if it may be seen, and the relation if it stands at the case shown."""

    called: str
    row: CaseRow | None
    no: int = 0
    relation: Relation | None = None
    people: str = ""


class RelatedTopic(QWidget):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.page = FactPage(desk, ("关系", "案件", "登记日期", "情况"), empty="没有关联的案件。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.page.offer("关联案件…", self._relate, Right.REGISTER, name="relate_case")
        self.page.offer("撤回关联…", self._withdraw, Right.REGISTER, name="withdraw_relation", suits=_stands_here)
        self.page.offer("打开那个案件", self._open, Right.REGISTER, name="open_related", suits=_is_seen)

    def show_case(self, case: Case) -> None:
        self.case = case
        self.page.show_lines([_line(each) for each in self._tied(case)], self._in_words)

    def _tied(self, case: Case) -> list[Tied]:
        shown = self.desk.look(related, case)
        direct = {each.other_id for _, each, _ in shown.relations}
        found = [Tied("以前的来访", row) for row in shown.earlier if row.id not in direct]
        for no, each, row in shown.relations:
            found.append(Tied(each.kind.label, row, no, each, case.party_name(each.party_no)))
        for link, row in shown.said_by_others:
            people = case.party_name(link.other_party_no)
            found.append(Tied(_SAID_BY_OTHERS.get(link.kind, link.kind.label), row, people=people))
        return found

    def _in_words(self, tied: Tied) -> str:
        told = [f"{tied.called}：{tied.row.called if tied.row else _HIDDEN}"]
        if tied.people:
            told.append(f"本案当事人：{tied.people}")
        relation = tied.relation
        if relation is not None:
            user_name = self.desk.centre.user_name
            if relation.reason:
                told.append(f"说明：{relation.reason}")
            told.append(f"{user_name(relation.by_id)} {moment(relation.recorded_at)}认定")
            if relation.withdrawn_at is not None and relation.withdrawn_by_id is not None:
                who = user_name(relation.withdrawn_by_id)
                told.append(f"{who} {moment(relation.withdrawn_at)}撤回：{relation.withdrawn_reason}")
        if tied.row is not None:
            told += self.desk.look(what_came_of, [tied.row.id])[tied.row.id].in_words()
        return "\n".join(told)

    def _relate(self) -> None:
        if self.case is not None:
            RelateDialog(self.desk, self.case, self).open()

    def _withdraw(self) -> None:
        case, tied = self.case, self.page.chosen
        if case is None or case.id is None or not _stands_here(tied):
            return
        case_id = case.id

        def take_back(reason: str) -> None:
            self.desk.do(withdraw_relation, case_id, tied.no, reason=reason)

        what = f"撤回“{tied.called}：{tied.row.called if tied.row else _HIDDEN}”。撤回后仍可查到，两个案件都会记明。"
        TakeBackDialog(self.desk, case, what, take_back, self).open()

    def _open(self) -> None:
        if _is_seen(self.page.chosen):
            self.desk.case_wanted.emit(self.page.chosen.row.id)


def _line(tied: Tied) -> Line:
    row, relation = tied.row, tied.relation
    state = f"已撤回：{relation.withdrawn_reason}" if relation and not relation.stands else ""
    day = show_day(row.registered_at.date()) if row else ""
    people = tied.people if relation and relation.kind in OF_PERSONS else ""
    return Line((tied.called, row.called if row else _HIDDEN, day, state or people), tied)


def _stands_here(tied: Tied | None) -> bool:
    return tied is not None and tied.relation is not None and tied.relation.stands


def _is_seen(tied: Tied | None) -> bool:
    return tied is not None and tied.row is not None
