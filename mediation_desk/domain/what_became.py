"""What came of an earlier case, for whoever has its people at the window again: what was agreed, what was kept of it,
why nothing came of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.aftermath import Breach
from mediation_desk.domain.agreement import Agreement, AgreementForm, Obligation, ObligationKind, PerformanceState
from mediation_desk.domain.case import AGREED, Decision, DecisionKind, Outcome, OutcomeKind
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.money import figures
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.schedule import schedule_on

_GIST = 60
_INDENT = "　"


class Kept(Labelled):
    """How far what was agreed is kept, what worries most first."""

    BROKEN = "broken", "不履行"
    LATE = "late", "逾期未履行"
    PARTLY = "partly", "部分履行"
    OPEN = "open", "未到期"
    DONE_LATE = "done_late", "逾期后履行"
    DONE = "done", "已履行"
    NOT_NEEDED = "not_needed", "不需履行"


class Facts(NamedTuple):
    """Of a case: its last decision and outcome, its agreements, and the names of its parties by their numbers."""

    decision: Decision | None
    outcome: Outcome | None
    agreements: Sequence[Agreement]
    breaches: Sequence[Breach]
    names: Mapping[int, str]


class OwedBefore(NamedTuple):
    """What was owed, in words, and how far it was kept."""

    what: str
    kept: Kept


class AgreedBefore(NamedTuple):
    """An agreement in effect, or one that nobody withdrew and that lacks marks (`effective_on` None)."""

    number: str
    form: AgreementForm
    effective_on: date | None
    clauses: tuple[str, ...]
    owed: tuple[OwedBefore, ...]


class WhatBecame(NamedTuple):
    """What was agreed; how mediation ended, also in words with its day; why nothing was agreed, "" where it was."""

    agreed: tuple[AgreedBefore, ...]
    way: OutcomeKind | None
    ended: str
    why_not: str
    breaches: tuple[str, ...]

    @property
    def kept(self) -> Kept | None:
        """Of all that was agreed, what worries most; None where nothing was."""
        every = {owed.kept for each in self.agreed if each.effective_on for owed in each.owed}
        if self.breaches and not every <= {Kept.DONE, Kept.DONE_LATE, Kept.NOT_NEEDED}:
            return Kept.BROKEN
        return next((kept for kept in Kept if kept in every), None)

    def in_words(self) -> list[str]:
        """For reading, a line each."""
        told = [f"结果：{self.ended or '还没有结果'}"]
        if self.why_not:
            told.append(f"原因：{self.why_not}")
        for agreed in self.agreed:
            since = f"{show_day(agreed.effective_on)}起生效" if agreed.effective_on else "没有生效"
            told.append(f"{agreed.form.label}{agreed.number}，{since}")
            told += [f"{_INDENT}{no}. {_gist(text)}" for no, text in enumerate(agreed.clauses, start=1)]
            told += [f"{_INDENT}{each.kept.label}：{each.what}" for each in agreed.owed]
        return told + [f"不履行：{each}" for each in self.breaches]


def what_became(facts: Facts, rules: Rules, today: date) -> WhatBecame:
    """Tell what came of a case, as it stands today."""
    standing = [each for each in facts.agreements if each.withdrawn_at is None and not each.is_draft]
    return WhatBecame(
        tuple(_agreed(each, facts.names, today) for each in standing),
        facts.outcome.kind if facts.outcome else None,
        _ended(facts),
        _why_not(facts, rules),
        tuple(f"{show_day(each.found_on)} {each.situation}" for each in facts.breaches),
    )


def _agreed(agreement: Agreement, names: Mapping[int, str], today: date) -> AgreedBefore:
    owed = tuple(OwedBefore(_owed(each, names), kept_on(each, today)) for each in agreement.obligations)
    clauses = tuple(each.text for each in agreement.clauses)
    return AgreedBefore(agreement.number, agreement.form, agreement.effective_on, clauses, owed)


def kept_on(obligation: Obligation, today: date) -> Kept:
    """How far it is kept. What came after its last due day was kept late."""
    if obligation.waived_on is not None:
        return Kept.NOT_NEEDED
    if obligation.is_done:
        last_due = max((day for day, _ in obligation.due_parts), default=None)
        last_done = max((each.done_on for each in obligation.performances), default=None)
        return Kept.DONE_LATE if last_due and last_done and last_done > last_due else Kept.DONE
    if any(part.state is PerformanceState.LATE for part in schedule_on(obligation, today)):
        return Kept.LATE
    return Kept.PARTLY if obligation.performances else Kept.OPEN


def _owed(obligation: Obligation, names: Mapping[int, str]) -> str:
    payer = names.get(obligation.payer_no or 0, obligation.payer_name)
    payee = names.get(obligation.payee_no or 0, obligation.payee_name)
    if obligation.kind is ObligationKind.ACT or obligation.amount_fen is None:
        return f"{payer}{obligation.what}"
    paid = f"，已付{figures(obligation.paid_fen)}元" if 0 < obligation.paid_fen < obligation.amount_fen else ""
    return f"{payer}付{payee}{figures(obligation.amount_fen)}元{paid}"


def _ended(facts: Facts) -> str:
    decision, outcome = facts.decision, facts.outcome
    ended = f"{show_day(outcome.ended_on)}{outcome.kind.label}" if outcome else ""
    if decision is None or (decision.kind is DecisionKind.ACCEPTED and not _is_newer(decision, outcome)):
        return ended
    if decision.kind is DecisionKind.ACCEPTED:
        return f"{ended}，{show_day(decision.decided_on)}重新受理" if ended else ""
    to_whom = f"给{decision.handed_to}" if decision.handed_to else ""
    return f"{show_day(decision.decided_on)}{decision.kind.label}{to_whom}"


def _why_not(facts: Facts, rules: Rules) -> str:
    decision, outcome = facts.decision, facts.outcome
    if decision is not None and decision.kind is not DecisionKind.ACCEPTED:
        return _joined((rules.table("non_acceptance_reason").label(decision.reason_code), decision.reason))
    if outcome is None or outcome.kind in AGREED:
        return ""
    return _joined((rules.table("termination_reason").label(outcome.reason_code), outcome.reason))


def _is_newer(decision: Decision, outcome: Outcome | None) -> bool:
    """Whether the case was taken up again after mediation had ended."""
    return outcome is None or decision.recorded_at > outcome.recorded_at


def _joined(parts: Iterable[str]) -> str:
    return "：".join(filter(None, parts))


def _gist(text: str) -> str:
    """The beginning of a clause, which says who owes what."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _GIST else f"{plain[:_GIST]}…"
