"""Makes the dialogs of 概况; each is loaded when it is first wanted."""

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import Case
from mediation_desk.gui.case_dialog import CaseDialog
from mediation_desk.gui.desk import Desk


def make_dialog(key: str, desk: Desk, case: Case, parent: QWidget) -> CaseDialog:
    """The dialog of the step with that key, filled from `case`."""
    match key:
        case "correct":
            from mediation_desk.gui.correct_dialog import CorrectDialog

            return CorrectDialog(desk, case, parent)
        case "willingness":
            from mediation_desk.gui.willingness_dialog import WillingnessDialog

            return WillingnessDialog(desk, case, parent)
        case "triage":
            from mediation_desk.gui.triage_dialog import TriageDialog

            return TriageDialog(desk, case, parent)
        case "decision":
            from mediation_desk.gui.decision_dialog import DecisionDialog

            return DecisionDialog(desk, case, parent)
        case "void_number":
            from mediation_desk.gui.void_number_dialog import VoidNumberDialog

            return VoidNumberDialog(desk, case, parent)
        case "assign":
            from mediation_desk.gui.assign_dialog import AssignDialog

            return AssignDialog(desk, case, parent)
        case "relieve":
            from mediation_desk.gui.relieve_dialog import RelieveDialog

            return RelieveDialog(desk, case, parent)
        case "outcome":
            from mediation_desk.gui.outcome_dialog import OutcomeDialog

            return OutcomeDialog(desk, case, parent)
        case "reopen":
            from mediation_desk.gui.reopen_dialog import ReopenDialog

            return ReopenDialog(desk, case, parent)
        case _:
            from mediation_desk.gui.closing_dialog import ClosingDialog

            return ClosingDialog(desk, case, parent)
