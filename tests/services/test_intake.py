"""Registering a walk-in, correcting it, and asking for willingness."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation_desk.domain.case import Answer, ChosenBy, EventKind
from mediation_desk.domain.errors import ChangedMeanwhile, RuleBroken
from mediation_desk.domain.money import MOST_FEN
from mediation_desk.domain.party import Agent, AgentKind, Party, Side
from mediation_desk.services.agreements import draft_agreement, save_agreement
from mediation_desk.services.assignment import Choice, assign
from mediation_desk.services.intake import ask_willingness, correct, next_party_no, take_in
from mediation_desk.services.mediation import record_session
from mediation_desk.services.paper_entries import drop_entry, save_entry
from mediation_desk.services.triage import triage
from tests.desk import (
    APPOINTED,
    NOW,
    TODAY,
    TOMORROW,
    YESTERDAY,
    Desk,
    claimant,
    intake,
    payment,
    respondent,
    session,
    text,
    uid,
)


def save_draft(desk: Desk, number: int) -> None:
    with desk.database.writing() as records:
        records.drafts.save(uid(number), centre_id=1, form="intake", user_id=1, content={"matter": "漏"}, now=NOW)


def drafts(desk: Desk) -> list[str]:
    with desk.database.reading() as records:
        return [draft.uid for draft in records.drafts.of_user(1)]


# --- registering


def test_four_fields_are_enough(desk: Desk) -> None:
    taken = desk.do(take_in, intake())
    assert taken.id == 1
    case = desk.case(1)
    assert (case.uid, case.centre_id, case.first_contact_id, case.version_id) == (uid(1), 1, 1, 1)
    assert (case.stage, case.number, case.requested_on, case.registered_at) == ("registered", "", TODAY, NOW)
    assert (case.matter, case.demand) == ("楼上漏水，天花板泡坏。", "修好并赔偿。")
    assert [(party.no, party.side, party.name) for party in case.parties] == [
        (1, Side.CLAIMANT, "张三"),
        (2, Side.RESPONDENT, "李四"),
    ]
    assert [(event.kind, event.happened_on, event.by_id) for event in case.events] == [(EventKind.REGISTERED, TODAY, 1)]


def test_everything_that_was_typed_is_kept(desk: Desk) -> None:
    typed: dict[str, Any] = {
        "title": "水管一案",
        "occurred_on": YESTERDAY,
        "occurred_at": "示例路1号",
        "dispute_kind": "02",
        "event_category": "0501",
        "case_source": "walk_in",
        "source_document": "转办单1号",
        "channel": "window",
        "people_involved": 2,
        "claimed_fen": 300_000,
        "safety_flags": ("violence",),
        "safety_note": "曾推搡",
        "remark": "<b>&备注",
    }
    agents = [Agent(kind=AgentKind.ENTRUSTED, name="孙律", powers=["general"], phone="13800000000")]
    desk.do(take_in, intake(parties=(claimant(agents=agents), respondent(name="𠮷野·买买提")), **typed))
    case = desk.case(1)
    assert {name: getattr(case, name) for name in typed} == typed | {"safety_flags": ["violence"]}
    assert [(agent.name, agent.powers, agent.phone) for agent in case.parties[0].agents] == [
        ("孙律", ["general"], "13800000000")
    ]
    assert case.parties[1].name == "𠮷野·买买提"


def test_registering_twice_registers_once_and_throws_the_draft_away_both_times(desk: Desk) -> None:
    for _ in range(2):
        save_draft(desk, 1)
        taken = desk.do(take_in, intake(from_draft=True))
        assert (taken.id, taken.matter) == (1, "楼上漏水，天花板泡坏。")
        assert drafts(desk) == []
    with desk.database.reading() as records:
        assert list(records.cases.ids()) == [1]
    assert len(desk.case(1).events) == 1


def test_drafts_of_others_stay(desk: Desk) -> None:
    save_draft(desk, 7)
    desk.do(take_in, intake(from_draft=True))
    assert drafts(desk) == [uid(7)]


def test_all_that_cannot_be_registered_is_told_at_once(desk: Desk) -> None:
    save_draft(desk, 1)
    before = desk.contents()
    with pytest.raises(RuleBroken) as refused:
        desk.do(
            take_in,
            intake(
                parties=(respondent(1, " ", side=Side.OTHER), respondent(1, "长" * 51, side=Side.OTHER)),
                matter=" ",
                demand="",
                requested_on=TOMORROW,
                occurred_on=TOMORROW,
                claimed_fen=-1,
                people_involved=0,
                from_draft=True,
            ),
        )
    assert [(fault.place, fault.sentence[:6]) for fault in refused.value.faults] == [
        ("claimant_name", "请填写来访人"),
        ("respondent_name", "请填写对方姓"),
        ("matter", "请写明纠纷情"),
        ("demand", "请写明诉求。"),
        ("requested_on", "登记日期不能"),
        ("occurred_on", "发生日期不能"),
        ("claimed_amount", "金额不能为负"),
        ("people_involved", "涉及人数应大"),
        ("parties", "有两位当事人"),
        ("parties[0].name", "有当事人没有"),
        ("parties[1].name", "姓名超过50"),
    ]
    assert desk.contents() == before


def test_an_amount_no_paper_can_print_is_refused(desk: Desk) -> None:
    desk.do(take_in, intake(claimed_fen=MOST_FEN))
    with desk.refuses("金额不能为负，也不能太大。", "claimed_amount"):
        desk.do(take_in, intake(2, claimed_fen=MOST_FEN + 1))


def test_names_of_fifty_characters_are_taken(desk: Desk) -> None:
    desk.do(take_in, intake(parties=(claimant(name="长" * 50), respondent())))
    assert desk.case(1).parties[0].name == "长" * 50


def test_a_group_has_five_representatives_at_most(desk: Desk) -> None:
    def group(size: int) -> tuple[Party, ...]:
        return (*(claimant(no, f"代表{no}", represents_group=True) for no in range(1, size + 1)), respondent(9))

    desk.do(take_in, intake(parties=group(5)))
    with desk.refuses("申请方推选了6名代表人，最多5名", "representatives"):
        desk.do(take_in, intake(2, parties=group(6)))


# --- correcting


def corrected(desk: Desk, case_id: int, version_id: int | None = None, **facts: object) -> None:
    version = desk.case(case_id).version_id if version_id is None else version_id
    desk.do(correct, case_id, version, intake(50, **facts))


def test_a_correction_replaces_what_the_form_shows_but_not_the_day_of_the_request(desk: Desk) -> None:
    case_id = desk.registered()
    save_draft(desk, 50)
    corrected(desk, case_id, matter="更正后的经过", requested_on=YESTERDAY, safety_flags=("violence",))
    case = desk.case(case_id)
    assert (case.matter, case.requested_on, case.safety_flags) == ("更正后的经过", TODAY, ["violence"])
    assert case.events[-1].kind is EventKind.CORRECTED
    assert drafts(desk) == []


def test_parties_are_corrected_added_and_removed_by_number(desk: Desk) -> None:
    case_id = desk.registered(parties=(claimant(), respondent(), respondent(3, "王五")))
    before = [party.id for party in desk.case(case_id).parties]
    guardian = Agent(kind=AgentKind.STATUTORY, name="张大三")
    corrected(desk, case_id, parties=(claimant(name="张叁", agents=[guardian]), respondent(), respondent(4, "赵六")))
    parties = desk.case(case_id).parties
    assert [(party.no, party.name) for party in parties] == [(1, "张叁"), (2, "李四"), (4, "赵六")]
    assert [party.id for party in parties][:2] == before[:2]
    assert [agent.name for agent in parties[0].agents] == ["张大三"]


def test_the_very_parties_that_were_read_can_be_sent_back(desk: Desk) -> None:
    agent = Agent(kind=AgentKind.ENTRUSTED, name="孙律", powers=["general"])
    case_id = desk.registered(parties=(claimant(agents=[agent]), respondent()))
    parties = desk.case(case_id).parties
    parties[0].agents[0].phone = "13800000000"
    parties[1].phone = "13800000001"
    corrected(desk, case_id, parties=tuple(parties))
    held = desk.case(case_id).parties
    assert [(each.name, each.phone) for each in held[0].agents] == [("孙律", "13800000000")]
    assert held[1].phone == "13800000001"


def test_a_form_filled_before_another_correction_is_refused(desk: Desk) -> None:
    case_id = desk.registered()
    version = desk.case(case_id).version_id
    corrected(desk, case_id, version, parties=(claimant(phone="13800000000"), respondent()))
    before = desk.contents()
    with pytest.raises(ChangedMeanwhile, match="刚被修改过，您的更正没有保存，窗口里的文字还在"):
        corrected(desk, case_id, version)
    assert desk.contents() == before


def test_a_form_filled_before_triage_is_refused(desk: Desk) -> None:
    case_id = desk.registered()
    version = desk.case(case_id).version_id
    desk.do(triage, case_id, path="M1", dispute_kind="02")
    with pytest.raises(ChangedMeanwhile):
        corrected(desk, case_id, version)


def test_other_facts_do_not_keep_a_form_from_being_saved(desk: Desk) -> None:
    case_id = desk.assigned()
    version = desk.case(case_id).version_id
    desk.do(record_session, case_id, session())
    corrected(desk, case_id, version, remark="补记")
    case = desk.case(case_id)
    assert case.remark == "补记"
    assert len(case.sessions) == 1


def test_a_faulty_correction_keeps_everything_as_it_was(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.refuses("请写明诉求。", "demand"):
        corrected(desk, case_id, demand="")


def answered(desk: Desk) -> int:
    case_id = desk.registered(parties=three())
    desk.do(ask_willingness, case_id, [3], Answer.UNDECIDED, asked_at=NOW)
    return case_id


def chose(desk: Desk) -> int:
    case_id = desk.accepted(parties=three())
    choice = Choice(mediator_id=APPOINTED, chosen_by=ChosenBy.PARTIES, chosen_by_nos=(3,))
    desk.do(assign, case_id, choice)
    return case_id


def was_present(desk: Desk) -> int:
    case_id = desk.assigned(parties=three())
    desk.do(record_session, case_id, session(present_nos=[1, 3]))
    return case_id


def is_on_the_agreement(desk: Desk) -> int:
    case_id = desk.agreed(parties=three())
    desk.do(draft_agreement, case_id)
    return case_id


def owes(desk: Desk) -> int:
    case_id = is_on_the_agreement(desk)
    desk.do(save_agreement, case_id, 1, text(obligations=(payment(payer_no=3),)))
    return case_id


def three() -> tuple[Party, ...]:
    return claimant(), respondent(), respondent(3, "王五")


@pytest.mark.parametrize("way", [answered, chose, was_present, is_on_the_agreement, owes])
def test_a_party_other_facts_refer_to_cannot_be_removed(desk: Desk, way: Any) -> None:
    case_id = way(desk)
    with desk.refuses("王五已有调解意愿、记录或协议，不能移除。", "parties"):
        corrected(desk, case_id, parties=(claimant(), respondent()))


def test_a_party_that_was_chosen_for_a_paper_cannot_be_removed(desk: Desk) -> None:
    case_id = desk.registered(parties=three())
    desk.do(save_entry, case_id, "D05", None, {"party": "3"})
    with desk.refuses("王五是录入文书时选定的，不能移除。", "parties"):
        corrected(desk, case_id, parties=(claimant(), respondent()))
    desk.do(drop_entry, case_id, "D05", 1)
    corrected(desk, case_id, parties=(claimant(), respondent()))
    assert len(desk.case(case_id).parties) == 2


def test_what_was_typed_for_one_agent_does_not_come_to_stand_for_another(desk: Desk) -> None:
    def represented(*names: str) -> tuple[Party, ...]:
        agents = [Agent(kind=AgentKind.ENTRUSTED, name=name) for name in names]
        return claimant(agents=agents), respondent()

    case_id = desk.registered(parties=represented("钱律师", "孙律师"))
    desk.do(save_entry, case_id, "E3", 102, {"term_to": "2026-12-31"})
    for names in ((), ("孙律师",), ("孙律师", "钱律师")):
        with desk.refuses("为孙律师录入过授权委托书的内容，不能移除或者调换代理人", "parties"):
            corrected(desk, case_id, parties=represented(*names))
    corrected(desk, case_id, parties=represented("钱律师", "孙律帅", "周律师"))
    corrected(desk, case_id, parties=represented("赵律师", "孙律帅"))


def test_a_further_party_gets_a_number_nobody_had(desk: Desk) -> None:
    case = desk.case(desk.registered(parties=(claimant(), respondent(5))))
    assert next_party_no(case) == 6
    case.parties = []
    assert next_party_no(case) == 1
    willing = desk.case(desk.willing())
    willing.parties = willing.parties[:1]
    assert next_party_no(willing) == 3


# --- willingness


def test_an_answer_is_kept_with_time_and_channel(desk: Desk) -> None:
    case_id = desk.registered()
    asked_at = NOW - timedelta(hours=1)
    desk.do(ask_willingness, case_id, [1, 2, 1], Answer.AGREES, asked_at=asked_at, channel="phone", remark="本人接听")
    case = desk.case(case_id)
    assert [(each.party_no, each.answer, each.asked_at, each.channel, each.note) for each in case.willingness] == [
        (1, Answer.AGREES, asked_at, "phone", "本人接听"),
        (2, Answer.AGREES, asked_at, "phone", "本人接听"),
    ]
    assert [event.text for event in case.events[1:]] == ["张三：同意", "李四：同意"]


@pytest.mark.parametrize("nos", [[], [1, 9]])
def test_an_answer_is_somebody_s(desk: Desk, nos: list[int]) -> None:
    case_id = desk.registered()
    with desk.refuses("请选择当事人。", "willing_parties"):
        desk.do(ask_willingness, case_id, nos, Answer.AGREES, asked_at=NOW)


def test_nobody_is_asked_in_the_future(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.refuses("征询时间不能晚于现在。", "asked_at"):
        desk.do(ask_willingness, case_id, [1], Answer.AGREES, asked_at=NOW + timedelta(minutes=1))


def test_what_happened_on_the_day_itself_may_be_registered(desk: Desk) -> None:
    desk.do(take_in, intake(occurred_on=TODAY, requested_on=date(2026, 11, 1)))
    assert desk.case(1).requested_on == date(2026, 11, 1)
