"""The catalogue of what a form can show of a case: texts, days, lists, parties, rows and options, by name.

Form packs may use these names and no others (`form_values.unknown_in`). What is not recorded is "" or empty.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from mediation_desk.domain.agreement import AgreementKind
from mediation_desk.domain.case import Answer, DecisionKind, FollowUp, OutcomeKind
from mediation_desk.domain.confirmation import application_end
from mediation_desk.domain.confirmation_fields import (
    CONFIRMATION_COLUMNS,
    CONFIRMATION_LISTS,
    CONFIRMATION_OPTIONS,
    CONFIRMATION_ROWS,
    CONFIRMATION_TEXTS,
)
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.money import amount_on_paper, figures
from mediation_desk.domain.paper import short_digest
from mediation_desk.domain.paper_input import Paid, PaperInput
from mediation_desk.domain.paper_words import listed, numeral, time_on_paper
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.domain.party_fields import PARTY_TEXTS, all_powers, powers
from mediation_desk.domain.path_fields import PATH_TEXTS
from mediation_desk.domain.ranking_fields import RANKING_COLUMNS, RANKING_DAYS, RANKING_ROWS, RANKING_TEXTS
from mediation_desk.domain.supervision_fields import SUPERVISION_TEXTS

_T = TypeVar("_T")
_BY_APPLICATION, _OWN_INITIATIVE = "1", "2"  # how the rule pack marks the two choices of D04
_WITHOUT_A_DAY = {date.min: "签订时当场", date.max: "见协议条款"}


def _of(thing: _T | None, read: Callable[[_T], str]) -> str:
    return read(thing) if thing is not None else ""


def _when_held(given: PaperInput) -> str:
    session = given.session
    if session is None:
        return ""
    times = [time_on_paper(moment) for moment in (session.began, session.ended) if moment]
    return day_in_words(session.held_on) + "至".join(times)


def _present(given: PaperInput) -> list[Party]:
    numbers = given.session.present_nos if given.session else []
    return [party for no in numbers if (party := given.case.party(no))]


def _present_in_words(given: PaperInput) -> str:
    note = given.session.present_note if given.session else ""
    return "；".join(each for each in (listed([party.name for party in _present(given)]), note) if each)


def _in_session(given: PaperInput, *, presiding: bool) -> list[str]:
    ids = given.session.mediator_ids if given.session else []
    heads = given.presiding()
    return given.mediator_names(each for each in ids if (each in heads) is presiding)


def _d04_choice(given: PaperInput) -> str:
    table = given.rules.table("case_source")
    source = given.case.case_source
    return table[source].extra.get("d04", "") if source in table else ""


def _initiative(given: PaperInput) -> str:
    words = {_BY_APPLICATION: "依当事人申请", _OWN_INITIATIVE: "主动调解"}
    return words.get(_d04_choice(given), "依当事人申请（人民调解委员会主动调解）")


def _referral(given: PaperInput) -> str:
    source = "" if _d04_choice(given) else given.rules.table("case_source").label(given.case.case_source)
    return " ".join(word for word in (source, given.case.source_document) if word)


def _mark(given: PaperInput, choice: str) -> str:
    return "√" if _d04_choice(given) == choice else "　"


def _consent(given: PaperInput) -> str:
    case = given.case
    return "同意" if all(case.answer_of(party.no) is Answer.AGREES for party in case.parties) else ""


def _answer_of(given: PaperInput, parties: Iterable[Party]) -> str:
    """What all of these parties said to mediation; "" where one was not asked or they differ."""
    numbers = {party.no for party in parties}
    answers = {given.case.answer_of(no).label for no in numbers}
    were_asked = numbers <= {each.party_no for each in given.case.willingness}
    return answers.pop() if were_asked and len(answers) == 1 else ""


def _others(given: PaperInput) -> list[Party]:
    return [each for each in given.case.parties if each.side is not Side.CLAIMANT]


def _result(given: PaperInput) -> str:
    """How mediation ended, or that it was not taken up."""
    if given.case.outcome:
        return given.case.outcome.kind.label
    decision = given.case.decision
    return decision.kind.label if decision and decision.kind is DecisionKind.NOT_ACCEPTED else ""


def _path_article(given: PaperInput) -> str:
    table = given.rules.table("statutory_path")
    path = given.case.triage.path if given.case.triage else ""
    return table[path].extra.get("article", "") if path in table else ""


def _names(parties: Iterable[Party]) -> list[str]:
    return [party.name for party in parties]


def _kind(given: PaperInput) -> str:
    return given.rules.table("dispute_kind").full_label(given.case.dispute_kind) if given.case.dispute_kind else ""


def _file_title(given: PaperInput) -> str:
    return given.case.file_title(given.label("dispute_kind", given.case.dispute_kind))


def _holders(given: PaperInput) -> str:
    return listed(["当事人", "人民调解委员会", *(given.agreement.extra_holders if given.agreement else [])])


def _copies(given: PaperInput) -> str:
    further = len(given.agreement.extra_holders) if given.agreement else 0
    return "" if given.is_blank else str(len(given.agreeing_parties) + 1 + further)


def _mediation_began(given: PaperInput) -> date | None:
    accepted = [each.decided_on for each in given.case.decisions if each.kind is DecisionKind.ACCEPTED]
    return min([*accepted, *(each.held_on for each in given.case.sessions)], default=None)


def _mediation_ended(given: PaperInput) -> date | None:
    return given.case.outcome.ended_on if given.case.outcome else None


def _accepted_on(given: PaperInput) -> date | None:
    accepted = given.case.decision if given.case.is_accepted else None
    return accepted.decided_on if accepted else None


def _decided(given: PaperInput, table: str = "non_acceptance_reason") -> str:
    decision = given.case.decision
    if decision is None:
        return ""
    said = (given.label(table, decision.reason_code), decision.reason.strip())
    return "；".join(each for each in said if each)


def _ended(given: PaperInput) -> str:
    outcome = given.case.outcome
    if outcome is None:
        return ""
    said = (given.label("termination_reason", outcome.reason_code), outcome.reason.strip())
    return "；".join(each for each in said if each)


def _voided(given: PaperInput) -> list[str]:
    return [f"编号“{each.text}”作废：{each.void_reason}" for each in given.case.numbers if each.voided_at]


def _confirmation_until(given: PaperInput) -> date | None:
    """The last day for asking the court jointly (人民调解法 art. 33)."""
    effective_on = given.agreement.effective_on if given.agreement else None
    return application_end(effective_on, given.rules).effective if effective_on else None


def _dues(given: PaperInput) -> list[list[str]]:
    """Every due part of the agreement in the order of the days: day, payer, payee, what, how much."""
    found: list[tuple[date, list[str]]] = []
    for obligation in given.agreement.obligations if given.agreement else []:
        payer = given.case.party_name(obligation.payer_no, obligation.payer_name)
        payee = given.case.party_name(obligation.payee_no, obligation.payee_name)
        whole = date.min if obligation.at_once else date.max, obligation.amount_fen
        for due_on, fen in obligation.due_parts or [whole]:
            day = _WITHOUT_A_DAY.get(due_on) or day_in_words(due_on)
            amount = f"{figures(fen)}元" if fen is not None else ""
            found.append((due_on, [day, payer, payee, obligation.what or obligation.kind.label, amount]))
    return [row for _, row in sorted(found, key=lambda each: each[0])]


def _paid(given: PaperInput) -> Paid | None:
    return given.about if isinstance(given.about, Paid) else None


def _paid_amount(paid: Paid) -> str:
    fen = paid.performance.amount_fen
    return amount_on_paper(fen) if fen else ""


def _paid_clause(paid: Paid) -> str:
    clauses = sum(1 for clause in paid.agreement.clauses if clause.text.strip())
    return f"第{numeral(clauses + paid.obligation.no)}条"


def _follow_up(given: PaperInput) -> FollowUp | None:
    return given.about if isinstance(given.about, FollowUp) else None


def _qr_text(given: PaperInput) -> str:
    """What the QR code of an agreement says: enough for a desk to tell whether the paper is the one on file."""
    agreement = given.agreement
    if agreement is None or not agreement.content_digest:
        return ""
    return f"MDESK:{given.case.query_code}:{short_digest(agreement.content_digest)}:{agreement.number}"


TEXTS: Mapping[str, Callable[[PaperInput], str]] = {
    "role": lambda given: given.role,
    "centre.name": lambda given: given.centre.name,
    "centre.phone": lambda given: given.centre.phone,
    "centre.address": lambda given: given.centre.address,
    "committee.name": lambda given: _of(given.committee, lambda each: each.name),
    "committee.or_centre": lambda given: given.committee.name if given.committee else given.centre.name,
    "case.number": lambda given: given.case.number,
    "case.query_code": lambda given: given.case.query_code,
    "case.file_title": _file_title,
    "case.matter": lambda given: given.case.matter,
    "case.demand": lambda given: given.case.demand,
    "case.occurred_at": lambda given: given.case.occurred_at,
    "case.kind": _kind,
    "case.source": lambda given: given.label("case_source", given.case.case_source),
    "case.source_document": lambda given: given.case.source_document,
    "case.referral": _referral,
    "case.initiative": _initiative,
    "case.by_application": lambda given: _mark(given, _BY_APPLICATION),
    "case.own_initiative": lambda given: _mark(given, _OWN_INITIATIVE),
    "case.consent": _consent,
    "case.people_involved": lambda given: str(given.case.people_involved or ""),
    "case.claimed": lambda given: f"{figures(given.case.claimed_fen)}元" if given.case.claimed_fen else "",
    "case.first_contact": lambda given: given.centre.user_name(given.case.first_contact_id),
    "case.path": lambda given: _of(given.case.triage, lambda each: given.label("statutory_path", each.path)),
    "case.path_reason": lambda given: _of(given.case.triage, lambda each: each.reason),
    "case.path_article": _path_article,
    "triage.decided_by": lambda given: _of(given.case.triage, lambda each: given.centre.user_name(each.by_id)),
    "case.channel": lambda given: given.label("channel", given.case.channel),
    "case.claimants_answer": lambda given: _answer_of(given, given.case.side(Side.CLAIMANT)),
    "case.others_answer": lambda given: _answer_of(given, _others(given)),
    "case.result": _result,
    "case.outcome": lambda given: _of(given.case.outcome, lambda each: each.kind.label),
    "decision.reason": _decided,
    "decision.handed_to": lambda given: _of(given.case.decision, lambda each: each.handed_to),
    "outcome.reason": _ended,
    "session.when": _when_held,
    "session.place": lambda given: _of(given.session, lambda each: each.place),
    "session.subject": lambda given: _of(given.session, lambda each: each.subject) or _file_title(given),
    "session.present": _present_in_words,
    "session.participants": lambda given: _of(given.session, lambda each: each.participants),
    "session.told": lambda given: "已" if given.session and given.session.rights_told else "",
    "session.openness": lambda given: _of(given.session, lambda each: "公开" if each.is_open else "不公开"),
    "session.record": lambda given: _of(given.session, lambda each: each.record),
    "session.result": lambda given: _of(given.session, lambda each: each.result.label),
    "session.recorder": lambda given: _of(given.session, lambda each: each.recorder),
    "agreement.number": lambda given: _of(given.agreement, lambda each: each.number),
    "agreement.kind": lambda given: _of(
        given.agreement, lambda each: "" if each.kind is AgreementKind.MAIN else each.kind.label
    ),
    "agreement.form": lambda given: _of(given.agreement, lambda each: each.form.label),
    "agreement.facts": lambda given: _of(given.agreement, lambda each: each.facts),
    "agreement.performance_terms": lambda given: _of(given.agreement, lambda each: each.performance_terms),
    "agreement.recorder": lambda given: _of(given.agreement, lambda each: each.recorder),
    "agreement.copies": _copies,
    "agreement.holders": _holders,
    "agreement.digest": lambda given: _of(given.agreement, lambda each: short_digest(each.content_digest)),
    "agreement.qr": _qr_text,
    "follow_up.subject": lambda given: _of(_follow_up(given), lambda each: each.subject),
    "follow_up.situation": lambda given: _of(_follow_up(given), lambda each: each.situation),
    "follow_up.visitor": lambda given: _of(_follow_up(given), lambda each: each.visitor),
    "performance.payer": lambda given: _of(
        _paid(given), lambda each: given.case.party_name(each.obligation.payer_no, each.obligation.payer_name)
    ),
    "performance.payee": lambda given: _of(
        _paid(given), lambda each: given.case.party_name(each.obligation.payee_no, each.obligation.payee_name)
    ),
    "performance.amount": lambda given: _of(_paid(given), _paid_amount),
    "performance.what": lambda given: _of(_paid(given), lambda each: each.obligation.what),
    "performance.clause": lambda given: _of(_paid(given), _paid_clause),
    "performance.note": lambda given: _of(_paid(given), lambda each: each.performance.note),
    **PARTY_TEXTS,
    **RANKING_TEXTS,
    **PATH_TEXTS,
    **SUPERVISION_TEXTS,
    **CONFIRMATION_TEXTS,
    "closing.reason": lambda given: _of(given.case.closing, lambda each: each.despite_reason),
}

DAYS: Mapping[str, Callable[[PaperInput], date | None]] = {
    "paper.day": lambda given: given.day,
    "case.requested_on": lambda given: given.case.requested_on,
    "case.occurred_on": lambda given: given.case.occurred_on,
    "case.accepted_on": _accepted_on,
    "case.mediation_began": _mediation_began,
    "case.mediation_ended": _mediation_ended,
    "case.closed_on": lambda given: given.case.closing.closed_on if given.case.closing else None,
    "triage.decided_on": lambda given: given.case.triage.decided_on if given.case.triage else None,
    "decision.decided_on": lambda given: given.case.decision.decided_on if given.case.decision else None,
    "session.held_on": lambda given: given.session.held_on if given.session else None,
    "agreement.made_on": lambda given: given.agreement.made_on if given.agreement else None,
    "agreement.effective_on": lambda given: given.agreement.effective_on if given.agreement else None,
    "agreement.confirmation_until": _confirmation_until,
    "follow_up.done_on": lambda given: given.about.done_on if isinstance(given.about, FollowUp) else None,
    "performance.done_on": lambda given: given.about.performance.done_on if isinstance(given.about, Paid) else None,
    "party.birth_date": lambda given: given.shown_party.birth_date if given.shown_party else None,
    **RANKING_DAYS,
}

LISTS: Mapping[str, Callable[[PaperInput], list[str]]] = {
    "case.claimant_names": lambda given: _names(given.case.side(Side.CLAIMANT)),
    "case.other_names": lambda given: _names(_others(given)),
    "case.party_names": lambda given: _names(given.case.parties),
    "case.demands": lambda given: [line for line in given.case.demand.splitlines() if line.strip()],
    "case.mediators": lambda given: given.mediator_names(given.presiding()),
    "case.voided_numbers": _voided,
    "case.missing_papers": lambda given: list(given.case.closing.missing_papers) if given.case.closing else [],
    "session.mediators": lambda given: _in_session(given, presiding=True),
    "session.helpers": lambda given: _in_session(given, presiding=False),
    "agreement.mediators": lambda given: given.mediator_names(given.agreement.mediator_ids if given.agreement else []),
    "agreement.party_names": lambda given: _names(given.agreeing_parties),
    "agent.powers": powers,
    **CONFIRMATION_LISTS,
}

OPTIONS: Mapping[str, Callable[[PaperInput], list[str]]] = {
    "agent.all_powers": all_powers,
    **CONFIRMATION_OPTIONS,
    "case.all_answers": lambda _: [answer.label for answer in Answer],
    "case.all_results": lambda _: [*(kind.label for kind in OutcomeKind), DecisionKind.NOT_ACCEPTED.label],
}

PARTIES: Mapping[str, Callable[[PaperInput], list[Party]]] = {
    "case.parties": lambda given: given.case.parties,
    "case.claimants": lambda given: given.case.side(Side.CLAIMANT),
    "case.respondents": lambda given: given.case.side(Side.RESPONDENT),
    "case.others": lambda given: given.case.side(Side.OTHER),
    "case.organisations": lambda given: [
        each for each in given.agreeing_parties if each.kind is PartyKind.ORGANISATION
    ],
    "case.representatives": lambda given: [each for each in given.case.parties if each.represents_group],
    "session.present": _present,
    "agreement.parties": lambda given: given.agreeing_parties,
    "agent.principal": lambda given: [given.shown_party] if given.shown_party else [],
}

OF_BOTH_SIDES = frozenset({"case.parties", "session.present", "agreement.parties"})
"""Lists that hold at least one party of either side."""

ROWS: Mapping[str, Callable[[PaperInput], list[list[str]]]] = {
    "case.representatives": lambda given: [
        [each.name, each.address or each.workplace, each.phone] for each in given.case.parties if each.represents_group
    ],
    "agreement.dues": _dues,
    **RANKING_ROWS,
    **CONFIRMATION_ROWS,
}

FURTHER = frozenset({"file.pages", "file.retention", "file.total"})
"""Texts of the file as a whole, which whoever binds it gives in `PaperInput.further`."""

COLUMNS = {
    "case.representatives": 3,
    "agreement.dues": 5,
    "file.contents": 4,
    "file.scores": 5,
    **RANKING_COLUMNS,
    **CONFIRMATION_COLUMNS,
}
"""How many cells the rows under a name have: a table must have a column for each."""

FURTHER_ROWS = frozenset({"file.contents", "file.scores"})
"""Rows of the file as a whole, given in `PaperInput.rows`."""
