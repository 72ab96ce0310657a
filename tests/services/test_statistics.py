"""The statistics form of a small store counted by hand, the period before it, the workbook, and the cases behind."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.report_period import month_of, year_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.statistics_form import Basis, Figure
from mediation_desk.services.act import Act
from mediation_desk.services.afterwards import close_case, record_performance
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.statistics import cases_counted, look_at_statistics, shown_number, statistics_workbook
from mediation_desk.store.records import Records
from tests.desk import TODAY, Desk

MONTH = month_of(TODAY)
LAST_MONTH = date(2026, 10, 12)


@pytest.fixture
def counted(desk: Desk) -> Desk:
    """In October one case came in. In November four came in, two of them and the one of October were closed."""

    def name_its_body(records: Records) -> None:
        records.centre.get().committees[0].body = "street"

    desk.write(name_its_body)
    today = desk.now
    desk.now = desk.now.replace(month=10, day=12)
    october = desk.accepted(requested_on=LAST_MONTH, case_source="referral_police")
    desk.now = today
    desk.do(record_outcome, october, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(close_case, october, despite_reason="调解不成，告知诉讼。")
    kept = desk.performing(case_source="application", people_involved=10)
    desk.do(record_performance, kept, 1, 1, done_on=TODAY, amount_fen=300_000)
    desk.do(close_case, kept, despite_reason="已付清。")
    desk.closed(case_source="own_initiative")
    desk.performing_orally(case_source="application")
    desk.accepted(case_source="referral_court_pre_filing", claimed_fen=10_000_000)
    desk.willing(case_source="application")
    return desk


def figures(desk: Desk) -> dict[str, Figure]:
    told = desk.look(look_at_statistics, MONTH)
    return {figure.line.no or figure.line.label: figure for figure in told.figures}


@pytest.mark.parametrize(
    ("column", "accepted", "closed"),
    [
        ("1", 4, 3),
        ("2", 8 + 8, 2 + 10 + 2),
        ("3", 3, 2),
        ("4", 2, 1),
        ("5", 900_000, 600_000),
        ("6", 0, 0),
        ("7", 4, 3),
        ("12", 1, 1),
        ("13", 2, 1),
        ("14", 1, 1),
        ("15", 1, 0),
        ("17", 0, 1),
        ("21", 4, 3),
        ("37", 0, 0),
        ("38", 1, 0),
        ("39", 2, 2),
        ("40", 1, 1),
        ("41", 0, 0),
    ],
)
def test_every_column_says_what_was_counted_by_hand(counted: Desk, column: str, accepted: int, closed: int) -> None:
    assert figures(counted)[column][1:] == (accepted, closed)


def test_the_three_sources_and_all_kinds_add_up_to_all_cases(counted: Desk) -> None:
    told = figures(counted)
    for basis in Basis:
        total = told["1"].number(basis)
        assert sum(told[no].number(basis) or 0 for no in ("12", "13", "14")) == total
        assert sum(told[str(no)].number(basis) or 0 for no in range(20, 38)) == total
        assert sum(told[str(no)].number(basis) or 0 for no in range(6, 12)) == total


def test_the_period_before_stands_beside_with_the_same_lines(counted: Desk) -> None:
    told = counted.look(look_at_statistics, MONTH)
    assert [figure.line for figure in told.before] == [figure.line for figure in told.figures]
    assert told.before[0][1:] == (1, 0)
    assert counted.look(look_at_statistics, year_of(TODAY)).figures[0][1:] == (5, 3)


def test_the_cases_of_every_number_are_as_many_as_it_says(counted: Desk) -> None:
    for figure in figures(counted).values():
        if figure.line.measure == "cases":
            for basis in Basis:
                found = counted.look(cases_counted, MONTH, basis, figure.line)
                assert len(found) == figure.number(basis), figure.line.label


def test_the_workbook_tells_numbers_periods_and_definitions_and_no_names(counted: Desk) -> None:
    book = load_workbook(BytesIO(counted.look(statistics_workbook, MONTH)))
    sheet = book["统计表"]
    assert sheet["A1"].value == "示例街道综治中心 人民调解案件情况统计表 2026年11月"
    assert [cell.value for cell in sheet[2]] == ["栏次", "项目", "单位", "本期受理", "本期结案", "上期受理", "上期结案"]
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(3)}
    assert rows["调解案件总数"] == ["1", "调解案件总数", "件", 4, 3, 1, 0]
    assert rows["协议涉及金额"] == ["5", "协议涉及金额", "万元", 0.9, 0.6, 0, 0]
    assert rows["防止群体性上访（件、人）"][3:] == ["—"] * 4
    texts = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert any(text.startswith("上期：2026年10月") for text in texts)
    assert any("第一次决定受理的日期" in text for text in texts)
    assert not any("张三" in text or "李四" in text for text in texts)


def test_the_workbook_of_a_practice_store_says_so(desk: Desk) -> None:
    def practise(records: Records) -> None:
        records.centre.get().is_practice = True

    desk.write(practise)
    book = load_workbook(BytesIO(desk.look(statistics_workbook, MONTH)))
    assert "（练习）" in str(book["统计表"]["A1"].value)


def test_an_amount_is_shown_in_ten_thousands_and_nothing_known_as_a_dash(counted: Desk) -> None:
    told = figures(counted)
    assert shown_number(told["5"].line, 3_500_000) == "3.50"
    assert shown_number(told["1"].line, 4) == "4"
    assert shown_number(told["排查纠纷（次、件）"].line, None) == "—"


def test_only_who_may_see_figures_sees_them(desk: Desk) -> None:
    act = Act(centre_id=1, by_id=1, at=desk.now, rules=desk.rules, rights=frozenset(Right) - {Right.FIGURES})
    with desk.database.reading() as records, pytest.raises(NotAllowed):
        look_at_statistics(records, act, MONTH)
