"""Makes `store-<revision>.db`, the stored file of a schema, when that schema is about to be released.

    python -m tests.data.make

What belongs to cases goes through the services; presence, rosters and call-outs are put in as they are. Once its
release is out, the file is never made again: newer releases are tested against it.
"""

from datetime import date, time, timedelta
from pathlib import Path

from mediation_desk.domain.aftermath import FollowUpDraw
from mediation_desk.domain.call_out import Call, CallAnswer, CallOut
from mediation_desk.domain.case import Answer, AttachmentKind, Case, Closing, OutcomeKind
from mediation_desk.domain.choice import Ranking, RecusalAnswer, RecusalCheck, Stance, StanceKind
from mediation_desk.domain.duty_roster import (
    DutyRoster,
    DutyShift,
    Post,
    RosterState,
    ShiftSource,
    SwapRequest,
    UnitClash,
    Wish,
)
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.paper import Value, content_digest
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.domain.presence import Attendance, HolidayNotice, Leave, OpeningException, OwnSetting
from mediation_desk.domain.stage import restage
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.afterwards import follow_up, record_performance
from mediation_desk.services.agreements import withdraw_agreement
from mediation_desk.services.assignment import Choice, assign, relieve
from mediation_desk.services.attachments import attach
from mediation_desk.services.blank_forms import issue_blanks, use_blank
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import add_confidential_note, record_outcome
from mediation_desk.services.paper_entries import save_entry
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.triage import decline, hand_over, void_number
from mediation_desk.store import migrations
from mediation_desk.store.database import create
from mediation_desk.store.records import Records
from mediation_desk.store.saved_filter import SavedFilter
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, TOMORROW, Desk, child, claimant, uid
from tests.procedure_facts import add_procedure

SCAN = b"%PDF-1.7 scan"
EVIDENCE: Value = [["漏水照片", "张三", "原件", "3", "2026-11-23"]]


def fill(desk: Desk) -> None:
    """A case of every stage, with every kind of part."""
    desk.furnish()
    desk.registered(safety_flags=("violence",), claimed_fen=300_000)
    refused = desk.triaged()
    desk.do(ask_willingness, refused, [2], Answer.REFUSES, asked_at=desk.now, channel="phone")
    desk.do(decline, desk.triaged(), reason_code="not_civil")
    desk.do(hand_over, desk.triaged(), handed_to="区人社局")
    desk.do(void_number, desk.accepted(), reason="编错")
    assigned = desk.assigned()
    desk.do(relieve, assigned, APPOINTED, reason="生病")
    desk.do(assign, assigned, Choice(mediator_id=ON_CALL, title="lawyer_agreement"))
    desk.do(add_confidential_note, desk.in_mediation(), "只给调解员看", 1)
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.FAILED, reason_code="no_prospect")
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.TERMINATED, reason_code="unreachable")
    desk.do(record_outcome, desk.in_mediation(), OutcomeKind.WITHDRAWN)
    desk.drafted()
    desk.do(withdraw_agreement, desk.frozen(), 1, reason="金额写错")
    desk.performing_orally()
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大五", relation="父亲", powers=["general"])
    desk.in_mediation(parties=(claimant(name="买买提江·吐尔逊"), child(name="王𠮷五", agents=[guardian])))
    performing = desk.performing()
    desk.do(
        attach, performing, kind=AttachmentKind.SIGNED_AGREEMENT, file_name="扫描.pdf", content=SCAN, agreement_no=1
    )
    desk.do(record_performance, performing, 1, 1, done_on=desk.act.today, amount_fen=100_000)
    desk.do(follow_up, performing, done_on=desk.act.today, situation="已付一期", visitor="赵和")
    reopened = desk.closed()
    desk.do(save_entry, performing, "D06", None, {"items": EVIDENCE})
    application = ["人民调解申请书", "申请人张三"]
    desk.do(note_printed, performing, "D03", 0, "人民调解申请书", application, content_digest(application), 2)
    desk.do(issue_blanks, "D03", 3)
    desk.do(use_blank, "BF2026-000002", performing)
    with desk.database.writing() as records:
        content = {"claimant_name": "张三"}
        records.drafts.save(uid(90), centre_id=1, form="intake", user_id=1, content=content, now=NOW, parked=True)
        later = NOW + timedelta(minutes=1)
        records.drafts.save(uid(91), centre_id=1, form="intake", user_id=1, content={}, now=later, label="李四")
        choose(records.cases.get(performing))
        open_house(records)
        make_roster(records)
        call_out(records, performing)
        add_procedure(records.cases.get(performing), assigned)
        draw = FollowUpDraw(
            centre_id=1, drawn_on=TODAY, seed="甲", candidates=[uid(1)], drawn=[uid(1)], by_id=1, recorded_at=NOW
        )
        late = SavedFilter(uid=uid(95), centre_id=1, user_id=1, name="逾期", content={"late": True}, saved_at=NOW)
        records.session.add_all([draw, late])
        open_again(records.cases.get(reopened))


def open_again(case: Case) -> None:
    """A case whose first end was not the end."""
    closing = case.closings[-1]
    closing.reopened_on, closing.reopened_reason = TODAY, "又漏水"
    closing.reopened_by_id, closing.reopened_at = 1, NOW
    case.closings.append(Closing(closed_on=TODAY, by_id=1, recorded_at=NOW))
    restage(case)


def choose(case: Case) -> None:
    """What was known when the mediator of a case was chosen."""
    case.mediator_gender_wish, case.has_interpreter, case.parties[0].languages = "2", True, ["维吾尔语"]
    said = Stance(party_no=2, mediator_id=ON_CALL, kind=StanceKind.OPPOSES, upheld=True, by_id=1, recorded_at=NOW)
    asked = RecusalCheck(
        mediator_id=APPOINTED, reason_code="kinship", answer=RecusalAnswer.NO, by_id=1, recorded_at=NOW
    )
    case.stances.append(said)
    case.recusal_checks.append(asked)
    case.rankings.append(
        Ranking(
            no=1,
            role="presiding",
            weights={"load": 20},
            candidates=[{"mediator_id": APPOINTED, "tier": 3, "score": 61, "points": {"load": 18}}],
            excluded=[{"mediator_id": ON_CALL, "reasons": ["objection"]}],
            draw={"seed": "甲"},
            chosen_id=APPOINTED,
            by_id=1,
            made_at=NOW,
        )
    )
    case.assignments[0].ranking_no = 1


def open_house(records: Records) -> None:
    """When the centre is open, who is away and who came, and what the centre set itself."""
    records.centre.get().opening_pattern = ["mon_am", "sat_am"]
    called = records.mediators.get(ON_CALL)
    called.other_professions, called.case_most, called.share = ["people_mediator"], 6, 50
    called.response_minutes, called.travel_minutes = 10, 25
    called.call_from, called.call_until = time(8), time(20, 30)
    called.day_most, called.week_most, called.month_most = 1, 3, 8
    records.presence.add(
        Leave(
            mediator_id=APPOINTED,
            first_day=TODAY,
            first_half=Half.PM,
            last_day=TOMORROW,
            last_half=Half.AM,
            reason="sick",
            substitute_id=LAPSED,
            by_id=1,
            recorded_at=NOW,
        )
    )
    records.presence.add(Attendance(mediator_id=APPOINTED, day=TODAY, came_at=NOW, by_id=1))
    records.presence.add(OpeningException(day=TOMORROW, half=Half.PM, is_open=False, by_id=1, recorded_at=NOW))
    records.own.add(OwnSetting(name="roster_day_most", value=1, effective_from=TODAY, by_id=1, recorded_at=NOW))
    days = {"2027-01-01": ["off", "元旦"]}
    records.own.add(HolidayNotice(year=2027, issued_on=TODAY, text="通知", days=days, by_id=1, recorded_at=NOW))


def make_roster(records: Records) -> None:
    """A roster that was published, replaced and drafted anew, and what it is made for."""
    post = Post(uid=uid(60), name="律师窗口", profession="lawyer", weekly_pattern=["mon_am"], since=TODAY)
    records.rosters.add(post)
    records.flush()
    assert post.id is not None
    records.rosters.add(UnitClash(one_unit="甲所", other_unit="乙所", reason="同案对方", by_id=1, recorded_at=NOW))
    records.rosters.add(Wish(mediator_id=LAPSED, day=TODAY, half=Half.AM, weight=-2, by_id=1, recorded_at=NOW))
    month = date(2026, 11, 1)
    states = (RosterState.REPLACED, RosterState.PUBLISHED, RosterState.DRAFT)
    for version, (state, mediator_id) in enumerate(zip(states, (APPOINTED, LAPSED, LAPSED), strict=True), 1):
        shift = DutyShift(
            day=TODAY,
            half=Half.AM,
            post_id=post.id,
            mediator_id=mediator_id,
            source=ShiftSource.SWAP,
            locked=version == 3,
        )
        levels: list[dict[str, object]] = [{"name": "shortage", "value": 0, "bound": 0, "proven": True}]
        made = DutyRoster(
            uid=uid(60 + version), month=month, version=version, state=state, by_id=1, made_at=NOW, levels=levels
        )
        made.shifts.append(shift)
        records.rosters.add(made)
    records.rosters.add(
        SwapRequest(
            uid=uid(64),
            month=month,
            asker_id=APPOINTED,
            day=TODAY,
            half=Half.AM,
            post_id=post.id,
            taker_id=LAPSED,
            back_day=TOMORROW,
            back_half=Half.PM,
            back_post_id=post.id,
            by_id=1,
            asked_at=NOW,
        )
    )


def call_out(records: Records, case_id: int) -> None:
    """A search for somebody on call that still goes on."""
    until = NOW + timedelta(minutes=15)
    silent = Call(mediator_id=ON_CALL, place=1, called_at=NOW, answer_by=until, answer=CallAnswer.NO_ANSWER, by_id=1)
    order = [ON_CALL, LAPSED]
    records.call_outs.add(
        CallOut(uid=uid(70), case_id=case_id, profession="lawyer", order=order, began_at=NOW, by_id=1, calls=[silent])
    )


if __name__ == "__main__":
    path = Path(__file__).with_name(f"store-{migrations.HEAD}.db")
    path.unlink(missing_ok=True)
    store = create(path)
    fill(Desk(store, load_rules(resource("rules"))))
    store.close()
