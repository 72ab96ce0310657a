"""A paper in hand is told from what is on file."""

from datetime import timedelta

import pytest

from mediation_desk.domain.paper import content_digest, short_digest
from mediation_desk.services.agreements import (
    draft_agreement,
    drop_draft,
    freeze_agreement,
    record_signatures,
    withdraw_agreement,
)
from mediation_desk.services.paper_log import keep_version, note_printed
from mediation_desk.services.triage import void_number
from mediation_desk.services.verification import Standing, Verdict, parse_qr, verify
from tests.desk import Desk, all_marks

AGREED, DRAFTED, FIRST, SECOND = (content_digest([word]) for word in ("定稿", "草稿", "第一版", "第二版"))
CASE, AGREEMENT = "（2026）示人调字第1号", "（2026）示人调协字第1号"


def check(desk: Desk, number: str, digest: str) -> Verdict:
    with desk.database.reading() as records:
        return verify(records, number, short_digest(digest))


def frozen(desk: Desk) -> int:
    """An agreement whose paper has a digest of its own."""
    case_id = desk.drafted()
    freeze(desk, case_id)
    return case_id


def freeze(desk: Desk, case_id: int) -> None:
    desk.do(freeze_agreement, case_id, 1)
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.agreements[0].content_digest = AGREED
    assert (desk.case(case_id).number, desk.agreement(case_id).number) == (CASE, AGREEMENT)


def print_(desk: Desk, case_id: int, digest: str, *, code: str = "D03", no: int = 0, copies: int = 2) -> None:
    title = "人民调解协议书" if code == "D08" else "人民调解申请书"
    desk.do(note_printed, case_id, code, no, title, [], digest, copies)


# --- agreements


def test_the_very_agreement_is_told_with_what_became_of_it(desk: Desk) -> None:
    case_id = frozen(desk)
    verdict = check(desk, AGREEMENT, AGREED)
    assert tuple(verdict) == (
        Standing.CURRENT,
        f"与存档一致：书面协议 {AGREEMENT}，2026年11月23日定稿，没有打印记录，还没有生效（签名、盖章没有登记齐）。",
        case_id,
    )
    assert verdict.is_current
    print_(desk, case_id, AGREED, code="D08", no=1)
    print_(desk, case_id, AGREED, code="D08", no=1, copies=1)
    desk.do(record_signatures, case_id, 1, all_marks())
    assert check(desk, AGREEMENT, AGREED).sentence == (
        f"与存档一致：书面协议 {AGREEMENT}，2026年11月23日定稿，已打印3份，自2026年11月23日起生效。"
    )


@pytest.mark.parametrize("number", [AGREEMENT, "(2026) 示人调协字第1号", CASE])
def test_brackets_of_the_number_do_not_matter_and_the_case_s_will_do(desk: Desk, number: str) -> None:
    frozen(desk)
    assert check(desk, number, AGREED).is_current


def test_a_withdrawn_agreement_is_known_by_its_voided_number(desk: Desk) -> None:
    case_id = frozen(desk)
    desk.now += timedelta(days=1)
    desk.do(withdraw_agreement, case_id, 1, reason="金额写错")
    verdict = check(desk, AGREEMENT, AGREED)
    assert (verdict.standing, verdict.is_current) == (Standing.WITHDRAWN, False)
    assert verdict.sentence == f"这是书面协议 {AGREEMENT}，已于2026年11月24日撤回，没有效力，原编号已作废。"


def test_a_printed_draft_is_older_than_the_final_text(desk: Desk) -> None:
    case_id = desk.drafted()
    print_(desk, case_id, DRAFTED, code="D08", no=1)
    assert check(desk, CASE, DRAFTED).is_current
    freeze(desk, case_id)
    verdict = check(desk, AGREEMENT, DRAFTED)
    assert tuple(verdict) == (
        Standing.OLDER,
        "这是人民调解协议书2026年11月23日的文本，定稿（2026年11月23日）的文本与它不同，请以定稿为准。",
        case_id,
    )


def test_a_draft_that_was_thrown_away_is_of_no_effect(desk: Desk) -> None:
    case_id = desk.drafted()
    print_(desk, case_id, DRAFTED, code="D08", no=1)
    desk.do(drop_draft, case_id, 1)
    desk.do(draft_agreement, case_id)
    verdict = check(desk, CASE, DRAFTED)
    assert tuple(verdict) == (
        Standing.OLDER,
        "这是人民调解协议书2026年11月23日的文本，所属草稿已删除，没有效力。",
        case_id,
    )


# --- other papers


def test_a_paper_is_current_until_another_wording_was_kept(desk: Desk) -> None:
    case_id = desk.accepted()
    print_(desk, case_id, FIRST)
    print_(desk, case_id, FIRST, copies=1)
    assert check(desk, CASE, FIRST).sentence == "与存档一致：人民调解申请书2026年11月23日的文本，已打印3份。"
    desk.now += timedelta(days=2)
    print_(desk, case_id, SECOND)
    verdict = check(desk, CASE, FIRST)
    assert verdict.standing is Standing.OLDER
    assert verdict.sentence == (
        "这是人民调解申请书2026年11月23日的文本，已于2026年11月25日由新的文本替换，请以新文本为准。"
    )
    assert check(desk, CASE, SECOND).is_current


def test_a_wording_that_came_back_is_current_again(desk: Desk) -> None:
    case_id = desk.accepted()
    for digest in (FIRST, SECOND, FIRST):
        desk.do(keep_version, case_id, "D03", 0, "人民调解申请书", [], digest)
    assert check(desk, CASE, FIRST).sentence == "与存档一致：人民调解申请书2026年11月23日的文本，没有打印记录。"


def test_another_paper_of_the_case_replaces_nothing(desk: Desk) -> None:
    case_id = desk.accepted()
    print_(desk, case_id, FIRST)
    print_(desk, case_id, SECOND, code="D04")
    assert check(desk, CASE, FIRST).is_current


def test_a_case_without_number_is_found_by_its_query_code(desk: Desk) -> None:
    case_id = desk.registered()
    print_(desk, case_id, FIRST)
    assert check(desk, desk.case(case_id).query_code.lower(), FIRST).is_current


def test_a_voided_number_of_a_case_is_still_ours(desk: Desk) -> None:
    case_id = desk.accepted()
    print_(desk, case_id, FIRST)
    desk.do(void_number, case_id, reason="编错")
    assert check(desk, CASE, FIRST).is_current


# --- what is not ours


def test_a_wrong_digest_is_told_from_a_wrong_number(desk: Desk) -> None:
    case_id = frozen(desk)
    print_(desk, case_id, FIRST)
    verdict = check(desk, f" {CASE} ", SECOND)
    assert (verdict.standing, verdict.case_id) == (Standing.FOREIGN, case_id)
    assert verdict.sentence.startswith(f"编号{CASE}是本中心的，但校验码与存档的各个文本都不符")
    unknown = check(desk, "（2026）示人调字第9号", AGREED)
    assert (unknown.standing, unknown.case_id) == (Standing.UNKNOWN, None)
    assert unknown.sentence.startswith("没有编号为“（2026）示人调字第9号”的案件或协议")


@pytest.mark.parametrize("number", ["", " ", "（）"])
def test_no_number_is_nobody_s(desk: Desk, number: str) -> None:
    desk.registered()
    assert check(desk, number, FIRST).standing is Standing.UNKNOWN


def test_wordings_of_drafts_are_no_papers(desk: Desk) -> None:
    desk.drafted()
    with desk.database.reading() as records:
        [kept] = records.versions.of_case(1)
    assert check(desk, CASE, kept.digest).standing is Standing.FOREIGN


# --- QR codes


def test_the_code_on_a_paper_is_taken_apart() -> None:
    assert parse_qr(f"MDESK:{AGREEMENT}:3F2A-91BC-07DE\n") == (AGREEMENT, "3F2A-91BC-07DE")
    assert parse_qr("MDESK:7K3M-9QXA:3F2A-91BC-07DE:garbled:?") == ("7K3M-9QXA", "3F2A-91BC-07DE")


@pytest.mark.parametrize("text", ["", "MDESK:", "MDESK:x", "MDESK:x:", "MDESK::3F2A", "https://example.org/a:b"])
def test_another_code_is_none_of_ours(text: str) -> None:
    assert parse_qr(text) is None
