"""What was printed is remembered word for word, and what a draft said before each sitting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mediation_desk.domain.agreement_wording import wording
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.paper import content_digest
from mediation_desk.services.agreements import (
    draft_agreement,
    drop_draft,
    freeze_agreement,
    save_agreement,
    withdraw_agreement,
)
from mediation_desk.services.audit_log import look_at_log
from mediation_desk.services.paper_log import (
    DRAFT,
    keep_version,
    last_printed,
    note_exported,
    note_printed,
    times_printed,
    versions_of,
)
from mediation_desk.store.audit_log import LogFilter
from mediation_desk.store.versions import VersionRow
from tests.desk import NOW, Desk, text

FIRST, SECOND = ["申请人张三"], ["申请人张三", "修好并赔偿。"]


def print_(desk: Desk, case_id: int, content: list[str], copies: int = 2, *, code: str = "D03", no: int = 0) -> None:
    desk.do(note_printed, case_id, code, no, "人民调解申请书", content, content_digest(content), copies)


def kept(desk: Desk, case_id: int, code: str = DRAFT, no: int = 1) -> list[VersionRow]:
    with desk.database.reading() as records:
        return versions_of(records, case_id, code, no)


def wordings(desk: Desk, case_id: int, no: int = 1) -> list[list[str]]:
    with desk.database.reading() as records:
        return [records.versions.get(each.id).content for each in versions_of(records, case_id, DRAFT, no)]


# --- printing


def test_each_printing_is_noted_and_a_reprint_says_so(desk: Desk) -> None:
    case_id = desk.registered()
    for copies in (2, 1, 3):
        print_(desk, case_id, FIRST, copies)
    printed = [(event.kind.label, event.text) for event in desk.case(case_id).events[-3:]]
    assert printed == [
        ("打印", "人民调解申请书 2份"),
        ("打印", "人民调解申请书 1份（重印，第2次）"),
        ("打印", "人民调解申请书 3份（重印，第3次）"),
    ]


def test_prints_and_saved_files_stand_in_the_log(desk: Desk) -> None:
    case_id = desk.registered()
    for copies in (2, 1):
        print_(desk, case_id, FIRST, copies)
    desk.do(note_exported, case_id, "D03", 0, "人民调解申请书", FIRST, content_digest(FIRST))
    lines = [(line.kind.label, line.what, line.case_id) for line in desk.look(look_at_log, LogFilter())]
    told = [line for line in lines if line[0] != "记录"]
    assert told == [
        ("导出", "人民调解申请书", case_id),
        ("打印", "人民调解申请书（重印，第2次） 1份", case_id),
        ("打印", "人民调解申请书 2份", case_id),
    ]


def test_papers_are_counted_apart(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    print_(desk, case_id, FIRST)
    print_(desk, case_id, FIRST, code="D07", no=1)
    print_(desk, case_id, FIRST, code="D07", no=2)
    print_(desk, other, FIRST)
    assert all("重印" not in event.text for event in desk.case(case_id).events)
    with desk.database.reading() as records:
        assert times_printed(records, case_id, "D07", 2) == 1
        assert times_printed(records, case_id, "D07", 3) == 0


def test_what_the_paper_said_when_it_was_last_printed_is_known(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records:
        assert last_printed(records, case_id, "D03", 0) is None
    print_(desk, case_id, FIRST)
    print_(desk, case_id, SECOND)
    desk.do(keep_version, case_id, "D03", 0, "人民调解申请书", ["改了"], content_digest(["改了"]))
    with desk.database.reading() as records:
        version = last_printed(records, case_id, "D03", 0)
    assert version is not None
    assert (version.content, version.digest, version.copies) == (SECOND, content_digest(SECOND), 2)
    assert (version.title, version.by_id, version.kept_at) == ("人民调解申请书", 1, NOW)
    rows = kept(desk, case_id, "D03", 0)
    assert [(each.digest, each.copies) for each in rows] == [
        (content_digest(FIRST), 2),
        (content_digest(SECOND), 2),
        (content_digest(["改了"]), 0),
    ]


def test_the_same_words_are_not_kept_twice_running_unless_printed(desk: Desk) -> None:
    case_id = desk.registered()
    for content in (FIRST, FIRST, SECOND, FIRST, FIRST):
        desk.do(keep_version, case_id, "D03", 0, "人民调解申请书", content, content_digest(content))
    assert [each.copies for each in kept(desk, case_id, "D03", 0)] == [0, 0, 0]
    print_(desk, case_id, FIRST, 1)
    assert [each.copies for each in kept(desk, case_id, "D03", 0)] == [0, 0, 0, 1]


def test_a_version_that_is_gone_is_told(desk: Desk) -> None:
    with desk.database.reading() as records, pytest.raises(NotFound, match="找不到留存的这一版文书"):
        records.versions.get(5)


# --- drafts


def test_a_draft_is_kept_as_it_was_begun_and_not_at_each_keystroke(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.do(draft_agreement, case_id)
    for facts in ("李", "李四", "李四家"):
        desk.now += timedelta(minutes=5)
        desk.do(save_agreement, case_id, 1, text(facts=facts))
    assert [each.title for each in kept(desk, case_id)] == ["起草"]
    assert wordings(desk, case_id) == [["当事人：", "张三、李四", "协议日期：", "2026年11月23日"]]


def test_after_a_pause_what_the_draft_said_before_is_kept(desk: Desk) -> None:
    case_id = desk.drafted()
    before = wording(desk.case(case_id), desk.agreement(case_id))
    desk.now += timedelta(minutes=30)
    desk.do(save_agreement, case_id, 1, text(facts="改"))
    desk.now += timedelta(minutes=1)
    desk.do(save_agreement, case_id, 1, text(facts="改了"))
    assert [(each.title, each.kept_at) for each in kept(desk, case_id)] == [
        ("起草", NOW),
        ("修改前", NOW + timedelta(minutes=30)),
    ]
    assert wordings(desk, case_id)[-1] == before


def test_another_user_begins_another_sitting(desk: Desk) -> None:
    case_id = desk.drafted()
    for facts in ("改", "改了"):
        with desk.database.writing() as records:
            save_agreement(records, replace(desk.act, by_id=2), case_id, 1, text(facts=facts))
    assert [(each.title, each.by_id) for each in kept(desk, case_id)] == [("起草", 1), ("修改前", 2)]


def test_a_draft_left_as_it_was_begun_holds_until_it_is_changed(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.do(draft_agreement, case_id)
    desk.now += timedelta(hours=2)
    desk.do(save_agreement, case_id, 1, text(facts="李"))
    desk.do(save_agreement, case_id, 1, text(facts="李四"))
    assert [(each.title, each.kept_at) for each in kept(desk, case_id)] == [("修改前", desk.now)]


def test_the_final_wording_is_kept_and_a_withdrawal_begins_anew_with_it(desk: Desk) -> None:
    case_id = desk.drafted()
    desk.do(freeze_agreement, case_id, 1)
    desk.do(withdraw_agreement, case_id, 1, reason="金额写错")
    final = wording(desk.case(case_id), desk.agreement(case_id))
    assert [each.title for each in kept(desk, case_id)] == ["起草", "定稿"]
    assert [each.title for each in kept(desk, case_id, no=2)] == ["起草"]
    assert wordings(desk, case_id)[-1] == wordings(desk, case_id, 2)[-1] == final


def test_a_draft_frozen_as_it_was_kept_is_kept_once(desk: Desk) -> None:
    case_id = desk.frozen()
    desk.do(withdraw_agreement, case_id, 1, reason="要重盖章")
    desk.do(freeze_agreement, case_id, 2)
    assert [each.title for each in kept(desk, case_id, no=2)] == ["定稿"]


def test_the_versions_of_a_draft_go_with_it_and_its_number_is_free_again(desk: Desk) -> None:
    case_id = desk.drafted()
    print_(desk, case_id, FIRST, code="D08", no=1)
    desk.do(drop_draft, case_id, 1)
    assert kept(desk, case_id) == []
    desk.do(draft_agreement, case_id)
    with desk.database.reading() as records:
        assert last_printed(records, case_id, "D08", 1) is None
        assert times_printed(records, case_id, "D08", 0) == 1
