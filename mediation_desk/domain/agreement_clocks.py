"""The time limits after an agreement: asking a court to confirm it, the court's ruling, claiming what is owed.

人民调解法 art. 33; 民事诉讼法 art. 187, 205 and 250; 民法典 art. 188.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.aftermath import ConfirmationState, ConfirmationStep
from mediation_desk.domain.agreement import Agreement, Obligation
from mediation_desk.domain.procedure_clock import Clock, running
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.time_facts import ClockKind

_CONFIRMATION, _RULING, _ENFORCEMENT, _LIMITATION = "T11", "T12", "T13", "T45"
_RULED = frozenset({ConfirmationState.CONFIRMED, ConfirmationState.DISMISSED})
_APPLIED = frozenset({ConfirmationState.APPLIED, ConfirmationState.ACCEPTED, *_RULED})

_Step = tuple[ConfirmationState, date]


class ConfirmationFacts(NamedTuple):
    """What the time limits of judicial confirmation of one agreement follow from."""

    no: int
    number: str
    effect_day: date
    steps: Sequence[_Step]

    @property
    def standing(self) -> Sequence[_Step]:
        """The steps of the application that stands: one that was withdrawn may be made anew."""
        states = [state for state, _ in self.steps]
        if ConfirmationState.WITHDRAWN not in states:
            return self.steps
        return self.steps[len(states) - states[::-1].index(ConfirmationState.WITHDRAWN) :]

    @property
    def is_unwanted(self) -> bool:
        return bool(self.steps) and self.steps[-1][0] is ConfirmationState.NOT_WANTED


def facts_of(agreement: Agreement, effect_day: date, steps: Iterable[ConfirmationStep]) -> ConfirmationFacts:
    own = [(each.state, each.happened_on) for each in steps if each.agreement_no == agreement.no]
    return ConfirmationFacts(agreement.no, agreement.number, effect_day, own)


def confirmation_clocks(rules: Rules, facts: ConfirmationFacts) -> list[Clock]:
    """Asking for it, unless the parties do not want it; and the ruling, once the court took the application."""
    if facts.is_unwanted:
        return []
    applied = _first(facts.standing, _APPLIED)
    period = rules.period(_CONFIRMATION, facts.effect_day)
    found = [
        running(
            ClockKind.CONFIRMATION,
            rules,
            period,
            facts.effect_day,
            met_on=applied[1] if applied else None,
            met_by=ConfirmationState.APPLIED.label if applied else "",
            no=facts.no,
            about=facts.number,
        )
    ]
    accepted = _first(facts.standing, {ConfirmationState.ACCEPTED})
    if accepted:
        ruled = _first(facts.standing, _RULED)
        found.append(
            running(
                ClockKind.RULING,
                rules,
                rules.period(_RULING, accepted[1]),
                accepted[1],
                met_on=ruled[1] if ruled else None,
                met_by=ruled[0].label if ruled else "",
                no=facts.no,
                about=facts.number,
            )
        )
    return found


def claim_clock(rules: Rules, agreement: Agreement, facts: ConfirmationFacts) -> Clock | None:
    """Until when what is owed can be enforced, or sued for where no court confirmed it; None once nothing is owed.

    Of instalments the last one counts (民事诉讼法 art. 250, 民法典 art. 189); of several debts the one due first.
    """
    ends = [day for each in agreement.obligations if (day := _last_due(each))]
    if not ends:
        return None
    since = min(ends)
    confirmed = bool(facts.steps) and facts.steps[-1][0] is ConfirmationState.CONFIRMED
    kind, rule = (ClockKind.ENFORCEMENT, _ENFORCEMENT) if confirmed else (ClockKind.LIMITATION, _LIMITATION)
    return running(kind, rules, rules.period(rule, since), since, no=agreement.no, about=agreement.number)


def limitation_clock(rules: Rules, ended_on: date) -> Clock:
    """The limitation after mediation that came to nothing: asking for it interrupted it (法释〔2020〕17号 art. 12), and
    it begins anew when the procedure ends (民法典 art. 195).
    """
    return running(ClockKind.LIMITATION, rules, rules.period(_LIMITATION, ended_on), ended_on)


def _last_due(obligation: Obligation) -> date | None:
    if obligation.is_done or obligation.waived_on:
        return None
    return max((day for day, _ in obligation.due_parts), default=None)


def _first(steps: Iterable[_Step], states: Iterable[ConfirmationState]) -> _Step | None:
    return next((step for step in steps if step[0] in states), None)
