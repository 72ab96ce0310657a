"""Which papers a case has: what can be printed of it now, and what each of them is about."""

from dataclasses import dataclass

from mediation_desk.domain.agreement import Agreement, AgreementForm
from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.forms import About, Form
from mediation_desk.domain.paper_input import Subject, Thing, subjects
from mediation_desk.services.act import Act


@dataclass(frozen=True)
class CasePaper:
    """A paper that can be drawn for a case now. `no` is the number of what it is about, 0 for the case itself."""

    code: str
    title: str
    no: int
    copies: int = 1


def papers_of(case: Case, act: Act) -> list[CasePaper]:
    """What can be printed for this case, in the order of the file."""
    found = []
    for form in forms_in_order(act):
        for subject in subjects(case, form.about, form.code):
            copies = _copies(form, case, subject.thing)
            found.append(CasePaper(form.code, form.title + subject.mark, subject.no, copies))
    return found


def forms_in_order(act: Act) -> list[Form]:
    """Every form that is valid today and is a paper of its own."""
    found = [form for form in act.rules.forms_on(act.today) if form.about is not About.FRAGMENT]
    return sorted(found, key=lambda form: (form.order, form.code))


def _copies(form: Form, case: Case, about: Thing) -> int:
    """How many are printed: where the form says so, one for each party.

    The agreement itself goes to further holders too (人民调解法 art. 29 ¶2).
    """
    if not form.copies_per_party:
        return form.copies
    if not isinstance(about, Agreement):
        return form.copies + form.copies_per_party * len(case.parties)
    holders = len(about.extra_holders) if form.code == code_of(about) else 0
    return form.copies + form.copies_per_party * len(about.party_nos) + holders


def find_paper(case: Case, act: Act, code: str, no: int = 0) -> tuple[Form, Subject]:
    """The form of that code and what the paper is about: the last there is when `no` is 0. Raises `NotFound`."""
    form = next((form for form in forms_in_order(act) if form.code == code), None)
    fitting = [each for each in subjects(case, form.about, code) if no in (0, each.no)] if form else []
    if form is None or not fitting:
        raise NotFound(f"这个案件现在没有可打印的 {code}。")
    return form, fitting[-1]


def code_of(agreement: Agreement) -> str:
    """The form of an agreement: 人民调解协议书, or the register of an oral one."""
    return "D09" if agreement.form is AgreementForm.ORAL else "D08"


def agreement_title(case: Case, act: Act, agreement: Agreement) -> str:
    """What the paper of an agreement is called, with its number: "人民调解协议书（补充协议） （2026）示调字第2号"."""
    form = act.rules.form(code_of(agreement), agreement.made_on or act.today)
    about = About.ORAL_AGREEMENT if agreement.form is AgreementForm.ORAL else About.AGREEMENT
    mark = next(subject.mark for subject in subjects(case, about) if subject.no == agreement.no)
    return f"{form.title}{mark} {agreement.number}"
