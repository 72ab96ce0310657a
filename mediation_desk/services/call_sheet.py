"""The call sheet of a call-out on paper."""

from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records


@needs(Right.ASSIGN)
def draw_call_out(records: Records, act: Act, call_out_id: int) -> bytes:
    """The PDF of a search for somebody on call, begun or not. Raises `NotFound`, and `GlyphMissing` as papers do."""
    # ReportLab and the fonts cost a fifth of a second: loaded when a paper is wanted, not when the window opens.
    from mediation_desk.documents.call_sheet import Callee, CallSheet, draw_call_sheet

    call_out = records.call_outs.get(call_out_id)
    ids = {*call_out.order, *(call.mediator_id for call in call_out.calls)}
    centre = records.centre.get()
    profession = act.rules.table("mediator_profession").label(call_out.profession) if call_out.profession else ""
    case = records.cases.get(call_out.case_id) if call_out.case_id is not None else None
    return draw_call_sheet(
        CallSheet(
            centre=centre.name,
            call_out=call_out,
            people={
                number: Callee(each.name, each.unit, each.phone) for number, each in records.mediators.some(ids).items()
            },
            profession=profession,
            case_number=case.number if case else "",
            begun_by=centre.user_name(call_out.by_id),
            is_practice=centre.is_practice,
        )
    )
