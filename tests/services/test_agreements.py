"""An agreement from its draft to the day it binds."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    AgreementKind,
    Instalment,
    ObligationKind,
    SignatureKind,
    SignerRole,
)
from mediation_desk.domain.case import Answer, EventKind, NumberKind, OutcomeKind
from mediation_desk.domain.errors import DeskError, NotFound, RuleBroken
from mediation_desk.domain.finding import FindingKind
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.services import agreements
from mediation_desk.services.agreements import (
    AgreementText,
    Mark,
    draft_agreement,
    drop_draft,
    find_agreement,
    findings_of,
    freeze_agreement,
    record_signatures,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import record_outcome
from tests.desk import (
    APPOINTED,
    LAPSED,
    NOW,
    ON_CALL,
    TODAY,
    TOMORROW,
    YESTERDAY,
    Desk,
    all_marks,
    child,
    claimant,
    payment,
    respondent,
    text,
)


def kept_paper(desk: Desk, case_id: int, no: int = 1) -> bytes:
    with desk.database.reading() as records:
        return records.cases.kept_paper(find_agreement(records.cases.get(case_id), no))


# --- drafting


def test_a_draft_begins_with_the_willing_parties_and_the_mediators_who_preside(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.do(assign, case_id, Choice(mediator_id=ON_CALL, title="lawyer_agreement"))
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.parties.append(respondent(3, "王五"))
    drafted = desk.do(draft_agreement, case_id)
    assert (drafted.no, drafted.form, drafted.kind, drafted.made_on) == (
        1,
        AgreementForm.WRITTEN,
        AgreementKind.MAIN,
        TODAY,
    )
    assert (drafted.party_nos, drafted.mediator_ids) == ([1, 2], [APPOINTED])


def test_there_is_one_draft_at_a_time(desk: Desk) -> None:
    case_id = desk.drafted()
    with desk.refuses("已有一份协议正在起草，请先完成它。"):
        desk.do(draft_agreement, case_id)


def test_without_willingness_nothing_is_drafted(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(ask_willingness, case_id, [2], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("李四已拒绝调解", "willingness"):
        desk.do(draft_agreement, case_id)


def test_before_acceptance_nothing_is_drafted(desk: Desk) -> None:
    case_id = desk.willing()
    with desk.refuses("案件还没有受理，不能起草协议。"):
        desk.do(draft_agreement, case_id)


def test_an_oral_agreement_does_not_bind_where_mediation_failed(desk: Desk) -> None:
    case_id = desk.in_mediation(NumberKind.ORAL)
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    desk.do(save_agreement, case_id, 1, text())
    with desk.refuses("现在的调解结果不是达成协议，口头协议不能生效；"):
        desk.do(freeze_agreement, case_id, 1)
    desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    desk.do(freeze_agreement, case_id, 1)
    assert desk.case(case_id).stage == "performing"


def test_a_draft_is_saved_as_it_stands_complete_or_not(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.do(draft_agreement, case_id)
    later, sooner = Instalment(due_on=TOMORROW, amount_fen=2), Instalment(due_on=TODAY, amount_fen=1)
    said = text(
        obligations=(
            payment(no=7, instalments=[later, sooner]),
            payment(no=7, kind=ObligationKind.ACT, what="修水管", payer_no=None, payer_name="物业", at_once=True),
        ),
        party_nos=(2, 1, 2),
        mediator_ids=(APPOINTED, APPOINTED),
        recorder="登记员",
        extra_holders=("区人民法院",),
    )
    desk.do(save_agreement, case_id, 1, said)
    held = desk.agreement(case_id)
    assert (held.facts, held.performance_terms, held.made_on) == (said.facts, said.performance_terms, TODAY)
    assert (held.party_nos, held.mediator_ids, held.recorder) == ([2, 1], [APPOINTED], "登记员")
    assert (held.extra_holders, held.copies) == (["区人民法院"], 4)
    assert [clause.text for clause in held.clauses] == list(said.clauses)
    first, second = held.obligations
    assert (first.no, [each.amount_fen for each in first.instalments]) == (1, [1, 2])
    assert (second.no, second.kind, second.what, second.payer_name, second.at_once) == (
        2,
        ObligationKind.ACT,
        "修水管",
        "物业",
        True,
    )
    desk.do(save_agreement, case_id, 1, AgreementText())
    emptied = desk.agreement(case_id)
    assert (emptied.facts, emptied.made_on, emptied.clauses, emptied.obligations) == ("", None, [], [])


def test_saving_what_was_read_changes_nothing(desk: Desk) -> None:
    case_id = desk.drafted()
    held = desk.agreement(case_id)
    desk.do(save_agreement, case_id, 1, text(obligations=tuple(held.obligations)))
    again = desk.agreement(case_id)
    assert [(each.due_on, each.amount_fen) for each in again.obligations[0].instalments] == [
        (date(2026, 12, 31), 100_000),
        (date(2027, 1, 31), 200_000),
    ]


def test_a_draft_nobody_wants_is_thrown_away(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(drop_draft, case_id, 1)
    assert desk.case(case_id).agreements == []
    with desk.database.reading() as records:
        for part in ("clauses", "obligations", "instalments"):
            assert records.connection.execute(sql(f"select count(*) from {part}")).scalar() == 0


def test_an_agreement_that_is_not_there_is_told(desk: Desk) -> None:
    case_id = desk.agreed()
    with pytest.raises(NotFound, match="找不到这份协议"):
        desk.do(save_agreement, case_id, 1, text())


# --- freezing


def test_what_keeps_a_draft_from_being_final_is_told_before_and_refused_then(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.do(draft_agreement, case_id)
    found = desk.do(findings_of, case_id, 1)
    assert [fault.place for fault in found] == ["facts", "clauses", "performance_terms"]
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(freeze_agreement, case_id, 1)
    assert [(fault.sentence, fault.place) for fault in refused.value.faults] == [
        (finding.sentence, finding.place) for finding in found
    ]
    assert desk.contents() == before


def test_a_complete_draft_has_no_faults(desk: Desk) -> None:
    assert desk.do(findings_of, desk.drafted(), 1) == []


def test_what_should_be_looked_at_stays_only_for_a_reason_that_is_kept(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(save_agreement, case_id, 1, text(clauses=("李四赔偿张三3,000.00元（大写：叁百元整）。",)))
    [finding] = desk.do(findings_of, case_id, 1)
    assert (finding.kind, finding.place, finding.is_hard) == (FindingKind.CAPITALS, "clauses[0]", False)
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(freeze_agreement, case_id, 1, despite_reason=" ")
    assert [(fault.sentence, fault.place) for fault in refused.value.faults] == [
        ("有1处请核对；确认无误的，请写明理由后定稿。", "despite_reason"),
        (finding.sentence, finding.place),
    ]
    assert desk.contents() == before
    desk.do(freeze_agreement, case_id, 1, despite_reason=" 双方坚持原文 ")
    case = desk.case(case_id)
    assert case.agreements[0].despite_reason == "双方坚持原文"
    frozen = next(event for event in case.events if event.kind is EventKind.FROZEN)
    assert frozen.text.endswith("，核对后仍定稿：双方坚持原文")


def test_what_must_be_mended_is_no_matter_of_reasons(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(save_agreement, case_id, 1, text(facts=""))
    with desk.refuses("请写明纠纷主要事实、争议事项。", "facts"):
        desk.do(freeze_agreement, case_id, 1, despite_reason="双方坚持原文")


def test_a_reason_nobody_needs_is_not_kept(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(freeze_agreement, case_id, 1, despite_reason="没有什么")
    assert desk.agreement(case_id).despite_reason == ""


def test_the_wish_for_confirmation_is_part_of_the_text_and_outlives_a_withdrawal(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(save_agreement, case_id, 1, text(confirmation_wanted=True))
    desk.do(freeze_agreement, case_id, 1)
    desk.do(withdraw_agreement, case_id, 1, reason="写错")
    assert [each.confirmation_wanted for each in desk.case(case_id).agreements] == [True, True]


def test_freezing_gives_a_number_and_keeps_the_very_paper(desk: Desk) -> None:
    case_id = desk.frozen()
    case = desk.case(case_id)
    held = case.agreements[0]
    assert (held.number, held.frozen_at, held.frozen_by_id) == ("（2026）示人调协字第1号", NOW, 1)
    assert held.digest == "".join(f"{byte:02x}" for byte in bytes.fromhex(held.digest))
    assert kept_paper(desk, case_id) == b"%PDF 1"
    assert (case.stage, held.effective_on) == ("agreed_in_writing", None)
    assert case.follow_ups == []
    assert [(event.kind, event.text) for event in case.events[-2:]] == [
        (EventKind.NUMBERED, "（2026）示人调协字第1号"),
        (EventKind.FROZEN, "书面协议 （2026）示人调协字第1号"),
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (lambda desk, case_id: desk.do(freeze_agreement, case_id, 1), "这份协议已经定稿。"),
        (lambda desk, case_id: desk.do(save_agreement, case_id, 1, text()), "协议已定稿，文本不能再改"),
        (lambda desk, case_id: desk.do(drop_draft, case_id, 1), "协议已定稿，不能删除"),
    ],
)
def test_a_frozen_text_stays(desk: Desk, step: Any, sentence: str) -> None:
    case_id = desk.frozen()
    with desk.refuses(sentence):
        step(desk, case_id)


def test_a_paper_that_cannot_be_drawn_takes_no_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = desk.drafted()
    before = desk.contents()

    def fail(*_: object) -> bytes:
        raise DeskError("字库中没有“𱁬”这个字。")

    monkeypatch.setattr(agreements, "draw_agreement", fail)
    with pytest.raises(DeskError, match="字库中没有"):
        desk.do(freeze_agreement, case_id, 1)
    assert desk.contents() == before


def test_a_lapsed_mediator_does_not_sign(desk: Desk) -> None:
    case_id = desk.drafted()
    with desk.database.reading() as records:
        mediator = records.mediators.get(APPOINTED)
    mediator.appointments[0].until = YESTERDAY
    desk.do(save_mediator, mediator)
    with desk.refuses("赵和在协议当日没有本调委会的有效聘任", "mediators"):
        desk.do(freeze_agreement, case_id, 1)


def test_a_child_without_a_guardian_does_not_agree(desk: Desk) -> None:
    case_id = desk.drafted(parties=(claimant(), child()))
    with desk.refuses("王小五不能独立签署，请先登记其法定代理人（监护人）。", "parties"):
        desk.do(freeze_agreement, case_id, 1)


def test_a_written_text_is_not_frozen_after_an_oral_outcome(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    assert [fault.place for fault in desk.do(findings_of, case_id, 1)] == ["outcome"]
    with desk.refuses("调解结果登记为“达成口头协议”，与本协议形式不符", "outcome"):
        desk.do(freeze_agreement, case_id, 1)


# --- oral agreements


def test_an_oral_agreement_of_an_oral_case_bears_its_number_and_binds_at_once(desk: Desk) -> None:
    case = desk.case(desk.performing_orally())
    held = case.agreements[0]
    assert held.number == case.number == "（2026）示人调（口头）字第1号"
    assert (case.stage, held.effective_on, len(case.numbers)) == ("performing", TODAY, 1)
    assert len(case.follow_ups) == 3


def test_a_further_oral_agreement_gets_a_number_of_its_own(desk: Desk) -> None:
    case_id = desk.performing_orally()
    for kind in (AgreementKind.MAIN, None):
        further = desk.do(draft_agreement, case_id, form=AgreementForm.ORAL, kind=kind)
        desk.do(save_agreement, case_id, further.no, text())
        desk.do(freeze_agreement, case_id, further.no)
    assert [each.number for each in desk.case(case_id).agreements] == [
        "（2026）示人调（口头）字第1号",
        "（2026）示人调（口头）字第2号",
        "（2026）示人调（口头）字第3号",
    ]


def test_an_oral_agreement_of_a_usual_case_gets_a_number_of_its_own(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.ORAL)
    desk.do(draft_agreement, case_id, form=AgreementForm.ORAL)
    desk.do(save_agreement, case_id, 1, text())
    desk.do(freeze_agreement, case_id, 1)
    case = desk.case(case_id)
    assert (case.number, case.agreements[0].number) == ("（2026）示人调字第1号", "（2026）示人调（口头）字第1号")


# --- giving up a frozen text


def test_a_frozen_text_is_given_up_with_its_number_and_lives_on_as_a_draft(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.do(withdraw_agreement, case_id, 1, reason=" 金额写错 ")
    case = desk.case(case_id)
    old, new = case.agreements
    assert (old.withdrawn_at, old.withdrawn_reason, old.effective_on) == (NOW, "金额写错", None)
    assert (new.no, new.is_draft, new.number, new.kind) == (2, True, "", AgreementKind.MAIN)
    assert (new.facts, [clause.text for clause in new.clauses]) == (old.facts, [clause.text for clause in old.clauses])
    assert [each.amount_fen for each in new.obligations[0].instalments] == [100_000, 200_000]
    assert [(number.text, number.void_reason) for number in case.numbers if number.kind is NumberKind.AGREEMENT] == [
        ("（2026）示人调协字第1号", "金额写错")
    ]
    assert kept_paper(desk, case_id) == b"%PDF 1"
    desk.do(freeze_agreement, case_id, 2)
    assert desk.agreement(case_id, 2).number == "（2026）示人调协字第2号"


@pytest.mark.parametrize(
    ("way", "reason", "sentence", "place"),
    [
        (Desk.frozen, " ", "请写明撤回定稿的原因。", "withdraw_reason"),
        (Desk.drafted, "写错", "这份协议没有定稿，不需要撤回。", ""),
        (Desk.performing, "写错", "协议已生效，不能撤回", ""),
        (Desk.performing_orally, "写错", "协议已生效，不能撤回", ""),
    ],
)
def test_what_giving_up_refuses(desk: Desk, way: Any, reason: str, sentence: str, place: str) -> None:
    case_id = way(desk)
    with desk.refuses(sentence, place):
        desk.do(withdraw_agreement, case_id, 1, reason=reason)


def test_a_text_is_given_up_once_and_not_beside_another_draft(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.do(draft_agreement, case_id)
    with desk.refuses("已有一份协议正在起草，请先完成它。"):
        desk.do(withdraw_agreement, case_id, 1, reason="写错")
    desk.do(drop_draft, case_id, 2)
    desk.do(withdraw_agreement, case_id, 1, reason="写错")
    with desk.refuses("这份协议没有定稿，不需要撤回。"):
        desk.do(withdraw_agreement, case_id, 1, reason="写错")


# --- signing


def test_the_day_of_the_last_mark_is_the_day_of_effect(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.now += timedelta(days=3)
    marks = all_marks()
    marks[1] = Mark(
        role=SignerRole.PARTY,
        party_no=2,
        signer_name=" 李四 ",
        kind=SignatureKind.FINGERPRINT,
        signed_on=TOMORROW,
        witness=" 王五 ",
    )
    desk.do(record_signatures, case_id, 1, marks[:3])
    assert desk.case(case_id).stage == "agreed_in_writing"
    desk.do(record_signatures, case_id, 1, marks[3:])
    case = desk.case(case_id)
    held = case.agreements[0]
    assert (case.stage, held.effective_on, held.effect_day) == ("performing", TOMORROW, TOMORROW)
    assert (held.signatures[1].signer_name, held.signatures[1].kind, held.signatures[1].witness) == (
        "李四",
        SignatureKind.FINGERPRINT,
        "王五",
    )
    assert (case.events[-1].kind, case.events[-1].happened_on, case.events[-1].text) == (
        EventKind.EFFECTIVE,
        TOMORROW,
        "（2026）示人调协字第1号",
    )


def test_effect_plans_the_follow_ups_once(desk: Desk) -> None:
    case_id = desk.performing()
    planned = [(each.due_on, each.subject, each.done_on) for each in desk.case(case_id).follow_ups]
    assert planned == [
        (date(2026, 12, 23), "协议生效后回访", None),
        (date(2027, 1, 5), "2026年12月31日到期履行回访", None),
        (date(2027, 2, 3), "2027年1月31日到期履行回访", None),
    ]
    desk.do(record_signatures, case_id, 1, [Mark(role=SignerRole.RECORDER, signer_name="登记员", signed_on=TODAY)])
    case = desk.case(case_id)
    assert len(case.follow_ups) == 3
    assert [event.kind for event in case.events].count(EventKind.EFFECTIVE) == 1


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        (Mark(role=SignerRole.SEAL, signed_on=YESTERDAY), "签署日期早于协议日期，请核对。"),
        (Mark(role=SignerRole.SEAL, signed_on=TOMORROW), "签署日期不能晚于今天。"),
        (Mark(role=SignerRole.PARTY, signed_on=TODAY), "签署人不是本协议的当事人。"),
        (Mark(role=SignerRole.PARTY, party_no=9, signed_on=TODAY), "签署人不是本协议的当事人。"),
        (Mark(role=SignerRole.PARTY, party_no=3, signed_on=TODAY), "签署人不是本协议的当事人。"),
        (Mark(role=SignerRole.MEDIATOR, signed_on=TODAY), "这位调解员不在本协议上。"),
        (Mark(role=SignerRole.MEDIATOR, mediator_id=99, signed_on=TODAY), "这位调解员不在本协议上。"),
    ],
)
def test_what_is_no_mark_of_this_agreement_is_refused(desk: Desk, mark: Mark, sentence: str) -> None:
    case_id = desk.drafted(parties=(claimant(), respondent(), respondent(3, "王五")))
    desk.do(freeze_agreement, case_id, 1, despite_reason="王五另行协商。")
    with desk.refuses(sentence, "signatures[0]"):
        desk.do(record_signatures, case_id, 1, [mark])


def test_all_faulty_marks_are_told_and_the_good_ones_wait(desk: Desk) -> None:
    case_id = desk.frozen()
    before = desk.contents()
    marks = all_marks()
    marks[1] = marks[3] = Mark(role=SignerRole.MEDIATOR, mediator_id=LAPSED, signed_on=TODAY)
    with pytest.raises(RuleBroken) as refused:
        desk.do(record_signatures, case_id, 1, marks)
    assert [(fault.place, fault.sentence[:5]) for fault in refused.value.faults] == [
        ("signatures[1]", "这位调解员"),
        ("signatures[1]", "这位调解员"),
        ("signatures[3]", "这位调解员"),
        ("signatures[3]", "这位调解员"),
    ]
    assert desk.contents() == before


def test_a_mediator_whose_appointment_ended_before_signing_does_not_sign(desk: Desk) -> None:
    case_id = desk.frozen()
    with desk.database.reading() as records:
        mediator = records.mediators.get(APPOINTED)
    mediator.appointments[0].until = TODAY
    desk.do(save_mediator, mediator)
    desk.now += timedelta(days=1)
    with desk.refuses("这位调解员在签署当日没有本调委会的有效聘任。", "signatures[0]"):
        desk.do(
            record_signatures,
            case_id,
            1,
            [Mark(role=SignerRole.MEDIATOR, mediator_id=APPOINTED, signed_on=TOMORROW)],
        )


def test_for_a_child_its_guardian_signs(desk: Desk) -> None:
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大五", relation="父亲")
    case_id = desk.frozen(parties=(claimant(), child(agents=[guardian])))
    own_hand = Mark(role=SignerRole.PARTY, party_no=2, signer_name="王小五", signed_on=TODAY)
    with desk.refuses("王小五应由其法定代理人签署，请选择签名的监护人。", "signatures[0]"):
        desk.do(record_signatures, case_id, 1, [own_hand])
    desk.do(
        record_signatures,
        case_id,
        1,
        [Mark(role=SignerRole.PARTY, party_no=2, signer_name="王大五", signed_on=TODAY)],
    )
    assert desk.agreement(case_id).signed_by(SignerRole.PARTY, party_no=2) == TODAY


def test_a_seal_counts_whatever_else_was_said_about_it(desk: Desk) -> None:
    case_id = desk.frozen()
    marks = all_marks()
    marks[3] = Mark(role=SignerRole.SEAL, party_no=1, mediator_id=APPOINTED, signed_on=TODAY)
    desk.do(record_signatures, case_id, 1, marks)
    assert desk.agreement(case_id).effective_on == TODAY


def test_once_in_effect_no_earlier_mark_moves_the_day(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.now += timedelta(days=3)
    desk.do(record_signatures, case_id, 1, all_marks(TOMORROW))
    with desk.refuses("协议已生效，不能补记更早的签署日期。", "signatures[0]"):
        desk.do(record_signatures, case_id, 1, [Mark(role=SignerRole.SEAL, signed_on=TODAY)])
    desk.do(record_signatures, case_id, 1, [Mark(role=SignerRole.SEAL, signed_on=TOMORROW)])
    assert desk.agreement(case_id).effective_on == TOMORROW


def test_a_draft_and_a_text_that_was_given_up_are_not_signed(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.do(withdraw_agreement, case_id, 1, reason="写错")
    with desk.refuses("这份定稿已撤回，不能登记签署。"):
        desk.do(record_signatures, case_id, 1, all_marks())
    with desk.refuses("协议还没有定稿，不能登记签署。"):
        desk.do(record_signatures, case_id, 2, all_marks())


def test_after_mediation_was_ended_otherwise_nothing_is_signed(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.do(record_outcome, case_id, OutcomeKind.TERMINATED, reason_code="refuses_to_sign")
    with desk.refuses("现在的调解结果不是达成协议，不能登记签署"):
        desk.do(record_signatures, case_id, 1, all_marks())
    desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    desk.do(record_signatures, case_id, 1, all_marks())
    assert desk.case(case_id).stage == "performing"


# --- further agreements


def further(desk: Desk, case_id: int, kind: AgreementKind | None = None) -> Agreement:
    drafted = desk.do(draft_agreement, case_id, kind=kind)
    desk.do(save_agreement, case_id, drafted.no, text(facts="补充约定"))
    desk.do(freeze_agreement, case_id, drafted.no)
    desk.do(record_signatures, case_id, drafted.no, all_marks())
    return desk.agreement(case_id, drafted.no)


def test_next_to_an_agreement_in_effect_a_further_one_is_supplementary(desk: Desk) -> None:
    case_id = desk.performing()
    supplementary = further(desk, case_id)
    assert (supplementary.no, supplementary.kind, supplementary.effective_on) == (
        2,
        AgreementKind.SUPPLEMENTARY,
        TODAY,
    )
    assert supplementary.number == "（2026）示人调协字第2号"
    assert len(desk.case(case_id).effective_agreements) == 2


def test_a_further_agreement_may_replace_the_first(desk: Desk) -> None:
    case_id = desk.performing()
    assert further(desk, case_id, AgreementKind.REPLACEMENT).kind is AgreementKind.REPLACEMENT


def test_a_case_that_is_closed_may_still_get_a_supplementary_agreement(desk: Desk) -> None:
    case_id = desk.closed()
    desk.now += timedelta(minutes=1)
    assert further(desk, case_id).effective_on == TODAY
    assert desk.case(case_id).stage == "closed"


def test_the_kept_wording_is_called_by_paper_and_number(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(draft_agreement, case_id)
    desk.do(save_agreement, case_id, 2, text())
    desk.do(freeze_agreement, case_id, 2)
    with desk.database.reading() as records:
        titles = [each.title for each in records.versions.of_case(case_id) if each.code == "D08"]
    numbers = [desk.agreement(case_id, no).number for no in (1, 2)]
    assert titles == [f"人民调解协议书 {numbers[0]}", f"人民调解协议书（补充协议） {numbers[1]}"]
