"""One dispute from the walk-in to the closed file, and one that is only registered."""

from datetime import date, datetime, time

from mediation_desk.domain.agreement import Instalment, SignatureKind, SignerRole
from mediation_desk.domain.case import (
    Answer,
    AttachmentKind,
    ChosenBy,
    EventKind,
    OutcomeKind,
    SessionResult,
)
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.repeats import Agrees
from mediation_desk.services.afterwards import close_case, follow_up, missing_for_closing, record_performance
from mediation_desk.services.agreements import (
    Mark,
    draft_agreement,
    findings_of,
    freeze_agreement,
    record_signatures,
    save_agreement,
)
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.attachments import attach
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.intake import ask_willingness, correct, take_in
from mediation_desk.services.mediation import add_confidential_note, record_outcome, record_session
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.papers import paper_to_print
from mediation_desk.services.similar import repeat_candidates
from mediation_desk.services.today import DueKind, look_at_today
from mediation_desk.services.triage import accept, triage
from tests.desk import APPOINTED, Desk, claimant, intake, payment, respondent, session, text


def test_from_the_walk_in_to_the_closed_file(desk: Desk) -> None:
    def on(month: int, day: int, hour: int = 9, year: int = 2026) -> date:
        desk.now = datetime(year, month, day, hour)
        return desk.now.date()

    # Monday: 张三 comes in.
    monday = on(11, 23)
    case_id = desk.do(take_in, intake(from_draft=True)).id
    assert case_id is not None
    with desk.database.reading() as records:
        assert repeat_candidates(records, desk.act, [claimant()], except_id=case_id) == []
    desk.do(triage, case_id, path="M1", reason="邻里纠纷，愿意调解", dispute_kind="02")
    desk.do(ask_willingness, case_id, [1], Answer.AGREES, asked_at=desk.now, channel="visit")
    desk.do(ask_willingness, case_id, [2], Answer.UNDECIDED, asked_at=desk.now, channel="phone", remark="无人接听")

    # Tuesday: 李四 is reached; the case is accepted and given to a mediator.
    on(11, 24)
    desk.do(ask_willingness, case_id, [2], Answer.AGREES, asked_at=desk.now, channel="phone")
    version = desk.case(case_id).version_id
    parties = (claimant(phone="13800000000"), respondent(phone="13800000001"))
    desk.do(correct, case_id, version, intake(parties=parties, dispute_kind="02"))
    desk.do(accept, case_id, committee_id=1)
    chosen = Choice(
        mediator_id=APPOINTED,
        chosen_by=ChosenBy.PARTIES,
        chosen_by_nos=(1, 2),
        kinship=RecusalAnswer.NO,
        same_employer=RecusalAnswer.NO,
        earlier_role=RecusalAnswer.NO,
    )
    desk.do(assign, case_id, chosen)

    # Two sessions, the second with an agreement.
    thursday = on(11, 26)
    first = session(held_on=thursday, began=time(9), ended=time(11), result=SessionResult.CONTINUES)
    desk.do(record_session, case_id, first)
    desk.do(add_confidential_note, case_id, "李四最多出三千", 1)
    friday = on(11, 27)
    desk.do(record_session, case_id, session(held_on=friday, record="双方达成一致。"))
    desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    desk.do(draft_agreement, case_id)
    parts = [
        Instalment(due_on=date(2026, 12, 11), amount_fen=100_000),
        Instalment(due_on=date(2026, 12, 25), amount_fen=200_000),
    ]
    said = text(made_on=friday, obligations=(payment(instalments=parts),))
    desk.do(save_agreement, case_id, 1, said)
    assert desk.do(findings_of, case_id, 1) == []
    desk.do(freeze_agreement, case_id, 1)
    paper = desk.do(paper_to_print, case_id, "D08", 1)
    printed = ("D08", 1, "人民调解协议书", paper.content, paper.digest)
    desk.do(note_printed, case_id, *printed, desk.agreement(case_id).copies)
    stamped = Mark(role=SignerRole.SEAL, kind=SignatureKind.STAMP, signed_on=friday)
    names = {1: "张三", 2: "李四"}
    signed = [
        Mark(role=SignerRole.PARTY, party_no=no, signer_name=name, signed_on=friday) for no, name in names.items()
    ]
    by_mediator = Mark(role=SignerRole.MEDIATOR, mediator_id=APPOINTED, signer_name="赵和", signed_on=friday)
    desk.do(record_signatures, case_id, 1, [*signed, by_mediator])
    assert desk.case(case_id).stage == "agreed_in_writing"
    desk.do(record_signatures, case_id, 1, [stamped])
    assert desk.agreement(case_id).effective_on == friday

    # It is performed, followed up and closed.
    on(12, 11)
    with desk.database.reading() as records:
        due = [each for each in look_at_today(records, desk.act).dues if each.kind is DueKind.PERFORMANCE]
    assert [each.text for each in due] == ["应付1,000.00元"]
    desk.do(record_performance, case_id, 1, 1, done_on=date(2026, 12, 11), amount_fen=100_000)
    desk.do(record_performance, case_id, 1, 1, done_on=date(2026, 12, 11), amount_fen=200_000)
    for kind in (AttachmentKind.SIGNED_AGREEMENT, AttachmentKind.IDENTITY):
        desk.do(attach, case_id, kind=kind, file_name="扫描.pdf", content=b"%PDF-1.7")
    planned = desk.case(case_id).follow_ups
    last = on(12, 28)
    desk.do(follow_up, case_id, done_on=last, situation="双方均无异议", visitor="赵和", due_on=planned[0].due_on)
    assert missing_for_closing(desk.case(case_id), desk.act) == []
    desk.do(close_case, case_id)

    case = desk.case(case_id)
    assert (case.stage, case.requested_on, case.number) == ("closed", monday, "（2026）示人调字第1号")
    recorded = {"D03", "D04", "D07", "D08", "D10"}
    assert [each.code for each in papers_of(case, desk.act) if each.code in recorded] == [
        "D03",
        "D04",
        "D07",
        "D07",
        "D08",
        "D10",
    ]
    assert [event.kind for event in case.events] == [
        EventKind.REGISTERED,
        EventKind.TRIAGED,
        EventKind.ANSWERED,
        EventKind.ANSWERED,
        EventKind.ANSWERED,
        EventKind.CORRECTED,
        EventKind.DECIDED,
        EventKind.NUMBERED,
        EventKind.ASSIGNED,
        EventKind.SESSION,
        EventKind.SESSION,
        EventKind.OUTCOME,
        EventKind.NUMBERED,
        EventKind.FROZEN,
        EventKind.PRINTED,
        *[EventKind.SIGNED] * 4,
        EventKind.EFFECTIVE,
        *[EventKind.PERFORMED] * 2,
        *[EventKind.ATTACHED] * 2,
        EventKind.FOLLOWED_UP,
        EventKind.CLOSED,
    ]
    assert {event.by_id for event in case.events} == {1}

    # Next year the same people come again.
    on(2, 1, year=2027)
    with desk.database.reading() as records:
        [found] = repeat_candidates(records, desk.act, [respondent()])
        assert (found.case_id, found.why) == (case_id, (Agrees.NUMBER,))
