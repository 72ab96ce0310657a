"""The time limits between the desk and other units: objecting to a referral, feedback on it, replies to supervision."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mediation_desk.domain.procedure_clock import Clock, running, until_day
from mediation_desk.domain.referral import ENDS, Direction, Referral, ReferralKind, ReferralStepKind
from mediation_desk.domain.rules import Period, Rules
from mediation_desk.domain.supervision import SupervisionOrder
from mediation_desk.domain.time_facts import ClockKind

OPEN_TO_OBJECTION = frozenset({ReferralKind.HAND_OVER, ReferralKind.ASSIGNED_TASK, ReferralKind.FORWARD})
"""信访工作条例 art. 23; it says nothing of what a court or an agency entrusts."""

_OBJECTION = "T22"


class ReferralFacts(NamedTuple):
    """What the time limits of a referral follow from."""

    no: int
    direction: Direction
    kind: ReferralKind
    unit: str
    sent_on: date
    due_on: date | None
    steps: Sequence[tuple[ReferralStepKind, date]]

    def first(self, *kinds: ReferralStepKind) -> tuple[ReferralStepKind, date] | None:
        return next((step for step in self.steps if step[0] in kinds), None)

    @property
    def other_side(self) -> str:
        """The unit it went to, which has to do something within the time limits; or the one it came from."""
        return self.unit if self.direction is Direction.OUT else f"{self.unit}转来"


class OrderFacts(NamedTuple):
    """What the time limit of the reply to an order of supervision follows from."""

    no: int
    unit: str
    issued_on: date
    due_on: date
    replied_on: date | None
    settled_on: date | None


def facts_of(referral: Referral) -> ReferralFacts:
    return ReferralFacts(
        referral.no,
        referral.direction,
        referral.kind,
        referral.unit,
        referral.sent_on,
        referral.due_on,
        [(each.kind, each.happened_on) for each in referral.steps],
    )


def order_facts_of(order: SupervisionOrder) -> OrderFacts:
    return OrderFacts(order.no, order.unit, order.issued_on, order.due_on, order.replied_on, order.settled_on)


def referral_clocks(rules: Rules, facts: ReferralFacts) -> list[Clock]:
    """Objecting, from the day it was signed for and while nobody answered; and feedback, where a day was set for it."""
    found = []
    signed, ended = facts.first(ReferralStepKind.SIGNED_FOR), facts.first(*ENDS)
    objected = facts.first(ReferralStepKind.OBJECTED)
    if signed and facts.kind in OPEN_TO_OBJECTION and (objected or not ended):
        period = rules.period(_OBJECTION, signed[1])
        found.append(_of_referral(ClockKind.OBJECTION, rules, facts, period, signed[1], objected))
    if facts.due_on:
        period = until_day(f"{facts.kind.label}的反馈期限", "转办时确定的日期", facts.sent_on, facts.due_on)
        found.append(_of_referral(ClockKind.FEEDBACK, rules, facts, period, facts.sent_on, ended))
    return found


def reply_clock(rules: Rules, order: OrderFacts) -> Clock:
    """The reply to an order, until the day the order sets."""
    period = until_day("督办单的答复期限", "督办单确定的日期", order.issued_on, order.due_on)
    met_on, met_by = (order.replied_on, "答复") if order.replied_on else (order.settled_on, "督办了结")
    met_by = met_by if met_on else ""
    return running(
        ClockKind.SUPERVISION,
        rules,
        period,
        order.issued_on,
        met_on=met_on,
        met_by=met_by,
        no=order.no,
        about=order.unit,
    )


def _of_referral(
    kind: ClockKind,
    rules: Rules,
    facts: ReferralFacts,
    period: Period,
    since: date,
    ended: tuple[ReferralStepKind, date] | None,
) -> Clock:
    met_by, met_on = (ended[0].label, ended[1]) if ended else ("", None)
    return running(kind, rules, period, since, met_on=met_on, met_by=met_by, no=facts.no, about=facts.other_side)
