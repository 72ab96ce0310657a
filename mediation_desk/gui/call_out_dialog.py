"""A call-out that goes on: who was called, how much time is left, what was answered."""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut, CallOutState
from mediation_desk.domain.call_out_flow import OPEN, minutes_to_answer, next_to_call, not_called
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.mediator import Mediator
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.case_dialog import take_room
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_call_out import Ui_CallOutForm
from mediation_desk.gui.line_model import ORANGE, RED, YELLOW, Line, LineModel, Tone
from mediation_desk.gui.printing import print_paper, save_file
from mediation_desk.services.act import Act
from mediation_desk.services.audit import note_export, note_print
from mediation_desk.services.call_out import answer_call, call_again, call_next, note_arrival, stop_call_out
from mediation_desk.services.call_sheet import draw_call_out
from mediation_desk.store.records import Records

A_SECOND_MS = 1000
_ROOM_AROUND = 120
"""What frame, title and two rows of buttons take besides the fields."""
_SHEET = "随驻人员呼叫单"
_COLUMNS = ("次序", "姓名", "电话", "呼叫", "答复期限", "答复", "用时", "说明")


class CallOutDialog(QDialog):
    """Reads the search anew on every change, and once a second looks at the clock.

    `assign_wanted` asks for the case to be given to the one who accepted (case id, mediator id).
    """

    assign_wanted = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget, call_out_id: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self._id = desk, call_out_id
        self.ui = ui = Ui_CallOutForm()
        ui.setupUi(self)
        self.model = LineModel(_COLUMNS, self)
        ui.calls.setModel(self.model)
        ui.calls.verticalHeader().hide()
        ui.calls.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        ui.calls.horizontalHeader().setStretchLastSection(True)
        clock_font = ui.clock_text.font()
        clock_font.setPointSizeF(clock_font.pointSizeF() * 2)
        ui.clock_text.setFont(clock_font)
        self._connect()
        self._read()
        ui.calls.selectionModel().currentRowChanged.connect(self._offer_what_makes_sense)
        self._select_last()
        desk.changed.connect(self._read)
        take_room(self, ui.fields, _ROOM_AROUND)
        self._second = QTimer(self)
        self._second.setInterval(A_SECOND_MS)
        self._second.timeout.connect(self._show_clock)
        self._second.start()

    def _connect(self) -> None:
        ui = self.ui
        for text, keys, answer, button in (
            ("接受", "Alt+1", CallAnswer.ACCEPTED, ui.accept_button),
            ("谢绝", "Alt+2", CallAnswer.DECLINED, ui.decline_button),
            ("未答复", "Alt+3", CallAnswer.NO_ANSWER, ui.silent_button),
            ("撤回呼叫", "Alt+4", CallAnswer.WITHDRAWN, ui.withdraw_button),
        ):
            add_action(self, text, keys, partial(self._answer, answer), button)
        add_action(self, "已到达", "Alt+5", self._arrived, ui.arrived_button)
        add_action(self, "再次呼叫", "Alt+6", self._again, ui.again_button)
        add_action(self, "呼叫下一位", "Ctrl+Return", self._next, ui.next_button)
        add_action(self, "打印呼叫单", "Ctrl+P", self._print, ui.print_button)
        add_action(self, "呼叫单另存为 PDF", "Ctrl+S", self._save_pdf, ui.save_pdf_button)
        add_action(self, "停止呼叫", "Ctrl+Shift+E", self._stop, ui.stop_button)
        add_action(self, "指派本案", "Ctrl+D", self._assign, ui.assign_button)
        ui.cancel_button.clicked.connect(self.reject)

    @property
    def _chosen(self) -> Call | None:
        index = self.ui.calls.currentIndex()
        return self._call_out.calls[index.row()] if index.isValid() else None

    def _answer(self, answer: CallAnswer) -> None:
        call = self._chosen
        if call is None:
            return
        with telling(self):
            self.desk.do(answer_call, self._id, call.place, answer, line_of(self.ui.reason))
            self.ui.reason.clear()

    def _arrived(self) -> None:
        if (call := self._chosen) is not None:
            with telling(self):
                self.desk.do(note_arrival, self._id, call.place)

    def _again(self) -> None:
        if (call := self._chosen) is not None:
            with telling(self):
                self.desk.do(call_again, self._id, call.mediator_id)
                self._select_last()

    def _next(self) -> None:
        with telling(self):
            self.desk.do(call_next, self._id)
            self._select_last()

    def _stop(self) -> None:
        with telling(self, {"end_note": self.ui.reason}):
            self.desk.do(stop_call_out, self._id, line_of(self.ui.reason))
            self.ui.reason.clear()

    def _assign(self) -> None:
        accepted = _accepted(self._call_out)
        if accepted and self._call_out.case_id is not None:
            self.assign_wanted.emit(self._call_out.case_id, accepted.mediator_id)
            self.accept()

    def _print(self) -> None:
        with telling(self):
            log, case_id = self.desk.log, self._call_out.case_id
            pdf = self.desk.look(draw_call_out, self._id)
            print_paper(self, pdf, _SHEET, 1, lambda copies: log.note(note_print, _SHEET, case_id, copies=copies))

    def _save_pdf(self) -> None:
        with telling(self):
            began = self._call_out.began_at
            saved = partial(self.desk.log.note, note_export, _SHEET, self._call_out.case_id)
            pdf = self.desk.look(draw_call_out, self._id)
            save_file(self, pdf, f"{_SHEET} {began:%Y-%m-%d %H%M}.pdf", saved=saved)

    def _select_last(self) -> None:
        self.ui.calls.selectRow(len(self.model.lines) - 1)

    def _read(self) -> None:
        row = self.ui.calls.currentIndex().row()
        with telling(self):
            self._call_out, self._people = self.desk.look(_call_out_with_people, self._id)
        self.model.show([self._line(call) for call in self._call_out.calls])
        self.ui.calls.selectRow(row)
        case = "（为本案呼叫）" if self._call_out.case_id else ""
        self.ui.purpose_text.setText(f"{self._call_out.urgency.label}呼叫{case}：{self._call_out.purpose}")
        left = "、".join(self._people[each].name for each in not_called(self._call_out))
        self.ui.left_text.setText(f"还没有呼叫：{left}" if left else "名单上的人都已呼叫。")
        self._show_clock()

    def _line(self, call: Call) -> Line:
        person, minutes = self._people[call.mediator_id], minutes_to_answer(call)
        over = call.answer is CallAnswer.WAITING and call.answer_by <= self.desk.now()
        told = [
            call.reason,
            "超时后答复" if call.late and call.answer is not CallAnswer.WITHDRAWN else "",
            "已有他人接受后才答复愿意来" if call.late and call.answer is CallAnswer.WITHDRAWN else "",
            f"{show_time(call.arrived_at.time())}到达" if call.arrived_at else "",
        ]
        cells = (
            str(call.place),
            person.name,
            person.phone,
            show_time(call.called_at.time()),
            show_time(call.answer_by.time()),
            "答复时间已到" if over else call.answer.label,
            "" if minutes is None else f"{int(minutes)}分钟",
            "；".join(filter(None, told)),
        )
        tone = RED if over else YELLOW if call.answer is CallAnswer.WAITING else None
        return Line(cells, call.place, tone)

    def _show_clock(self) -> None:
        """How long the first of those who wait still has, or how the search ended."""
        now, call_out = self.desk.now(), self._call_out
        text, tone = _clock(call_out, now, self._people)
        self.ui.clock_text.setText(text)
        self.ui.clock_text.setStyleSheet(
            f"background: {tone.background.name()}; color: {tone.ink.name()}; padding: 6px;"
            if tone
            else "padding: 6px;"
        )
        self._offer_what_makes_sense()

    def _offer_what_makes_sense(self) -> None:
        """Leave out what could not even be asked of the call that is chosen."""
        ui, call, call_out = self.ui, self._chosen, self._call_out
        is_waiting = call is not None and call.answer is CallAnswer.WAITING
        silent = call is not None and call.answer is CallAnswer.NO_ANSWER
        ui.accept_button.setEnabled(call is not None and call.answer is not CallAnswer.ACCEPTED)
        ui.decline_button.setEnabled(is_waiting or silent)
        ui.silent_button.setEnabled(is_waiting)
        ui.withdraw_button.setEnabled(is_waiting)
        accepted = call is not None and call.answer is CallAnswer.ACCEPTED
        ui.arrived_button.setEnabled(call is not None and accepted and call.arrived_at is None)
        ui.again_button.setEnabled(call is not None and not is_waiting and call_out.state in OPEN)
        ui.next_button.setEnabled(bool(next_to_call(call_out, self.desk.now())) or _is_over(call_out, self.desk.now()))
        ui.stop_button.setEnabled(call_out.ended_at is None)
        ui.assign_button.setVisible(call_out.case_id is not None and _accepted(call_out) is not None)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._second.stop()
        super().closeEvent(event)


def _call_out_with_people(records: Records, _act: Act, call_out_id: int) -> tuple[CallOut, dict[int, Mediator]]:
    call_out = records.call_outs.get(call_out_id)
    return call_out, records.mediators.some({*call_out.order, *(call.mediator_id for call in call_out.calls)})


def _accepted(call_out: CallOut) -> Call | None:
    return next((call for call in call_out.calls if call.answer is CallAnswer.ACCEPTED), None)


def _is_over(call_out: CallOut, now: datetime) -> bool:
    """Whether somebody who was called let the time pass and this is not noted yet."""
    return call_out.state is CallOutState.RUNNING and any(call.answer_by <= now for call in call_out.waiting)


def _clock(call_out: CallOut, now: datetime, people: dict[int, Mediator]) -> tuple[str, Tone | None]:
    """The large line, and its colour."""
    match call_out.state:
        case CallOutState.FOUND:
            accepted = _accepted(call_out)
            assert accepted is not None
            name = people[accepted.mediator_id].name
            freed = [people[call.mediator_id].name for call in call_out.calls if call.answered_at == call_out.ended_at]
            others = "、".join(each for each in freed if each != name)
            return f"{name}接受{f'，请告知{others}不必前来' if others else ''}", None
        case CallOutState.EXHAUSTED:
            done = f"：{call_out.end_note}" if call_out.ended_at else "，没有人接受：请报值班领导处理"
            return f"名单已用尽{done}", RED
        case CallOutState.STOPPED:
            return f"已停止：{call_out.end_note}", None
    first = min(call_out.waiting, key=lambda call: call.answer_by, default=None)
    if first is None:
        return "请呼叫下一位", ORANGE
    name = people[first.mediator_id].name
    left = first.answer_by - now
    if left <= timedelta(0):
        return f"{name}答复时间已到，请呼叫下一位", RED
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"等待{name}答复　{minutes}:{seconds:02}", None if left > timedelta(minutes=2) else ORANGE
