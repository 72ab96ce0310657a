"""Shows what is like a case, and why: earlier visits of its people, people written down otherwise, similar stories."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.masking import masked_number, masked_phone
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.stage import Stage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.forms.ui_like import Ui_LikeForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.similar import (
    Duplicate,
    Repeat,
    Similar,
    duplicate_persons,
    repeat_candidates,
    similar_cases,
)
from mediation_desk.store.records import Records

NOTHING = "没有找到以往或相似的案件。"
_HEADERS = ("关系", "程度", "案件", "依据")


class LikeDialog(QDialog):
    """Read once; nothing is changed. Enter or a double click opens a case in place of this one."""

    def __init__(self, desk: Desk, case: Case, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ui = Ui_LikeForm()
        self.ui.setupUi(self)
        self.model = LineModel(_HEADERS, self)
        table = self.ui.like_lines
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        lines = list(desk.look(_lines, case))
        self.model.show(lines)
        if lines:
            table.selectRow(0)
        else:
            self.ui.like_text.setText(NOTHING)
        self.ui.open_like.setEnabled(bool(lines))
        self.ui.open_like.clicked.connect(self._open)
        table.activated.connect(self._open)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(self.screen().availableSize() * 0.75)

    def _open(self) -> None:
        chosen = self.ui.like_lines.currentIndex()
        if chosen.isValid():
            self.accept()
            self.desk.case_wanted.emit(chosen.data(Qt.ItemDataRole.UserRole))


def _lines(records: Records, act: Act, case: Case) -> Iterator[Line]:
    story = f"{case.matter}\n{case.demand}"
    repeats = repeat_candidates(records, act, case.parties, story, except_id=case.id)
    found = {each for party in case.parties for each in duplicate_persons(records, act, party, except_id=case.id)}
    similar = similar_cases(records, act, case.id, story)
    others = {
        (each.other_id, each.party_no, each.other_party_no)
        for each in case.relations
        if each.stands and each.kind is RelationKind.OTHER_PERSON
    }
    repeats = [each for each in repeats if (each.case_id, each.own_no, each.party_no) not in others]
    numbers = {row.id: row.number for row in records.cases.rows({each.case_id for each in found})}
    return iter(
        [
            *map(_repeat, repeats),
            *(_duplicate(each, numbers.get(each.case_id, "")) for each in sorted(found, key=lambda each: -each.score)),
            *(_similar(each) for each in similar if each.case.id not in {repeat.case_id for repeat in repeats}),
        ]
    )


def _repeat(each: Repeat) -> Line:
    case = f"{show_day(each.registered_at.date())}　{Stage(each.stage).label}　{each.number or '未编号'}"
    who = f"{each.party_name}（{each.side.label}）"
    why = "、".join(reason.label for reason in each.why)
    return Line(("以往案件", _percent(each.score), case, f"{who}：{why}"), each.case_id)


def _duplicate(each: Duplicate, number: str) -> Line:
    person = each.person
    written = "　".join(filter(None, (person.name, masked_number(person.id_number), masked_phone(person.phone))))
    why = "、".join(reason.label for reason in each.why)
    return Line(("疑似同一人", _percent(each.score), number or "未编号", f"记作 {written}：{why}"), each.case_id)


def _similar(each: Similar) -> Line:
    row = each.case
    case = f"{show_day(row.registered_at.date())}　{Stage(row.stage).label}　{row.called}"
    return Line(("相似案情", _percent(each.score), case, f"都提到：{'、'.join(each.words)}"), row.id)


def _percent(score: float) -> str:
    return f"{round(100 * score)}"
