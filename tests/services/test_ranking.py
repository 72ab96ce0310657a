"""What decides who should mediate a case, gathered from what is recorded."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import AssignmentRole, NumberKind, OutcomeKind
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.duty_roster import DutyRoster, DutyShift, Post, RosterState
from mediation_desk.domain.half_day import Half
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.presence import Attendance, Leave, OwnSetting
from mediation_desk.domain.ranking import Bar, Duty, Person, Ranked, Record, Speciality, Tier
from mediation_desk.services.act import Act
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.assignment import Choice, assign, decide_objection, record_recusal, record_stance, relieve
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.ranking import rank_for
from mediation_desk.store.records import Records
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, Desk, claimant, respondent, statements, uid

HELPER = AssignmentRole.HELPER


def ranked(desk: Desk, case_id: int, role: AssignmentRole = HELPER) -> Ranked:
    return desk.do(rank_for, case_id, role)


def known(desk: Desk, case_id: int, mediator_id: int = APPOINTED, role: AssignmentRole = HELPER) -> Person:
    """What is known of one mediator, excluded or not."""
    found = ranked(desk, case_id, role)
    candidate = found.candidate(mediator_id)
    person = candidate.person if candidate else found.kept_out(mediator_id)
    assert person is not None
    return person


def change(desk: Desk, mediator_id: int = APPOINTED, **facts: Any) -> None:
    with desk.database.reading() as records:
        mediator = records.mediators.get(mediator_id)
    for name, value in facts.items():
        setattr(mediator, name, value)
    desk.do(save_mediator, mediator)


def add(desk: Desk, **facts: Any) -> None:
    told: dict[str, Any] = {"uid": uid(50), "name": "周芳"}
    desk.do(save_mediator, Mediator(**told | facts))


def presence(desk: Desk, fact: Leave | Attendance) -> None:
    desk.do(lambda records, _: records.presence.add(fact))


def leave(mediator_id: int = APPOINTED, **facts: Any) -> Leave:
    told: dict[str, Any] = {"first_day": TODAY, "last_day": TODAY + timedelta(days=2), "by_id": 1, "recorded_at": NOW}
    return Leave(mediator_id=mediator_id, **told | facts)


def came(mediator_id: int, left_at: datetime | None = None) -> Attendance:
    return Attendance(mediator_id=mediator_id, day=TODAY, came_at=NOW, left_at=left_at, by_id=1)


def bars(person: Person) -> list[Bar]:
    return [each.bar for each in person.barred]


def ended(desk: Desk, mediator_id: int, kind: OutcomeKind, **facts: Any) -> int:
    """A closed case of a mediator."""
    case_id = desk.accepted(**facts)
    desk.do(assign, case_id, Choice(mediator_id=mediator_id, role=HELPER))
    if kind in (OutcomeKind.WRITTEN, OutcomeKind.ORAL):
        raise AssertionError("use desk.closed")
    desk.do(record_outcome, case_id, kind, reason_code="no_prospect" if kind is OutcomeKind.FAILED else "")
    desk.do(close_case, case_id, despite_reason="不再继续")
    return case_id


# ---- who is there


def test_standing_people_are_in_the_building_and_rotating_ones_on_duty(desk: Desk) -> None:
    case_id = desk.accepted()
    assert known(desk, case_id, APPOINTED).duty is Duty.IN_BUILDING
    assert known(desk, case_id, LAPSED).duty is Duty.ON_DUTY
    assert known(desk, case_id, ON_CALL).duty is Duty.ON_CALL


def test_who_comes_next_half_day_is_known(desk: Desk) -> None:
    change(desk, LAPSED, weekly_pattern=["mon_pm"])
    assert known(desk, desk.accepted(), LAPSED).duty is Duty.NEXT


def test_on_friday_afternoon_the_next_half_day_is_monday(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.now = datetime(2026, 11, 27, 15, 0)
    assert known(desk, case_id, LAPSED).duty is Duty.NEXT


def test_who_comes_neither_now_nor_next_is_away(desk: Desk) -> None:
    change(desk, LAPSED, weekly_pattern=["fri_am"])
    assert known(desk, desk.accepted(), LAPSED).duty is Duty.AWAY


def test_the_door_goes_before_the_week(desk: Desk) -> None:
    case_id = desk.accepted()
    presence(desk, came(ON_CALL))
    presence(desk, came(APPOINTED, left_at=NOW))
    assert known(desk, case_id, ON_CALL).duty is Duty.IN_BUILDING
    assert known(desk, case_id, APPOINTED).duty is Duty.NEXT


def test_a_published_roster_goes_before_the_week(desk: Desk) -> None:
    def publish(records: Records, act: Act) -> None:
        post = Post(uid=uid(70), name="调解", profession="people_mediator")
        records.rosters.add(post)
        records.flush()
        assert post.id is not None
        shift = DutyShift(day=TODAY, half=Half.AM, post_id=post.id, mediator_id=APPOINTED)
        records.rosters.add(
            DutyRoster(
                uid=uid(71),
                month=date(2026, 11, 1),
                version=1,
                state=RosterState.PUBLISHED,
                by_id=act.by_id,
                made_at=act.at,
                shifts=[shift],
            )
        )

    desk.do(publish)
    case_id = desk.accepted()
    assert known(desk, case_id, APPOINTED).duty is Duty.ON_DUTY
    assert known(desk, case_id, LAPSED).duty is Duty.AWAY


# ---- who is kept out


def test_who_is_on_leave_is_kept_out_and_it_says_until_when(desk: Desk) -> None:
    presence(desk, leave())
    [barred] = known(desk, desk.accepted()).barred
    assert (barred.bar, barred.said) == (Bar.LEAVE, "请假：11月23日–11月25日")


def test_leave_that_has_not_begun_keeps_nobody_out(desk: Desk) -> None:
    presence(desk, leave(first_half=Half.PM))
    assert known(desk, desk.accepted()).barred == ()


def test_who_has_as_many_cases_as_may_be_is_kept_out(desk: Desk) -> None:
    desk.assigned()
    change(desk, case_most=1)
    person = known(desk, desk.accepted())
    assert (person.open_cases, person.case_most) == (1, 1)
    assert [each.said for each in person.barred] == ["在办1件，上限1件"]


def test_without_a_common_language_nobody_is_given_unless_somebody_interprets(desk: Desk) -> None:
    only = claimant(languages=["维吾尔语"])
    assert bars(known(desk, desk.accepted(parties=(only, respondent())))) == [Bar.LANGUAGE]
    helped = desk.accepted(parties=(claimant(languages=["维吾尔语"]), respondent()), has_interpreter=True)
    assert bars(known(desk, helped)) == []


@pytest.mark.parametrize(
    ("spoken", "sides"), [([], 0), (["普通话"], 0), (["普通话", "维吾尔语"], 1), (["普通话", "粤语", "维吾尔语"], 2)]
)
def test_whoever_speaks_the_dialect_of_a_side_is_known(desk: Desk, spoken: list[str], sides: int) -> None:
    change(desk, languages=spoken)
    parties = (claimant(languages=["普通话", "维吾尔语"]), respondent(languages=["普通话", "粤语"]))
    person = known(desk, desk.accepted(parties=parties))
    assert (person.sides_understood, person.barred) == (sides, ())


def test_only_appointed_people_preside_others_under_their_own_head(desk: Desk) -> None:
    case_id = desk.accepted()
    found = ranked(desk, case_id, AssignmentRole.PRESIDING)
    titles = {each.person.id: each.person.title for each in found.candidates}
    assert titles == {APPOINTED: "", ON_CALL: "lawyer_mediation"}
    [out] = found.excluded
    assert (out.id, bars(out)) == (LAPSED, [Bar.QUALIFICATION])


def test_recusal_comes_first_with_what_shows_it(desk: Desk) -> None:
    change(desk, unit="某公司")
    presence(desk, leave())
    person = known(desk, desk.accepted(parties=(claimant(workplace="某公司"), respondent())))
    assert bars(person) == [Bar.RECUSAL, Bar.LEAVE]
    assert person.barred[0].said == "与当事人在同一单位或者为其雇员（张三的工作单位）"
    assert person.barred[0].code == "same_employer"


def test_an_answer_of_yes_keeps_out_and_no_answer_is_unchecked(desk: Desk) -> None:
    case_id = desk.accepted()
    assert "kinship" in known(desk, case_id).unchecked
    desk.do(record_recusal, case_id, APPOINTED, "kinship", RecusalAnswer.YES, "表弟")
    person = known(desk, case_id)
    assert [each.said for each in person.barred] == ["是当事人或者其代理人的近亲属（表弟）"]
    assert "kinship" not in person.unchecked


def test_an_objection_keeps_out_once_it_is_upheld(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(record_stance, case_id, [1], APPOINTED, StanceKind.OPPOSES, "偏袒")
    assert known(desk, case_id).barred == ()
    desk.do(decide_objection, case_id, 1, APPOINTED, upheld=True)
    assert bars(known(desk, case_id)) == [Bar.RECUSAL]


def test_who_mediated_for_the_same_parties_is_kept_out_where_the_centre_avoids_it(desk: Desk) -> None:
    desk.do(
        lambda records, act: records.own.add(
            OwnSetting(name="assign_history", value=2, effective_from=TODAY, by_id=act.by_id, recorded_at=act.at)
        )
    )
    desk.rules = desk.write(rules_here, desk.rules)
    closed = desk.closed()
    person = known(desk, desk.accepted())
    assert [each.code for each in person.barred] == ["mediated_before"]
    assert desk.case(closed).number in person.barred[0].said


def test_who_is_in_the_case_or_has_left_is_not_ranked(desk: Desk) -> None:
    case_id = desk.assigned()
    change(desk, LAPSED, left_on=TODAY)
    found = ranked(desk, case_id)
    assert [each.person.id for each in found.candidates] == [ON_CALL]
    assert found.excluded == ()


# ---- what the parties want


@pytest.mark.parametrize(
    ("said", "tier"),
    [
        ([], Tier.OTHERS),
        ([(1, StanceKind.CHOOSES)], Tier.ONE),
        ([(1, StanceKind.CHOOSES), (2, StanceKind.CHOOSES)], Tier.BOTH),
        ([(1, StanceKind.CHOOSES), (2, StanceKind.OPPOSES)], Tier.OTHERS),
        ([(1, StanceKind.CHOOSES), (1, StanceKind.WITHDRAWN)], Tier.OTHERS),
    ],
)
def test_whom_the_parties_choose(desk: Desk, said: list[tuple[int, StanceKind]], tier: Tier) -> None:
    case_id = desk.accepted()
    for party_no, kind in said:
        desk.do(record_stance, case_id, [party_no], LAPSED, kind, "理由")
    assert known(desk, case_id, LAPSED).tier is tier


def test_the_wished_gender(desk: Desk) -> None:
    change(desk, gender="2")
    assert known(desk, desk.accepted(mediator_gender_wish="2")).meets_gender_wish
    assert not known(desk, desk.accepted(mediator_gender_wish="1")).meets_gender_wish
    assert not known(desk, desk.accepted()).meets_gender_wish


def test_speciality_for_the_kind_of_the_case(desk: Desk) -> None:
    change(desk, specialities=["02"])
    assert known(desk, desk.accepted()).speciality is Speciality.EXACT


# ---- what they did before


def test_success_counts_closed_cases_of_the_same_kind_without_withdrawn_ones(desk: Desk) -> None:
    desk.closed(parties=(claimant(name="甲某", id_number=""), respondent(name="乙某", id_number="")))
    ended(desk, LAPSED, OutcomeKind.FAILED)
    ended(desk, LAPSED, OutcomeKind.WITHDRAWN)
    case_id = desk.accepted()
    assert known(desk, case_id, APPOINTED).record == Record(1, 1)
    assert known(desk, case_id, LAPSED).record == Record(0, 1)
    assert known(desk, case_id, ON_CALL).record == Record(0, 0)
    assert ranked(desk, case_id).mean == Record(1, 2)


def test_cases_of_long_ago_do_not_count(desk: Desk) -> None:
    desk.closed()
    desk.now = NOW + timedelta(days=740)
    assert known(desk, desk.accepted()).record == Record(0, 0)


def test_earlier_cases_of_the_same_two_parties_count(desk: Desk) -> None:
    desk.closed()
    ended(desk, LAPSED, OutcomeKind.FAILED)
    case_id = desk.accepted()
    assert known(desk, case_id, APPOINTED).settled_before is True
    assert known(desk, case_id, LAPSED).settled_before is False
    assert known(desk, case_id, ON_CALL).settled_before is None


def test_an_open_case_says_nothing_yet(desk: Desk) -> None:
    desk.in_mediation()
    assert known(desk, desk.accepted()).settled_before is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"id_number": "", "phone": "13800000000"}, {"id_number": "", "phone": "13800000000"}, True),
        ({"id_number": "", "phone": ""}, {"id_number": "", "phone": ""}, None),
        ({"id_number": "110000199001010013"}, {"id_number": "110000194910019995"}, None),
        ({"kind": "organisation", "id_number": ""}, {"kind": "organisation", "id_number": ""}, True),
        (
            {"kind": "organisation", "id_number": "", "uscc": "91350100M000100Y43"},
            {"kind": "organisation", "id_number": "", "uscc": "91110000802100433B"},
            None,
        ),
    ],
)
def test_who_counts_as_the_same_party(
    desk: Desk, one: dict[str, Any], other: dict[str, Any], same: bool | None
) -> None:
    ended(desk, LAPSED, OutcomeKind.FAILED, parties=(claimant(**one), respondent()))
    case_id = desk.accepted(parties=(claimant(**other), respondent()))
    found = known(desk, case_id, LAPSED).settled_before
    assert (found is not None) is bool(same)


def test_one_party_alone_is_not_the_same_dispute(desk: Desk) -> None:
    ended(desk, LAPSED, OutcomeKind.FAILED, parties=(claimant(), respondent(name="乙某", id_number="")))
    assert known(desk, desk.accepted(), LAPSED).settled_before is None


def test_cases_given_this_month_and_the_last_one(desk: Desk) -> None:
    desk.now = NOW - timedelta(days=30)
    desk.assigned(requested_on=desk.now.date())
    desk.now = NOW
    case_id = desk.accepted()
    person = known(desk, case_id)
    assert (person.given_this_month, person.last_given_on) == (0, TODAY - timedelta(days=30))
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    desk.do(relieve, case_id, APPOINTED, reason="生病")
    person = known(desk, case_id)
    assert (person.given_this_month, person.last_given_on) == (1, TODAY)
    assert known(desk, case_id, ON_CALL).last_given_on is None


def test_statements_do_not_grow_with_the_directory(desk: Desk) -> None:
    case_id = desk.accepted()
    with statements(desk.database) as few:
        ranked(desk, case_id)
    for number in range(60, 90):
        appointed = Appointment(committee_id=1, since=date(2025, 1, 1))
        add(desk, uid=uid(number), name=f"调解员{number}", appointments=[appointed], presence=Presence.ROTATING)
    with statements(desk.database) as many:
        found = ranked(desk, case_id)
    assert len(found.candidates) == 33
    assert len(many) == len(few)


def test_a_case_without_kind_has_no_record(desk: Desk) -> None:
    case_id = desk.accepted(NumberKind.CASE)

    def forget_kind(records: Records, act: Act) -> Ranked:
        case = records.cases.get(case_id)
        case.dispute_kind = ""
        return rank_for(records, act, case_id)

    assert desk.do(forget_kind).mean == Record(0, 0)
