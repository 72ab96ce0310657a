"""Empty forms have numbers without gaps and are entered once."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import CannotSave, DeskError, NotFound
from mediation_desk.domain.forms import About, Block, BlockKind, Form
from mediation_desk.domain.paper import BlankForm
from mediation_desk.services.blank_forms import (
    MOST_AT_ONCE,
    blank_papers,
    find_blank,
    issue_blanks,
    make_blanks,
    use_blank,
)
from mediation_desk.services.setting_up import save_committee
from tests.desk import NOW, Desk, uid

BLANK = Form(code="X1", title="申请书", about=About.CASE, blocks=(Block(BlockKind.TITLE),), may_be_blank=True)
REGISTRATION = Form(
    code="E18",
    title="登记单",
    about=About.CASE,
    blocks=(Block(BlockKind.TITLE), Block(BlockKind.TEXT, text="来访人：{case.claimant_names}")),
    order=9,
    may_be_blank=True,
)
BOUND = Form(code="X2", title="协议书", about=About.AGREEMENT, blocks=())


@pytest.fixture(autouse=True)
def forms(desk: Desk) -> None:
    desk.rules = replace(desk.rules, forms={each.code: (each,) for each in (BLANK, REGISTRATION, BOUND)})


def find(desk: Desk, number: str) -> BlankForm:
    with desk.database.reading() as records:
        return find_blank(records, number)


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_numbers_run_on_and_begin_anew_each_year(desk: Desk) -> None:
    first = desk.do(issue_blanks, "X1", 2)
    assert [each.number for each in first] == ["BF2026-000001", "BF2026-000002"]
    assert [each.number for each in desk.do(issue_blanks, "X1", 1)] == ["BF2026-000003"]
    desk.now += timedelta(days=60)
    assert [each.number for each in desk.do(issue_blanks, "X1", 1)] == ["BF2027-000001"]


def test_a_step_that_fails_leaves_no_gap(desk: Desk) -> None:
    def fail(records: object, act: object) -> None:
        issue_blanks(records, act, "X1", 5)  # type: ignore[arg-type]  # handed on as they came
        raise CannotSave("磁盘已满")

    with pytest.raises(CannotSave, match="磁盘已满"):
        desk.do(fail)
    assert [each.number for each in desk.do(issue_blanks, "X1", 1)] == ["BF2026-000001"]


@pytest.mark.parametrize("copies", [0, -1, MOST_AT_ONCE + 1])
def test_nobody_prints_none_or_a_ream(desk: Desk, copies: int) -> None:
    with desk.refuses("一次可打印1至200份空白表。", "copies"):
        desk.do(issue_blanks, "X1", copies)


def test_only_forms_that_may_be_blank_are_given_out(desk: Desk) -> None:
    with desk.refuses("协议书没有空白表，要按案件打印。", "code"):
        desk.do(issue_blanks, "X2", 1)
    with pytest.raises(NotFound, match="没有代码为 X9 的表格"):
        desk.do(issue_blanks, "X9", 1)


def test_a_blank_is_found_however_its_number_was_typed(desk: Desk) -> None:
    desk.do(issue_blanks, "X1", 3)
    blank = find(desk, " bf2026-000002 ")
    assert (blank.number, blank.code, blank.case_id) == ("BF2026-000002", "X1", None)
    assert (blank.by_id, blank.printed_at, blank.used_at) == (1, NOW, None)
    with pytest.raises(NotFound, match="没有编号为“BF2026-000009”的空白表"):
        find(desk, "BF2026-000009 ")


def test_a_blank_is_entered_into_one_case_only(desk: Desk) -> None:
    desk.do(issue_blanks, "X1", 1)
    case_id, other = desk.accepted(), desk.registered()
    desk.do(use_blank, "BF2026-000001", case_id)
    blank = find(desk, "BF2026-000001")
    assert (blank.case_id, blank.used_at) == (case_id, NOW)
    last = desk.case(case_id).events[-1]
    assert (last.kind.label, last.text) == ("文书录入", "由空白表BF2026-000001录入")
    with desk.refuses("空白表BF2026-000001已经录入案件（2026）示人调字第1号，不能再用。", "blank"):
        desk.do(use_blank, "BF2026-000001", other)


def test_a_case_without_number_is_named_by_its_query_code(desk: Desk) -> None:
    desk.do(issue_blanks, "X1", 1)
    case_id = desk.registered()
    desk.do(use_blank, "BF2026-000001", case_id)
    code = desk.case(case_id).query_code
    with desk.refuses(f"空白表BF2026-000001已经录入案件（尚未编号，查询码{code}）", "blank"):
        desk.do(use_blank, "BF2026-000001", case_id)


def test_forms_that_begin_a_case_are_offered_first(desk: Desk) -> None:
    assert [form.code for form in blank_papers(desk.act)] == ["E18", "X1"]


def test_every_copy_has_its_number_on_the_paper_of_the_house(desk: Desk) -> None:
    blanks, pdf = desk.do(make_blanks, {"E18": 2, "X1": 1})
    assert [(each.code, each.number) for each in blanks] == [
        ("E18", "BF2026-000001"),
        ("E18", "BF2026-000002"),
        ("X1", "BF2026-000003"),
    ]
    drawn = pages(pdf)
    assert [each.number in page for each, page in zip(blanks, drawn, strict=True)] == [True] * 3
    assert all("示例街道人民调解委员会" in page for page in drawn)
    assert "登记单" in drawn[1]
    assert find(desk, "BF2026-000003").code == "X1"


def test_of_several_committees_none_is_named(desk: Desk) -> None:
    other = Committee(uid=uid(9), name="另一人民调解委员会", short_name="另")
    desk.do(save_committee, other)
    [page] = pages(desk.do(make_blanks, {"E18": 1})[1])
    assert "示例街道综治中心" in page
    assert "人民调解委员会" not in page


@pytest.mark.parametrize("copies", [{}, {"E18": 0}, {"E18": MOST_AT_ONCE, "X1": 1}])
def test_a_batch_has_at_least_one_and_not_too_many(desk: Desk, copies: dict[str, int]) -> None:
    with desk.refuses(f"一次可打印1至200份空白表，现在是{sum(copies.values())}份。", "copies"):
        desk.do(make_blanks, copies)


def test_no_number_is_given_out_where_the_paper_cannot_be_drawn(desk: Desk) -> None:
    spoiled = replace(REGISTRATION, title="登记单\U0010fffd")
    desk.rules = replace(desk.rules, forms=dict(desk.rules.forms) | {"E18": (spoiled,)})
    with pytest.raises(DeskError):
        desk.do(make_blanks, {"E18": 1})
    assert [each.number for each in desk.do(issue_blanks, "X1", 1)] == ["BF2026-000001"]
