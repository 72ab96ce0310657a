"""Time limits that stand still, go on, or are lengthened."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Case, EventKind, OutcomeKind
from mediation_desk.domain.case_clocks import clocks_of, running_clock, suspension
from mediation_desk.domain.errors import NotAllowed
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.rights import RIGHTS_OF, Role
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.services.act import Act, needed_for
from mediation_desk.services.afterwards import close_case, missing_for_closing
from mediation_desk.services.clocks import extend, resume_clock, stop_clock
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk
from tests.domain.casework import petition

MEDIATION, PETITION = ClockKind.MEDIATION, ClockKind.PETITION
IN_A_WEEK = NOW + timedelta(days=7)


def stop(desk: Desk, case_id: int, since: date, **facts: Any) -> Case:
    told: dict[str, Any] = {"reason_code": "appraisal", "since": since}
    return desk.do(stop_clock, case_id, MEDIATION, **told | facts)


def lengthen(desk: Desk, case_id: int, kind: ClockKind = MEDIATION, **facts: Any) -> Case:
    told: dict[str, Any] = {"days": 15, "approved_on": TODAY, "reason": "等鉴定意见", "consenting": {1, 2}}
    return desk.do(extend, case_id, kind, **told | facts)


def ends_on(desk: Desk, case_id: int, kind: ClockKind = MEDIATION) -> date | None:
    clock = running_clock(desk.case(case_id), desk.rules, kind)
    assert clock is not None
    return clock.ends_on


def petitioned(desk: Desk, noticed_on: date = TODAY) -> int:
    """A case with a petition item whose sender was told."""
    case_id = desk.accepted()

    def add(records: Records, _: Act) -> None:
        told = (PetitionStepKind.NOTICE, noticed_on)
        records.cases.get(case_id).petition = petition(noticed_on, told)

    desk.do(add)
    return case_id


# --- standing still


def test_a_clock_stands_still_until_it_is_resumed(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now = IN_A_WEEK
    case = stop(desk, case_id, IN_A_WEEK.date(), reason=" 房屋安全鉴定 ")
    [fact] = case.clock_stops
    assert (fact.clock, fact.reason_code, fact.reason, fact.until) == (MEDIATION, "appraisal", "房屋安全鉴定", None)
    assert (fact.by_id, fact.recorded_at) == (1, IN_A_WEEK)
    event = case.events[-1]
    assert (event.kind, event.happened_on) == (EventKind.CLOCK_STOPPED, IN_A_WEEK.date())
    assert event.text == "调解期限，委托鉴定或专家咨询：房屋安全鉴定"
    assert ends_on(desk, case_id) is None
    assert suspension(case) is fact

    desk.now += timedelta(days=10)
    case = desk.do(resume_clock, case_id, MEDIATION, until=desk.act.today - timedelta(days=1))
    [fact] = case.clock_stops
    assert (fact.until, fact.ended_by_id, fact.ended_at) == (date(2026, 12, 9), 1, desk.now)
    assert (case.events[-1].kind, case.events[-1].text) == (EventKind.CLOCK_RESUMED, "调解期限，停计10天")
    assert ends_on(desk, case_id) == TODAY + timedelta(days=40)
    assert suspension(case) is None


def test_a_stop_that_is_over_may_be_followed_by_another(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now = IN_A_WEEK
    stop(desk, case_id, TOMORROW)
    desk.do(resume_clock, case_id, MEDIATION, until=TOMORROW)
    stop(desk, case_id, TOMORROW + timedelta(days=1), reason_code="waiting")
    assert len(desk.case(case_id).clock_stops) == 2


@pytest.mark.parametrize(
    ("facts", "place", "sentence"),
    [
        ({"reason_code": "holiday"}, "stop_reason", "这个原因不能停计这项期限"),
        ({"since": YESTERDAY}, "stopped_since", "停计日期早于期限起算的日期（2026-11-23）"),
        ({"since": TOMORROW}, "stopped_since", "停计日期不能晚于今天。"),
    ],
)
def test_a_stop_that_cannot_be_is_refused(desk: Desk, facts: dict[str, Any], place: str, sentence: str) -> None:
    case_id = desk.in_mediation()
    with desk.refuses(sentence, place):
        stop(desk, case_id, **{"since": TODAY} | facts)


def test_one_that_stands_still_is_not_stopped_again(desk: Desk) -> None:
    case_id = desk.in_mediation()
    stop(desk, case_id, TODAY)
    with desk.refuses("已经从2026-11-23起停计，不用重复停计"):
        stop(desk, case_id, TODAY)


def test_stops_do_not_overlap(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now = IN_A_WEEK
    stop(desk, case_id, TOMORROW)
    desk.do(resume_clock, case_id, MEDIATION, until=TOMORROW + timedelta(days=3))
    with desk.refuses("与以前的停计（到2026-11-27为止）重叠", "stopped_since"):
        stop(desk, case_id, TOMORROW + timedelta(days=3))


def test_what_ran_out_stands_still_no_more(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now += timedelta(days=31)
    with desk.refuses("期限已于2026-12-23届满，届满后不能再停计。已记录的都在", "stopped_since"):
        stop(desk, case_id, desk.act.today)
    stop(desk, case_id, desk.act.today - timedelta(days=1))  # known only now, but it was in time


def test_only_a_clock_that_runs_and_that_the_rules_let_stand_still_can_be_stopped(desk: Desk) -> None:
    registered = desk.registered()
    with desk.refuses("这个案件现在没有在走的期限“调解期限”。没有记录任何内容。"):
        stop(desk, registered, TODAY)
    with desk.refuses("“决定是否受理并告知申请人”照常计期，规则没有规定可以停计"):
        desk.do(stop_clock, registered, ClockKind.ACCEPTANCE, reason_code="agreed", since=TODAY)
    petition_case = petitioned(desk)
    with desk.refuses("“办结申诉求决类信访事项”照常计期"):
        desk.do(stop_clock, petition_case, PETITION, reason_code="agreed", since=TODAY)


def test_each_rule_says_for_what_it_stands_still(desk: Desk) -> None:
    """医疗纠纷预防和处理条例 art. 38: appraisal alone."""
    medical = desk.accepted(dispute_kind="13")

    def as_medical(records: Records, _: Act) -> None:
        records.cases.get(medical).dispute_kind = "13"

    desk.do(as_medical)
    with desk.refuses("这个原因不能停计这项期限", "stop_reason"):
        stop(desk, medical, TODAY, reason_code="waiting")
    stop(desk, medical, TODAY)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (YESTERDAY, "停计从2026-11-23开始，不能停到这以前。请核对日期，以及电脑的日期是否正确。"),
        (TOMORROW, "停计到哪一天不能晚于今天"),
    ],
)
def test_nothing_is_resumed_before_it_was_stopped_or_in_the_future(desk: Desk, until: date, sentence: str) -> None:
    case_id = desk.in_mediation()
    stop(desk, case_id, TODAY)
    with desk.refuses(sentence, "stopped_until"):
        desk.do(resume_clock, case_id, MEDIATION, until=until)


def test_what_does_not_stand_still_is_not_resumed(desk: Desk) -> None:
    case_id = desk.in_mediation()
    with desk.refuses("“调解期限”没有停计，不用恢复。"):
        desk.do(resume_clock, case_id, MEDIATION, until=TODAY)


def test_a_stop_of_the_time_before_is_not_resumed_once_the_case_was_taken_up_again(desk: Desk) -> None:
    case_id = desk.in_mediation()
    stop(desk, case_id, TODAY)
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now = IN_A_WEEK
    desk.do(accept, case_id, committee_id=1)
    assert ends_on(desk, case_id) == date(2026, 12, 30)
    with desk.refuses("“调解期限”没有停计"):
        desk.do(resume_clock, case_id, MEDIATION, until=TODAY)


def test_a_pc_whose_clock_was_set_back_goes_on_recording_and_counts_nothing_negative(desk: Desk) -> None:
    case_id = desk.in_mediation()
    stop(desk, case_id, TODAY)
    desk.now = NOW - timedelta(days=1)
    with desk.refuses("停计从2026-11-23开始，不能停到这以前。请核对日期，以及电脑的日期是否正确。", "stopped_until"):
        desk.do(resume_clock, case_id, MEDIATION, until=desk.act.today)
    other = desk.accepted(requested_on=YESTERDAY)
    stop(desk, other, YESTERDAY)
    for clock in clocks_of(desk.case(case_id), desk.rules):
        assert clock.count.counted >= 0


# --- more time


def test_mediation_is_lengthened_with_the_consent_of_all(desk: Desk) -> None:
    case_id = desk.in_mediation()
    case = lengthen(desk, case_id)
    [fact] = case.extensions
    assert (fact.clock, fact.days, fact.approved_on, fact.approved_by) == (MEDIATION, 15, TODAY, "各方当事人同意")
    assert (fact.reason, fact.by_id, fact.recorded_at) == ("等鉴定意见", 1, NOW)
    event = case.events[-1]
    assert (event.kind, event.text) == (EventKind.EXTENDED, "调解期限延长15天，各方当事人同意：等鉴定意见")
    assert ends_on(desk, case_id) == TODAY + timedelta(days=45)
    lengthen(desk, case_id, days=5, approved_by="赵和")
    assert desk.case(case_id).extensions[1].approved_by == "赵和，各方当事人同意"
    assert ends_on(desk, case_id) == TODAY + timedelta(days=50)


@pytest.mark.parametrize(
    ("facts", "place", "sentence"),
    [
        ({"days": None}, "extended_days", "请填写延长多少天。"),
        ({"days": 0}, "extended_days", "请填写延长多少天。"),
        ({"approved_on": YESTERDAY}, "approved_on", "批准日期早于期限起算的日期（2026-11-23）"),
        ({"approved_on": TOMORROW}, "approved_on", "批准日期不能晚于今天。"),
        ({"reason": " "}, "extension_reason", "请写明延长的理由。"),
        ({"consenting": {1}}, "consenting", "延长须经各方同意，还缺：李四。"),
        ({"consenting": ()}, "consenting", "延长须经各方同意，还缺：张三、李四。"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(desk: Desk, facts: dict[str, Any], place: str, sentence: str) -> None:
    case_id = desk.in_mediation()
    with desk.refuses(sentence, place):
        lengthen(desk, case_id, **facts)


def test_an_extension_approved_too_late_is_refused_and_one_recorded_too_late_is_not(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now += timedelta(days=31)
    with desk.refuses("期限已于2026-12-23届满，超期后不能再延长；已记录的都在", "approved_on"):
        lengthen(desk, case_id, approved_on=desk.act.today)
    lengthen(desk, case_id, approved_on=date(2026, 12, 23))
    assert ends_on(desk, case_id) == date(2027, 1, 7)


def test_a_clock_that_stands_still_may_be_lengthened(desk: Desk) -> None:
    case_id = desk.in_mediation()
    stop(desk, case_id, TODAY)
    desk.now += timedelta(days=60)
    lengthen(desk, case_id, approved_on=desk.act.today)
    desk.do(resume_clock, case_id, MEDIATION, until=desk.act.today)
    assert ends_on(desk, case_id) == desk.act.today + timedelta(days=45)  # not one of the thirty had passed


def test_a_petition_is_lengthened_once_by_thirty_days_at_most(desk: Desk) -> None:
    """信访工作条例 art. 34."""
    case_id = petitioned(desk)
    approval: dict[str, Any] = {"approved_by": "示例负责人", "consenting": ()}
    with desk.refuses("最多还能延长30天", "extended_days"):
        lengthen(desk, case_id, PETITION, days=31, **approval)
    with desk.refuses("请填写批准延长的负责人。", "approved_by"):
        lengthen(desk, case_id, PETITION, days=30)
    lengthen(desk, case_id, PETITION, days=20, **approval)
    assert desk.case(case_id).extensions[0].approved_by == "示例负责人"
    assert ends_on(desk, case_id, PETITION) == TODAY + timedelta(days=80)
    with desk.refuses("“办结申诉求决类信访事项”只能延长一次，已经延长过。"):
        lengthen(desk, case_id, PETITION, days=10, **approval)


def test_what_no_rule_lets_be_lengthened_is_not(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.refuses("“决定是否受理并告知申请人”不能延长"):
        lengthen(desk, case_id, ClockKind.ACCEPTANCE)
    ended = desk.agreed()
    with desk.refuses("这个案件现在没有在走的期限“调解期限”"):
        lengthen(desk, ended)


# --- who may


def as_role(desk: Desk, role: Role) -> Act:
    return replace(desk.act, rights=RIGHTS_OF[role], mediator_id=None)


@pytest.mark.parametrize("service", [stop_clock, resume_clock])
def test_the_desk_and_mediators_stop_and_resume(service: Any) -> None:
    may = {role for role in Role if not RIGHTS_OF[role].isdisjoint(needed_for(service))}
    assert may == {Role.CLERK, Role.MEDIATOR, Role.DIRECTOR}


def test_who_records_consent_need_not_be_who_approves_a_petition(desk: Desk) -> None:
    case_id = petitioned(desk)
    facts: dict[str, Any] = {"days": 15, "approved_on": TODAY, "approved_by": "示例负责人", "reason": "案情复杂"}
    with desk.database.writing() as records:
        clerk, director = as_role(desk, Role.CLERK), as_role(desk, Role.DIRECTOR)
        extend(records, clerk, case_id, MEDIATION, **facts, consenting={1, 2})
        with pytest.raises(NotAllowed):
            extend(records, clerk, case_id, PETITION, **facts)
        extend(records, director, case_id, PETITION, **facts)


# --- closing


def test_closing_asks_for_what_somebody_still_owes_an_answer_to(desk: Desk) -> None:
    case_id = petitioned(desk)
    assert "信访事项办结" in missing_for_closing(desk.case(case_id), desk.act)
    with desk.refuses("还缺：", "despite_reason"):
        desk.do(close_case, case_id)


def test_a_stop_is_recorded_at_the_moment_it_is_told(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.now = datetime(2026, 12, 1, 15, 30)
    assert stop(desk, case_id, TODAY).clock_stops[0].recorded_at == desk.now
