"""说明: why this person, why not another, what is missing and what would help; and what is certain beforehand."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from mediation_desk.domain.half_day import HalfDay
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.domain.roster_reasons import Explanation, Other, other_in_words, reason_in_words
from mediation_desk.gui.forms.ui_roster_why import Ui_RosterWhy
from mediation_desk.gui.line_model import RED, YELLOW, Line, LineModel
from mediation_desk.services.roster_view import RosterMonth

_SEARCHING = "正在算怎样能补齐…"
_RELAXED = "只放宽一条规则、只加一个人时还会缺几人："
_NO_HELP = "单独放宽任何一条规则，都不能减少缺口。"
_NO_SOLVER = "求解组件不可用，没有算出怎样能补齐。"


class RosterWhy(QWidget):
    """`half_day_wanted` asks the grid to go to a half-day."""

    half_day_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_RosterWhy()
        self.ui.setupUi(self)
        self.others = LineModel(("姓名", "为什么不是他/她"), self)
        self.shortages = LineModel(("半天", "缺", "为什么没有人"), self)
        self.help = LineModel(("办法，效果最好的在前",), self)
        self.warnings = LineModel(("排班前就能确定的",), self)
        for view, model in (
            (self.ui.others, self.others),
            (self.ui.shortages, self.shortages),
            (self.ui.help, self.help),
            (self.ui.warnings, self.warnings),
        ):
            view.setModel(model)
            _give_room(view, model.columnCount() - 1)
        self.ui.shortages.activated.connect(self._go_to)
        self.ui.shortages.clicked.connect(self._go_to)
        self._month: RosterMonth | None = None
        self._explanation: Explanation | None = None
        self._names: dict[int, str] = {}
        self._cell: tuple[int, HalfDay] | None = None
        self._certain: Mapping[tuple[HalfDay, int], int] = {}

    def show_month(self, month: RosterMonth) -> None:
        """What is known without an explanation; one that was shown before stays."""
        self._month = month
        self._names = {person.id: person.name for person in month.people}
        if self._explanation is None:
            self.ui.help_text.setText(_SEARCHING if self._short() else "没有缺口。")
        self.warnings.show([Line((sentence,), None, YELLOW) for sentence in month.warnings])
        title = f"提示（{len(month.warnings)}）" if month.warnings else "提示"
        self.ui.tabs.setTabText(self.ui.tabs.indexOf(self.ui.warnings_page), title)
        self._show_shortages()

    def forget(self) -> None:
        """What was explained is no longer so."""
        self._explanation = None
        self._certain = {}
        self.help.show(())

    def show_explanation(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._show_shortages()
        self.show_cell(self._cell)

    def show_help(self, ways: Sequence[str] | None) -> None:
        """What would help, best first; None where that cannot be found."""
        self.ui.help_text.setText(_RELAXED if ways else _NO_HELP if ways is not None else _NO_SOLVER)
        self.help.show([Line((way,)) for way in ways or ()])

    def show_certain(self, certain: Mapping[tuple[HalfDay, int], int]) -> None:
        """How many are missing at a place whatever is done; the others there could be missing elsewhere."""
        self._certain = certain
        self._show_shortages()

    def show_shortage(self, half_day: HalfDay, post_id: int | None) -> None:
        """Bring what is missing then to the front, where something is."""
        for row, line in enumerate(self.shortages.lines):
            if line.key[0] == half_day and post_id in (None, line.key[1]):
                self.ui.tabs.setCurrentWidget(self.ui.shortage_page)
                self.ui.shortages.setCurrentIndex(self.shortages.index(row, 0))
                return

    def show_cell(self, cell: tuple[int, HalfDay] | None) -> None:
        """Answer for one person on one half-day."""
        self._cell = cell
        month = self._month
        if month is None or cell is None or cell[0] not in self._names:
            self._show_reasons("", ())
            return
        shift = month.shifts.get(cell)
        if self._explanation is None:
            is_planned = month.draft is not None or month.published is not None
            self._show_reasons("正在找理由…" if is_planned else "本月还没有排班。", ())
        elif shift is not None:
            self._show_why(Placing(cell[1], shift.post_id, cell[0]), self._explanation)
        else:
            told = [
                f"{self._names[cell[0]]} {cell[1].in_month}没有班次。",
                *self._why_no_shift(*cell, self._explanation),
            ]
            self._show_reasons("\n· ".join(told), ())

    def _show_why(self, placing: Placing, explanation: Explanation) -> None:
        """Why this person has this shift, and why nobody else; who could take it comes first."""
        head = f"为什么是{self._names[placing.person_id]}：{placing.half_day.in_month} {self._post(placing.post_id)}"
        reasons = [reason_in_words(each, self._names) for each in explanation.reasons(placing)]
        others = sorted(explanation.others(placing), key=lambda each: each.delta is None)
        self._show_reasons("\n· ".join([head, *reasons]), others)

    def _why_no_shift(self, person_id: int, half_day: HalfDay, explanation: Explanation) -> Iterator[str]:
        """Post by post, beside who has it, or although nobody has it."""
        assert self._month is not None
        if half_day not in self._month.open:
            yield f"休息（{self._month.closed_why.get(half_day, '')}）"
            return
        held = next(person.posts for person in self._month.people if person.id == person_id)
        at_posts = [
            Placing(half_day, shift.post_id, other_id)
            for (other_id, when), shift in self._month.shifts.items()
            if when == half_day and shift.post_id in held
        ]
        for placing in sorted(at_posts):
            who = f"{self._post(placing.post_id)}由{self._names[placing.person_id]}值"
            yield from self._against(person_id, explanation.others(placing), who)
        for post_id in sorted(held):
            if (half_day, post_id) in self._month.short:
                blocked = explanation.blockers_of_shortage(half_day, post_id)
                yield from self._against(person_id, blocked, f"{self._post(post_id)}还缺人")

    def _against(self, person_id: int, others: Sequence[Other], head: str) -> Iterator[str]:
        yield from (f"{head}：{other_in_words(each, self._names)}" for each in others if each.person_id == person_id)

    def _show_reasons(self, text: str, others: Sequence[Other]) -> None:
        self.ui.reasons_text.setText(text)
        self.others.show(
            [Line((self._names.get(each.person_id, ""), other_in_words(each, self._names))) for each in others]
        )

    def _short(self) -> list[tuple[HalfDay, int, int]]:
        """(half-day, post id, people missing) of what is not over yet."""
        month = self._month
        if month is None:
            return []
        return [(*place, people) for place, people in sorted(month.short.items()) if place[0] not in month.past]

    def _show_shortages(self) -> None:
        """One line for each hindrance, the half-day before the first of them."""
        lines = []
        for half_day, post_id, people in self._short():
            first, *more = self._hindrances(half_day, post_id)
            missing = f"{self._post(post_id)}{people}人{self._how_certain((half_day, post_id), people)}"
            lines.append(Line((half_day.in_month, missing, first), (half_day, post_id), RED))
            lines += [Line(("", "", each), (half_day, post_id)) for each in more]
        self.shortages.show(lines)

    def _how_certain(self, place: tuple[HalfDay, int], people: int) -> str:
        """Nothing where it is not known."""
        if place not in self._certain:
            return ""
        return "，必缺" if self._certain[place] == people else "，可改为缺在别处"

    def _hindrances(self, half_day: HalfDay, post_id: int) -> list[str]:
        """Everybody who holds the post with what is in the way, those with the same hindrance together."""
        if self._explanation is None:
            return [""]
        people: dict[str, list[str]] = {}
        for each in self._explanation.blockers_of_shortage(half_day, post_id):
            people.setdefault(other_in_words(each, self._names), []).append(self._names.get(each.person_id, ""))
        return [f"{why}：{'、'.join(names)}" for why, names in people.items()] or ["没有轮驻人员可排"]

    def _post(self, post_id: int) -> str:
        assert self._month is not None
        return next((post.name for post in self._month.posts if post.id == post_id), "")

    def _go_to(self, index: QModelIndex) -> None:
        self.half_day_wanted.emit(index.data(Qt.ItemDataRole.UserRole)[0])


def _give_room(view: QTreeView, column: int) -> None:
    """Let one column take the room that the others leave."""
    header = view.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
