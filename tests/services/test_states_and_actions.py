"""Every state of a case × everything that can be done with it: what is recorded, or which sentence refuses it.

A service that acts on a case has a row here and says in `asked.py` what is said to it; the states are in `states.py`.
What a referral and a petition item go through by themselves is in the tables of `domain/test_referral_flow.py` and
`domain/test_petition_flow.py`.
"""

import inspect
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import pytest

from mediation_desk.domain.case import EventKind
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rights import Role
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.services import agreements
from mediation_desk.services.act import needed_for
from mediation_desk.store.records import Records
from tests.desk import Desk, draw_as_a_line
from tests.engines import Files, Server
from tests.services.asked import ASKED, COLLEAGUE
from tests.services.colleagues import add_user
from tests.services.states import STATES
from tests.services.test_audit_words import READS
from tests.services.test_guards import services_of_the_desk

SAME_IN_EVERY_STATE = {
    "blank_forms.use_blank": "links an empty form to the case that was registered from it",
    "disclosure.show_numbers": "tells the log that numbers were shown, and changes nothing",
    "dossier.note_dossier": "tells the log that the file went out, and changes nothing",
    "court_pack.note_court_pack": "tells the log that a court pack went out, and changes nothing",
}
"""Services that act on no fact of a case."""

NOT_TAKEN = "registered triaged not_accepted handed_over referred returned"
RUNNING = "accepted assigned in_mediation suspended"
AGREED = "agreed_in_writing frozen agreed_orally"
DRAFTED = "agreed_in_writing agreed_orally"
ENDED = "failed terminated withdrawn reopened"
BINDING = "performing closed"
NO_AGREEMENT = f"{NOT_TAKEN} {RUNNING} {ENDED} merged"
NEVER_SENT = f"registered triaged not_accepted handed_over {RUNNING} {AGREED} {ENDED} {BINDING} merged"
EVERY_STATE = f"{NOT_TAKEN} {RUNNING} {AGREED} {ENDED} {BINDING} merged"

_IN_ANOTHER = "案件已并入另一个案件，没有记录。请到那个案件里办理；并错了的，先撤回并入。"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What becomes of an action in the states it is not `refused` in, by sentence.

    `merged` is what a case is refused with in whose place another one goes on, "" where it may be done there, too.
    `event` is what the timeline tells of it, `grows` which lists of facts have more afterwards, or `also` have in some
    states. `becomes` says where the stage changes: in all other states it stays.
    """

    event: EventKind | None = None
    grows: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    becomes: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    merged: str = _IN_ANOTHER

    def sentence(self, state: str) -> str:
        otherwise = self.merged if state == "merged" else ""
        return next((said for said, states in self.refused.items() if state in states.split()), otherwise)

    def facts(self, state: str) -> set[str]:
        further = [grown for states, grown in self.also.items() if state in states.split()]
        return set(" ".join([self.grows, *further]).split())

    def stage(self, state: str, before: str) -> str:
        return next((stage for states, stage in self.becomes.items() if state in states.split()), before)


_AWAY = "已转给示例局，还没有办结；请先登记反馈、退回或者撤回。"
_RUNS = "案件已经受理，正在办理中。"
_UNSIGNED = "调解结果是达成协议；协议没有生效、不再签的，请先重新登记调解结果。"
_BINDS = "已有生效的协议，不能再作受理决定。"
_CLOSED = "案件已结案，不能再作受理决定。"
_DECIDED = {_RUNS: f"{RUNNING} merged", _AWAY: "referred", _UNSIGNED: AGREED, _BINDS: "performing", _CLOSED: "closed"}
_NO_AGREEMENT = "找不到这份协议，可能已被移走。请刷新案件。"
_FROZEN = "协议已定稿，文本不能再改；如需变更，请另立补充协议。"
_TEXT = "clauses instalments obligations"
_NO_PETITION = "这个案件没有登记信访事项，请先登记。"
_NO_REFERRAL = "找不到这次往来，可能已被改动。请刷新案件。"
_IS_BACK = "已退回，这次往来已结束"
_OF_REFERRAL = {_NO_REFERRAL: NEVER_SENT, _IS_BACK: "returned"}
_OPEN = EVERY_STATE.replace("closed ", "")
_ALONE = EVERY_STATE.replace(" merged", "")
_CLOCKLESS = f"{NOT_TAKEN} {AGREED} {ENDED} {BINDING} merged"
_NOT_RUNNING = "这个案件现在没有在走的期限“调解期限”。没有记录任何内容。"
_NOTHING_OFFERED = "现在没有等待答复的移交，可能刚被答复或者撤回。请刷新案件。"
_NOT_TO_BE_CONFIRMED = {
    _NO_AGREEMENT: NO_AGREEMENT,
    "口头协议没有协议书，不能申请司法确认": "agreed_orally",
    "协议还没有生效，不能登记司法确认": AGREED,
}

TABLE: dict[str, Row] = {
    # --- registering and deciding
    "intake.correct": Row(event=EventKind.CORRECTED),
    "intake.ask_willingness": Row(event=EventKind.ANSWERED, grows="willingness"),
    "triage.triage": Row(event=EventKind.TRIAGED, grows="triages", becomes={"registered": "triaged"}),
    "triage.accept": Row(
        event=EventKind.DECIDED,
        grows="decisions",
        also={"registered triaged not_accepted handed_over returned": "numbers"},
        becomes={"registered triaged not_accepted handed_over returned": "accepted", ENDED: "assigned"},
        refused=_DECIDED,
    ),
    "triage.decline": Row(
        event=EventKind.DECIDED,
        grows="decisions",
        becomes={"registered triaged handed_over returned": "not_accepted"},
        refused={**_DECIDED, "案件已受理并调解结束，不能再作不予受理决定；请告知其他途径后结案。": ENDED},
    ),
    "triage.hand_over": Row(
        event=EventKind.REFERRED,
        grows="decisions referrals",
        becomes={f"registered triaged not_accepted returned {ENDED}": "handed_over"},
        refused=_DECIDED,
    ),
    "triage.void_number": Row(event=EventKind.NUMBERED, grows="numbers", refused={"案件还没有编号。": NOT_TAKEN}),
    # --- who mediates
    "assignment.assign": Row(
        event=EventKind.ASSIGNED,
        grows="assignments",
        becomes={"accepted": "assigned"},
        refused={"案件还没有受理，不能指派调解员。": NOT_TAKEN},
    ),
    "assignment.assign_all": Row(
        event=EventKind.ASSIGNED,
        grows="assignments",
        becomes={"accepted": "assigned"},
        refused={"案件还没有受理，不能指派调解员。": NOT_TAKEN},
    ),
    "assignment.relieve": Row(
        event=EventKind.RELIEVED,
        becomes={"assigned": "accepted"},
        refused={"这位调解员不在本案中。": f"{NOT_TAKEN} accepted"},
    ),
    "assignment.record_stance": Row(event=EventKind.STANCE, grows="stances"),
    "assignment.decide_objection": Row(refused={"这一方当事人没有反对这位调解员。": EVERY_STATE}),
    "assignment.record_recusal": Row(event=EventKind.RECUSAL, grows="recusal_checks"),
    "ranking.consider": Row(merged=""),
    # --- mediation
    "mediation.record_session": Row(
        event=EventKind.SESSION,
        grows="sessions present_nos mediator_ids",
        becomes={"assigned": "in_mediation"},
        refused={
            "案件还没有受理，不能登记调解。": NOT_TAKEN,
            "有调解员没有被指派到本案，请先指派。": "accepted",
        },
    ),
    "mediation.add_confidential_note": Row(merged=""),
    "mediation.record_outcome": Row(
        event=EventKind.OUTCOME,
        grows="outcomes",
        becomes={f"{RUNNING} {AGREED} terminated withdrawn": "failed"},
        refused={
            "案件还没有受理，不能登记调解结果。": NOT_TAKEN,
            "已有生效的协议，调解结果不能再改。": BINDING,
        },
    ),
    # --- the agreement
    "agreements.draft_agreement": Row(
        grows="agreements party_nos",
        also={f"assigned in_mediation suspended frozen {ENDED} {BINDING}": "mediator_ids"},
        refused={
            "案件还没有受理，不能起草协议。": NOT_TAKEN,
            "已有一份协议正在起草，请先完成它。": DRAFTED,
        },
    ),
    "agreements.save_agreement": Row(
        also={"agreed_orally": _TEXT}, refused={_NO_AGREEMENT: NO_AGREEMENT, _FROZEN: f"frozen {BINDING}"}
    ),
    "agreement_drafts.save_draft": Row(
        also={"agreed_orally": _TEXT}, refused={_NO_AGREEMENT: NO_AGREEMENT, _FROZEN: f"frozen {BINDING}"}
    ),
    "agreement_drafts.settle_draft": Row(
        also={"agreed_orally": _TEXT}, refused={_NO_AGREEMENT: NO_AGREEMENT, _FROZEN: f"frozen {BINDING}"}
    ),
    "agreements.drop_draft": Row(
        refused={
            _NO_AGREEMENT: NO_AGREEMENT,
            "协议已定稿，不能删除；如需作废，请撤回定稿并写明理由。": f"frozen {BINDING}",
        },
    ),
    "agreements.freeze_agreement": Row(
        event=EventKind.FROZEN,
        grows="numbers",
        refused={
            _NO_AGREEMENT: NO_AGREEMENT,
            "这份协议已经定稿。": f"frozen {BINDING}",
            "请写明纠纷主要事实、争议事项。": "agreed_orally",
        },
    ),
    "agreements.withdraw_agreement": Row(
        event=EventKind.UNFROZEN,
        grows=f"agreements party_nos mediator_ids {_TEXT}",
        refused={
            _NO_AGREEMENT: NO_AGREEMENT,
            "这份协议没有定稿，不需要撤回。": DRAFTED,
            "协议已生效，不能撤回；如需变更，请另立补充协议。": BINDING,
        },
    ),
    "agreements.record_signatures": Row(
        event=EventKind.SIGNED,
        grows="signatures",
        also={"frozen": "follow_ups"},
        becomes={"frozen": "performing"},
        refused={_NO_AGREEMENT: NO_AGREEMENT, "协议还没有定稿，不能登记签署。": DRAFTED},
    ),
    # --- afterwards
    "afterwards.record_performance": Row(
        event=EventKind.PERFORMED,
        grows="performances",
        refused={_NO_AGREEMENT: NO_AGREEMENT, "协议还没有生效，不能登记履行。": AGREED},
    ),
    "afterwards.follow_up": Row(event=EventKind.FOLLOWED_UP, grows="follow_ups"),
    "afterwards.close_case": Row(
        event=EventKind.CLOSED,
        grows="closings",
        also={f"registered triaged referred {RUNNING} {AGREED} {ENDED} performing": "missing_papers"},
        becomes={EVERY_STATE: "closed"},
        refused={"案件已经结案。": "closed"},
    ),
    "afterwards.reopen": Row(
        event=EventKind.REOPENED,
        becomes={"closed": "performing"},
        refused={"案件没有结案，不用重新办理。": _OPEN},
    ),
    "afterwards.waive_obligation": Row(
        event=EventKind.WAIVED, refused={_NO_AGREEMENT: NO_AGREEMENT, "协议还没有生效，不能登记不需履行。": AGREED}
    ),
    "afterwards.withdraw_waiver": Row(
        refused={
            _NO_AGREEMENT: NO_AGREEMENT,
            "找不到这项履行安排。": "agreed_orally",
            "这项没有登记为不需履行。": EVERY_STATE,
        }
    ),
    "confirmation.record_confirmation": Row(
        event=EventKind.CONFIRMATION, grows="confirmation_steps", refused=_NOT_TO_BE_CONFIRMED
    ),
    "confirmation.take_back_confirmation": Row(
        refused={**_NOT_TO_BE_CONFIRMED, "还没有登记司法确认的进展，没有可以撤回的。": BINDING}
    ),
    "breach.record_breach": Row(
        event=EventKind.BREACH,
        grows="breaches",
        refused={_NO_AGREEMENT: NO_AGREEMENT, "协议还没有生效，不能登记不履行": AGREED},
    ),
    "breach.record_measures": Row(refused={"找不到这次不履行的登记": EVERY_STATE}),
    "breach.record_lawsuit": Row(
        event=EventKind.LAWSUIT,
        grows="lawsuits",
        refused={_NO_AGREEMENT: NO_AGREEMENT, "协议还没有生效，不能登记起诉": AGREED},
    ),
    "breach.record_lawsuit_result": Row(refused={"找不到这起诉讼": EVERY_STATE}),
    "ratings.record_rating": Row(event=EventKind.RATED, grows="ratings"),
    # --- time limits
    "clocks.stop_clock": Row(
        event=EventKind.CLOCK_STOPPED,
        grows="clock_stops",
        refused={_NOT_RUNNING: _CLOCKLESS, "已经从2026-11-23起停计，不用重复停计": "suspended"},
    ),
    "clocks.resume_clock": Row(
        event=EventKind.CLOCK_RESUMED,
        refused={"“调解期限”没有停计，不用恢复。": EVERY_STATE.replace("suspended ", "")},
    ),
    "clocks.extend": Row(event=EventKind.EXTENDED, grows="extensions", refused={_NOT_RUNNING: _CLOCKLESS}),
    # --- supervision, hard matters, dangers
    "supervision.issue_order": Row(
        event=EventKind.SUPERVISED,
        grows="supervision_orders",
        refused={"案件已结案，不能发督办单。": "closed"},
        merged="本案已并入另一案，不能在本案发督办单。",
    ),
    "supervision.reply_to_order": Row(refused={"本案没有第1次督办。请刷新案件。": EVERY_STATE}),
    "supervision.settle_order": Row(refused={"本案没有第1次督办。请刷新案件。": EVERY_STATE}),
    "conferences.carry_out_decision": Row(refused={"本案没有这项议定事项。请刷新案件。": EVERY_STATE}),
    "lead_cadres.take_on_case": Row(
        event=EventKind.LEAD_CADRE,
        grows="lead_cadres",
        refused={"案件已结案，不能登记领导包案。": "closed"},
        merged="本案已并入另一案，不能在本案登记领导包案。",
    ),
    "lead_cadres.record_visit": Row(refused={"本案没有第1次领导包案。请刷新案件。": EVERY_STATE}),
    "lead_cadres.end_lead": Row(refused={"本案没有第1次领导包案。请刷新案件。": EVERY_STATE}),
    "suggestions.make_suggestion": Row(event=EventKind.SUGGESTED, grows="suggestions"),
    "suggestions.answer_suggestion": Row(refused={"本案没有第1项建议。请刷新案件。": EVERY_STATE}),
    "risk.assess_risk": Row(event=EventKind.RISK, grows="risk_assessments"),
    "risk.report_red_flags": Row(refused={"登记中没有标记“暴力倾向”。": EVERY_STATE}),
    # --- who is responsible
    "responsibility.offer_hand_over": Row(
        event=EventKind.TRANSFER,
        grows="transfers",
        refused={"案件已结案，不能移交首问责任。": "closed"},
        merged="本案已并入另一案，不能在本案移交首问责任。",
    ),
    "responsibility.answer_hand_over": Row(refused={_NOTHING_OFFERED: EVERY_STATE}),
    "responsibility.take_back_offer": Row(refused={_NOTHING_OFFERED: EVERY_STATE}),
    # --- earlier cases
    "relations.relate": Row(
        event=EventKind.RELATED,
        grows="relations",
        refused={"不能把案件关联到它自己。": "registered"},
        merged="本案已并入另一个案件；并错了的，请先撤回并入。",
    ),
    "relations.merge": Row(
        event=EventKind.RELATED,
        grows="relations",
        becomes={EVERY_STATE: "merged"},
        refused={
            "不能把案件并入它自己。": "registered",
            "本案已有生效的协议，不能并入；可以关联为同一纠纷。": "performing",
            "（2026）示人调字第": "closed",
        },
        merged="本案已并入另一个案件；并错了的，请先撤回并入。",
    ),
    "relations.withdraw_relation": Row(
        event=EventKind.RELATED,
        becomes={"merged": "in_mediation"},
        refused={"找不到这条关联，可能已被改动。请刷新案件。": _ALONE},
        merged="",
    ),
    "upstream.record_upstream": Row(event=EventKind.UPSTREAM, grows="upstream"),
    # --- papers and files
    "attachments.attach": Row(event=EventKind.ATTACHED, grows="attachments", merged=""),
    "attachments.remove_attachment": Row(refused={"找不到这个附件。请刷新案件。": EVERY_STATE}),
    "paper_entries.save_entry": Row(event=EventKind.PAPER, grows="entries", merged=""),
    "paper_entries.take_over_entry": Row(event=EventKind.PAPER, grows="entries", merged=""),
    "paper_entries.drop_entry": Row(refused={"人民调解调查记录没有录入内容": EVERY_STATE}),
    "paper_log.keep_version": Row(merged=""),
    "paper_log.note_printed": Row(event=EventKind.PRINTED, merged=""),
    "paper_log.note_exported": Row(merged=""),
    # --- petition items and other units
    "petitions.record_petition": Row(event=EventKind.PETITION, grows="petition"),
    "petitions.correct_petition": Row(refused={_NO_PETITION: EVERY_STATE}),
    "petitions.withdraw_petition": Row(refused={_NO_PETITION: EVERY_STATE}),
    "petitions.record_petition_step": Row(refused={_NO_PETITION: EVERY_STATE}),
    "referrals.receive": Row(event=EventKind.REFERRED, grows="referrals steps"),
    "referrals.sign_for": Row(event=EventKind.REFERRED, grows="steps", refused=_OF_REFERRAL),
    "referrals.raise_objection": Row(event=EventKind.REFERRED, grows="steps", refused=_OF_REFERRAL),
    "referrals.answer_objection": Row(
        refused={**_OF_REFERRAL, "示例局没有提出异议，不需要答复。": "referred"},
    ),
    "referrals.feed_back": Row(event=EventKind.REFERRED, grows="steps", refused=_OF_REFERRAL),
    "referrals.send_back": Row(
        event=EventKind.REFERRED, grows="steps", becomes={"referred": "triaged"}, refused=_OF_REFERRAL
    ),
    "referrals.recall": Row(
        event=EventKind.REFERRED, grows="steps", becomes={"referred": "triaged"}, refused=_OF_REFERRAL
    ),
}
"""What is expected of every action in every state."""

SERVICES = {
    name: service
    for name, service in services_of_the_desk()
    if needed_for(service)
    and "case_id" in inspect.signature(service).parameters
    and name.partition(".")[2] not in READS
}


class _Undone(Exception):
    """Ends a step so that nothing of it is kept."""


@dataclass(frozen=True)
class Done:
    """What came of an action: the sentence it was `refused` with, or the facts, events and stage it left."""

    refused: str = ""
    grown: frozenset[str] = frozenset()
    events: tuple[EventKind, ...] = ()
    stage: str = ""
    follows: str = ""
    """The stage that follows from the facts."""


class Walk:
    """A desk with a case in every state, to which nothing that is tried ever happens."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.colleague_id = add_user(desk, "李窗口", Role.CLERK)
        self.case_ids = {state: bring(desk) for state, bring in STATES.items()}
        self.stages = {state: desk.case(case_id).stage for state, case_id in self.case_ids.items()}

    def do(self, name: str, state: str) -> Done:
        """Do it, look what came of it, and undo it. What is no `DeskError` is a defect and goes through."""
        done = Done()
        try:
            with self.desk.database.writing() as records:
                done = self._done(records, name, self.case_ids[state])
                raise _Undone
        except _Undone:
            return done

    def _done(self, records: Records, name: str, case_id: int) -> Done:
        case = records.cases.get(case_id)
        facts, events = held(case), len(case.events)
        said = {each: self.colleague_id if what is COLLEAGUE else what for each, what in ASKED[name](case).items()}
        try:
            SERVICES[name](records, self.desk.act, case_id, **said)
            records.flush()
        except DeskError as refusal:
            return Done(refused=str(refusal))
        grown = frozenset((held(case) - facts).keys() - {"events"})
        return Done("", grown, tuple(each.kind for each in case.events[events:]), case.stage, stage_of(case).value)


@pytest.fixture(scope="module")
def walk(engine: Files | Server, rules: Rules) -> Iterator[Walk]:
    database = engine.open()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreements, "draw_agreement", draw_as_a_line)
        yield Walk(Desk(database, rules))
    database.close()


def held(thing: Any) -> Counter[str]:
    """How many facts of each kind a case holds, by the names of the lists that hold them."""
    found: Counter[str] = Counter()
    for each in fields(thing):
        value = getattr(thing, each.name)
        parts = value if isinstance(value, list) else [value] if is_dataclass(value) else []
        found[each.name] += len(parts)
        for part in parts:
            if is_dataclass(part):
                found += held(part)
    return found


def test_every_service_that_acts_on_a_case_has_a_row() -> None:
    known = TABLE.keys() | SAME_IN_EVERY_STATE.keys()
    assert SERVICES.keys() - known == set(), "give it a row in TABLE and what is said to it in asked.py"
    assert known - SERVICES.keys() == set(), "there is no such service any more"
    assert TABLE.keys() == ASKED.keys()


def test_every_stage_is_walked(walk: Walk) -> None:
    assert set(walk.stages.values()) == set(Stage)
    assert set(EVERY_STATE.split()) == STATES.keys()


@pytest.mark.parametrize("name", TABLE)
def test_what_is_done_in_every_state(name: str, walk: Walk) -> None:
    row = TABLE[name]
    for state in STATES:
        sentence, done = row.sentence(state), walk.do(name, state)
        assert bool(done.refused) is bool(sentence), (state, done)
        assert done.refused.startswith(sentence), (state, done)
        if not sentence:
            assert done.grown == row.facts(state), (state, done)
            assert (row.event in done.events) if row.event else not done.events, (state, done)
            assert done.stage == done.follows == row.stage(state, walk.stages[state]), (state, done)
