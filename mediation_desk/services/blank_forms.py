"""Empty forms printed for power cuts: each has a number, and is entered into one case only."""

from collections.abc import Mapping

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import NotFound, refuse_unless
from mediation_desk.domain.forms import Form
from mediation_desk.domain.paper import BlankForm, blank_number
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.services.case_papers import forms_in_order
from mediation_desk.services.papers import draw_blanks
from mediation_desk.store.records import Records

MOST_AT_ONCE = 200

REGISTERING = ("E18", "D03")
"""Forms whose content begins a case: 案件登记单 and 申请书. What any other says belongs to a case that is there."""


def blank_papers(act: Act) -> list[Form]:
    """Forms that can be had empty: first those that begin a case, then the others in the order of the file."""
    offered = [form for form in forms_in_order(act) if form.may_be_blank]
    return sorted(offered, key=lambda form: form.code not in REGISTERING)


@needs(Right.PRINT)
def make_blanks(records: Records, act: Act, copies: Mapping[str, int]) -> tuple[list[BlankForm], bytes]:
    """Give out empty forms, so many of each code, and draw them into one PDF: numbers and paper, or neither."""
    total = sum(copies.values())
    refuse_unless(1 <= total <= MOST_AT_ONCE, f"一次可打印1至{MOST_AT_ONCE}份空白表，现在是{total}份。", "copies")
    blanks = [blank for code, count in copies.items() if count for blank in issue_blanks(records, act, code, count)]
    return blanks, draw_blanks(records, act, blanks)


@needs(Right.PRINT)
def issue_blanks(records: Records, act: Act, code: str, copies: int) -> list[BlankForm]:
    """Give out `copies` empty forms with running numbers, to be printed."""
    if code not in act.rules.forms:
        raise NotFound(f"没有代码为 {code} 的表格。请核对代码。")
    form = act.rules.form(code, act.today)
    refuse_unless(form.may_be_blank, f"{form.title}没有空白表，要按案件打印。", "code")
    refuse_unless(1 <= copies <= MOST_AT_ONCE, f"一次可打印1至{MOST_AT_ONCE}份空白表。", "copies")
    numbers = records.blanks.next(act.centre_id, act.today.year, copies)
    blanks = [
        BlankForm(
            centre_id=act.centre_id,
            code=code,
            number=blank_number(act.today.year, seq),
            by_id=act.by_id,
            printed_at=act.at,
        )
        for seq in numbers
    ]
    records.blanks.add(blanks)
    records.flush()
    return blanks


def find_blank(records: Records, number: str) -> BlankForm:
    """The empty form of a number, as it was scanned or typed. Raises `NotFound`."""
    blank = records.blanks.find(number.strip().upper())
    if blank is None:
        raise NotFound(f"没有编号为“{number.strip()}”的空白表。请核对表上的编号。")
    return blank


@needs(Right.REGISTER)
def use_blank(records: Records, act: Act, number: str, case_id: int) -> BlankForm:
    """Link an empty form to the case into which its content was entered; refused when it was entered before."""
    blank = find_blank(records, number)
    if blank.case_id is not None:
        used = records.cases.get(blank.case_id)
        called = used.number or f"（尚未编号，查询码{used.query_code}）"
        refuse_unless(False, f"空白表{blank.number}已经录入案件{called}，不能再用。请核对表上的编号。", "blank")
    blank.case_id, blank.used_at = case_id, act.at
    note(records.cases.get(case_id), act, EventKind.PAPER, act.today, f"由空白表{blank.number}录入")
    records.flush()
    return blank
