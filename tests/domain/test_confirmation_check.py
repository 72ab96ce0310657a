"""What is looked at before a court is asked: nothing against an agreement that lacks nothing, else each thing once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep, Lawsuit
from mediation_desk.domain.agreement import AgreementForm, Clause
from mediation_desk.domain.confirmation_check import check_before_court
from mediation_desk.domain.finding import FindingKind
from mediation_desk.domain.rules import Rules
from tests.domain.drafts import NOW, TODAY, Draft, claimant, in_effect
from tests.domain.right_agreements import leak

LATE = TODAY + timedelta(days=31)


def complete() -> Draft:
    draft = in_effect(leak())
    for number, party in enumerate(draft.case.parties):
        party.id_number, party.address, party.phone = f"11000019900101001{number}", "示例街1号", "13800000000"
    return draft


def told(draft: Draft, rules: Rules, today: date = TODAY) -> list[tuple[FindingKind, str, bool]]:
    found = check_before_court(draft.case, draft.agreement, rules, today)
    return [(each.kind, each.sentence, each.is_hard) for each in found]


def test_nothing_is_said_against_what_lacks_nothing(rules: Rules) -> None:
    assert told(complete(), rules) == []


def speak(*texts: str) -> Callable[[Draft], None]:
    def spoil(draft: Draft) -> None:
        draft.agreement.clauses += [Clause(text=text) for text in texts]

    return spoil


def make_oral(draft: Draft) -> None:
    draft.agreement.form = AgreementForm.ORAL


def unsign(draft: Draft) -> None:
    draft.agreement.signatures.pop()


def sue(draft: Draft) -> None:
    draft.case.lawsuits.append(Lawsuit(agreement_no=1, filed_on=TODAY, court="示例法院", by_id=1, recorded_at=NOW))


def waive_all(draft: Draft) -> None:
    for each in draft.agreement.obligations:
        each.waived_on = TODAY


def owe_nothing(draft: Draft) -> None:
    draft.agreement.obligations = []


def leave_open(draft: Draft) -> None:
    draft.agreement.obligations[0].due_on = draft.agreement.obligations[0].amount_fen = None


def leave_out_a_party(draft: Draft) -> None:
    draft.case.parties.append(claimant("赵大海", 3))
    draft.agreement.clauses.append(Clause(text="赵大海应配合维修。"))


def forget_papers(draft: Draft) -> None:
    draft.case.parties[0].id_number = draft.case.parties[0].phone = ""


@pytest.mark.parametrize(
    ("spoil", "kind", "words", "is_hard"),
    [
        (make_oral, FindingKind.CONFIRMATION, "口头协议没有协议书，不能申请", True),
        (unsign, FindingKind.CONFIRMATION, "协议还没有生效", True),
        (sue, FindingKind.CONFIRMATION, "已经就这份协议起诉", False),
        (waive_all, FindingKind.CONFIRMATION, "没有要靠法院执行的内容", False),
        (owe_nothing, FindingKind.INDEFINITE, "没有登记履行安排", False),
        (leave_open, FindingKind.INDEFINITE, "第1项履行安排没有写明金额、日期。内容不明确的，法院裁定驳回", False),
        (speak("王建国尽快付清。"), FindingKind.INDEFINITE, "“尽快”", False),
        (speak("双方同意解除收养关系。"), FindingKind.STATUS, "法院也不受理", False),
        (speak("房屋归张秀兰所有。"), FindingKind.OWNERSHIP, "法院不受理司法确认申请", False),
        (speak("专利权归王建国。"), FindingKind.OWNERSHIP, "知识产权确权", False),
        (leave_out_a_party, FindingKind.SIGNER, "赵大海", False),
        (forget_papers, FindingKind.CONFIRMATION, "张秀兰没有登记证件号码、联系电话", False),
    ],
)
def test_each_thing_is_told(
    spoil: Callable[[Draft], None], kind: FindingKind, words: str, is_hard: bool, rules: Rules
) -> None:
    draft = complete()
    spoil(draft)
    assert any(
        (found, hard) == (kind, is_hard) and words in sentence for found, sentence, hard in told(draft, rules)
    ), told(draft, rules)


@pytest.mark.parametrize(
    ("state", "is_late"),
    [
        (None, True),
        (ConfirmationState.NOT_WANTED, True),
        (ConfirmationState.WITHDRAWN, True),
        (ConfirmationState.APPLIED, False),
        (ConfirmationState.CONFIRMED, False),
    ],
)
def test_after_thirty_days_it_is_too_late_unless_a_court_was_asked(
    state: ConfirmationState | None, is_late: bool, rules: Rules
) -> None:
    draft = complete()
    if state:
        draft.case.confirmation_steps.append(
            ConfirmationStep(agreement_no=1, state=state, happened_on=TODAY, by_id=1, recorded_at=NOW)
        )
    expected = (FindingKind.CONFIRMATION, "申请期限到2026年12月23日为止，已经过了（民事诉讼法第205条）。", True)
    assert told(draft, rules, LATE) == ([expected] if is_late else [])


def test_what_makes_it_impossible_comes_first(rules: Rules) -> None:
    draft = complete()
    forget_papers(draft)
    assert [hard for _, _, hard in told(draft, rules, LATE)] == [True, False]
