"""What belongs to a case file, in which order, what is missing from it, and how it is scored."""

from datetime import date

from mediation_desk.domain.agreement import AgreementForm
from mediation_desk.domain.case import AttachmentKind, OutcomeKind
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.supervision import ConferenceKind
from mediation_desk.services.afterwards import follow_up, missing_for_closing, record_performance
from mediation_desk.services.agreements import draft_agreement, freeze_agreement, save_agreement, withdraw_agreement
from mediation_desk.services.attachments import attach
from mediation_desk.services.case_file import DossierPlan, missing_papers, plan_dossier, score_file
from mediation_desk.services.conferences import Held, record_conference
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.triage import decline
from tests.desk import TODAY, Desk, photo, text, uid


def add(desk: Desk, case_id: int, kind: AttachmentKind, content: bytes = b"", no: int | None = None) -> None:
    desk.do(attach, case_id, kind=kind, file_name="a.png", content=content or photo(), agreement_no=no)


def plan(desk: Desk, case_id: int) -> DossierPlan:
    with desk.database.reading() as records:
        return plan_dossier(records, desk.act, case_id)


def lines(desk: Desk, case_id: int) -> list[str]:
    """The titles of the plan, what is missing in brackets."""
    return [f"（{row.title}）" if row.is_missing else row.title for row in plan(desk, case_id).rows]


APPLICATION, ACCEPTANCE, NOTICE = "人民调解申请书", "人民调解受理登记表", "人民调解当事人权利义务告知书"
AGREEMENT = "人民调解协议书或者人民调解口头协议登记表"


def test_what_must_be_in_the_file_and_is_not_is_named_in_its_place(desk: Desk) -> None:
    assert lines(desk, desk.registered()) == [APPLICATION, NOTICE]
    assert lines(desk, desk.accepted()) == [APPLICATION, ACCEPTANCE, NOTICE, "（当事人身份证明）", "（人民调解记录）"]
    assert lines(desk, desk.agreed()) == [
        APPLICATION,
        ACCEPTANCE,
        NOTICE,
        "（当事人身份证明）",
        "人民调解记录（第1次）",
        f"（{AGREEMENT}）",
    ]
    assert [row.title for row in plan(desk, desk.accepted()).missing] == ["当事人身份证明", "人民调解记录"]


def test_a_failed_mediation_needs_no_agreement(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    assert lines(desk, case_id)[-2:] == ["人民调解记录（第1次）", "终止调解通知书"]


def test_a_draft_does_not_belong_to_the_file(desk: Desk) -> None:
    case_id = desk.drafted()
    assert f"（{AGREEMENT}）" in lines(desk, case_id)
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
        "司法确认有关材料",
        "其他有关材料",
    ]
    assert [len(row.attachments) for row in plan(desk, case_id).rows] == [0, 0, 0, 1, 2, 0, 1, 0, 1, 1, 1]


def test_papers_that_nobody_needs_come_in_once_they_were_printed_or_typed_for(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000)
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付。", visitor="登记员")
    before = lines(desk, case_id)
    assert before[-1] == f"人民调解回访记录（{day_in_words(TODAY)}）"
    desk.do(note_printed, case_id, "E14", 0, "个人信息处理告知书", ["告知"], "1" * 64, 1)
    desk.do(note_printed, case_id, "E11", 1, "收条", ["收条"], "2" * 64, 1)
    desk.do(save_entry, case_id, "E12", 0, {"remark": "按期"})
    desk.do(save_entry, case_id, "D12", None, {"text": "原件已退还。"})
    added = ["个人信息处理告知书", f"收条（{day_in_words(TODAY)}）", "人民调解结案报告表", "卷宗情况说明（第1份）"]
    assert [line for line in lines(desk, case_id) if line not in before] == added
    printed = {row.title for row in plan(desk, case_id).rows if row.was_printed}
    assert printed == {"个人信息处理告知书", f"收条（{day_in_words(TODAY)}）", "当事人身份证明"}


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


def test_the_scan_of_a_withdrawn_agreement_stays_in_the_file_and_proves_nothing_for_the_next(desk: Desk) -> None:
    case_id = desk.frozen()
    add(desk, case_id, AttachmentKind.SIGNED_AGREEMENT, photo(), 1)
    desk.do(withdraw_agreement, case_id, 1, reason="写错")
    assert lines(desk, case_id)[-2:] == ["签署的协议书（已撤回）", f"（{AGREEMENT}）"]
    desk.do(freeze_agreement, case_id, 2)
    assert lines(desk, case_id)[-2:] == ["人民调解协议书", "签署的协议书（已撤回）"]
    assert "签署的协议书扫描件" in missing_for_closing(desk.case(case_id), desk.act)
    with desk.database.reading() as records:
        sheet = score_file(records, desk.act, case_id)
    signed = next(line for line in sheet.lines if line.item == "签名、印章、指印")
    assert "没有第2份协议的签署扫描件。" in signed.findings


def test_how_long_the_file_is_kept_runs_from_its_closing(desk: Desk) -> None:
    open_, closed = plan(desk, desk.performing()), plan(desk, desk.closed())
    assert (open_.is_closed, closed.is_closed) == (False, True)
    assert open_.keep_until == closed.keep_until == date(2031, 12, 31)


def test_a_case_that_was_not_taken_up_lacks_nothing(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(decline, case_id, reason_code="other")
    assert plan(desk, case_id).missing == []


def test_papers_that_only_join_a_line_do_not_fill_it(desk: Desk) -> None:
    case_id = desk.accepted()
    held = Held(
        meeting=uid(80),
        kind=ConferenceKind.JOINT,
        held_on=TODAY,
        units=("区住建局",),
        chair="许主任",
        minutes="研究了漏水的原因。",
    )
    desk.do(record_conference, [case_id], held)
    desk.do(save_entry, case_id, "E8", None, {"matters": "漏水的原因"})
    assert lines(desk, case_id)[-2:] == ["会商（协调会议）纪要（第1次）", "（人民调解记录）"]
    add(desk, case_id, AttachmentKind.SIGNED_RECORD)
    assert [line.label for line in missing_papers(desk.case(case_id), desk.act)] == ["当事人身份证明"]


def test_faults_of_a_final_agreement_are_told_to_the_assessor(desk: Desk) -> None:
    case_id = desk.performing()
    with desk.database.writing() as records:
        agreement = records.cases.get(case_id).agreement(1)
        assert agreement is not None
        agreement.performance_terms = ""
    with desk.database.reading() as records:
        sheet = score_file(records, desk.act, case_id)
    assert "请写明履行方式、时限。" in next(line.findings for line in sheet.lines if line.item == "调解协议")
