"""What the desk sees when it opens."""

from datetime import date, datetime, timedelta

import pytest

from mediation_desk.domain.aftermath import ConfirmationState
from mediation_desk.domain.agreement import ObligationKind
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.referral import ReferralKind
from mediation_desk.domain.time_facts import ClockKind, ClockStop, Extension
from mediation_desk.services.afterwards import close_case, record_performance
from mediation_desk.services.agreements import freeze_agreement, record_signatures, save_agreement
from mediation_desk.services.confirmation import record_confirmation
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.referrals import Arrival, feed_back, raise_objection, receive, sign_for
from mediation_desk.services.risk import report_red_flags
from mediation_desk.services.today import Due, DueKind, Grade, Today, grade_of, look_at_today
from mediation_desk.services.triage import hand_over, triage
from tests.desk import NOW, TODAY, YESTERDAY, Desk, all_marks, payment, statements, text
from tests.procedure_facts import add_procedure


def look(desk: Desk) -> Today:
    with desk.database.reading() as records:
        return look_at_today(records, desk.act)


def dues(desk: Desk, kind: DueKind) -> list[Due]:
    return [due for due in look(desk).dues if due.kind is kind]


def test_who_is_here_is_part_of_today(desk: Desk) -> None:
    assert [each.mediator.name for each in look(desk).presences.people] == ["赵和", "钱平"]


# --- what is due


@pytest.mark.parametrize(
    ("days", "grade"),
    [
        (-1, Grade.LATE),
        (0, Grade.TODAY),
        (1, Grade.SOON),
        (3, Grade.SOON),
        (4, Grade.WEEK),
        (7, Grade.WEEK),
        (8, Grade.LATER),
    ],
)
def test_grades_by_the_days_that_are_left(days: int, grade: Grade) -> None:
    assert grade_of(TODAY + timedelta(days=days), TODAY, 3) is grade


def test_an_empty_desk_has_nothing_to_do(desk: Desk) -> None:
    seen = look(desk)
    assert (seen.registered, seen.dues, seen.cases) == ([], [], {})


def test_what_was_registered_today_is_listed(desk: Desk) -> None:
    desk.now = NOW - timedelta(days=1)
    desk.registered(requested_on=YESTERDAY)
    desk.now = NOW
    today = [desk.registered() for _ in range(2)]
    assert [row.id for row in look(desk).registered] == today[::-1]


def test_a_decision_is_due_after_three_working_days_until_it_is_made(desk: Desk) -> None:
    case_id = desk.registered()
    assert dues(desk, DueKind.DECISION) == [
        Due(case_id, DueKind.DECISION, date(2026, 11, 26), Grade.SOON, "", certain=True)
    ]
    desk.now += timedelta(days=30)
    assert dues(desk, DueKind.DECISION)[0].grade is Grade.LATE


def test_mediation_is_due_thirty_days_after_acceptance(desk: Desk) -> None:
    case_id = desk.in_mediation()
    assert dues(desk, DueKind.MEDIATION) == []
    desk.now += timedelta(days=23)
    assert dues(desk, DueKind.MEDIATION) == [Due(case_id, DueKind.MEDIATION, date(2026, 12, 23), Grade.WEEK, "")]


def test_mediation_that_stands_still_is_not_due_and_more_time_is_added(desk: Desk) -> None:
    case_id = desk.in_mediation()
    stop = ClockStop(clock=ClockKind.MEDIATION, reason_code="appraisal", since=TODAY, by_id=1, recorded_at=NOW)
    more = Extension(
        clock=ClockKind.MEDIATION,
        days=5,
        approved_on=TODAY,
        approved_by="各方同意",
        reason="",
        by_id=1,
        recorded_at=NOW,
    )
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.clock_stops.append(stop)
    desk.now += timedelta(days=60)
    assert dues(desk, DueKind.MEDIATION) == []
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.clock_stops[0].until = TODAY + timedelta(days=9)
        case.extensions.append(more)
    [due] = dues(desk, DueKind.MEDIATION)
    assert due.due_on == TODAY + timedelta(days=9 + 30 + 5)


def test_what_others_are_to_answer_is_due_and_names_them(desk: Desk) -> None:
    case_id = desk.in_mediation()
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        add_procedure(case, case_id)
        case.referrals[0].due_on = TODAY + timedelta(days=7)
    others = (DueKind.MEDIATION, DueKind.TRANSFER)
    assert [(due.kind, due.grade, due.whom) for due in look(desk).dues if due.kind not in others] == [
        (DueKind.SUPERVISION, Grade.WEEK, "示例所"),
        (DueKind.CONFERENCE, Grade.WEEK, "示例所"),
        (DueKind.REFERRED_IN, Grade.WEEK, "示例法院"),
    ]


def test_a_medical_dispute_is_due_after_thirty_working_days_and_says_so(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(triage, case_id, path="M1", dispute_kind="13")
    desk.now += timedelta(days=42)
    [due] = dues(desk, DueKind.MEDIATION)
    assert (due.due_on, due.text, due.certain) == (date(2027, 1, 4), "医疗纠纷调解期限（鉴定时间不计入）", False)


def test_joint_confirmation_is_shown_from_the_first_day_warned_of_for_a_week_and_then_over(desk: Desk) -> None:
    case_id = desk.performing()
    [due] = dues(desk, DueKind.CONFIRMATION)
    assert (due.case_id, due.due_on, due.grade) == (case_id, date(2026, 12, 23), Grade.LATER)
    assert due.text == "（2026）示人调协字第1号，逾期不能再申请"
    desk.now = datetime(2026, 12, 16, 9)
    assert dues(desk, DueKind.CONFIRMATION)[0].grade is Grade.SOON
    desk.now = datetime(2026, 12, 23, 9)
    assert dues(desk, DueKind.CONFIRMATION)[0].grade is Grade.TODAY
    desk.now = datetime(2026, 12, 24, 9)
    assert dues(desk, DueKind.CONFIRMATION) == []


def test_a_due_date_in_a_year_whose_holidays_are_not_known_is_not_certain(desk: Desk) -> None:
    desk.now = datetime(2030, 3, 1, 9)
    desk.registered(requested_on=desk.act.today)
    assert dues(desk, DueKind.DECISION)[0].certain is False


def test_an_instalment_is_due_until_it_is_paid(desk: Desk) -> None:
    case_id = desk.performing()
    desk.now = datetime(2026, 12, 30, 9)
    [due] = dues(desk, DueKind.PERFORMANCE)
    assert due == Due(
        case_id, DueKind.PERFORMANCE, date(2026, 12, 31), Grade.SOON, "应付1,000.00元", whom="李四", payer_no=2
    )
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=40_000)
    assert dues(desk, DueKind.PERFORMANCE)[0].text == "应付600.00元"
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=260_000)
    assert dues(desk, DueKind.PERFORMANCE) == []


def test_an_act_is_due_by_its_own_words_and_one_without_a_day_never(desk: Desk) -> None:
    case_id = desk.drafted()
    repair = payment(kind=ObligationKind.ACT, what="修好水管", amount_fen=None, instalments=[], due_on=TODAY)
    at_once = payment(amount_fen=100, instalments=[], at_once=True)
    clauses = ("李四修好水管，并当场赔偿张三1.00元。",)
    said = text(obligations=(repair, at_once), clauses=clauses, performance_terms="水管今日修好。")
    desk.do(save_agreement, case_id, 1, said)
    desk.do(freeze_agreement, case_id, 1)
    desk.do(record_signatures, case_id, 1, all_marks())
    assert [(due.text, due.grade) for due in dues(desk, DueKind.PERFORMANCE)] == [("修好水管", Grade.TODAY)]


def test_follow_ups_are_shown_a_month_ahead_and_stay_when_late(desk: Desk) -> None:
    case_id = desk.performing()
    first = Due(case_id, DueKind.FOLLOW_UP, date(2026, 12, 23), Grade.LATER, "协议生效后回访")
    assert dues(desk, DueKind.FOLLOW_UP) == [first]
    desk.now = datetime(2026, 12, 16, 9)
    assert [due.grade for due in dues(desk, DueKind.FOLLOW_UP)] == [Grade.WEEK, Grade.LATER]
    desk.now = datetime(2027, 6, 1, 9)
    assert [due.grade for due in dues(desk, DueKind.FOLLOW_UP)] == [Grade.LATE] * 3


def test_a_unit_that_does_not_sign_is_to_be_reminded(desk: Desk) -> None:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to="示例局", due_on=TODAY + timedelta(days=7))
    assert dues(desk, DueKind.SIGNATURE) == [
        Due(case_id, DueKind.SIGNATURE, date(2026, 11, 26), Grade.SOON, "", whom="示例局")
    ]
    assert [due.due_on for due in dues(desk, DueKind.REFERRED_OUT)] == [date(2026, 11, 30)]
    desk.now = datetime(2026, 12, 1, 9)
    assert [due.grade for due in dues(desk, DueKind.SIGNATURE)] == [Grade.LATE]
    desk.do(sign_for, case_id, 1, person="周收发")
    assert dues(desk, DueKind.SIGNATURE) == []
    desk.do(feed_back, case_id, 1, text="已办")
    assert dues(desk, DueKind.REFERRED_OUT) == []


def test_a_petitioner_is_to_be_told_within_fifteen_days(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(record_petition, case_id, PetitionItem(kind="redress_claim", received_on=TODAY))
    assert dues(desk, DueKind.PETITION_NOTICE) == []  # more than a week ahead
    desk.now = datetime(2026, 12, 2, 9)
    assert dues(desk, DueKind.PETITION_NOTICE) == [
        Due(case_id, DueKind.PETITION_NOTICE, date(2026, 12, 8), Grade.WEEK, "")
    ]
    desk.do(record_petition_step, case_id, PetitionStepKind.NOTICE, text="受理告知书")
    assert dues(desk, DueKind.PETITION_NOTICE) == []


def test_a_petition_item_is_to_be_finished_within_sixty_days_after_its_notice(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(record_petition, case_id, PetitionItem(kind="redress_claim", received_on=TODAY))
    desk.do(record_petition_step, case_id, PetitionStepKind.NOTICE, text="受理告知书")
    assert dues(desk, DueKind.PETITION) == []  # more than a week ahead
    desk.now = datetime(2027, 1, 21, 9)
    [due] = dues(desk, DueKind.PETITION)
    assert (due.case_id, due.due_on, due.grade) == (case_id, date(2027, 1, 22), Grade.SOON)
    desk.now = datetime(2027, 3, 1, 9)
    assert [due.grade for due in dues(desk, DueKind.PETITION)] == [Grade.LATE]
    desk.do(record_petition_step, case_id, PetitionStepKind.FINISHED, text="答复意见书")
    assert dues(desk, DueKind.PETITION) == []


def test_what_another_unit_sent_may_be_objected_to_for_five_working_days(desk: Desk) -> None:
    case_id = desk.registered()
    arrival = Arrival(
        kind=ReferralKind.FORWARD, unit="示例信访局", sent_on=TODAY, received_on=TODAY, signed_by="登记员"
    )
    desk.do(receive, case_id, arrival)
    [due] = dues(desk, DueKind.OBJECTION)
    assert (due.case_id, due.due_on, due.text) == (case_id, date(2026, 11, 30), "示例信访局转来，逾期不能再提")
    desk.now = datetime(2026, 12, 1, 9)
    assert dues(desk, DueKind.OBJECTION) == []
    desk.now = datetime(2026, 11, 24, 9)
    desk.do(raise_objection, case_id, 1, text="不属于本中心")
    assert dues(desk, DueKind.OBJECTION) == []


def test_whoever_asked_a_court_or_does_not_want_to_is_not_reminded_but_its_ruling_is_awaited(desk: Desk) -> None:
    asked, unwanted = desk.performing(), desk.performing()
    desk.do(record_confirmation, unwanted, 1, ConfirmationState.NOT_WANTED, happened_on=TODAY)
    desk.do(record_confirmation, asked, 1, ConfirmationState.APPLIED, happened_on=TODAY, court="示例法院")
    assert dues(desk, DueKind.CONFIRMATION) == []
    desk.do(record_confirmation, asked, 1, ConfirmationState.ACCEPTED, happened_on=TODAY, court="示例法院")
    desk.now = datetime(2026, 12, 20, 9)
    [ruling] = dues(desk, DueKind.RULING)
    assert (ruling.case_id, ruling.due_on, ruling.text) == (asked, date(2026, 12, 23), "（2026）示人调协字第1号")
    desk.do(record_confirmation, asked, 1, ConfirmationState.CONFIRMED, happened_on=desk.act.today, court="示例法院")
    assert dues(desk, DueKind.RULING) == []


def test_a_danger_presses_until_it_is_reported_and_is_late_after_an_hour(desk: Desk) -> None:
    case_id = desk.registered(safety_flags=("violence", "minor"))
    until = NOW + timedelta(hours=1)
    assert dues(desk, DueKind.RED_FLAG) == [
        Due(case_id, DueKind.RED_FLAG, TODAY, Grade.TODAY, f"{label}，应在10:30前报告", until=until)
        for label in ("暴力倾向", "涉未成年人受侵害或者面临危险")
    ]
    desk.now = until
    assert {due.grade for due in dues(desk, DueKind.RED_FLAG)} == {Grade.TODAY}
    desk.now += timedelta(minutes=1)
    assert {due.grade for due in dues(desk, DueKind.RED_FLAG)} == {Grade.LATE}
    desk.do(report_red_flags, case_id, ["violence"], reported_at=NOW, reported_to="派出所值班室")
    assert [due.text for due in dues(desk, DueKind.RED_FLAG)] == ["涉未成年人受侵害或者面临危险，应在10:30前报告"]
    desk.do(close_case, case_id, despite_reason="当事人要求")
    assert dues(desk, DueKind.RED_FLAG) == []


def test_where_minutes_count_comes_before_what_is_late_by_days(desk: Desk) -> None:
    desk.registered(requested_on=date(2026, 11, 2))
    danger = desk.registered(safety_flags=("violence",))
    desk.now += timedelta(hours=2)
    first = look(desk).dues[0]
    assert (first.case_id, first.kind) == (danger, DueKind.RED_FLAG)


def test_a_closed_case_is_due_no_more(desk: Desk) -> None:
    case_id = desk.performing()
    desk.do(close_case, case_id, despite_reason="当事人要求")
    desk.now = datetime(2027, 6, 1, 9)
    assert look(desk).dues == []


def test_what_presses_most_comes_first_and_every_case_has_its_row(desk: Desk) -> None:
    late = desk.registered(requested_on=date(2026, 11, 2))
    later = desk.registered(requested_on=date(2026, 11, 10))
    soon = desk.registered()
    seen = look(desk)
    assert [due.case_id for due in seen.dues] == [late, later, soon]
    assert set(seen.cases) == {late, later, soon}
    assert seen.cases[late].claimants == "张三"


def test_all_late_things_are_counted_but_only_the_first_cases_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [desk.registered(requested_on=date(2026, 11, 2)) for _ in range(3)]
    monkeypatch.setattr("mediation_desk.services.today.NAMED_AT_ONCE", 2)
    desk.now += timedelta(days=1)
    seen = look(desk)
    assert [due.case_id for due in seen.dues] == late
    assert set(seen.cases) == set(late[:2])


def test_today_takes_the_same_statements_however_many_cases(desk: Desk) -> None:
    desk.performing()
    desk.registered()
    with statements(desk.database) as few:
        look(desk)
    for _ in range(3):
        desk.performing()
        desk.registered()
    with statements(desk.database) as many:
        look(desk)
    assert len(many) == len(few)
