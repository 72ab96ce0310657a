"""What belongs to the case file (卷宗) of a case, what must be in it and is not, and how it would be scored.

The order of the file and what must be in it are rules (table `file_paper`, domain 2.1).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.agreement_review import review
from mediation_desk.domain.case import Attachment, AttachmentKind, Case, EventKind
from mediation_desk.domain.enclosures import signed_scans
from mediation_desk.domain.file_scoring import FileToScore, ScoreSheet, score, score_rows
from mediation_desk.domain.paper import PaperVersion
from mediation_desk.domain.paper_input import subjects
from mediation_desk.domain.people_of_case import mediators_of
from mediation_desk.domain.retention import Retention, keep_until, propose_retention
from mediation_desk.domain.rules import Code
from mediation_desk.services.act import Act
from mediation_desk.services.case_papers import CasePaper, forms_in_order, papers_of
from mediation_desk.store.records import Records

DOSSIER = "dossier"
"""The code under which is kept what was bound last."""

_BACK_COVER = "D13"
AGREEMENT_LINE = "08"
"""The line of the table `file_paper` that the agreement stands in."""

_AGREEMENTS = ("D08", "D09")
_APPLICATION, _OWN_INITIATIVE = "D03", "2"
_NOT_A_CHANGE = (EventKind.PRINTED,)


@dataclass(frozen=True)
class DossierRow:
    """A line of the contents, or, without paper and attachments, something that must be in the file and is not.

    `code` is that of the table `file_paper`. Where `paper` and `attachments` are both there, the signed scans take the
    place of the paper. `was_printed` is False for a paper that nobody can have signed, as it never left the house.
    """

    code: str
    title: str
    is_must: bool
    paper: CasePaper | None = None
    attachments: tuple[Attachment, ...] = ()
    was_printed: bool = True

    @property
    def is_missing(self) -> bool:
        return self.paper is None and not self.attachments

    @property
    def remark(self) -> str:
        """What the contents say of it."""
        said = ["签署件"] if self.paper and self.attachments else []
        said += [f"共{len(self.attachments)}件"] if len(self.attachments) > 1 else []
        return "，".join(said)


@dataclass(frozen=True)
class DossierPlan:
    """What a case file holds now. `changed` names what was recorded since it was bound last.

    `keep_until` is the last day of the proposed class, None for ever; while the case is open, as if closed today.
    """

    title: str
    rows: Sequence[DossierRow]
    retention: Retention
    keep_until: date | None
    is_closed: bool
    last: PaperVersion | None
    changed: Sequence[str]

    @property
    def missing(self) -> list[DossierRow]:
        return [row for row in self.rows if row.is_missing]


def plan_dossier(records: Records, act: Act, case_id: int) -> DossierPlan:
    """What belongs to the file of a case, in order, and which papers that must be there are missing."""
    case = records.cases.get(case_id)
    last = records.versions.last(case_id, DOSSIER, 0)
    events = case.events if last else []
    changed = [each.kind.label for each in events if last and each.recorded_at > last.kept_at]
    unchanged = {kind.label for kind in _NOT_A_CHANGE}
    kind = act.rules.table("dispute_kind").label(case.dispute_kind) if case.dispute_kind else ""
    retention = propose_retention(case, act.rules, act.today)
    closed_on = case.closing.closed_on if case.closing else act.today
    return DossierPlan(
        title=case.file_title(kind),
        rows=list(_rows(records, act, case)),
        retention=retention,
        keep_until=keep_until(closed_on, retention.code, act.rules),
        is_closed=case.closing is not None,
        last=last,
        changed=[label for label in dict.fromkeys(changed) if label not in unchanged],
    )


def missing_papers(case: Case, act: Act) -> list[Code]:
    """The lines of the table `file_paper` that must be filled and are not (domain 12, soft rule 1)."""
    return [line for line in _lines(act) if _is_must(case, line) and not _is_filled(case, act, line)]


def score_file(records: Records, act: Act, case_id: int) -> ScoreSheet:
    """The scoring sheet of a file that is not bound: page numbers and binding are left open."""
    return score_plan(records, act, records.cases.get(case_id), plan_dossier(records, act, case_id), None)


def score_plan(
    records: Records, act: Act, case: Case, plan: DossierPlan, binding_faults: Sequence[str] | None
) -> ScoreSheet:
    """The scoring sheet of what is planned, with the faults of its binding where it was bound."""
    mediators = records.mediators.some(mediators_of(case))
    final = [each for each in case.agreements if not each.is_draft and each.withdrawn_at is None]
    file = FileToScore(
        case=case,
        mediators=mediators,
        rules=act.rules,
        today=act.today,
        missing=frozenset(row.code for row in plan.missing),
        agreement_findings=[
            finding.sentence
            for agreement in final
            for finding in review(case, agreement, mediators, act.rules, act.today)
        ],
        binding_faults=binding_faults,
    )
    return score(file)


class FileValues(NamedTuple):
    """What papers about the file as a whole show of it (`file.…`): texts and rows by name."""

    texts: Mapping[str, str] = {}
    rows: Mapping[str, Sequence[Sequence[str]]] = {}


def file_values(records: Records, act: Act, case: Case) -> FileValues:
    """What can be said of a file that is not bound: its page numbers stay open for the pen."""
    assert case.id is not None
    plan = plan_dossier(records, act, case.id)
    texts, rows = score_values(act, score_plan(records, act, case, plan, None))
    there = [row for row in plan.rows if not row.is_missing]
    contents = [[str(no), row.title, "", row.remark] for no, row in enumerate(there, start=1)]
    return FileValues({**texts, "file.retention": retention_label(act, plan)}, {**rows, "file.contents": contents})


def score_values(act: Act, sheet: ScoreSheet) -> FileValues:
    return FileValues({"file.total": sheet.in_words(act.rules)}, {"file.scores": score_rows(sheet)})


def retention_label(act: Act, plan: DossierPlan) -> str:
    return act.rules.table("retention_class").label(plan.retention.code)


# ---- what belongs to it


def _rows(records: Records, act: Act, case: Case) -> Iterator[DossierRow]:
    assert case.id is not None
    printed = {(each.code, each.no) for each in records.versions.of_case(case.id) if each.copies}
    typed = {(entry.code, entry.no) for entry in case.entries}
    papers = [paper for paper in papers_of(case, act) if _is_of_the_file(case, act, paper.code, paper.no)]
    for line in _lines(act):
        always, also = _papers(line), line.extra.get("also", "").split()
        is_must = _is_must(case, line)
        rows = []
        for paper in papers:
            known = (paper.code, paper.no) in printed
            if paper.code in always or (paper.code in also and (known or (paper.code, paper.no) in typed)):
                scans = tuple(_scans_of(case, paper))
                rows.append(DossierRow(line.code, paper.title, is_must, paper, scans, known))
        yield from rows
        yield from _attached(case, line, is_must, [each for row in rows for each in row.attachments])
        if is_must and not _is_filled(case, act, line):
            yield DossierRow(line.code, line.label, is_must)


def _lines(act: Act) -> Iterator[Code]:
    return (line for line in act.rules.table("file_paper").valid_on(act.today) if _BACK_COVER not in _papers(line))


def _papers(line: Code) -> list[str]:
    return line.extra.get("papers", "").split()


def _is_must(case: Case, line: Code) -> bool:
    return line.extra.get("need") == "must" and _CONDITIONS.get(line.extra.get("when", ""), _always)(case)


def _always(_: Case) -> bool:
    return True


_CONDITIONS: Mapping[str, Callable[[Case], bool]] = {
    "accepted": lambda case: case.is_accepted,
    "agreed": lambda case: case.is_agreed,
}
"""When a paper must be in the file, after `when` of its line."""


def _is_filled(case: Case, act: Act, line: Code) -> bool:
    """Whether a line has one of its own papers or attachments; papers that only may join them do not fill it."""
    kinds = line.extra.get("attachments", "").split()
    if any(each.kind in kinds and not case.shows_withdrawn(each) for each in case.standing_attachments):
        return True
    forms = [form for form in forms_in_order(act) if form.code in _papers(line)]
    return any(
        _is_of_the_file(case, act, form.code, subject.no)
        for form in forms
        for subject in subjects(case, form.about, form.code)
    )


def _is_of_the_file(case: Case, act: Act, code: str, no: int) -> bool:
    """Drafts are none of it, and where the committee began of itself (人民调解法 art. 17) nobody applied."""
    if code in _AGREEMENTS:
        agreement = case.agreement(no)
        return agreement is not None and not agreement.is_draft
    if code == _APPLICATION:
        sources = act.rules.table("case_source")
        return case.case_source not in sources or sources[case.case_source].extra.get("d04") != _OWN_INITIATIVE
    return True


def _scans_of(case: Case, paper: CasePaper) -> list[Attachment]:
    """The scans that show this agreement signed, none for other papers."""
    agreement = case.agreement(paper.no) if paper.code in _AGREEMENTS else None
    return signed_scans(case, agreement) if agreement else []


def _attached(case: Case, line: Code, is_must: bool, shown: Sequence[Attachment]) -> Iterator[DossierRow]:
    """Attachments of a line that stand for themselves, one row for each kind; what was withdrawn apart."""
    for kind in line.extra.get("attachments", "").split():
        rest = [each for each in case.standing_attachments if each.kind == kind and each not in shown]
        title = AttachmentKind(kind).label if "papers" in line.extra else line.label
        for is_withdrawn in (False, True):
            some = tuple(each for each in rest if case.shows_withdrawn(each) is is_withdrawn)
            if some:
                yield DossierRow(line.code, title + ("（已撤回）" if is_withdrawn else ""), is_must, None, some)
