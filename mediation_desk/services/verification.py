"""Whether a paper in hand is the one on file: asked by the number on it and the short digest at its foot."""

import re
from typing import NamedTuple

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.paper import is_digest_of
from mediation_desk.services.paper_log import AGREEMENT_PAPERS, DRAFT
from mediation_desk.store.records import Records
from mediation_desk.store.versions import VersionRow

_QR = re.compile(r"MDESK:(.+?):([0-9A-F]{4}(?:-[0-9A-F]{4}){2})(?::.*)?")


class Standing(Labelled):
    """What a paper in hand is to the file."""

    CURRENT = "current", "与存档一致"
    WITHDRAWN = "withdrawn", "已撤回"
    OLDER = "older", "旧文本"
    FOREIGN = "foreign", "与存档不符"
    UNKNOWN = "unknown", "没有这个编号"


class Verdict(NamedTuple):
    """What can be said of a paper, in a sentence; `case_id` where its number is ours."""

    standing: Standing
    sentence: str
    case_id: int | None = None

    @property
    def is_current(self) -> bool:
        return self.standing is Standing.CURRENT


def parse_qr(text: str) -> tuple[str, str] | None:
    """Query code or number, and short digest, from the QR code of a paper; None for another code.

    What follows the digest is for people: a scanner that types on a keyboard may garble the Chinese of it.
    """
    found = _QR.fullmatch(text.strip())
    return (found[1], found[2]) if found else None


def verify(records: Records, number: str, digest: str) -> Verdict:
    """Look a paper up by what stands on it: the number of an agreement or case (or its query code) and the digest."""
    case = _case_of(records, number.strip())
    if case is None:
        sentence = f"没有编号为“{number.strip()}”的案件或协议。请核对编号；编号无误的，这不是本中心的文书。"
        return Verdict(Standing.UNKNOWN, sentence)
    assert case.id is not None
    versions = [each for each in records.versions.of_case(case.id) if each.code != DRAFT]
    of_agreement = _verdict_on_agreement(case, versions, digest)
    if of_agreement:
        return of_agreement
    in_hand = next((each for each in reversed(versions) if is_digest_of(digest, each.digest)), None)
    if in_hand is None:
        sentence = (
            f"编号{number.strip()}是本中心的，但校验码与存档的各个文本都不符：这份文书不是本中心打印的，或被改动过。"
        )
        return Verdict(Standing.FOREIGN, f"{sentence}请核对校验码，并以存档为准。", case.id)
    return _verdict_on_version(case, versions, in_hand)


def _case_of(records: Records, number: str) -> Case | None:
    case_id = records.numbers.case_id_of(number)
    if case_id is None:
        try:
            case_id = records.cases.id_of_query_code(number)
        except NotFound:
            return None
    return records.cases.get(case_id)


def _verdict_on_agreement(case: Case, versions: list[VersionRow], digest: str) -> Verdict | None:
    """A frozen text, which no later one replaces: it stands until it is withdrawn."""
    agreement = next((each for each in case.agreements if is_digest_of(digest, each.content_digest)), None)
    if agreement is None:
        return None
    same = [each for each in versions if each.digest == agreement.content_digest]
    called = f"{agreement.form.label} {agreement.number}"
    if agreement.withdrawn_at is not None:
        sentence = f"这是{called}，已于{day_in_words(agreement.withdrawn_at)}撤回，没有效力，原编号已作废。"
        return Verdict(Standing.WITHDRAWN, sentence, case.id)
    assert agreement.frozen_at is not None
    frozen = f"{day_in_words(agreement.frozen_at)}定稿"
    sentence = f"与存档一致：{called}，{frozen}，{_printed(same)}，{_force(agreement)}"
    return Verdict(Standing.CURRENT, sentence, case.id)


def _force(agreement: Agreement) -> str:
    day = agreement.effective_on
    return f"自{day_in_words(day)}起生效。" if day else "还没有生效（签名、盖章没有登记齐）。"


def _verdict_on_version(case: Case, versions: list[VersionRow], in_hand: VersionRow) -> Verdict:
    called = f"{in_hand.title}{day_in_words(in_hand.kept_at)}的文本"
    if in_hand.code in AGREEMENT_PAPERS:
        agreement = case.agreement(in_hand.no)
        if agreement is None:
            return Verdict(Standing.OLDER, f"这是{called}，所属草稿已删除，没有效力。", case.id)
        if agreement.frozen_at:
            day = day_in_words(agreement.frozen_at)
            return Verdict(Standing.OLDER, f"这是{called}，定稿（{day}）的文本与它不同，请以定稿为准。", case.id)
    of_paper = [each for each in versions if (each.code, each.no) == (in_hand.code, in_hand.no)]
    same = [each for each in of_paper if each.digest == in_hand.digest]
    newer = next((each for each in of_paper if each.id > in_hand.id), None)
    if newer is None:
        return Verdict(Standing.CURRENT, f"与存档一致：{called}，{_printed(same)}。", case.id)
    replaced = f"已于{day_in_words(newer.kept_at)}由新的文本替换，请以新文本为准"
    return Verdict(Standing.OLDER, f"这是{called}，{replaced}。", case.id)


def _printed(versions: list[VersionRow]) -> str:
    copies = sum(each.copies for each in versions)
    return f"已打印{copies}份" if copies else "没有打印记录"
