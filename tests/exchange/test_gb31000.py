"""The file for a system after GB/T 31000: captions and lines and nothing else, and every text as it was typed."""

import csv
from io import StringIO

import pytest

from mediation_desk.exchange.gb31000 import BOM, events_csv, events_workbook, is_defused
from tests.exchange.sheets import opened

COLUMNS = ["事件名称", "事件类别", "证件号码", "涉及人数"]
ROW: list[str | int] = ["张三与李四纠纷", "0101", "110000199001010013", 3]


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_workbook_holds_the_captions_and_the_lines_alone() -> None:
    book = opened(events_workbook("矛盾纠纷", COLUMNS, [ROW]))
    assert book.sheetnames == ["矛盾纠纷"]
    assert [[cell.value for cell in row] for row in book["矛盾纠纷"]] == [COLUMNS, ROW]
    assert book["矛盾纠纷"].freeze_panes == "B2"


def test_codes_and_numbers_of_papers_stay_text_and_counts_stay_numbers() -> None:
    cells = opened(events_workbook("表", COLUMNS, [ROW]))["表"][2]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n"]
    assert [cell.number_format for cell in cells[:3]] == ["@", "@", "@"]


@pytest.mark.parametrize("text", ["=1+1", "+86 10 1234", "-2", "@SUM(A1)", '=HYPERLINK("x","y")', "\t=1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    cell = opened(events_workbook("表", ["名"], [[text]]))["表"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert lines(events_csv(["名"], [[text]])) == [["名"], [f"'{text}"]]
    assert is_defused(text)


def test_the_csv_begins_with_the_mark_by_which_spreadsheets_know_utf8() -> None:
    content = events_csv(COLUMNS, [ROW])
    assert content.startswith(BOM.encode("utf-8"))
    assert content.endswith(b"\r\n")
    assert lines(content) == [COLUMNS, [str(value) for value in ROW]]


@pytest.mark.parametrize("text", ["上午，漏水；\n下午，又漏。", '他说“"停"”', "a,b", "𠮷𡈽"])
def test_lines_quotes_and_rare_characters_come_back_as_they_were(text: str) -> None:
    assert lines(events_csv(["名"], [[text]]))[1] == [text]
    assert opened(events_workbook("表", ["名"], [[text]]))["表"]["A2"].value == text


def test_a_period_without_cases_still_has_its_captions() -> None:
    assert lines(events_csv(COLUMNS, [])) == [COLUMNS]
    assert opened(events_workbook("表", COLUMNS, []))["表"].max_row == 1
