"""Steps are undone by name while nothing rests on them and nothing left the house, and done again exactly."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.case import Answer, AttachmentKind, Case, OutcomeKind
from mediation_desk.domain.choice import RecusalAnswer, StanceKind
from mediation_desk.domain.errors import ChangedMeanwhile, NotAllowed
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.petition import PetitionStepKind
from mediation_desk.domain.stage import stage_of
from mediation_desk.services.afterwards import close_case, follow_up, record_performance
from mediation_desk.services.agreements import (
    draft_agreement,
    drop_draft,
    freeze_agreement,
    record_signatures,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.assignment import (
    Choice,
    assign,
    record_recusal,
    record_stance,
    relieve,
)
from mediation_desk.services.attachments import attach, remove_attachment
from mediation_desk.services.attendance import check_in
from mediation_desk.services.breach import record_breach, record_lawsuit, record_lawsuit_result, record_measures
from mediation_desk.services.call_out import CallOutWish, begin_call_out
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.intake import ask_willingness, correct, take_in
from mediation_desk.services.mediation import add_confidential_note, record_outcome, record_session
from mediation_desk.services.own_settings import set_own
from mediation_desk.services.paper_log import note_printed
from mediation_desk.services.petitions import PetitionItem, record_petition, record_petition_step
from mediation_desk.services.ratings import record_rating
from mediation_desk.services.saved_filters import drop_filter, save_filter
from mediation_desk.services.triage import accept, decline, hand_over, triage, void_number
from mediation_desk.services.undo import Step, Trail, step_done, undo
from mediation_desk.services.undo_rules import KEPT, REGISTERED, UNDOABLE, WHY_NOT
from mediation_desk.store.audit import verify
from mediation_desk.store.database import Database
from mediation_desk.store.watching import WATCHED
from tests.desk import APPOINTED, NOW, TODAY, Desk, all_marks, intake, photo, session, text, uid
from tests.engines import Files, Server

Way = Callable[..., Any]


@pytest.fixture
def second_desk(desk: Desk, engine: Files | Server) -> Iterator[Database]:
    database = engine.open_again(desk.database)
    yield database
    database.close()


def take(desk: Desk, service: Way, *args: Any, **kwargs: Any) -> Step:
    """Take a step as the window does; what can be undone of it."""
    doing = Doing(what=service.__name__, by_id=desk.act.by_id, at=desk.now)
    with desk.database.writing(doing=doing) as records:
        service(records, desk.act, *args, **kwargs)
    step = step_done(desk.act, service.__name__, (), records.sealed)
    assert step is not None
    return step


def take_back(desk: Desk, step: Step, trail: Trail | None = None, how: str = "undo") -> Step:
    trail = Trail() if trail is None else trail
    with desk.database.writing(doing=Doing(what=f"{how} {step.what}", by_id=desk.act.by_id, at=desk.now)) as records:
        undo(records, desk.act, step, trail)
    taken = step_done(desk.act, step.what, step.needs, records.sealed)
    assert taken is not None
    trail.keep(step, taken)
    return taken


def facts(desk: Desk) -> dict[str, list[Any]]:
    """Every watched row; without what is proof and stays, and without the count of writes."""
    found: dict[str, list[Any]] = {}
    with desk.database.reading() as records:
        for table in sorted(set(WATCHED) - KEPT):
            rows = records.connection.exec_driver_sql(f"select * from {table} order by id").mappings()
            found[table] = [json.dumps({**row, "version_id": 0}, default=str, sort_keys=True) for row in rows]
    return found


def kept_true(desk: Desk) -> None:
    """The log fits the rows, and the stage of every case is that of its facts."""
    assert verify(desk.database) == []
    with desk.database.reading() as records:
        for case_id in records.cases.ids():
            case: Case = records.cases.get(case_id)
            assert case.stage == stage_of(case)


# --- the table of services


def first(desk: Desk, prepared: str) -> int:
    return int(getattr(desk, prepared)())


AGREES, OPPOSES = Answer.AGREES, StanceKind.OPPOSES
ITEM = PetitionItem(kind="redress_claim", received_on=TODAY, number="XF1")
BROKEN = {"obligation_no": 1, "found_on": TODAY, "situation": "第一期没有付"}
SUED = {"filed_on": TODAY, "plaintiff_no": 1, "court": "示例区人民法院"}

CAN_BE_UNDONE: list[tuple[str, Way, tuple[Any, ...], dict[str, Any]]] = [
    ("registered", ask_willingness, ([1, 2], AGREES), {"asked_at": NOW}),
    ("registered", triage, (), {"path": "M1", "dispute_kind": "02"}),
    ("triaged", triage, (), {"path": "P5", "reason": "要求复议"}),
    ("triaged", decline, (), {"reason_code": "other"}),
    ("registered", record_petition, (ITEM,), {}),
    ("accepted", assign, (Choice(mediator_id=APPOINTED),), {}),
    ("accepted", record_stance, ([1], APPOINTED, OPPOSES, "偏袒"), {}),
    ("accepted", record_recusal, (APPOINTED, "interest", RecusalAnswer.NO), {}),
    ("assigned", relieve, (APPOINTED,), {"reason": "出差"}),
    ("assigned", record_session, (session(),), {}),
    ("assigned", add_confidential_note, ("愿意让步。",), {}),
    ("in_mediation", record_outcome, (OutcomeKind.FAILED,), {"reason_code": "no_prospect"}),
    ("agreed", draft_agreement, (), {}),
    ("drafted", save_agreement, (1, text(facts="另有说法。")), {}),
    ("drafted", drop_draft, (1,), {}),
    ("performing", record_performance, (1, 1), {"done_on": TODAY, "amount_fen": 1000}),
    ("performing", follow_up, (), {"done_on": TODAY, "situation": "按期履行", "visitor": "赵和", "due_on": TODAY}),
    ("performing", record_breach, (1,), BROKEN),
    ("performing", record_rating, (1, "satisfied"), {"rated_on": TODAY, "channel": "当面"}),
    ("performing", record_lawsuit, (1,), SUED),
    ("performing", close_case, (), {"despite_reason": "当事人要求"}),
]


@pytest.mark.parametrize(
    ("prepared", "service", "args", "kwargs"), CAN_BE_UNDONE, ids=lambda part: getattr(part, "__name__", None)
)
def test_a_fact_that_has_not_left_the_house_is_undone_and_done_again(
    desk: Desk, prepared: str, service: Way, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    case_id = first(desk, prepared)
    before = facts(desk)
    step, trail = take(desk, service, case_id, *args, **kwargs), Trail()
    after = facts(desk)
    assert step.refusal == ""
    assert after != before
    undone = take_back(desk, step, trail)
    assert facts(desk) == before
    kept_true(desk)
    redone = take_back(desk, undone, trail, "redo")
    assert facts(desk) == after
    kept_true(desk)
    take_back(desk, redone, trail)
    assert facts(desk) == before


def test_a_correction_is_undone_but_no_form_filled_before_is_taken_for_new(desk: Desk) -> None:
    case_id = desk.registered()
    before = facts(desk)
    step = take(desk, correct, case_id, 1, intake(matter="噪声"))
    take_back(desk, step)
    assert facts(desk) == before
    assert desk.case(case_id).version_id == 3
    with pytest.raises(ChangedMeanwhile):
        desk.do(correct, case_id, 2, intake(matter="旧表"))


def test_what_a_user_keeps_for_himself_is_undone_too(desk: Desk) -> None:
    desk.do(save_filter, uid(60), "甲", {"stage": "open"})
    before = facts(desk)
    take_back(desk, take(desk, drop_filter, "甲"))
    assert facts(desk) == before


def test_a_petition_step_is_undone_with_its_case(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(record_petition, case_id, ITEM)
    before = facts(desk)
    step = take(desk, record_petition_step, case_id, PetitionStepKind.OFFERED, happened_on=TODAY, text="当面告知")
    assert {each.case_id for each in step.changes} == {case_id}
    take_back(desk, step)
    assert facts(desk) == before


@pytest.mark.parametrize(
    ("begun", "said", "service", "args", "kwargs"),
    [
        (record_breach, BROKEN, record_measures, (1,), {"taken_on": TODAY, "measures": "当面督促"}),
        (record_lawsuit, SUED, record_lawsuit_result, (1, "upheld"), {"result_on": TODAY, "result": "十日内付清"}),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_what_follows_a_breach_or_a_suit_is_undone_by_itself(
    desk: Desk, begun: Way, said: dict[str, Any], service: Way, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    case_id = desk.performing()
    desk.do(begun, case_id, 1, **said)
    before = facts(desk)
    take_back(desk, take(desk, service, case_id, *args, **kwargs))
    assert facts(desk) == before
    kept_true(desk)


CANNOT_BE_UNDONE: list[tuple[str, Way, tuple[Any, ...], dict[str, Any], str]] = [
    ("willing", accept, (), {"committee_id": 1}, "编号发出或作废后不再改动"),
    ("triaged", hand_over, (), {"handed_to": "示例局"}, "转办往来已经送出或签收，不能撤销。"),
    ("accepted", void_number, (), {"reason": "编错"}, "编号发出或作废后不再改动"),
    ("drafted", freeze_agreement, (1,), {}, "协议已经定稿，不能撤销。需要修改请用“撤回定稿”"),
    ("frozen", withdraw_agreement, (1,), {"reason": "写错"}, "定稿已经撤回"),
    ("frozen", record_signatures, (1, all_marks()), {}, "签署是当事人作出的"),
    ("registered", note_printed, ("D03", 0, "申请书", ["申请"], "d" * 64, 1), {}, "文书已经打印或另存"),
    (
        "registered",
        attach,
        (),
        {"kind": AttachmentKind.EVIDENCE, "file_name": "借条.png", "content": photo()},
        "附件已经收存，不能撤销。收错的请用“移除附件”",
    ),
]


@pytest.mark.parametrize(
    ("prepared", "service", "args", "kwargs", "sentence"),
    CANNOT_BE_UNDONE,
    ids=lambda part: getattr(part, "__name__", None),
)
def test_what_left_the_house_is_refused_with_what_to_do_instead(
    desk: Desk, prepared: str, service: Way, args: tuple[Any, ...], kwargs: dict[str, Any], sentence: str
) -> None:
    step = take(desk, service, first(desk, prepared), *args, **kwargs)
    with desk.refuses(sentence):
        take_back(desk, step)


@pytest.mark.parametrize(
    ("service", "args", "sentence"),
    [
        (take_in, (intake(),), REGISTERED),
        (begin_call_out, (CallOutWish(uid=uid(70), purpose="协助普法", order=(3,)),), "呼叫已经打出"),
        (check_in, (APPOINTED,), "排班和签到不在这里撤销"),
        (save_mediator, (Mediator(uid=uid(14), name="周五"),), "设置不在这里撤销"),
        (set_own, ("due_soon_days", 5, TODAY, "试行"), "设置不在这里撤销"),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_what_is_no_fact_of_a_case_is_refused_with_where_to_go(
    desk: Desk, service: Way, args: tuple[Any, ...], sentence: str
) -> None:
    step = take(desk, service, *args)
    with desk.refuses(sentence):
        take_back(desk, step)


def test_a_file_that_was_removed_is_not_brought_back(desk: Desk) -> None:
    case_id = desk.registered()
    desk.do(attach, case_id, kind=AttachmentKind.EVIDENCE, file_name="借条.png", content=photo())
    [attachment] = desk.case(case_id).attachments
    step = take(desk, remove_attachment, case_id, attachment.id, "放错")
    with desk.refuses("附件内容已经移除，不能撤销。"):
        take_back(desk, step)


def test_every_table_can_be_undone_or_says_why_not() -> None:
    assert set(WATCHED) == UNDOABLE | WHY_NOT.keys() | KEPT
    assert not UNDOABLE & WHY_NOT.keys()


# --- what came after


def test_nothing_is_undone_that_something_rests_on(desk: Desk) -> None:
    case_id = desk.triaged()
    step = take(desk, ask_willingness, case_id, [1, 2], AGREES, asked_at=NOW)
    take(desk, accept, case_id, committee_id=1)
    with desk.refuses("此后本案又有记录（登记员 9:30 受理并编号），不能撤销。"):
        take_back(desk, step)


def test_steps_are_undone_in_their_order_and_done_again_in_it(desk: Desk) -> None:
    case_id, other = desk.triaged(), desk.registered()
    trail, states = Trail(), [facts(desk)]
    steps = []
    for nos in ([1], [2]):
        steps.append(take(desk, ask_willingness, case_id, nos, AGREES, asked_at=NOW))
        states.append(facts(desk))
    steps.append(take(desk, triage, other, path="M1", dispute_kind="02"))
    states.append(facts(desk))
    undone = []
    for step, state in zip(reversed(steps), reversed(states[:-1]), strict=True):
        undone.append(take_back(desk, step, trail))
        assert facts(desk) == state
    redone = []
    for step, state in zip(reversed(undone), states[1:], strict=True):
        redone.append(take_back(desk, step, trail, "redo"))
        assert facts(desk) == state
    with desk.refuses("此后本案又有记录（登记员 9:30 重做：记调解意愿），不能撤销。"):
        take_back(desk, redone[0], trail)
    for step, state in zip(reversed(redone), reversed(states[:-1]), strict=True):
        take_back(desk, step, trail)
        assert facts(desk) == state
    kept_true(desk)


def test_what_was_printed_since_is_not_undone(desk: Desk) -> None:
    case_id = desk.registered()
    step = take(desk, ask_willingness, case_id, [1], AGREES, asked_at=NOW)
    take(desk, note_printed, case_id, "D03", 0, "申请书", ["申请"], "d" * 64, 1)
    with desk.refuses("此后已打印或另存过本案文书，不能撤销。"):
        take_back(desk, step)


def test_a_row_that_another_program_edited_is_left_as_it_is(desk: Desk) -> None:
    case_id = desk.registered()
    step = take(desk, triage, case_id, path="M1", dispute_kind="02")
    with desk.database.writing() as records:
        records.connection.exec_driver_sql("update triages set reason = '改过'")
    with desk.refuses("此后本案又有记录（另一个程序"):
        take_back(desk, step)


def test_a_row_that_is_not_what_the_step_left_is_refused_even_if_the_log_is_silent(desk: Desk) -> None:
    step = take(desk, save_filter, uid(60), "甲", {"stage": "open"})
    desk.do(save_filter, uid(61), "甲", {"stage": "done"})
    with desk.refuses("后来又有改动，这一步不能撤销。"):
        take_back(desk, step)


def test_what_was_undone_is_not_done_again_over_something_new(desk: Desk) -> None:
    case_id = desk.registered()
    trail = Trail()
    undone = take_back(desk, take(desk, ask_willingness, case_id, [1], AGREES, asked_at=NOW), trail)
    desk.do(ask_willingness, case_id, [1], Answer.REFUSES, asked_at=NOW)
    with desk.refuses("此后本案又有记录"):
        take_back(desk, undone, trail, "redo")


def test_what_another_case_took_the_place_of_is_not_done_again(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    trail = Trail()
    undone = take_back(desk, take(desk, ask_willingness, case_id, [1], AGREES, asked_at=NOW), trail)
    desk.do(ask_willingness, other, [1], Answer.REFUSES, asked_at=NOW)
    if desk.database.path is None:  # a server never gives a key again
        take_back(desk, undone, trail, "redo")
        return
    with desk.refuses("后来又有改动，这一步不能撤销。"):
        take_back(desk, undone, trail, "redo")


# --- who may


def test_only_who_did_it_undoes_it(desk: Desk) -> None:
    step = take(desk, triage, desk.registered(), path="M1", dispute_kind="02")
    with desk.refuses("只有办理的人自己能撤销。"):
        take_back(desk, replace(step, by_id=2))


def test_who_lost_the_right_to_a_step_cannot_undo_it(desk: Desk) -> None:
    step = take(desk, triage, desk.registered(), path="M1", dispute_kind="02")
    needs = triage.needs  # type: ignore[attr-defined]  # every guarded service knows
    with pytest.raises(NotAllowed), desk.database.writing() as records:
        undo(records, replace(desk.act, rights=frozenset()), replace(step, needs=needs), Trail())


# --- the log, and other desks


def test_the_log_tells_what_was_undone_and_by_whom(desk: Desk) -> None:
    case_id = desk.registered()
    take_back(desk, take(desk, triage, case_id, path="M1", dispute_kind="02"))
    with desk.database.reading() as records:
        [done, undone] = records.audit.touching([case_id], 0)[-2:]
    assert [(each.what, each.by_id) for each in (done, undone)] == [("triage", 1), ("undo triage", 1)]
    assert verify(desk.database) == []


def test_a_step_at_another_desk_stands_in_the_way(desk: Desk, second_desk: Database) -> None:
    case_id = desk.registered()
    step = take(desk, ask_willingness, case_id, [1], AGREES, asked_at=NOW)
    with second_desk.writing(doing=Doing(what="triage", by_id=1, at=NOW)) as records:
        triage(records, desk.act, case_id, path="M1", dispute_kind="02")
    with desk.refuses("此后本案又有记录（登记员 9:30 分流），不能撤销。"):
        take_back(desk, step)


def test_another_desk_sees_what_was_undone_and_goes_on(desk: Desk, second_desk: Database) -> None:
    case_id = desk.registered()
    take_back(desk, take(desk, triage, case_id, path="M1", dispute_kind="02"))
    with second_desk.writing() as records:
        assert records.cases.get(case_id).triage is None
        triage(records, desk.act, case_id, path="M1", dispute_kind="06")
    assert desk.case(case_id).dispute_kind == "06"
    kept_true(desk)
