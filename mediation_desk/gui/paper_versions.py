"""The wordings of a paper that can be compared: those that were kept, and what it says now."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mediation_desk.domain.agreement_wording import wording
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.paper import content_digest
from mediation_desk.gui.overview_text import moment
from mediation_desk.services.act import Act
from mediation_desk.services.paper_log import AGREEMENT_PAPERS, DRAFT, versions_of
from mediation_desk.services.papers import see_paper
from mediation_desk.store.records import Records
from mediation_desk.store.versions import VersionRow

NOW = "现在"


class Wording(NamedTuple):
    """One wording: kept under `version_id`, or, where that is None, the `content` of now."""

    label: str
    digest: str
    is_printed: bool = False
    version_id: int | None = None
    content: Sequence[str] = ()


class Versions(NamedTuple):
    """Wordings of one kind, the oldest first. Papers are not compared with drafts, which are no papers."""

    kind: str
    wordings: Sequence[Wording]

    def proposed(self) -> tuple[int, int]:
        """Which two to compare first: what is said now with the last print, else the last two that differ."""
        last = len(self.wordings) - 1
        newest = self.wordings[last]
        earlier = [place for place in range(last) if self.wordings[place].digest != newest.digest]
        printed = [place for place in earlier if self.wordings[place].is_printed]
        if newest.version_id is None and printed:
            return printed[-1], last
        return (earlier or [max(last - 1, 0)])[-1], last


def versions(
    records: Records, act: Act, case_id: int, code: str, no: int, user_name: Callable[[int], str]
) -> list[Versions]:
    """All that is known of a paper, the paper itself first; kinds of which nothing is known are left out."""
    kinds = [Versions("文书", _of_paper(records, act, case_id, code, no, user_name))]
    if code in AGREEMENT_PAPERS:
        kinds.append(Versions("协议草稿各稿", _of_draft(records, case_id, no, user_name)))
    return [each for each in kinds if each.wordings]


def content_of_version(records: Records, chosen: Wording) -> Sequence[str]:
    """The paragraphs of a wording. Raises `NotFound` when its draft was dropped meanwhile."""
    return chosen.content if chosen.version_id is None else records.versions.get(chosen.version_id).content


def _of_paper(
    records: Records, act: Act, case_id: int, code: str, no: int, user_name: Callable[[int], str]
) -> list[Wording]:
    kept = [
        _kept(row, f"打印{row.copies}份" if row.copies else "定稿", user_name)
        for row in versions_of(records, case_id, code, no)
    ]
    try:
        seen = see_paper(records, act, case_id, code, no)
    except DeskError:  # what cannot be drawn now can still be compared as it was
        return kept
    is_new = seen.content and (not kept or kept[-1].digest != seen.digest)
    return [*kept, Wording(NOW, seen.digest, content=seen.content)] if is_new else kept


def _of_draft(records: Records, case_id: int, no: int, user_name: Callable[[int], str]) -> list[Wording]:
    kept = [_kept(row, row.title, user_name) for row in versions_of(records, case_id, DRAFT, no)]
    case = records.cases.get(case_id)
    agreement = case.agreement(no)
    if agreement is None or not agreement.is_draft:
        return kept
    content = wording(case, agreement)
    return [*kept, Wording(NOW, content_digest(content), content=content)]


def _kept(row: VersionRow, what: str, user_name: Callable[[int], str]) -> Wording:
    label = f"{moment(row.kept_at)}　{user_name(row.by_id)}　{what}"
    return Wording(label, row.digest, row.copies > 0, row.id)
