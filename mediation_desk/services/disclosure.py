"""What is shown only on purpose: whole numbers, and files that are closed. Each is logged before it is shown."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import refuse_unless
from mediation_desk.domain.rights import Right
from mediation_desk.domain.stage import Stage
from mediation_desk.services.act import Act, check, needs
from mediation_desk.services.audit import note_view
from mediation_desk.store.records import Records


@needs(Right.FULL_NUMBERS)
def show_numbers(records: Records, _act: Act, case_id: int, name: str) -> None:
    """Log that the whole numbers of somebody of this case are looked at. Raises `NotAllowed`."""
    records.cases.get(case_id)
    note_view(records, f"证件号码和电话全号：{name}", case_id)


def is_closed_file(case: Case) -> bool:
    """Whether somebody who opens the case is to say why."""
    return case.stage == Stage.CLOSED


def check_closed_file(records: Records, act: Act, case_id: int) -> None:
    """Raise `NotAllowed` for somebody who may not open closed files, unless the case was in their hands to its end."""
    own = {assignment.mediator_id for assignment in records.cases.get(case_id).active_assignments}
    if act.mediator_id not in own or Right.MEDIATE not in act.rights:
        check(records, act, Right.CLOSED_FILES)


def open_closed_file(records: Records, act: Act, case_id: int, reason: str) -> None:
    """Log why somebody opens a closed file. Raises `NotAllowed`; `RuleBroken` at "closed_reason" without a reason."""
    check_closed_file(records, act, case_id)
    refuse_unless(reason.strip(), "请写明理由，理由会留在日志中。", "closed_reason")
    note_view(records, f"已结卷宗，理由：{reason.strip()}", case_id)
