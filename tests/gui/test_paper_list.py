"""The list of papers: grouped as a clerk looks for them, and staying as it is while it is read anew."""

from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.forms import About
from mediation_desk.domain.paper import content_digest
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.paper_list import (
    CODE,
    COPIES,
    IN_FILE,
    OTHERS,
    POSSIBLE,
    PRINTED,
    Groups,
    PaperList,
    list_papers,
)
from mediation_desk.services.paper_entries import save_entry, take_over_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.supervision import issue_order
from tests.desk import Desk as Clerk
from tests.desk import statements
from tests.gui.every_kind import form, teach_only

TODAY = date(2026, 11, 23)
OWN = ("D03", "D04", "D07", "D08")


@pytest.fixture
def papers(qtbot: QtBot) -> PaperList:
    papers = PaperList()
    papers.setColumnCount(4)
    qtbot.addWidget(papers)
    return papers


@pytest.fixture(autouse=True)
def forms(desk: Desk, clerk: Clerk) -> None:
    """A few forms of the file, one that is typed and counted, and two outside the file."""
    letter, receipt = form(code="T2", order=210), form(About.CASE, code="T3", order=300)
    teach_only(desk, form(), letter, receipt, codes=OWN)
    clerk.rules = desk.rules


def listed(desk: Desk, clerk: Clerk, case_id: int) -> Groups:
    return desk.look(list_papers, clerk.case(case_id))


def keys(groups: Groups) -> dict[str, list[tuple[str, int | None]]]:
    return {title: [line.key for line in lines] for title, lines in groups.items()}


def shown(papers: PaperList) -> list[str]:
    """What can be seen without unfolding anything."""
    return [row.item.text(CODE) for row in papers._rows if not row.item.isHidden() and row.group.isExpanded()]


def cell(papers: PaperList, code: str, column: int) -> str:
    return next(row.item.text(column) for row in papers._rows if row.line.form.code == code)


def print_paper(clerk: Clerk, case_id: int, code: str, no: int = 0) -> None:
    clerk.do(note_printed, case_id, code, no, "申请书", ["甲"], content_digest(["甲"]), 1)


def test_papers_stand_in_the_order_of_the_file_and_what_can_be_begun_at_the_end(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.frozen()
    assert keys(listed(desk, clerk, case_id)) == {
        IN_FILE: [("D03", 0), ("D04", 0), ("D07", 1), ("D08", 1)],
        OTHERS: [("T3", 0)],
        POSSIBLE: [("T1", None), ("T2", None)],
    }


def test_what_was_typed_is_a_paper_and_a_further_one_stays_possible(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    clerk.do(save_entry, case_id, "T1", None, {"line": "门口"})
    groups = listed(desk, clerk, case_id)
    assert [line.key for line in groups[IN_FILE]] == [("D03", 0), ("D04", 0), ("T1", 1)]
    assert [line.has_entry for line in groups[IN_FILE]] == [False, False, True]
    assert ("T1", None) in keys(groups)[POSSIBLE]


def test_a_paper_about_a_fact_asks_for_less_than_one_that_is_only_typed(desk: Desk, clerk: Clerk) -> None:
    desk.rules = clerk.rules = desk.packs
    case_id = clerk.accepted()
    clerk.do(take_over_entry, case_id, "E7", 1, {"unit": "示例局"})
    clerk.do(issue_order, case_id, unit="示例所", fault_code="overdue", demand="说明", due_on=TODAY)
    typed, told = [line for line in listed(desk, clerk, case_id)[OTHERS] if line.form.code == "E7"]
    assert (typed.no, typed.has_entry, typed.form.input("unit") is not None) == (1, True, True)
    assert (told.no, told.has_entry, told.form.input("unit")) == (2, False, None)


def test_the_last_print_is_told_with_its_year_where_it_is_another(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_paper(clerk, case_id, "D03")
    papers.show_groups(listed(desk, clerk, case_id), TODAY)
    assert (cell(papers, "D03", PRINTED), cell(papers, "D04", PRINTED)) == (f"{clerk.now:%m-%d}", "")
    papers.show_groups(listed(desk, clerk, case_id), date(2028, 1, 1))
    assert cell(papers, "D03", PRINTED) == f"{clerk.now:%Y-%m-%d}"


def test_the_newest_print_counts(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_paper(clerk, case_id, "D03")
    clerk.now = datetime(2026, 12, 24, 9, 0)
    print_paper(clerk, case_id, "D03")
    assert listed(desk, clerk, case_id)[IN_FILE][0].printed_at == clerk.now


def test_the_list_costs_one_question_however_many_papers_there_are(desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.frozen()
    case = clerk.case(case_id)
    with statements(desk.database) as sent:
        desk.look(list_papers, case)
    assert len([each for each in sent if each.lstrip().upper().startswith("SELECT")]) == 1


def test_copies_are_those_of_the_agreement(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    papers.show_groups(listed(desk, clerk, clerk.frozen()), TODAY)
    assert (cell(papers, "D08", COPIES), cell(papers, "D07", COPIES), cell(papers, "T1", COPIES)) == ("3", "1", "")


def test_it_begins_with_what_happened_last(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    papers.show_groups(listed(desk, clerk, clerk.frozen()), TODAY)
    chosen = papers.chosen()
    assert chosen is not None
    assert chosen.key == ("D08", 1)
    assert shown(papers) == ["D03", "D04", "D07", "D08", "T3"]


def test_before_anything_happened_it_begins_with_the_first(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    papers.show_groups(listed(desk, clerk, clerk.registered()), TODAY)
    chosen = papers.chosen()
    assert chosen is not None
    assert chosen.key == ("D03", 0)


def test_what_is_chosen_and_unfolded_stays_so(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    groups = listed(desk, clerk, clerk.frozen())
    papers.show_groups(groups, TODAY)
    papers.choose("T2", None)
    papers._groups[0].setExpanded(False)
    papers.show_groups(groups, TODAY)
    chosen = papers.chosen()
    assert chosen is not None
    assert chosen.key == ("T2", None)
    assert shown(papers) == ["T3", "T1", "T2"]


def test_what_is_gone_is_not_chosen_any_more(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    papers.show_groups(listed(desk, clerk, clerk.frozen()), TODAY)
    papers.show_groups(listed(desk, clerk, clerk.accepted()), TODAY)
    chosen = papers.chosen()
    assert chosen is not None
    assert chosen.key == ("D04", 0)


def test_looking_for_a_word_or_a_code_opens_what_has_it(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    papers.show_groups(listed(desk, clerk, clerk.frozen()), TODAY)
    papers.look_for("t2")
    assert shown(papers) == ["T2"]
    papers.choose_first_found()
    chosen = papers.chosen()
    assert chosen is not None
    assert chosen.key == ("T2", None)
    papers.look_for(" 申请书 ")
    assert shown(papers) == ["D03"]
    papers.look_for("没有这种文书")
    assert shown(papers) == []
    papers.choose_first_found()
    papers.look_for("")
    assert shown(papers) == ["D03", "D04", "D07", "D08", "T3"]


def test_a_change_since_the_last_print_is_seen_until_it_is_printed(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_paper(clerk, case_id, "D03")
    groups = listed(desk, clerk, case_id)
    papers.show_groups(groups, TODAY)
    papers.mark("D03", 0, has_changed=True)
    assert cell(papers, "D03", PRINTED) == "有改动"
    papers.show_groups(groups, TODAY)
    assert cell(papers, "D03", PRINTED) == "有改动"
    papers.mark("D03", 0, has_changed=False)
    assert cell(papers, "D03", PRINTED) == f"{clerk.now:%m-%d}"


def test_a_change_is_not_taken_over_to_another_case(papers: PaperList, desk: Desk, clerk: Clerk) -> None:
    case_id = clerk.accepted()
    print_paper(clerk, case_id, "D03")
    groups = listed(desk, clerk, case_id)
    papers.show_groups(groups, TODAY)
    papers.mark("D03", 0, has_changed=True)
    papers.show_groups(groups, TODAY, afresh=True)
    assert cell(papers, "D03", PRINTED) == f"{clerk.now:%m-%d}"


def test_the_chosen_paper_is_in_sight_in_however_small_a_list(
    papers: PaperList, desk: Desk, clerk: Clerk, qtbot: QtBot
) -> None:
    papers.show_groups(listed(desk, clerk, clerk.frozen()), TODAY)
    papers.choose("T2", None)
    papers.show()
    papers.resize(300, 100)
    qtbot.waitUntil(lambda: papers.visualRect(papers.currentIndex()).intersects(papers.viewport().rect()))
