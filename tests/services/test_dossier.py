"""What belongs to a case file, what it lacks, and that nothing confidential and nothing stale gets into it."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import AttachmentKind, EventKind, OutcomeKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services import agreements
from mediation_desk.services.afterwards import follow_up, record_performance
from mediation_desk.services.agreements import draft_agreement, freeze_agreement, save_agreement
from mediation_desk.services.attachments import attach
from mediation_desk.services.dossier import (
    Dossier,
    DossierPlan,
    draw_score_sheet,
    make_dossier,
    note_dossier,
    plan_dossier,
    score_file,
)
from mediation_desk.services.mediation import add_confidential_note, record_outcome
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import draw_agreement
from mediation_desk.services.verification import Standing, verify
from tests.desk import TODAY, Desk, text


@pytest.fixture
def printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that draws real papers."""
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return desk


def photo(colour: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def add(desk: Desk, case_id: int, kind: AttachmentKind, content: bytes = b"", no: int | None = None) -> None:
    desk.do(attach, case_id, kind=kind, file_name="a.png", content=content or photo(), agreement_no=no)


def plan(desk: Desk, case_id: int) -> DossierPlan:
    with desk.database.reading() as records:
        return plan_dossier(records, desk.act, case_id)


def lines(desk: Desk, case_id: int) -> list[str]:
    """The titles of the plan, what is missing in brackets."""
    return [f"（{row.title}）" if row.is_missing else row.title for row in plan(desk, case_id).rows]


def bound(desk: Desk, case_id: int, **how: bool) -> Dossier:
    with desk.database.reading() as records:
        return make_dossier(records, desk.act, case_id, **how)  # type: ignore[arg-type] # the one flag there is


def words(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


APPLICATION, ACCEPTANCE, NOTICE = "人民调解申请书", "人民调解受理登记表", "人民调解当事人权利义务告知书"
AGREEMENT_LINE = "人民调解协议书或者人民调解口头协议登记表"


# ---- what belongs to it


def test_what_must_be_in_the_file_and_is_not_is_named_in_its_place(desk: Desk) -> None:
    assert lines(desk, desk.registered()) == [APPLICATION, NOTICE, "（当事人身份证明）", "（人民调解记录）"]
    assert lines(desk, desk.agreed()) == [
        APPLICATION,
        ACCEPTANCE,
        NOTICE,
        "（当事人身份证明）",
        "人民调解记录（第1次）",
        f"（{AGREEMENT_LINE}）",
    ]
    assert [row.title for row in plan(desk, desk.registered()).missing] == ["当事人身份证明", "人民调解记录"]


def test_a_failed_mediation_needs_no_agreement(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    assert lines(desk, case_id)[-2:] == ["人民调解记录（第1次）", "终止调解通知书"]


def test_a_draft_does_not_belong_to_the_file(desk: Desk) -> None:
    case_id = desk.drafted()
    assert f"（{AGREEMENT_LINE}）" in lines(desk, case_id)
    desk.do(freeze_agreement, case_id, 1)
    assert lines(desk, case_id)[-1] == "人民调解协议书"


def test_where_the_committee_began_of_itself_nobody_applied(desk: Desk) -> None:
    sources = desk.rules.table("case_source").codes
    [own] = [source.code for source in sources if source.extra.get("d04") == "2"]
    assert lines(desk, desk.accepted(case_source=own))[0] == ACCEPTANCE


def test_attachments_stand_in_the_order_of_the_file(desk: Desk) -> None:
    case_id = desk.performing()
    for kind in reversed(AttachmentKind):
        if kind is not AttachmentKind.SIGNED_AGREEMENT:
            add(desk, case_id, kind)
    add(desk, case_id, AttachmentKind.EVIDENCE)
    assert lines(desk, case_id) == [
        APPLICATION,
        ACCEPTANCE,
        NOTICE,
        "当事人身份证明",
        "证据材料",
        "人民调解记录（第1次）",
        "签署的记录",
        "人民调解协议书",
        "收条或者汇款单等履行凭证",
        "司法确认材料",
        "其他有关材料",
    ]
    assert [len(row.attachments) for row in plan(desk, case_id).rows] == [0, 0, 0, 1, 2, 0, 1, 0, 1, 1, 1]


def test_papers_that_nobody_needs_come_in_once_they_were_printed_or_typed_for(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000)
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付。", visitor="登记员")
    before = lines(desk, case_id)
    assert before[-1] == f"人民调解回访记录（{TODAY}）"
    desk.do(note_printed, case_id, "E14", 0, "个人信息处理告知书", ["告知"], "1" * 64, 1)
    desk.do(note_printed, case_id, "E11", 1, "收条", ["收条"], "2" * 64, 1)
    desk.do(save_entry, case_id, "E12", 0, {"remark": "按期"})
    desk.do(save_entry, case_id, "D12", None, {"text": "原件已退还。"})
    added = ["个人信息处理告知书", f"收条（{TODAY}）", "人民调解结案报告表", "卷宗情况说明（第1份）"]
    assert [line for line in lines(desk, case_id) if line not in before] == added
    printed = {row.title for row in plan(desk, case_id).rows if row.was_printed}
    assert printed == {"个人信息处理告知书", f"收条（{TODAY}）", "当事人身份证明"}


def test_a_signed_scan_takes_the_place_of_the_print(desk: Desk) -> None:
    case_id = desk.performing()
    for kind in (AttachmentKind.SIGNED_AGREEMENT, AttachmentKind.OTHER):
        add(desk, case_id, kind)
    [row] = [row for row in plan(desk, case_id).rows if row.code == "08"]
    assert row.paper is not None
    assert len(row.attachments) == 1


def test_with_several_agreements_a_scan_must_name_the_one_it_shows(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    desk.do(save_agreement, case_id, 2, text())
    desk.do(freeze_agreement, case_id, 2)
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT)
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT, photo("blue"), 2)
    rows = [row for row in plan(desk, case_id).rows if row.code == "08"]
    assert [(row.title, len(row.attachments)) for row in rows] == [
        ("人民调解协议书", 0),
        ("人民调解口头协议登记表（补充协议）", 1),
        ("签署的协议书", 1),
    ]


def test_how_long_the_file_is_kept_runs_from_its_closing(desk: Desk) -> None:
    open_, closed = plan(desk, desk.performing()), plan(desk, desk.closed())
    assert (open_.is_closed, closed.is_closed) == (False, True)
    assert open_.keep_until == closed.keep_until == date(2031, 12, 31)


# ---- binding it


def test_the_file_is_bound_with_all_that_belongs_to_it(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT)
    add(desk, case_id, AttachmentKind.EVIDENCE)
    add(desk, case_id, AttachmentKind.EVIDENCE, photo("blue"))
    file = bound(desk, case_id, double_sided=False)
    pages = words(file.pdf)
    assert [(row.title, row.first, row.remark) for row in file.rows] == [
        (APPLICATION, 1, ""),
        (ACCEPTANCE, 2, ""),
        (NOTICE, 3, ""),
        ("证据材料", 5, "共2件"),
        ("人民调解记录（第1次）", 7, ""),
        ("人民调解协议书", 8, "签署件"),
    ]
    assert (file.pages, len(pages)) == (8, 11)
    assert "调解卷宗" in pages[0]
    assert "短期" in pages[0]
    assert "4证据材料5共2件" in pages[1]
    assert "证据材料25" not in pages[1]
    assert pages[2].endswith("1")
    assert pages[7] == "6证据材料2"
    assert pages[9] == "8签署的协议书1"
    assert "8" in pages[10]
    assert file.missing == ["当事人身份证明"]
    assert file.troubles == []
    title = PdfReader(BytesIO(file.pdf)).metadata
    assert title is not None
    assert title.title == f"调解卷宗 {desk.case(case_id).number}"


def test_the_last_line_of_the_contents_says_where_it_ends(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    add(desk, case_id, AttachmentKind.OTHER)
    add(desk, case_id, AttachmentKind.OTHER, photo("blue"))
    file = bound(desk, case_id, double_sided=False)
    last = file.rows[-1]
    assert f"其他有关材料{last.first}—{last.last}共2件" in words(file.pdf)[1]


def test_what_is_damaged_is_named_and_bound_around(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    damaged = photo()[:60]
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT, damaged)
    file = bound(desk, case_id, double_sided=False)
    assert file.troubles == ["签署的协议书 1：文件已损坏或不完整，无法读出。"]
    assert "此处应为：签署的协议书1" in "".join(words(file.pdf))
    assert "李四赔偿张三人民币3,000.00元" in "".join(words(file.pdf))  # the text that the scan would have shown
    binding = next(line for line in file.scores.lines if line.item == "页码和装订")
    assert (binding.given, binding.findings) == (0, file.troubles)


def test_no_confidential_note_gets_into_a_file(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    desk.do(add_confidential_note, case_id, "绝密调解底线", 1)
    desk.do(add_confidential_note, case_id, "绝密另一条", None)
    file = bound(desk, case_id)
    reader = PdfReader(BytesIO(file.pdf))
    titles = [str(item) for item in reader.outline]
    assert "绝密" not in "".join([*words(file.pdf), *titles, *file.content, str(reader.metadata)])


def test_the_same_case_gives_the_same_bytes(printing: Desk) -> None:
    case_id = printing.performing()
    add(printing, case_id, AttachmentKind.EVIDENCE)
    assert bound(printing, case_id).pdf == bound(printing, case_id).pdf


def test_whoever_waits_may_break_off(printing: Desk) -> None:
    case_id = printing.performing()

    def stop(title: str) -> None:
        raise NotFound(title)

    with printing.database.reading() as records, pytest.raises(NotFound, match=APPLICATION):
        make_dossier(records, printing.act, case_id, progress=stop)


# ---- what was bound last


def test_what_was_recorded_since_a_file_left_the_program_is_named(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    assert (plan(desk, case_id).last, plan(desk, case_id).changed) == (None, [])
    first = bound(desk, case_id)
    desk.do(note_dossier, case_id, first)
    assert plan(desk, case_id).changed == []
    desk.now += timedelta(hours=1)
    add(desk, case_id, AttachmentKind.EVIDENCE)
    desk.do(note_printed, case_id, "D03", 0, APPLICATION, ["申请"], "1" * 64, 1)
    changed = plan(desk, case_id)
    assert changed.changed == [EventKind.ATTACHED.label]
    assert changed.last is not None
    assert changed.last.digest == first.digest
    again = bound(desk, case_id)
    assert again.digest != first.digest
    assert {line.split("\t")[0] for line in set(first.content) - set(again.content)} == {"卷内目录", "封底"}


def test_a_printed_file_leaves_a_line_and_its_papers_are_known_when_brought_back(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    file = bound(desk, case_id)
    desk.do(note_dossier, case_id, file, 2)
    case = desk.case(case_id)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.PRINTED, "调解卷宗 2份")
    with desk.database.reading() as records:
        for paper in file.papers:
            assert verify(records, case.number, paper.digest[:12]).standing is Standing.CURRENT, paper.title


# ---- the scoring sheet


def test_a_file_is_scored_before_and_after_it_is_bound(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    with desk.database.reading() as records:
        sheet = score_file(records, desk.act, case_id)
        paper = draw_score_sheet(records, desk.act, case_id, sheet).pdf
    scores = {line.item: line.given for line in sheet.lines}
    assert scores["当事人身份证明"] == 0
    assert scores["页码和装订"] is None
    assert bound(desk, case_id).scores.lines[-1].given == 5
    assert "卷宗评查表" in "".join(words(paper))
    assert "缺当事人身份证明。" in sheet.lines[3].findings
    assert "最高可评优秀" in "".join(words(paper))


def test_faults_of_a_final_agreement_are_told_to_the_assessor(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.database.writing() as records:
        agreement = records.cases.get(case_id).agreement(1)
        assert agreement is not None
        agreement.performance_terms = ""
    with desk.database.reading() as records:
        sheet = score_file(records, desk.act, case_id)
    assert "请写明履行方式、时限。" in next(line.findings for line in sheet.lines if line.item == "调解协议")
