"""The ledger as a workbook and on paper: numbers, months, who carries how much, how many came, what it all means."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediation_desk.domain.ledger import What
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.attendance import RATE_IN_WORDS
from mediation_desk.services.fairness import FAIR_IN_WORDS
from mediation_desk.services.ledger_files import draw_ledger, ledger_workbook
from mediation_desk.store.records import Records
from tests.desk import Desk
from tests.documents.reading import Paper
from tests.duty import MONTH, Duty, at

LAST = date(2026, 12, 31)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    duty = Duty(desk)
    post = duty.post()
    one, other = duty.people(["王芳", "李平"])
    duty.published(Placing(at(7), post, one), Placing(at(8), post, one), Placing(at(9), post, other))
    return duty


def rows_of(sheet: Worksheet) -> dict[object, dict[object, object]]:
    head = [cell.value for cell in sheet[2]]
    return {row[0].value: dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(3)}


def texts_of(sheet: Worksheet) -> str:
    return "".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_workbook_has_numbers_totals_and_what_they_mean(duty: Duty) -> None:
    with duty.desk.database.reading() as records:
        book = load_workbook(BytesIO(ledger_workbook(records, duty.desk.act, MONTH, LAST)))
    assert book["台账"]["A1"].value == "示例街道综治中心 台账 2026年12月1日至2026年12月31日"
    rows = rows_of(book["台账"])
    assert (rows["王芳"]["排班"], rows["王芳"]["驻点"], rows["孙律"]["应答分钟"]) == (2, "轮驻", None)
    assert rows["合计"]["排班"] == 3
    assert book["说明"].max_row == 2 + len(What) + 1


def test_the_workbook_tells_months_fairness_and_attendance_with_their_definitions(duty: Duty) -> None:
    with duty.desk.database.reading() as records:
        book = load_workbook(BytesIO(ledger_workbook(records, duty.desk.act, date(2026, 11, 1), LAST)))
    months = [[cell.value for cell in row[:2]] for row in book["分月"].iter_rows(3) if row[1].value == "王芳"]
    assert months == [["2026-11", "王芳"], ["2026-12", "王芳"]]
    fair = rows_of(book["均衡"])["王芳"]
    assert (fair["班次"], fair["应担"], fair["往月多值"], fair["相差"]) == (2, 1.5, 0, 0.5)
    assert "最多与最少差1次（王芳、李平）" in texts_of(book["均衡"])
    assert FAIR_IN_WORDS in texts_of(book["均衡"])
    assert rows_of(book["到岗率"])["随驻"]["到岗率"] == "—"
    assert RATE_IN_WORDS in texts_of(book["到岗率"])


def test_the_paper_tells_below_the_table_how_many_came_and_how_far_apart_people_are(duty: Duty) -> None:
    with duty.desk.database.reading() as records:
        text = Paper(draw_ledger(records, duty.desk.act, MONTH, LAST)).text
    assert "到岗率：常驻—，轮驻—，随驻—。" in text
    assert "没有应到班次或呼叫的显示“—”" in text
    assert "按整月统计：2026年12月。" in text
    assert "练习" not in text


def test_the_paper_of_a_practice_store_says_so(duty: Duty) -> None:
    def practise(records: Records) -> None:
        records.centre.get().is_practice = True

    duty.desk.write(practise)
    with duty.desk.database.reading() as records:
        assert "练习" in Paper(draw_ledger(records, duty.desk.act, MONTH, LAST)).text
