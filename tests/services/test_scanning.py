"""What is scanned leads to a case, an empty form or a paper; other words are looked for in the cases."""

import pytest

from mediation_desk.domain.errors import NotFound
from mediation_desk.services.blank_forms import issue_blanks, use_blank
from mediation_desk.services.scanning import (
    Scanned,
    ScannedBlank,
    ScannedCase,
    ScannedPaper,
    look_up_scanned,
)
from tests.desk import Desk


def scan(desk: Desk, typed: str) -> Scanned | None:
    with desk.database.reading() as records:
        return look_up_scanned(records, desk.act, typed)


@pytest.mark.parametrize("typed", ["", "张三", "13800000001", "漏水 天花板", "12345678", "BF2026-1", "MDES:7K3M"])
def test_words_are_no_code(desk: Desk, typed: str) -> None:
    assert scan(desk, typed) is None


def test_an_empty_form_that_begins_a_case_is_to_be_registered(desk: Desk) -> None:
    desk.do(issue_blanks, "E18", 1)
    for typed in ("BF2026-000001", " bf2026-000001 ", "ＢＦ２０２６－０００００１"):
        assert scan(desk, typed) == ScannedBlank("BF2026-000001", "案件登记单", begins_case=True)


def test_an_empty_form_for_a_case_that_is_there_is_not(desk: Desk) -> None:
    desk.do(issue_blanks, "D07", 1)
    assert scan(desk, "BF2026-000001") == ScannedBlank("BF2026-000001", "人民调解记录", begins_case=False)


def test_an_empty_form_that_was_entered_leads_to_its_case(desk: Desk) -> None:
    desk.do(issue_blanks, "E18", 1)
    case_id = desk.registered()
    desk.do(use_blank, "BF2026-000001", case_id)
    found = scan(desk, "BF2026-000001")
    assert found == ScannedCase(case_id, "空白表BF2026-000001（案件登记单）已经录入这个案件，不用再录。")


def test_a_form_whose_pack_was_taken_away_is_called_by_its_code(desk: Desk) -> None:
    desk.do(issue_blanks, "E18", 1)
    with desk.database.writing() as records:
        blank = records.blanks.find("BF2026-000001")
        assert blank is not None
        blank.code = "X9"
    assert scan(desk, "BF2026-000001") == ScannedBlank("BF2026-000001", "X9", begins_case=False)


def test_a_number_nobody_gave_out_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(NotFound, match="没有编号为“BF2026-000009”的空白表"):
        scan(desk, "BF2026-000009")


def test_a_query_code_leads_to_its_case_however_it_was_typed(desk: Desk) -> None:
    case_id = desk.registered()
    code = desk.case(case_id).query_code
    for typed in (code, code.lower(), code.replace("-", ""), f"MDESK:{code}", f"mdesk：{code.lower()}"):
        assert scan(desk, typed) == ScannedCase(case_id)


def test_the_receipt_of_another_desk_is_said_to_be_unknown(desk: Desk) -> None:
    with pytest.raises(NotFound, match="没有查询码为“7K3M-9QXA”的案件"):
        scan(desk, "MDESK:7K3M-9QXA")


def test_the_code_of_a_paper_leads_to_its_number_and_digest(desk: Desk) -> None:
    paper = ScannedPaper("(2026)示人调协字第1号", "3F2A-91BC-07DE")
    assert scan(desk, "MDESK:（2026）示人调协字第1号:3F2A-91BC-07DE") == paper
    assert scan(desk, "ｍｄｅｓｋ：（2026）示人调协字第1号：3F2A-91BC-07DE") == paper
