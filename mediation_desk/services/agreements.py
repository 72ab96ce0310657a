"""An agreement from its draft to the day it binds: drafting, freezing, numbering, signing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    AgreementKind,
    Clause,
    Instalment,
    Obligation,
    Signature,
    SignatureKind,
    SignerRole,
)
from mediation_desk.domain.agreement_review import review
from mediation_desk.domain.case import Answer, AssignmentRole, Case, EventKind, FollowUp, NumberKind
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import Fault, Faults, NotFound, RuleBroken, refuse_unless
from mediation_desk.domain.finding import Finding
from mediation_desk.domain.party import Capacity
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.willingness import refuse_unless_willing
from mediation_desk.domain.working_days import period_end
from mediation_desk.services.act import Act, needs, note, refuse_if_merged
from mediation_desk.services.case_papers import agreement_title, code_of
from mediation_desk.services.paper_log import (
    forget_draft,
    keep_draft_version,
    keep_draft_version_if_due,
    keep_version,
)
from mediation_desk.services.papers import draw_agreement
from mediation_desk.services.triage import issue_number, void
from mediation_desk.store.records import Records


@dataclass(frozen=True, kw_only=True)
class AgreementText:
    """What stands on the agreement page. Replaces the whole draft."""

    facts: str = ""
    clauses: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    performance_terms: str = ""
    made_on: date | None = None
    party_nos: tuple[int, ...] = ()
    mediator_ids: tuple[int, ...] = ()
    recorder: str = ""
    extra_holders: tuple[str, ...] = ()
    confirmation_wanted: bool = False


@needs(Right.AGREEMENTS)
def draft_agreement(
    records: Records,
    act: Act,
    case_id: int,
    *,
    form: AgreementForm = AgreementForm.WRITTEN,
    kind: AgreementKind | None = None,
) -> Agreement:
    """Begin an agreement of the parties that agreed to mediation, with the mediators who preside.

    One next to an agreement in effect is supplementary unless said otherwise. Only one draft at a time.
    """
    case = records.cases.get(case_id)
    refuse_if_merged(case)
    refuse_unless(case.is_accepted, "案件还没有受理，不能起草协议。")
    refuse_unless_willing(case)
    refuse_unless(not any(each.is_draft for each in case.agreements), "已有一份协议正在起草，请先完成它。")
    first = AgreementKind.SUPPLEMENTARY if case.effective_agreements else AgreementKind.MAIN
    agreement = Agreement(
        no=max((each.no for each in case.agreements), default=0) + 1,
        form=form,
        kind=kind or first,
        party_nos=[party.no for party in case.parties if case.answer_of(party.no) is Answer.AGREES],
        mediator_ids=[
            each.mediator_id
            for each in case.active_assignments
            if each.role is AssignmentRole.PRESIDING and not each.title
        ],
        made_on=act.today,
    )
    case.agreements.append(agreement)
    keep_draft_version(records, act, case, agreement, "起草")
    records.flush()
    return agreement


def find_agreement(case: Case, no: int) -> Agreement:
    """The agreement of that number within the case. Raises `NotFound`."""
    agreement = case.agreement(no)
    if agreement is None:
        raise NotFound("找不到这份协议，可能已被移走。请刷新案件。")
    return agreement


@needs(Right.AGREEMENTS)
def save_agreement(records: Records, act: Act, case_id: int, no: int, text: AgreementText) -> Agreement:
    """Keep the draft as it stands, complete or not. A frozen text cannot be changed.

    What it said before the first change of a sitting is kept too, to be compared.
    """
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(agreement.is_draft, "协议已定稿，文本不能再改；如需变更，请另立补充协议。")
    refuse_if_merged(case)
    keep_draft_version_if_due(records, act, case, agreement)
    set_text(agreement, text)
    records.flush()
    return agreement


def text_of(agreement: Agreement) -> AgreementText:
    """What the agreement says, as its page would."""
    return AgreementText(
        facts=agreement.facts,
        clauses=tuple(clause.text for clause in agreement.clauses),
        obligations=tuple(agreement.obligations),
        performance_terms=agreement.performance_terms,
        made_on=agreement.made_on,
        party_nos=tuple(agreement.party_nos),
        mediator_ids=tuple(agreement.mediator_ids),
        recorder=agreement.recorder,
        extra_holders=tuple(agreement.extra_holders),
        confirmation_wanted=agreement.confirmation_wanted,
    )


def set_text(agreement: Agreement, text: AgreementText) -> None:
    """Let a draft say `text` and nothing else."""
    agreement.facts, agreement.performance_terms = text.facts, text.performance_terms
    agreement.made_on, agreement.recorder = text.made_on, text.recorder
    agreement.party_nos = list(dict.fromkeys(text.party_nos))
    agreement.mediator_ids = list(dict.fromkeys(text.mediator_ids))
    agreement.extra_holders = list(text.extra_holders)
    agreement.confirmation_wanted = text.confirmation_wanted
    agreement.clauses = [Clause(text=clause) for clause in text.clauses]
    agreement.obligations = [_fresh(obligation, index + 1) for index, obligation in enumerate(text.obligations)]


def _fresh(obligation: Obligation, no: int) -> Obligation:
    return Obligation(
        no=no,
        kind=obligation.kind,
        payer_no=obligation.payer_no,
        payer_name=obligation.payer_name,
        payee_no=obligation.payee_no,
        payee_name=obligation.payee_name,
        amount_fen=obligation.amount_fen,
        what=obligation.what,
        means=obligation.means,
        due_on=obligation.due_on,
        at_once=obligation.at_once,
        instalments=[
            Instalment(due_on=each.due_on, amount_fen=each.amount_fen)
            for each in sorted(obligation.instalments, key=lambda each: each.due_on)
        ],
    )


@needs(Right.AGREEMENTS)
def drop_draft(records: Records, _act: Act, case_id: int, no: int) -> None:
    """Throw away a draft that nobody wants. A frozen agreement stays."""
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(agreement.is_draft, "协议已定稿，不能删除；如需作废，请撤回定稿并写明理由。")
    case.agreements.remove(agreement)
    forget_draft(records, case_id, no)
    records.flush()


def findings_of(records: Records, act: Act, case_id: int, no: int) -> list[Finding]:
    """What a review of this agreement tells: what must be mended first, then what should be looked at."""
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    return review(case, agreement, records.mediators.some(agreement.mediator_ids), act.rules, act.today)


@needs(Right.AGREEMENTS)
def freeze_agreement(records: Records, act: Act, case_id: int, no: int, *, despite_reason: str = "") -> Agreement:
    """Make the text final: check it, issue its number, draw the paper and keep those very bytes.

    Where a review finds something that should be looked at, `despite_reason` says why it stays; it is kept with the
    agreement. Raises `RuleBroken` with everything that is still wrong, or the refusal of a character no font can draw.
    """
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(agreement.is_draft, "这份协议已经定稿。")
    refuse_unless(
        agreement.form is AgreementForm.WRITTEN or case.is_agreed,
        "现在的调解结果不是达成协议，口头协议不能生效；请先登记调解结果。",
    )
    findings = findings_of(records, act, case_id, no)
    _refuse_what_is_wrong(findings, despite_reason)
    if findings:
        agreement.despite_reason = despite_reason.strip()
    agreement.frozen_at, agreement.frozen_by_id = act.at, act.by_id
    agreement.number = _number_for(records, act, case, agreement)
    paper = draw_agreement(records, act, case, agreement)
    agreement.digest, agreement.content_digest = sha256(paper.pdf).hexdigest(), paper.digest
    records.cases.keep_paper(case, agreement, paper.pdf)
    title = agreement_title(case, act, agreement)
    keep_version(records, act, case_id, code_of(agreement), no, title, paper.content, paper.digest)
    keep_draft_version(records, act, case, agreement, "定稿")
    assert agreement.made_on is not None
    despite = f"，核对后仍定稿：{agreement.despite_reason}" if agreement.despite_reason else ""
    note(case, act, EventKind.FROZEN, agreement.made_on, f"{agreement.form.label} {agreement.number}{despite}")
    _take_effect(case, act, agreement)
    records.flush()
    return agreement


def _refuse_what_is_wrong(findings: Sequence[Finding], despite_reason: str) -> None:
    if hard := [finding for finding in findings if finding.is_hard]:
        raise RuleBroken(*(Fault(finding.sentence, finding.place) for finding in hard))
    if findings and not despite_reason.strip():
        ask = Fault(f"有{len(findings)}处请核对；确认无误的，请写明理由后定稿。", "despite_reason")
        raise RuleBroken(ask, *(Fault(finding.sentence, finding.place) for finding in findings))


def _number_for(records: Records, act: Act, case: Case, agreement: Agreement) -> str:
    """A number of its own; the first oral agreement of a case that is counted as oral bears the case's."""
    if agreement.form is AgreementForm.WRITTEN:
        return issue_number(records, act, case, NumberKind.AGREEMENT)
    kind_of_case = next((number.kind for number in case.numbers if number.text == case.number), None)
    is_free = all(each.number != case.number for each in case.agreements)
    if kind_of_case is NumberKind.ORAL and is_free:
        return case.number
    return issue_number(records, act, case, NumberKind.ORAL)


@needs(Right.AGREEMENTS)
def withdraw_agreement(records: Records, act: Act, case_id: int, no: int, *, reason: str) -> Agreement:
    """Give up a frozen text that is not yet in effect, voiding its number, and begin a new draft from it."""
    refuse_unless(reason.strip(), "请写明撤回定稿的原因。", "withdraw_reason")
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(not agreement.is_draft and agreement.withdrawn_at is None, "这份协议没有定稿，不需要撤回。")
    refuse_unless(agreement.effective_on is None, "协议已生效，不能撤回；如需变更，请另立补充协议。")
    refuse_unless(not any(each.is_draft for each in case.agreements), "已有一份协议正在起草，请先完成它。")
    agreement.withdrawn_at, agreement.withdrawn_reason = act.at, reason.strip()
    void(case, act, agreement.number, reason)
    note(case, act, EventKind.UNFROZEN, act.today, reason.strip())
    draft = Agreement(no=max(each.no for each in case.agreements) + 1, form=agreement.form, kind=agreement.kind)
    case.agreements.append(draft)
    set_text(draft, text_of(agreement))
    keep_draft_version(records, act, case, draft, "起草")
    records.flush()
    return draft


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A mark that was really put on the paper: whose, of what kind, on which day."""

    role: SignerRole
    party_no: int | None = None
    mediator_id: int | None = None
    signer_name: str = ""
    kind: SignatureKind = SignatureKind.HANDWRITTEN
    signed_on: date
    witness: str = ""


@needs(Right.AGREEMENTS)
def record_signatures(records: Records, act: Act, case_id: int, no: int, marks: Sequence[Mark]) -> Agreement:
    """Record marks. On the day the last needed one is there the agreement takes effect (人民调解法 art. 29 ¶2):
    the follow-ups are planned and the instalments begin to count.
    """
    case = records.cases.get(case_id)
    agreement = find_agreement(case, no)
    refuse_unless(not agreement.is_draft, "协议还没有定稿，不能登记签署。")
    refuse_unless(agreement.withdrawn_at is None, "这份定稿已撤回，不能登记签署。")
    refuse_unless(case.is_agreed, "现在的调解结果不是达成协议，不能登记签署；各方仍愿签署的，请先登记新的结果。")
    faults = Faults()
    for index, mark in enumerate(marks):
        _check_mark(records, act, case, agreement, mark, f"signatures[{index}]", faults)
    faults.refuse_if_any()
    was_effective = agreement.effective_on is not None
    for mark in marks:
        agreement.signatures.append(
            Signature(
                role=mark.role,
                party_no=mark.party_no if mark.role is SignerRole.PARTY else None,
                mediator_id=mark.mediator_id if mark.role is SignerRole.MEDIATOR else None,
                signer_name=mark.signer_name.strip(),
                kind=mark.kind,
                signed_on=mark.signed_on,
                witness=mark.witness.strip(),
                by_id=act.by_id,
                recorded_at=act.at,
            )
        )
        note(case, act, EventKind.SIGNED, mark.signed_on, f"{mark.role.label} {mark.signer_name}".strip())
    if not was_effective:
        _take_effect(case, act, agreement)
    records.flush()
    return agreement


def _check_mark(
    records: Records, act: Act, case: Case, agreement: Agreement, mark: Mark, place: str, faults: Faults
) -> None:
    assert agreement.made_on is not None
    faults.check(mark.signed_on >= agreement.made_on, "签署日期早于协议日期，请核对。", place)
    faults.check(mark.signed_on <= act.today, "签署日期不能晚于今天。", place)
    signed = agreement.signed_by(mark.role, party_no=mark.party_no, mediator_id=mark.mediator_id)
    faults.check(
        agreement.effective_on is None or signed is None or signed <= mark.signed_on,
        "协议已生效，不能补记更早的签署日期。",
        place,
    )
    if mark.role is SignerRole.PARTY:
        party = case.party(mark.party_no)
        if party is None or party.no not in agreement.party_nos:
            faults.add("签署人不是本协议的当事人。", place)
        elif party.capacity_on(mark.signed_on) is not Capacity.FULL:
            guardians = {guardian.name for guardian in party.guardians}
            faults.check(
                mark.signer_name in guardians, f"{party.name}应由其法定代理人签署，请选择签名的监护人。", place
            )
    elif mark.role is SignerRole.MEDIATOR:
        mediator = records.mediators.some([mark.mediator_id] if mark.mediator_id else []).get(mark.mediator_id or 0)
        faults.check(mark.mediator_id in agreement.mediator_ids, "这位调解员不在本协议上。", place)
        faults.check(
            mediator is None or mediator.may_preside(mark.signed_on, case.committee_id),
            "这位调解员在签署当日没有本调委会的有效聘任。",
            place,
        )


def _take_effect(case: Case, act: Act, agreement: Agreement) -> None:
    day = agreement.effective_on
    if day is None:
        return
    case.follow_ups.extend(planned_follow_ups(agreement, act.rules, day))
    note(case, act, EventKind.EFFECTIVE, day, agreement.number)


def planned_follow_ups(agreement: Agreement, rules: Rules, effective_on: date) -> list[FollowUp]:
    """One after effect, one after each due date (人民调解法 art. 31; the days are settings, domain T50)."""
    after_effect, after_due = rules.period("T50b", effective_on), rules.period("T50", effective_on)
    dates = {period_end(effective_on, after_effect, rules.holidays).effective: "协议生效后回访"}
    for obligation in agreement.obligations:
        for due_on, _ in obligation.due_parts:
            day = period_end(due_on, after_due, rules.holidays).effective
            dates.setdefault(day, f"{day_in_words(due_on)}到期履行回访")
    return [FollowUp(due_on=due_on, subject=subject) for due_on, subject in sorted(dates.items())]
