"""A draft that two windows have open: neither overwrites the other's words unasked, and no words are lost."""

from dataclasses import fields
from typing import Any

from mediation_desk.domain.agreement import Agreement, Instalment, Obligation
from mediation_desk.domain.agreement_wording import wording
from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import ChangedMeanwhile, refuse_unless
from mediation_desk.domain.paper import content_digest
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, refuse_if_merged
from mediation_desk.services.agreements import AgreementText, find_agreement, save_agreement, set_text, text_of
from mediation_desk.services.paper_log import DRAFT, keep_draft_version, keep_version
from mediation_desk.store.records import Records

NOT_TAKEN = "未采用"
"""What the version is called that lost; it can be compared with the others."""

_OF_OBLIGATION = [
    each.name for each in fields(Obligation) if each.name not in ("id", "no", "instalments", "performances")
]
_OF_INSTALMENT = [each.name for each in fields(Instalment)]
_OF_TEXT = [each.name for each in fields(AgreementText) if each.name != "obligations"]


def says_the_same(one: AgreementText, other: AgreementText) -> bool:
    return _values(one) == _values(other)


def _values(text: AgreementText) -> list[Any]:
    """Everything a text says, as values that can be compared."""
    owed = [
        (
            [getattr(each, name) for name in _OF_OBLIGATION],
            sorted([getattr(part, name) for name in _OF_INSTALMENT] for part in each.instalments),
        )
        for each in text.obligations
    ]
    return [*(getattr(text, name) for name in _OF_TEXT), owed]


@needs(Right.AGREEMENTS)
def save_draft(
    records: Records, act: Act, case_id: int, no: int, text: AgreementText, was: AgreementText
) -> AgreementText:
    """Keep the draft as it stands in a window that last read or saved `was`; returns what it says now.

    Raises `ChangedMeanwhile` when another window saved other words since: `settle_draft` ends that.
    """
    agreement = find_agreement(records.cases.get(case_id), no)
    kept = text_of(agreement)
    if agreement.is_draft and not says_the_same(kept, was) and not says_the_same(kept, text):
        raise ChangedMeanwhile("另一个窗口刚改过这份草稿，您的改动还没有保存；两边的文字都在。")
    return text_of(save_agreement(records, act, case_id, no, text))


@needs(Right.AGREEMENTS)
def settle_draft(
    records: Records, act: Act, case_id: int, no: int, text: AgreementText, *, mine: bool
) -> AgreementText:
    """Let `text` hold, or what another window saved; the one that does not is kept among the versions of the draft."""
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(agreement.is_draft, "协议已定稿，文本不能再改；如需变更，请另立补充协议。")
    refuse_if_merged(case)
    if mine:
        keep_draft_version(records, act, case, agreement, NOT_TAKEN)
        set_text(agreement, text)
    else:
        _keep_words(records, act, case, agreement, text)
    records.flush()
    return text_of(agreement)


def _keep_words(records: Records, act: Act, case: Case, agreement: Agreement, text: AgreementText) -> None:
    """Keep what the agreement would say with this text; the agreement itself stays as it is."""
    assert case.id is not None
    other = Agreement(no=agreement.no, form=agreement.form, kind=agreement.kind, number=agreement.number)
    set_text(other, text)
    content = wording(case, other)
    keep_version(records, act, case.id, DRAFT, agreement.no, NOT_TAKEN, content, content_digest(content))
