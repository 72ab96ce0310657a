"""Opens the windows of a call-out, from wherever somebody is called in; each is loaded when it is first wanted."""

from functools import partial

from PySide6.QtWidgets import QWidget

from mediation_desk.gui.desk import Desk

_CALLED = "呼叫随驻人员，由接受的人参加"


def call_in(desk: Desk, window: QWidget, case_id: int | None = None, purpose: str = "") -> None:
    """Go on with the search that runs for that case, or begin one."""
    from mediation_desk.gui.call_out_begin_dialog import CallOutBeginDialog

    running = desk.look(lambda records, _: records.call_outs.running()) if case_id else []
    found = next((each.id for each in running if each.case_id == case_id), None)
    if found is not None:
        show_call_out(desk, window, found)
        return
    dialog = CallOutBeginDialog(desk, window, case_id, purpose)
    dialog.begun.connect(partial(show_call_out, desk, window))
    dialog.open()


def show_call_out(desk: Desk, window: QWidget, call_out_id: int) -> None:
    """Show a search with its clock."""
    from mediation_desk.gui.call_out_dialog import CallOutDialog

    dialog = CallOutDialog(desk, window, call_out_id)
    dialog.assign_wanted.connect(partial(_assign, desk, window))
    dialog.open()


def _assign(desk: Desk, window: QWidget, case_id: int, mediator_id: int) -> None:
    """Show the case, and the one who accepted as the choice for it."""
    from mediation_desk.gui.assign_dialog import AssignDialog

    desk.case_wanted.emit(case_id)
    dialog = AssignDialog(desk, desk.look(lambda records, _: records.cases.get(case_id)), window)
    dialog.propose(mediator_id, _CALLED)
    dialog.open()
