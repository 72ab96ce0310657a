"""Two corrections of one registration, put together."""

from dataclasses import replace
from datetime import date

from mediation_desk.domain.party import Agent, AgentKind, Party
from mediation_desk.domain.rules import Rules
from mediation_desk.services.corrections import called, in_words, parted_ways, put_together
from mediation_desk.services.intake import Intake
from tests.desk import claimant, intake, respondent, uid


def together(was: Intake, theirs: Intake, mine: Intake, *wanted: str) -> Intake:
    mine, parted = parted_ways(was, theirs, mine)
    return put_together(theirs, mine, parted, wanted)


def party(whole: Intake, no: int) -> Party:
    return next(each for each in whole.parties if each.no == no)


def with_party(whole: Intake, changed: Party) -> Intake:
    return replace(whole, parties=tuple(changed if each.no == changed.no else each for each in whole.parties))


def test_two_corrections_of_different_things_both_hold() -> None:
    was = intake()
    both = together(was, replace(was, demand="只要修好。"), replace(was, uid=uid(9), remark="下午再来"))
    assert (both.demand, both.remark, both.uid) == ("只要修好。", "下午再来", uid(9))


def test_of_two_corrections_of_one_thing_the_wanted_one_holds() -> None:
    was = intake()
    theirs, mine = replace(was, demand="只要修好。"), replace(was, demand="只要赔钱。")
    assert together(was, theirs, mine).demand == "只要修好。"
    assert together(was, theirs, mine, "demand").demand == "只要赔钱。"


def test_two_corrections_of_one_person_are_put_together_field_by_field() -> None:
    was = intake()
    theirs = with_party(was, claimant(phone="13800000001", address="东里1号"))
    guardian = Agent(kind=AgentKind.ENTRUSTED, name="王律师")
    mine = with_party(was, claimant(phone="13800000002", agents=[guardian], birth_date=date(1990, 1, 1)))
    both = party(together(was, theirs, mine, "parties[1].phone"), 1)
    assert (both.phone, both.address, both.birth_date) == ("13800000002", "东里1号", date(1990, 1, 1))
    assert [each.name for each in both.agents] == ["王律师"]


def test_parties_that_both_added_are_two_parties() -> None:
    was = intake()
    theirs = replace(was, parties=(*was.parties, respondent(3, "王五")))
    mine = replace(was, parties=(*was.parties, respondent(3, "赵六")))
    both = together(was, theirs, mine)
    assert [(each.no, each.name) for each in both.parties] == [(1, "张三"), (2, "李四"), (3, "王五"), (4, "赵六")]


def test_a_party_that_one_removed_and_the_other_corrected_is_a_matter_for_a_person() -> None:
    was = replace(intake(), parties=(claimant(), respondent(), respondent(3, "王五")))
    theirs = replace(was, parties=was.parties[:2])
    mine = with_party(was, respondent(3, "王五", phone="13800000001"))
    _, [parting] = parted_ways(was, theirs, mine)
    assert parting.is_conflict
    assert called(parting.name, was) == "当事人王五"
    assert len(together(was, theirs, mine).parties) == 2
    assert party(together(was, theirs, mine, parting.name), 3).phone == "13800000001"


def test_a_party_that_only_one_of_them_removed_is_gone() -> None:
    was = replace(intake(), parties=(claimant(), respondent(), respondent(3, "王五")))
    mine = replace(was, parties=was.parties[:2], remark="只有两方")
    assert [each.no for each in together(was, was, mine).parties] == [1, 2]


def test_values_are_called_and_told_as_the_desk_says(rules: Rules) -> None:
    was = intake()
    assert called("claimed_fen", was) == "涉及金额（元）"
    assert called("parties[2].phone", was) == "李四：电话"
    assert in_words("claimed_fen", 123450, rules) == "1,234.50"
    assert in_words("dispute_kind", "02", rules) == "邻里纠纷"
    assert in_words("safety_flags", ("violence",), rules) == "暴力倾向"
    assert in_words("parties[1].birth_date", date(1990, 1, 2), rules) == "1990-01-02"
    assert in_words("has_interpreter", True, rules) == "是"
    assert in_words("people_involved", None, rules) == "—"
    assert in_words("parties[1].side", claimant().side, rules) == "申请方"
    assert in_words("parties[3]", {"name": "王五"}, rules) == "王五"
    assert in_words("parties[1].languages", ["普通话", "藏语"], rules) == "普通话、藏语"
    assert in_words("people_involved", 12, rules) == "12"


def test_every_value_that_can_part_has_a_name() -> None:
    whole = intake()
    other = with_party(replace(whole, title="甲", remark="乙"), claimant(name="张三三"))
    _, parted = parted_ways(whole, other, whole)
    assert [called(each.name, whole) for each in parted] == ["案件名称", "备注", "张三：姓名或名称"]
