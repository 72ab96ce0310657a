"""What is typed for a paper itself, kept with the case: saved as often as needed, removed while nobody has it."""

from collections.abc import Mapping

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.entry_check import entry_faults
from mediation_desk.domain.errors import NotFound, RuleBroken, refuse_unless
from mediation_desk.domain.forms import About, Form
from mediation_desk.domain.paper import PaperEntry, Value
from mediation_desk.domain.paper_input import Subject, subjects
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records


@needs(Right.PAPERS)
def save_entry(
    records: Records, act: Act, case_id: int, code: str, no: int | None, values: Mapping[str, Value]
) -> PaperEntry:
    """Keep what was typed for a paper, complete or not, instead of what was kept for it before.

    `no` is the number of what the paper is about, 0 for the case itself. A paper that is about nothing else takes None
    for a further one. Raises `RuleBroken` with every value that is not what its input asks for.
    """
    case, form = records.cases.get(case_id), _form(act, code)
    subject = _subject(case, form, no)
    if faults := entry_faults(form, values, [party.no for party in case.parties], act.rules, act.today):
        raise RuleBroken(*faults)
    kept = {name: value for name, value in values.items() if value}
    entry = _find(case, code, subject.no)
    if entry is not None and entry.values == kept:
        return entry
    if entry is None:
        entry = PaperEntry(code=code, no=subject.no, by_id=act.by_id, recorded_at=act.at)
        case.entries.append(entry)
    entry.values, entry.by_id, entry.recorded_at = kept, act.by_id, act.at
    note(case, act, EventKind.PAPER, act.today, form.title + subject.mark)
    records.flush()
    return entry


@needs(Right.PAPERS)
def take_over_entry(records: Records, act: Act, case_id: int, code: str, no: int, values: Mapping[str, Value]) -> None:
    """Keep what was typed elsewhere, as it was: what the paper was about may since be gone. The values were checked."""
    case = records.cases.get(case_id)
    case.entries.append(PaperEntry(code=code, no=no, values=dict(values), by_id=act.by_id, recorded_at=act.at))
    note(case, act, EventKind.PAPER, act.today, act.rules.form(code).title)
    records.flush()


@needs(Right.PAPERS)
def drop_entry(records: Records, act: Act, case_id: int, code: str, no: int) -> None:
    """Remove what was typed for a paper that nobody has. Raises `NotFound`, and refuses once it was printed."""
    case, form = records.cases.get(case_id), _form(act, code)
    entry = _find(case, code, no)
    if entry is None:
        raise NotFound(f"{form.title}没有录入内容，可能已被删除。请刷新。")
    printed = records.versions.times_printed(case_id, code, no)
    refuse_unless(not printed, f"{form.title}已经打印过，录入的内容不能删除；可以更正后重新打印。")
    refuse_unless(not _is_signed(case, form, no), f"{form.title}所属的协议已登记签署，录入的内容不能删除。")
    case.entries.remove(entry)
    records.flush()


def _form(act: Act, code: str) -> Form:
    found = next((form for form in act.rules.forms_on(act.today) if form.code == code), None)
    if found is None or not found.inputs:
        raise NotFound(f"没有代码为 {code}、需要录入内容的文书。请核对代码。")
    return found


def _subject(case: Case, form: Form, no: int | None) -> Subject:
    """What the paper is, or will be, about."""
    known = subjects(case, form.about, form.code)
    if no is None and form.about is About.ENTRY:
        further = max((each.no for each in known), default=0) + 1
        return Subject(further, f"（第{further}份）", None)
    for subject in known:
        if subject.no == no or (no is None and len(known) == 1):
            return subject
    raise NotFound(f"这个案件现在没有这一份{form.title}可录入。请刷新案件。")


def _find(case: Case, code: str, no: int) -> PaperEntry | None:
    return next((each for each in case.entries if (each.code, each.no) == (code, no)), None)


def _is_signed(case: Case, form: Form, no: int) -> bool:
    things = (each.thing for each in subjects(case, form.about, form.code) if each.no == no)
    return any(isinstance(thing, Agreement) and thing.signatures for thing in things)
