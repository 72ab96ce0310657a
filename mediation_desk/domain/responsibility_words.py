"""Who answers for the case towards the visitor, in the clerk's words."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.responsibility import ResponsibilityTransfer
from mediation_desk.domain.supervision_words import Called, recorded


def responsible_in_words(case: Case, called: Called) -> str:
    """Who received the visitor, and who is responsible now where that is somebody else."""
    first = called(case.first_contact_id)
    now = called(case.responsible_id)
    return f"首问：{first}" + (f"，现由{now}负责" if case.responsible_id != case.first_contact_id else "")


def transfer_state(transfer: ResponsibilityTransfer) -> str:
    if transfer.is_open:
        return "等待答复"
    if transfer.was_taken_back:
        return "已撤回"
    return "已接手" if transfer.accepted else "没有接手"


def transfer_in_words(transfer: ResponsibilityTransfer, called: Called) -> str:
    lines = [f"请{called(transfer.to_id)}接手" + recorded(called, transfer.by_id, transfer.recorded_at)]
    lines += [f"原因：{transfer.reason}"] if transfer.reason else []
    if transfer.answered_at is not None:
        at = f"{show_day(transfer.answered_at.date())} {show_time(transfer.answered_at.time())}"
        lines.append(f"{at} {transfer_state(transfer)}" + (f"：{transfer.answer}" if transfer.answer else ""))
    return "\n".join(lines)
