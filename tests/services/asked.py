"""What is said when something is done with a case, for every service that acts on one: what suits most cases."""

from collections.abc import Callable
from typing import Any

from mediation_desk.domain.case import Answer, AssignmentRole, AttachmentKind, Case, OutcomeKind
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.services.agreements import text_of
from mediation_desk.services.assignment import Choice
from mediation_desk.services.petitions import PetitionItem
from mediation_desk.services.referrals import Arrival
from tests.desk import APPOINTED, NOW, ON_CALL, TODAY, all_marks, intake, session, text

_PAPER = {"code": "D03", "no": 0, "title": "人民调解申请书", "content": ["申请书"], "digest": "d" * 64}
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
}

"""By module and name, all arguments besides the records, the act and the case."""
