"""The call sheet of a search."""

import pytest

from mediation_desk.documents import call_sheet
from mediation_desk.documents.call_sheet import Callee, CallSheet
from mediation_desk.domain.call_out import CallOut
from mediation_desk.services.call_sheet import draw_call_out
from tests.desk import NOW, ON_CALL, Desk, uid


def search(desk: Desk, **facts: object) -> int:
    told: dict[str, object] = {"uid": uid(900), "order": [ON_CALL], "began_at": NOW, "by_id": 1}
    call_out = CallOut(**told | facts)  # type: ignore[arg-type]  # any field
    desk.write(lambda records: records.call_outs.add(call_out))
    assert call_out.id is not None
    return call_out.id


def test_the_sheet_names_list_purpose_case_and_who_began(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = desk.accepted()
    call_out_id = search(desk, case_id=case_id, profession="counsellor")
    given: list[CallSheet] = []

    def note(said: CallSheet) -> bytes:
        given.append(said)
        return b"%PDF"

    monkeypatch.setattr(call_sheet, "draw_call_sheet", note)
    with desk.database.reading() as records:
        assert draw_call_out(records, desk.act, call_out_id) == b"%PDF"
        number = records.cases.get(case_id).number
    [said] = given
    assert said.people == {ON_CALL: Callee("孙律")}
    assert (said.profession, said.case_number, said.begun_by) == ("心理咨询师", number, "登记员")
    assert not said.is_practice


def test_a_search_for_the_window_is_drawn_too(desk: Desk) -> None:
    call_out_id = search(desk)
    with desk.database.reading() as records:
        assert draw_call_out(records, desk.act, call_out_id).startswith(b"%PDF-")
