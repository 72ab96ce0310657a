"""How cases and people stand to earlier ones is a fact that a person records and can take back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mediation_desk.domain.case import AttachmentKind, EventKind, OutcomeKind
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.attachments import attach
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.relations import (
    Decided,
    Related,
    called,
    merge,
    relate,
    relate_decided,
    related,
    repeat_sequences,
    withdraw_relation,
)
from mediation_desk.services.similar import repeat_candidates
from mediation_desk.services.supervision import issue_order, reply_to_order
from mediation_desk.services.triage import triage
from mediation_desk.store.sight import Sight
from tests.desk import TODAY, Desk, claimant, photo, respondent

SAME, NEW = RelationKind.SAME_DISPUTE, RelationKind.NEW_DISPUTE
OTHER_PERSON, SAME_PERSON, MERGED = RelationKind.OTHER_PERSON, RelationKind.SAME_PERSON, RelationKind.MERGED


def comes(desk: Desk, days: int = 30, **facts: object) -> int:
    """Somebody comes so many days after the one before."""
    desk.now += timedelta(days=days)
    return desk.registered(requested_on=desk.now.date(), **facts)


def seen(desk: Desk, case_id: int) -> Related:
    return desk.look(related, desk.case(case_id))


def sequence(desk: Desk, case_id: int) -> int:
    return desk.look(repeat_sequences, [case_id])[case_id]


# ---- the same dispute, or a new one


def test_a_case_comes_back_to_one_and_to_the_first_of_all(desk: Desk) -> None:
    first, second, third = (comes(desk) for _ in range(3))
    desk.do(relate, second, first, SAME)
    desk.do(relate, third, second, SAME, reason="  又漏水了 ")
    [relation] = desk.case(third).relations
    assert (relation.kind, relation.other_id, relation.main_id, relation.reason) == (SAME, second, first, "又漏水了")
    assert (relation.by_id, relation.recorded_at, relation.stands) == (1, desk.now, True)
    assert sequence(desk, third) == 3
    shown = seen(desk, third)
    assert shown.sequence == 3
    assert [row.id for row in shown.earlier] == [first, second]
    assert [(no, each.kind, row and row.id) for no, each, row in shown.relations] == [(1, SAME, second)]
    assert [(link.kind, row.id) for link, row in seen(desk, second).said_by_others] == [(SAME, third)]


def test_both_cases_tell_it_in_their_timelines(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    desk.do(relate, second, first, SAME, reason="又漏水了")
    for case_id, other_id in ((first, second), (second, first)):
        event = desk.case(case_id).events[-1]
        assert (event.kind, event.happened_on) == (EventKind.RELATED, desk.now.date())
        assert event.text == f"同一纠纷：{called(desk.case(other_id))}：又漏水了"


def test_the_first_of_all_follows_when_an_earlier_one_is_found_or_was_wrong(desk: Desk) -> None:
    first, second, third = (comes(desk) for _ in range(3))
    desk.do(relate, third, second, SAME)
    assert desk.case(third).relations[0].main_id == second
    desk.do(relate, second, first, SAME)
    assert desk.case(third).relations[0].main_id == first
    desk.do(withdraw_relation, second, 1, reason="看错了")
    assert desk.case(third).relations[0].main_id == second
    assert sequence(desk, third) == 2


def test_whoever_comes_back_after_the_interval_begins_anew(desk: Desk, rules: Rules) -> None:
    first, second, third = comes(desk), comes(desk, 100), comes(desk, 10)
    desk.do(relate, second, first, SAME)
    desk.do(relate, third, second, SAME)
    month = tuple(replace(each, value=30) for each in rules.settings["repeat_within_days"])
    desk.rules = replace(rules, settings={**rules.settings, "repeat_within_days": month})
    assert [sequence(desk, each) for each in (first, second, third)] == [1, 1, 2]
    desk.rules = rules
    assert sequence(desk, third) == 3


def test_a_new_dispute_of_the_same_people_is_no_repetition(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    desk.do(relate, second, first, NEW)
    assert sequence(desk, second) == 1
    assert seen(desk, second).relations[0][1].kind is NEW


def test_a_case_is_related_where_it_came_later_and_never_to_itself(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    with desk.refuses("不能把案件关联到它自己。", "other_case"):
        desk.do(relate, first, first, SAME)
    with desk.refuses(f"{called(desk.case(second))}是后登记的案件", "other_case"):
        desk.do(relate, first, second, SAME)
    with desk.refuses("请选择关系；并入请用“并入”。", "relation_kind"):
        desk.do(relate, second, first, MERGED)


def test_two_cases_stand_to_each_other_in_one_way_until_it_is_withdrawn(desk: Desk) -> None:
    first, second, third = (comes(desk) for _ in range(3))
    desk.do(relate, third, second, SAME)
    with desk.refuses("这两个案件已认定“同一纠纷”", "relation_kind"):
        desk.do(relate, third, second, NEW)
    with desk.refuses(f"本案已认定与{called(desk.case(second))}是同一纠纷", "relation_kind"):
        desk.do(relate, third, first, SAME)
    desk.do(withdraw_relation, third, 1, reason="不是一回事")
    desk.do(relate, third, second, NEW)
    desk.do(relate, third, first, SAME)
    assert [(each.kind, each.stands) for each in desk.case(third).relations] == [
        (SAME, False),
        (NEW, True),
        (SAME, True),
    ]


def test_what_is_withdrawn_stays_to_be_read_with_who_and_why(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    desk.do(relate, second, first, SAME)
    with desk.refuses("请写明撤回的原因。", "take_back_reason"):
        desk.do(withdraw_relation, second, 1, reason=" ")
    desk.do(withdraw_relation, second, 1, reason="不是一回事")
    [relation] = desk.case(second).relations
    assert (relation.withdrawn_at, relation.withdrawn_by_id, relation.withdrawn_reason) == (desk.now, 1, "不是一回事")
    assert sequence(desk, second) == 1
    assert seen(desk, first).said_by_others == []
    for case_id, other_id in ((first, second), (second, first)):
        assert desk.case(case_id).events[-1].text == f"撤回“同一纠纷：{called(desk.case(other_id))}”：不是一回事"
    with desk.refuses("这条关联已经撤回。"):
        desk.do(withdraw_relation, second, 1, reason="再撤")


def test_a_closed_case_can_be_come_back_to(desk: Desk) -> None:
    closed = desk.closed()
    again = comes(desk)
    desk.do(relate, again, closed, SAME)
    assert desk.case(closed).stage == Stage.CLOSED
    assert sequence(desk, again) == 2


# ---- persons


def test_two_parties_are_told_to_be_one_person_and_both_keep_their_roles(desk: Desk) -> None:
    first = comes(desk, parties=(claimant(), respondent()))
    second = comes(desk, parties=(claimant(name="王五", id_number=""), respondent(name="张三丰", id_number="")))
    desk.do(relate, second, first, SAME_PERSON, party_no=2, other_party_no=1)
    [relation] = desk.case(second).relations
    assert (relation.party_no, relation.other_party_no) == (2, 1)
    assert desk.case(second).events[-1].text.startswith("同一人：张三丰与张三，")
    assert desk.case(first).events[-1].text.startswith("同一人：张三与张三丰，")
    assert [party.name for party in desk.case(second).parties] == ["王五", "张三丰"]
    desk.do(withdraw_relation, second, 1, reason="认错了人")
    assert [party.side for party in desk.case(second).parties] == [party.side for party in desk.case(first).parties]


def test_of_two_parties_it_is_said_once_whether_they_are_one(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    with desk.refuses("请选择本案的当事人。", "own_party"):
        desk.do(relate, second, first, OTHER_PERSON, party_no=9, other_party_no=1)
    with desk.refuses("请选择那个案件的当事人。", "other_party"):
        desk.do(relate, second, first, OTHER_PERSON, party_no=1)
    desk.do(relate, second, first, OTHER_PERSON, party_no=1, other_party_no=1)
    with desk.refuses("这两个人已认定“不是同一人”", "relation_kind"):
        desk.do(relate, second, first, SAME_PERSON, party_no=1, other_party_no=1)
    desk.do(relate, second, first, SAME_PERSON, party_no=2, other_party_no=2)
    desk.do(relate, second, first, NEW, party_no=1)
    assert desk.case(second).relations[-1].party_no is None


def test_what_was_decided_at_the_window_is_recorded_once(desk: Desk) -> None:
    first, second = comes(desk), comes(desk)
    decided = [
        Decided(first, OTHER_PERSON, "李四", 1),
        Decided(first, SAME_PERSON, "走了的人", 1),
        Decided(first, NEW),
    ]
    for _ in range(2):
        desk.write(lambda records: relate_decided(records, desk.act, records.cases.get(second), decided))
    told = [(each.kind, each.party_no, each.other_party_no) for each in desk.case(second).relations]
    assert told == [(OTHER_PERSON, 2, 1), (NEW, None, None)]


# ---- registered twice


def test_a_case_that_was_registered_twice_goes_on_in_the_other(desk: Desk) -> None:
    stays, goes = comes(desk), comes(desk)
    desk.do(merge, goes, stays, reason="两个窗口各登记了一次")
    case = desk.case(goes)
    assert (case.stage, case.merged_into) == (Stage.MERGED, stays)
    assert len(case.parties) == 2
    merged_into = seen(desk, goes).merged_into
    assert merged_into is not None
    assert merged_into.id == stays
    assert desk.case(stays).events[-1].text == f"{called(case)}并入本案：两个窗口各登记了一次"
    with pytest.raises(RuleBroken, match="案件已并入另一个案件，没有记录"):
        desk.do(triage, goes, path="M1")
    desk.do(attach, goes, kind=AttachmentKind.EVIDENCE, file_name="借条.png", content=photo())


def test_what_was_merged_wrongly_is_as_it_was(desk: Desk) -> None:
    stays, goes = comes(desk), desk.assigned(requested_on=TODAY)
    was = desk.case(goes)
    desk.do(merge, goes, stays, reason="重复登记")
    desk.do(withdraw_relation, goes, 1, reason="是两件事")
    case = desk.case(goes)
    assert (case.stage, case.merged_into, case.number) == (was.stage, None, was.number)
    desk.do(record_outcome, goes, OutcomeKind.TERMINATED, reason_code="no_prospect")


def test_only_what_may_go_on_elsewhere_is_merged(desk: Desk) -> None:
    stays, goes, third = comes(desk), comes(desk), comes(desk)
    with desk.refuses("不能把案件并入它自己。", "other_case"):
        desk.do(merge, goes, goes, reason="重复登记")
    with desk.refuses("请写明并入的原因。", "relation_reason"):
        desk.do(merge, goes, stays, reason=" ")
    desk.do(merge, goes, stays, reason="重复登记")
    with desk.refuses("本案已并入另一个案件"):
        desk.do(merge, goes, third, reason="重复登记")
    with desk.refuses(f"{called(desk.case(goes))}已并入{called(desk.case(stays))}", "other_case"):
        desk.do(merge, third, goes, reason="重复登记")
    with desk.refuses(f"{called(desk.case(goes))}已并入{called(desk.case(stays))}", "other_case"):
        desk.do(relate, third, goes, SAME)
    with desk.refuses("已有案件并入本案", "other_case"):
        desk.do(merge, stays, third, reason="重复登记")


def test_a_case_with_an_agreement_in_effect_or_closed_is_not_merged(desk: Desk) -> None:
    stays, performing = desk.registered(), desk.performing()
    with desk.refuses("本案已有生效的协议", "other_case"):
        desk.do(merge, performing, stays, reason="重复登记")
    declined = desk.assigned()
    desk.do(record_outcome, declined, OutcomeKind.WITHDRAWN)
    desk.do(close_case, declined, despite_reason="撤回")
    with desk.refuses(f"{called(desk.case(declined))}已结案", "other_case"):
        desk.do(merge, stays, declined, reason="重复登记")


def test_a_case_that_still_owes_an_answer_is_not_merged(desk: Desk) -> None:
    stays, goes, flagged = comes(desk), comes(desk), desk.registered(safety_flags=("violence",))
    desk.do(issue_order, goes, unit="示例司法所", fault_code="overdue", demand="请尽快办结", due_on=desk.act.today)
    with desk.refuses("本案还有没有办完的：答复督办"):
        desk.do(merge, goes, stays, reason="重复登记")
    with desk.refuses("本案还有没有办完的：险情报告。请先在本案办完，再并入。"):
        desk.do(merge, flagged, stays, reason="重复登记")
    desk.do(reply_to_order, goes, 1, replied_on=desk.act.today, reply="正在办理")
    desk.do(merge, goes, stays, reason="重复登记")
    running = [each.kind for each in clocks_of(desk.case(goes), desk.rules) if each.is_running]
    assert running == []


def test_what_was_registered_twice_counts_once(desk: Desk) -> None:
    first, twice, third = (comes(desk) for _ in range(3))
    desk.do(relate, twice, first, SAME)
    desk.do(relate, third, twice, SAME)
    assert sequence(desk, third) == 3
    desk.do(merge, twice, first, reason="同一天登记了两次")
    assert sequence(desk, third) == 2


# ---- found again


def test_who_was_tied_by_a_person_is_found_with_the_other(desk: Desk) -> None:
    first = comes(desk, parties=(claimant(name="曾用名", id_number=""), respondent(name="她", id_number="")))
    second = comes(desk, parties=(claimant(), respondent(name="他", id_number="")))
    found = desk.look(repeat_candidates, [claimant()])
    assert [each.case_id for each in found] == [second]
    assert (found[0].own_no, found[0].party_no) == (1, 1)
    desk.do(relate, second, first, SAME_PERSON, party_no=1, other_party_no=1)
    found = desk.look(repeat_candidates, [claimant()])
    assert [each.case_id for each in found] == [second, first]
    assert [each.label for each in found[1].why] == ["已认定关联"]
    desk.do(withdraw_relation, second, 1, reason="认错了")
    assert len(desk.look(repeat_candidates, [claimant()])) == 1


def test_what_may_not_be_seen_is_not_told(desk: Desk) -> None:
    first, own = desk.registered(), desk.assigned()
    desk.do(relate, own, first, SAME)
    with desk.database.reading(sight=Sight(1)) as records:
        shown = related(records, desk.act, records.cases.get(own))
    assert shown.earlier == []
    assert [row for _, _, row in shown.relations] == [None]
