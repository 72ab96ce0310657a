"""What belongs to a case file, what it lacks, and that nothing confidential and nothing stale gets into it."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from mediation_desk.domain.case import AttachmentKind, EventKind
from mediation_desk.domain.errors import NotFound
from mediation_desk.services import agreements
from mediation_desk.services.attachments import attach
from mediation_desk.services.case_file import DossierPlan, plan_dossier, score_file
from mediation_desk.services.dossier import (
    Dossier,
    draw_score_sheet,
    make_dossier,
    note_dossier,
)
from mediation_desk.services.mediation import add_confidential_note
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import draw_agreement
from mediation_desk.services.verification import Standing, verify
from tests.desk import Desk, photo


@pytest.fixture
def printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that draws real papers."""
    monkeypatch.setattr(agreements, "draw_agreement", draw_agreement)
    return desk


def add(desk: Desk, case_id: int, kind: AttachmentKind, content: bytes = b"", no: int | None = None) -> None:
    desk.do(attach, case_id, kind=kind, file_name="a.png", content=content or photo(), agreement_no=no)


def plan(desk: Desk, case_id: int) -> DossierPlan:
    with desk.database.reading() as records:
        return plan_dossier(records, desk.act, case_id)


def bound(desk: Desk, case_id: int, **how: bool) -> Dossier:
    with desk.database.reading() as records:
        return make_dossier(records, desk.act, case_id, **how)  # type: ignore[arg-type] # the one flag there is


def words(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


APPLICATION, ACCEPTANCE, NOTICE = "人民调解申请书", "人民调解受理登记表", "人民调解当事人权利义务告知书"


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
    assert file.troubles == ["签署的协议书 1（a.png）：文件已损坏或不完整，无法读出。"]
    assert "此处应为：签署的协议书1" in "".join(words(file.pdf))
    assert "李四赔偿张三人民币3,000.00元" in "".join(words(file.pdf))  # the text that the scan would have shown
    binding = next(line for line in file.scores.lines if line.item == "页码和装订")
    assert (binding.given, binding.findings) == (0, ["签署的协议书 1：文件已损坏或不完整，无法读出。"])


def test_a_character_that_kept_a_paper_out_does_not_keep_the_scoring_sheet_from_saying_so(printing: Desk) -> None:
    desk = printing
    case_id = desk.performing()
    desk.do(save_entry, case_id, "D12", None, {"text": "缺原件\U0001f600"})
    file = bound(desk, case_id)
    assert file.troubles == ["卷宗情况说明（第1份）：没有字体能印出U+1F600。"]
    with desk.database.reading() as records:
        sheet = draw_score_sheet(records, desk.act, case_id, file.scores)
    assert "U+1F600" in "".join(words(sheet.pdf))


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
