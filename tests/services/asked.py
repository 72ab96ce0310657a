"""What is said when something is done with a case, for every service that acts on one: what suits most cases."""

from collections.abc import Callable
from typing import Any

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.case import Answer, AssignmentRole, AttachmentKind, Case, OutcomeKind
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.supervision import SuggestionKind
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.agreements import text_of
from mediation_desk.services.assignment import Choice
from mediation_desk.services.petitions import PetitionItem
from mediation_desk.services.referrals import Arrival
from tests.desk import APPOINTED, NOW, ON_CALL, TODAY, all_marks, intake, session, text

_PAPER = {"code": "D03", "no": 0, "title": "人民调解申请书", "content": ["申请书"], "digest": "d" * 64}
COLLEAGUE = object()
"""Stands for the id of a second user who receives visitors."""

_FIRST = {"agreement_no": 1, "obligation_no": 1}
_HELPER = Choice(mediator_id=ON_CALL, role=AssignmentRole.HELPER)
_FROM_POLICE = Arrival(kind=ReferralKind.ENTRUSTED, unit="派出所", sent_on=TODAY, received_on=TODAY, signed_by="登记员")
_ITEM = PetitionItem(kind="redress_claim", received_on=TODAY)
ASKED: dict[str, Callable[[Case], dict[str, Any]]] = {
    "triage.triage": lambda _: {"path": "M1", "reason": "民事纠纷"},
    "triage.accept": lambda _: {"committee_id": 1},
    "triage.decline": lambda _: {"reason_code": "not_civil"},
    "triage.hand_over": lambda _: {"handed_to": "示例局"},
    "triage.void_number": lambda _: {"reason": "误编"},
    "intake.correct": lambda case: {"version_id": case.version_id, "intake": intake(remark="补充")},
    "intake.ask_willingness": lambda _: {"party_nos": [2], "answer": Answer.UNDECIDED, "asked_at": NOW},
    "assignment.assign": lambda _: {"choice": _HELPER},
    "assignment.assign_all": lambda _: {"choices": [_HELPER]},
    "assignment.relieve": lambda _: {"mediator_id": APPOINTED, "reason": "调离"},
    "assignment.record_stance": lambda _: {
        "party_nos": [1],
        "mediator_id": APPOINTED,
        "kind": StanceKind.OPPOSES,
        "reason": "不熟悉",
    },
    "assignment.decide_objection": lambda _: {"party_no": 1, "mediator_id": APPOINTED, "upheld": True},
    "assignment.record_recusal": lambda _: {
        "mediator_id": APPOINTED,
        "reason_code": "kinship",
        "answer": RecusalAnswer.NO,
    },
    "ranking.consider": lambda _: {"role": AssignmentRole.PRESIDING},
    "mediation.record_session": lambda _: {"session": session()},
    "mediation.add_confidential_note": lambda _: {"text": "底线"},
    "mediation.record_outcome": lambda _: {"kind": OutcomeKind.FAILED, "reason_code": "no_prospect"},
    "agreements.draft_agreement": lambda _: {},
    "agreements.save_agreement": lambda _: {"no": 1, "text": text()},
    "agreement_drafts.save_draft": lambda case: {
        "no": 1,
        "text": text(),
        "was": text_of(case.agreements[0]) if case.agreements else text(),
    },
    "agreement_drafts.settle_draft": lambda _: {"no": 1, "text": text(), "mine": True},
    "agreements.drop_draft": lambda _: {"no": 1},
    "agreements.freeze_agreement": lambda _: {"no": 1},
    "agreements.withdraw_agreement": lambda _: {"no": 1, "reason": "笔误"},
    "agreements.record_signatures": lambda _: {"no": 1, "marks": all_marks()},
    "afterwards.record_performance": lambda _: {
        "agreement_no": 1,
        "obligation_no": 1,
        "done_on": TODAY,
        "amount_fen": 100,
    },
    "afterwards.follow_up": lambda _: {"done_on": TODAY, "situation": "已修好", "visitor": "赵和"},
    "afterwards.close_case": lambda _: {"despite_reason": "当事人要求"},
    "attachments.attach": lambda _: {"kind": AttachmentKind.OTHER, "file_name": "a.pdf", "content": b"%PDF-1.7"},
    "attachments.remove_attachment": lambda _: {"attachment_id": 1, "reason": "收错了"},
    "paper_entries.save_entry": lambda _: {"code": "D05", "no": None, "values": {"record": "问了"}},
    "paper_entries.take_over_entry": lambda _: {"code": "D05", "no": 1, "values": {}},
    "paper_entries.drop_entry": lambda _: {"code": "D05", "no": 1},
    "paper_log.keep_version": lambda _: _PAPER,
    "paper_log.note_printed": lambda _: {**_PAPER, "copies": 1},
    "paper_log.note_exported": lambda _: _PAPER,
    "petitions.record_petition": lambda _: {"item": _ITEM},
    "petitions.correct_petition": lambda _: {"was": _ITEM, "item": _ITEM},
    "petitions.withdraw_petition": lambda _: {"reason": "登错"},
    "petitions.record_petition_step": lambda _: {"kind": PetitionStepKind.OFFERED},
    "referrals.receive": lambda _: {"arrival": _FROM_POLICE},
    "referrals.sign_for": lambda _: {"no": 1, "person": "周收发", "text": "更正"},
    "referrals.raise_objection": lambda _: {"no": 1, "text": "见函"},
    "referrals.answer_objection": lambda _: {"no": 1, "text": "见函", "upheld": True},
    "referrals.feed_back": lambda _: {"no": 1, "text": "见函"},
    "referrals.send_back": lambda _: {"no": 1, "text": "见函"},
    "referrals.recall": lambda _: {"no": 1, "text": "见函"},
    "afterwards.reopen": lambda _: {"reason": "一方要求再调"},
    "afterwards.waive_obligation": lambda _: {**_FIRST, "waived_on": TODAY, "said_by": "张三", "reason": "已和好"},
    "afterwards.withdraw_waiver": lambda _: {**_FIRST, "reason": "登错"},
    "breach.record_breach": lambda _: {"agreement_no": 1, "found_on": TODAY, "situation": "第一期没有付"},
    "breach.record_measures": lambda _: {"breach_no": 1, "taken_on": TODAY, "measures": "当面督促"},
    "breach.record_lawsuit": lambda _: {
        "agreement_no": 1,
        "filed_on": TODAY,
        "plaintiff_no": 1,
        "court": "示例区人民法院",
    },
    "breach.record_lawsuit_result": lambda _: {"lawsuit_no": 1, "result_code": "upheld", "result_on": TODAY},
    "clocks.extend": lambda _: {
        "kind": ClockKind.MEDIATION,
        "days": 10,
        "approved_on": TODAY,
        "reason": "等鉴定",
        "consenting": [1, 2],
    },
    "clocks.stop_clock": lambda _: {"kind": ClockKind.MEDIATION, "reason_code": "appraisal", "since": TODAY},
    "clocks.resume_clock": lambda _: {"kind": ClockKind.MEDIATION, "until": TODAY},
    "conferences.carry_out_decision": lambda _: {"conference_no": 1, "no": 1, "done_on": TODAY, "done_note": "办了"},
    "confirmation.record_confirmation": lambda _: {
        "agreement_no": 1,
        "state": ConfirmationState.APPLIED,
        "happened_on": TODAY,
        "court": "示例区人民法院",
    },
    "confirmation.take_back_confirmation": lambda _: {"agreement_no": 1, "reason": "登错"},
    "lead_cadres.take_on_case": lambda _: {"name": "示例领导", "post": "副区长"},
    "lead_cadres.record_visit": lambda _: {"no": 1, "visited_on": TODAY, "situation": "见了双方"},
    "lead_cadres.end_lead": lambda _: {"no": 1, "result": "双方谈妥"},
    "ratings.record_rating": lambda _: {"party_no": 1, "level": "satisfied", "rated_on": TODAY, "channel": "当面"},
    "relations.relate": lambda _: {"other_id": 1, "kind": RelationKind.SAME_DISPUTE},
    "relations.merge": lambda _: {"into_id": 1, "reason": "重复登记"},
    "relations.withdraw_relation": lambda _: {"no": 1, "reason": "认错"},
    "responsibility.offer_hand_over": lambda _: {"to_id": COLLEAGUE, "reason": "调岗"},
    "responsibility.answer_hand_over": lambda _: {"accepted": True},
    "responsibility.take_back_offer": lambda _: {"reason": "不调了"},
    "risk.assess_risk": lambda _: {"level": "high", "reason": "扬言动手"},
    "risk.report_red_flags": lambda _: {"flags": ["violence"], "reported_at": NOW, "reported_to": "示例派出所"},
    "suggestions.make_suggestion": lambda _: {
        "kind": SuggestionKind.IMPROVE_WORK,
        "unit": "示例物业公司",
        "text": "请定期检修",
    },
    "suggestions.answer_suggestion": lambda _: {"no": 1, "answered_on": TODAY, "answer": "已检修", "adopted": True},
    "supervision.issue_order": lambda _: {
        "unit": "示例司法所",
        "fault_code": "overdue",
        "demand": "请尽快办结",
        "due_on": TODAY,
    },
    "supervision.reply_to_order": lambda _: {"no": 1, "replied_on": TODAY, "reply": "正在办理"},
    "supervision.settle_order": lambda _: {"no": 1, "result": "已办"},
    "upstream.record_upstream": lambda _: {"system": "petition", "number": "XF1"},
}
"""By module and name, all arguments besides the records, the act and the case."""
