import json
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.domain.agreement import SignerRole
from mediation_desk.domain.case import (
    Answer,
    AssignmentRole,
    AttachmentKind,
    ChosenBy,
    EventKind,
    OutcomeKind,
)
from mediation_desk.domain.centre import Committee
from mediation_desk.domain.choice import Ranking, RecusalAnswer, StanceKind
from mediation_desk.domain.errors import FileRefused
from mediation_desk.domain.forms import About, Form, Input
from mediation_desk.domain.mediator import Presence
from mediation_desk.domain.party import Agent, AgentKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import Stage, stage_of
from mediation_desk.services.afterwards import close_case, follow_up, record_performance
from mediation_desk.services.agreements import (
    Mark,
    draft_agreement,
    freeze_agreement,
    record_signatures,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.assignment import (
    Choice,
    assign,
    decide_objection,
    record_recusal,
    record_stance,
    relieve,
)
from mediation_desk.services.attachments import attach
from mediation_desk.services.exchange import export_case, import_case
from mediation_desk.services.intake import ask_willingness
from mediation_desk.services.mediation import add_confidential_note, record_outcome, record_session
from mediation_desk.services.paper_entries import drop_entry, save_entry
from mediation_desk.services.setting_up import save_committee
from mediation_desk.services.triage import accept, decline, hand_over, triage
from mediation_desk.store.database import open_store
from tests.desk import (
    APPOINTED,
    LAPSED,
    NOW,
    ON_CALL,
    TODAY,
    Desk,
    all_marks,
    child,
    claimant,
    respondent,
    session,
    text,
    uid,
)

CASES = Path(__file__).parent.parent / "data" / "cases"
FILES = sorted(CASES.glob("*.json"))


@pytest.fixture
def other(desk: Desk, furnished_store: Path, tmp_path: Path, rules: Rules) -> Iterator[Desk]:
    """A desk elsewhere that has the same house and looks at the case three days later."""
    elsewhere = Desk(open_store(Path(shutil.copy(furnished_store, tmp_path / "other.db"))), rules)
    elsewhere.now = NOW + timedelta(days=3)
    yield elsewhere
    elsewhere.database.close()


def export(desk: Desk, case_id: int) -> str:
    return desk.do(export_case, case_id)


def bring(desk: Desk, content: str | bytes) -> int:
    case_id = desk.do(import_case, content).id
    assert case_id is not None
    return case_id


def told(content: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found


def without_numbers(content: str) -> dict[str, Any]:
    plain = told(content)
    plain.pop("number", None)
    for agreement in plain.get("agreements", []):
        agreement.pop("number", None)
    return plain


def refused(desk: Desk, content: str | dict[str, Any]) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        bring(desk, content if isinstance(content, str) else json.dumps(content))
    return caught.value


def closed_after_all(desk: Desk) -> int:
    """A case in which nearly everything happened that can."""
    guardian = Agent(kind=AgentKind.STATUTORY, name="王大", relation="父", powers=["apply_or_end"])
    case_id = desk.willing(
        parties=(child(1, side="claimant", agents=[guardian]), respondent()),
        claimed_fen=300_000,
        safety_flags=("group",),
    )
    desk.do(accept, case_id, committee_id=1)
    desk.do(
        assign,
        case_id,
        Choice(mediator_id=APPOINTED, chosen_by=ChosenBy.PARTIES, chosen_by_nos=(1, 2), kinship=RecusalAnswer.NO),
    )
    desk.do(assign, case_id, Choice(mediator_id=ON_CALL, role=AssignmentRole.HELPER))
    desk.do(record_session, case_id, session(participants="居委会干部", participants_agreed=True))
    desk.do(relieve, case_id, ON_CALL, reason="出差")
    desk.do(record_outcome, case_id, OutcomeKind.WRITTEN)
    desk.do(draft_agreement, case_id)
    desk.do(save_agreement, case_id, 1, text(extra_holders=("居委会",), recorder="登记员"))
    desk.do(freeze_agreement, case_id, 1)
    marks = all_marks()
    marks[0] = Mark(role=SignerRole.PARTY, party_no=1, signer_name="王大", signed_on=TODAY, witness="孙律")
    desk.do(record_signatures, case_id, 1, marks)
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=100_000, remark="转账")
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付第一期。", visitor="登记员")
    desk.do(close_case, case_id, despite_reason="其余未到期。")
    return case_id


def given_up_and_agreed_again(desk: Desk) -> int:
    """A text that was withdrawn, another in effect, a third one begun."""
    case_id = desk.frozen()
    desk.do(withdraw_agreement, case_id, 1, reason="金额写错。")
    desk.do(save_agreement, case_id, 2, text(facts="重新写明的事实。"))
    desk.do(freeze_agreement, case_id, 2)
    desk.do(record_signatures, case_id, 2, all_marks())
    desk.do(draft_agreement, case_id)
    return case_id


def taken_up_again(desk: Desk) -> int:
    case_id = desk.in_mediation()
    desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    desk.now += timedelta(minutes=1)
    desk.do(accept, case_id, committee_id=1)
    return case_id


def accepted_after_all(desk: Desk) -> int:
    """Declined, then accepted on the same day, then given to somebody."""
    case_id = desk.willing()
    desk.do(decline, case_id, reason_code="party_refuses", reason="先不愿意")
    desk.now += timedelta(minutes=1)
    desk.do(accept, case_id, committee_id=1)
    desk.do(assign, case_id, Choice(mediator_id=APPOINTED))
    return case_id


def joined_later(desk: Desk) -> int:
    """Somebody was asked only after the first session, in which the others had met."""
    case_id = desk.in_mediation()
    desk.now += timedelta(days=2)
    desk.do(ask_willingness, case_id, [1], Answer.REFUSES, asked_at=desk.now)
    desk.do(record_outcome, case_id, OutcomeKind.TERMINATED, reason_code="refused", reason="不愿再谈")
    return case_id


def chosen_with_care(desk: Desk) -> int:
    """Wishes, answers about bias, and parties who choose and oppose; who was opposed was relieved."""
    case_id = desk.assigned(parties=(claimant(), respondent(languages=["温州话"])))
    desk.do(record_recusal, case_id, APPOINTED, "kinship", RecusalAnswer.NO, "已问双方")
    desk.do(record_stance, case_id, [2], APPOINTED, StanceKind.OPPOSES, "同乡")
    desk.do(decide_objection, case_id, 2, APPOINTED, upheld=True)
    desk.do(relieve, case_id, APPOINTED, reason="当事人反对")
    agreed = "双方知情并同意。"
    helper = Choice(
        mediator_id=LAPSED, role=AssignmentRole.HELPER, same_employer=RecusalAnswer.YES, despite_reason=agreed
    )
    desk.do(assign, case_id, helper)
    desk.do(record_stance, case_id, [1], LAPSED, StanceKind.OPPOSES, "年轻")
    desk.do(decide_objection, case_id, 1, LAPSED, upheld=False)
    desk.do(record_stance, case_id, [1], ON_CALL, StanceKind.CHOOSES)
    desk.do(record_stance, case_id, [1], ON_CALL, StanceKind.WITHDRAWN)
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.mediator_gender_wish, case.has_interpreter = "2", True
    return case_id


def handed_over(desk: Desk) -> int:
    case_id = desk.triaged()
    desk.do(hand_over, case_id, handed_to="街道城管队")
    return case_id


WAYS: list[Callable[[Desk], int]] = [
    Desk.registered,
    Desk.triaged,
    Desk.willing,
    Desk.accepted,
    Desk.assigned,
    Desk.in_mediation,
    Desk.agreed,
    Desk.drafted,
    Desk.frozen,
    Desk.performing,
    Desk.performing_orally,
    Desk.closed,
    closed_after_all,
    given_up_and_agreed_again,
    taken_up_again,
    accepted_after_all,
    joined_later,
    chosen_with_care,
    handed_over,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_case_goes_to_another_desk_and_comes_out_the_same(
    way: Callable[[Desk], int], desk: Desk, other: Desk
) -> None:
    case_id = way(desk)
    left = export(desk, case_id)
    there = bring(other, left)
    assert without_numbers(export(other, there)) == without_numbers(left)
    here, moved = desk.case(case_id), other.case(there)
    assert moved.stage == here.stage == stage_of(moved)
    assert [each.effect_day for each in moved.agreements] == [each.effect_day for each in here.agreements]
    assert [each.due_on for each in moved.follow_ups] == [each.due_on for each in here.follow_ups]


def test_what_was_typed_for_papers_goes_along(desk: Desk, other: Desk) -> None:
    asked = Input("asked", "被调查人")
    forms = {
        "X1": (Form(code="X1", title="调查笔录", about=About.ENTRY, blocks=(), inputs=(asked,)),),
        "X2": (Form(code="X2", title="附页", about=About.AGREEMENT, blocks=(), inputs=(asked,)),),
    }
    for each in (desk, other):
        each.rules = replace(each.rules, forms={**each.rules.forms, **forms})
    case_id = desk.frozen()
    for name in ("王五", "赵六", "钱七"):
        desk.do(save_entry, case_id, "X1", None, {"asked": name})
    desk.do(save_entry, case_id, "X2", 1, {"asked": "孙八"})
    desk.do(drop_entry, case_id, "X1", 2)
    desk.do(withdraw_agreement, case_id, 1, reason="金额写错。")  # and with it what the last entry was about
    desk.do(close_case, case_id, despite_reason="另行处理。")
    left = export(desk, case_id)
    moved = other.case(bring(other, left))
    kept = [("X1", 1, {"asked": "王五"}), ("X1", 3, {"asked": "钱七"}), ("X2", 1, {"asked": "孙八"})]
    assert [(each.code, each.no, each.values) for each in moved.entries] == kept
    assert without_numbers(export(other, moved.id or 0)) == without_numbers(left)
    assert not any(moved.is_late(each.recorded_at) for each in moved.entries)
    typed = [(each.text, each.happened_on) for each in moved.events if each.kind is EventKind.PAPER]
    assert typed == [("调查笔录", other.act.today), ("调查笔录", other.act.today), ("附页", other.act.today)]


def test_a_wish_for_confirmation_and_reasons_go_along(desk: Desk, other: Desk) -> None:
    case_id = desk.drafted()
    with desk.database.writing() as records:
        agreement = records.cases.get(case_id).agreements[0]
        agreement.confirmation_wanted, agreement.despite_reason = True, "当事人坚持这样写。"
    moved = other.case(bring(other, export(desk, case_id))).agreements[0]
    assert (moved.confirmation_wanted, moved.despite_reason) == (True, "当事人坚持这样写。")


def test_the_new_desk_gives_the_same_code_as_the_uid_says(desk: Desk, other: Desk) -> None:
    case_id = desk.registered()
    left = export(desk, case_id)
    assert "query_code" not in left
    assert other.case(bring(other, left)).query_code == desk.case(case_id).query_code


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_real_matters_are_taken_over_and_given_away_unchanged(file: Path, desk: Desk, other: Desk) -> None:
    once = export(desk, bring(desk, file.read_bytes()))
    again = export(other, bring(other, once))
    assert without_numbers(once) == without_numbers(again)
    ours, theirs = told(file.read_text(encoding="utf-8")), told(once)
    for key in ("registration", "parties", "triage", "outcomes"):
        assert theirs.get(key) == ours.get(key)
    assert [each["record"] for each in theirs.get("sessions", [])] == [
        each["record"] for each in ours.get("sessions", [])
    ]


def test_the_real_matters_reach_the_stage_their_facts_say(desk: Desk) -> None:
    stages = [desk.case(bring(desk, file.read_bytes())).stage for file in FILES]
    assert stages == [Stage.PERFORMING, Stage.PERFORMING, Stage.PERFORMING, Stage.TRIAGED]


def test_facts_keep_their_days_and_are_recorded_now(desk: Desk) -> None:
    case = desk.case(bring(desk, FILES[1].read_bytes()))
    assert case.requested_on == date(2022, 5, 16)
    assert case.agreements[0].effect_day == date(2022, 5, 16)
    assert case.registered_at == desk.now
    recorded = [event.recorded_at for event in case.events]
    assert recorded == sorted(recorded)
    assert {each.date() for each in recorded} == {TODAY}
    assert {event.by_id for event in case.events} == {1}


def test_this_desk_issues_its_own_number_and_the_old_one_stays_in_the_timeline(desk: Desk, other: Desk) -> None:
    other.accepted(uid=uid(900))
    left = export(desk, desk.accepted())
    case = other.case(bring(other, left))
    assert told(left)["number"] == "（2026）示人调字第1号"
    assert case.number == "（2026）示人调字第2号"
    assert case.events[0].text == "由案件文件导入；原编号 （2026）示人调字第1号"


def test_what_was_cleaned_is_told_in_the_timeline(desk: Desk) -> None:
    plain = told(FILES[3].read_text(encoding="utf-8"))
    plain["parties"][0]["name"] = "买买提江•吐尔逊"
    case = desk.case(bring(desk, json.dumps(plain)))
    assert case.parties[0].name == "买买提江·吐尔逊"
    assert case.events[0].text == "由案件文件导入；parties[0].name：间隔号已统一为“·”"


def test_the_same_case_is_taken_over_only_once(desk: Desk) -> None:
    bring(desk, FILES[0].read_bytes())
    assert "已经导入过" in str(refused(desk, FILES[0].read_text(encoding="utf-8")))
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 1


def test_nothing_is_taken_over_when_a_rule_is_broken_at_the_last_step(desk: Desk) -> None:
    plain = told(FILES[0].read_text(encoding="utf-8"))
    plain["follow_ups"] = [{"done_on": "2023-09-02", "situation": "好", "visitor": "甲"}]
    plain["agreements"][0]["obligations"][0]["performances"].append({"done_on": "2023-09-01", "amount": "0.01"})
    fault = refused(desk, plain).faults[0]
    assert fault.place == "agreements[0].obligations[0].performances[1]"
    assert fault.sentence == "超过未付金额（0.00元），请核对。"
    with desk.database.reading() as records:
        assert len(records.cases.ids()) == 0
        assert len(records.mediators.all()) == 3


def broken(path: str, value: object) -> dict[str, Any]:
    plain = told(FILES[0].read_text(encoding="utf-8"))
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    inner: Any = plain
    for key in way:
        inner = inner[key]
    inner[last] = value
    return plain


@pytest.mark.parametrize(
    ("path", "value", "place", "part"),
    [
        ("registration.people_involved", 1, "", ""),
        ("willingness.1.answer", "refuses", "decisions[0]", "楼上住户"),
        ("willingness", [], "sessions[0]", "尚未表示同意调解"),
        ("triage.path", "", "triage", "请选择办理途径。"),
        (
            "decisions.0",
            {"kind": "not_accepted", "decided_on": "2023-09-01"},
            "decisions[0].reason_code",
            "请选择不予受理",
        ),
        ("decisions.0", {"kind": "handed_over", "decided_on": "2023-09-01"}, "decisions[0].handed_to", "请写明转给"),
        (
            "decisions.0.mediation_committee",
            "别处调委会",
            "decisions[0].mediation_committee",
            "本中心没有名为“别处调委会”",
        ),
        ("mediators.0.appointments", [], "assignments[0]", "没有本调委会的有效聘任"),
        ("assignments.0.kinship", "yes", "assignments[0].despite_reason", "有利害关系"),
        ("sessions.0.participants", "某人", "sessions[0].participants_agreed", "须经当事人同意"),
        ("sessions", [], "outcomes[0]", "还没有调解记录"),
        ("outcomes.0.kind", "oral", "agreements[0]", "与本协议形式不符"),
        ("agreements.0.clauses", ["付＿＿元。"], "agreements[0].clauses[0]", "没有填写"),
        ("agreements.0.party_nos", [1], "agreements[0]", "至少要有两方"),
    ],
)
def test_a_rule_of_the_trade_is_told_at_its_place_in_the_file(
    path: str, value: object, place: str, part: str, desk: Desk
) -> None:
    plain = broken(path, value)
    if not place:
        bring(desk, json.dumps(plain))
        return
    found = refused(desk, plain).faults
    assert any(fault.place == place and part in fault.sentence for fault in found), [*found]


def test_a_mark_of_somebody_who_has_no_part_in_it_is_told_at_its_place(desk: Desk) -> None:
    plain = broken("agreements.0.obligations", [])
    plain["agreements"][0]["signatures"][2] |= {"role": "party"}
    [fault] = refused(desk, plain).faults
    assert (fault.place, fault.sentence) == ("agreements[0].signatures[2]", "签署人不是本协议的当事人。")


def test_a_committee_must_be_named_where_there_are_several(desk: Desk) -> None:
    desk.do(save_committee, Committee(uid=uid(50), name="第二调解委员会", short_name="二"))
    assert "请写明由哪一个受理" in str(refused(desk, FILES[0].read_text(encoding="utf-8")))
    plain = broken("decisions.0.mediation_committee", "第二调解委员会")
    case = desk.case(bring(desk, json.dumps(plain)))
    assert case.committee_id == 2
    assert case.number == "（2026）二人调字第1号"


def test_a_mediator_is_found_by_name_and_unit(desk: Desk) -> None:
    plain = told(FILES[0].read_text(encoding="utf-8"))
    plain["mediators"][0] = {"no": 1, "name": "赵和"}
    for signature in plain["agreements"][0]["signatures"]:
        signature["signed_on"] = "2025-09-01"
    content = json.dumps(plain).replace("2023-09-01", "2025-09-01")
    case = desk.case(bring(desk, content))
    assert [each.mediator_id for each in case.assignments] == [APPOINTED]


def test_a_mediator_of_the_same_name_elsewhere_comes_into_the_directory_on_call(desk: Desk) -> None:
    plain = told(FILES[0].read_text(encoding="utf-8"))
    plain["mediators"][0] |= {"name": "赵和", "unit": "别的单位", "profession": "lawyer"}
    bring(desk, json.dumps(plain))
    with desk.database.reading() as records:
        added = records.mediators.all()[-1]
    assert (added.name, added.unit, added.profession) == ("赵和", "别的单位", "lawyer")
    assert added.presence is Presence.ON_CALL
    assert added.may_preside(date(2023, 9, 1), 1)
    assert "请核对聘任" in added.note


def test_appointments_by_committees_of_another_centre_are_left_out(desk: Desk) -> None:
    plain = told(FILES[0].read_text(encoding="utf-8"))
    plain["mediators"][0]["appointments"].append({"mediation_committee": "别处调委会", "since": "2020-01-01"})
    bring(desk, json.dumps(plain))
    with desk.database.reading() as records:
        assert [each.since for each in records.mediators.all()[-1].appointments] == [date(2023, 1, 1)]


def test_neither_confidential_notes_nor_anything_from_them_is_given_away(desk: Desk) -> None:
    case_id = closed_after_all(desk)
    before = export(desk, case_id)
    desk.do(add_confidential_note, case_id, "当事人私下愿意让到八千", 1)
    desk.do(add_confidential_note, case_id, "另有隐情")
    assert export(desk, case_id) == before


def test_what_is_known_of_people_without_a_part_in_the_case_stays_behind(desk: Desk) -> None:
    case_id = chosen_with_care(desk)
    before = export(desk, case_id)
    desk.do(record_recusal, case_id, ON_CALL, "same_employer", RecusalAnswer.YES)
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.rankings.append(Ranking(no=1, role="presiding", candidates=[{"score": 61}], by_id=1, made_at=desk.now))
        case.assignments[0].ranking_no = 1
    assert export(desk, case_id) == before


def test_what_was_said_of_mediators_is_there_once_and_in_order(desk: Desk, other: Desk) -> None:
    case = other.case(bring(other, export(desk, chosen_with_care(desk))))
    assert [(each.party_no, each.mediator_id, each.kind, each.upheld) for each in case.stances] == [
        (2, APPOINTED, StanceKind.OPPOSES, True),
        (1, LAPSED, StanceKind.OPPOSES, False),
        (1, ON_CALL, StanceKind.CHOOSES, None),
        (1, ON_CALL, StanceKind.WITHDRAWN, None),
    ]
    assert [(each.mediator_id, each.reason_code, each.answer, each.note) for each in case.recusal_checks] == [
        (APPOINTED, "kinship", RecusalAnswer.NO, "已问双方"),
        (LAPSED, "same_employer", RecusalAnswer.YES, ""),
    ]
    assert case.stage == Stage.ASSIGNED


def test_what_a_service_refuses_of_it_is_told_at_its_place(desk: Desk, other: Desk) -> None:
    plain = told(export(desk, chosen_with_care(desk)))
    del plain["stances"][1]["reason"]
    [fault] = refused(other, plain).faults
    assert (fault.place, fault.sentence) == ("stances[1]", "请写明当事人反对的理由。")


def test_attachments_stay_behind_and_closing_says_so(desk: Desk, other: Desk) -> None:
    case_id = desk.performing_orally()
    content = b"%PDF-1.7 secret"
    desk.do(attach, case_id, kind=AttachmentKind.IDENTITY, file_name="证.pdf", content=content)
    desk.do(record_performance, case_id, 1, 1, done_on=TODAY, amount_fen=300_000)
    desk.do(follow_up, case_id, done_on=TODAY, situation="已付清。", visitor="登记员")
    desk.do(close_case, case_id)
    left = export(desk, case_id)
    assert "证.pdf" not in left
    closing = other.case(bring(other, left)).closing
    assert closing is not None
    assert closing.missing_papers == ["当事人身份证明"]
    assert closing.despite_reason == "附件没有随案件文件移交。"


def test_a_lapsed_appointment_goes_with_its_mediator(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(assign, case_id, Choice(mediator_id=LAPSED, role=AssignmentRole.HELPER))
    [mediator] = told(export(desk, case_id))["mediators"]
    assert mediator == {
        "no": 1,
        "name": "钱平",
        "appointments": [
            {"mediation_committee": "示例街道人民调解委员会", "since": "2025-01-01", "until": "2026-06-30"}
        ],
    }


def test_a_matter_outside_mediation_needs_its_reason_there_too(desk: Desk, other: Desk) -> None:
    case_id = desk.registered()
    desk.do(triage, case_id, path="M1", event_category="1101", reason="只涉及补偿款的分割")
    plain = told(export(desk, case_id))
    del plain["triage"]["reason"]
    assert [fault.place for fault in refused(other, deepcopy(plain)).faults] == ["triage"]
