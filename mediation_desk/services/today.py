"""What the desk sees when it opens: who is here, who waits, what is late or soon due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import cache, partial
from typing import NamedTuple

from mediation_desk.domain.agreement_clocks import ConfirmationFacts, confirmation_clocks
from mediation_desk.domain.dates import show_time
from mediation_desk.domain.day_count import Stop
from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.money import figures
from mediation_desk.domain.petition_clocks import petition_clocks
from mediation_desk.domain.procedure_clock import USUAL_MEDIATION, acceptance_clock, mediation_clock
from mediation_desk.domain.referral import Direction
from mediation_desk.domain.risk import report_due_at
from mediation_desk.domain.time_facts import ClockKind
from mediation_desk.domain.working_days import PeriodEnd, period_end
from mediation_desk.services.act import Act
from mediation_desk.services.running_call_outs import RunningCallOut, running_call_outs
from mediation_desk.services.who_is_here import Presences, who_is_here
from mediation_desk.store.cases import CaseFilter, CaseRow
from mediation_desk.store.records import Records

WEEK = 7
AHEAD = 31
"""How many days ahead what follows from an agreement is shown, so that its dates are seen as soon as it binds."""
LONGEST_CONFIRMATION_WAIT = 60
"""Agreements older than this cannot still be inside the confirmation period, whatever holidays came in between."""
LONGEST_UNFINISHED = 366
"""So many days a petition item whose case left the desk stays on the list."""
NAMED_AT_ONCE = 100
"""Of so many due dates the case is read at once; a desk that has let thousands run late reads on as it scrolls."""


class Grade(IntEnum):
    """How pressing a due date is; sorts by urgency."""

    LATE = 0
    TODAY = 1
    SOON = 2
    WEEK = 3
    LATER = 4


class DueKind(Labelled):
    """What a due date is about."""

    DECISION = "decision", "决定是否受理"
    MEDIATION = "mediation", "调解期限"
    CONFIRMATION = "confirmation", "共同申请司法确认"
    PERFORMANCE = "performance", "履行"
    FOLLOW_UP = "follow_up", "回访"
    SUPERVISION = "supervision", "答复督办"
    CONFERENCE = "conference", "落实会商决定"
    REFERRED_OUT = "referred_out", "对方反馈转办"
    REFERRED_IN = "referred_in", "向来文单位反馈"
    SIGNATURE = "signature", "等对方签收"
    PETITION_NOTICE = "petition_notice", "书面告知信访人"
    PETITION = "petition", "信访事项办结"
    OBJECTION = "objection", "对转办提出异议"
    RULING = "ruling", "法院审查司法确认"
    RED_FLAG = "red_flag", "报告险情"
    TRANSFER = "transfer", "答复首问移交"


_LASTING = (DueKind.CONFIRMATION, DueKind.PERFORMANCE, DueKind.FOLLOW_UP)


class Due(NamedTuple):
    """Something due. `certain` is False where the holidays of that year are not known yet.

    `whom` names who has to act, where the case's own row does not tell; of a party it is the number, `payer_no`, until
    the due date comes into sight (`named`).
    `until` is the very moment, where minutes count.
    """

    case_id: int
    kind: DueKind
    due_on: date
    grade: Grade
    text: str
    certain: bool = True
    whom: str = ""
    payer_no: int | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Today:
    """Everything 今日 shows. `cases` gives the light rows of the first `NAMED_AT_ONCE` due dates.

    `newest_at` is when something was kept last, by any desk and whatever the clock said then.
    """

    presences: Presences
    call_outs: Sequence[RunningCallOut]
    registered: Sequence[CaseRow]
    dues: Sequence[Due]
    cases: dict[int, CaseRow]
    newest_at: datetime | None


def look_at_today(records: Records, act: Act) -> Today:
    """Gather 今日. Late things never fall off the list; where minutes count comes before whole days.

    Time limits of the desk itself are shown a week ahead, what follows from agreements a month.
    """
    dues = sorted(every_due(records, act), key=lambda due: (due.grade, due.until is None, due.due_on, due.case_id))
    horizon = act.today + timedelta(days=AHEAD)
    dues = [due for due in dues if due.grade is not Grade.LATER or (due.kind in _LASTING and due.due_on <= horizon)]
    first, rows = named(records, dues[:NAMED_AT_ONCE])
    registered = records.cases.rows(records.cases.ids(CaseFilter(since=act.today, until=act.today)))
    presences = who_is_here(records, act, act.at)
    return Today(
        presences=presences,
        call_outs=running_call_outs(records, act),
        registered=registered,
        dues=[*first, *dues[NAMED_AT_ONCE:]],
        cases=rows,
        newest_at=records.backups.newest_at(),
    )


def named(records: Records, dues: Sequence[Due]) -> tuple[list[Due], dict[int, CaseRow]]:
    """Due dates that come into sight, with the names of the parties who have to pay, and the rows of their cases."""
    rows = {row.id: row for row in records.cases.rows({due.case_id for due in dues})}
    names = records.cases.party_names({due.case_id for due in dues if due.payer_no is not None})
    return [due._replace(whom=names.get((due.case_id, due.payer_no or 0), due.whom)) for due in dues], rows


def grade_of(due_on: date, today: date, soon_days: int) -> Grade:
    """Late, today, within the warning days, within a week, or later."""
    left = (due_on - today).days
    if left < 0:
        return Grade.LATE
    if left == 0:
        return Grade.TODAY
    if left <= soon_days:
        return Grade.SOON
    return Grade.WEEK if left <= WEEK else Grade.LATER


def every_due(records: Records, act: Act) -> Iterator[Due]:
    """All that is due in the cases that the user may see, however far ahead, in no order."""
    yield from _of_the_desk(records, act)
    yield from _of_agreements(records, act)
    yield from _of_courts(records, act)
    yield from _of_petitions(records, act)
    yield from _of_other_units(records, act)
    yield from _of_what_was_sent(records, act)
    yield from _of_dangers(records, act)
    yield from _of_transfers(records, act)


def _of_the_desk(records: Records, act: Act) -> Iterator[Due]:
    """Equal clocks are counted once: most cases of a day run by the same."""
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)
    acceptance, mediation = cache(partial(acceptance_clock, rules)), cache(partial(mediation_clock, rules))
    for undecided in records.dues.undecided():
        end = acceptance(undecided.requested_on).count.end
        if end is not None:
            yield _due(undecided.case_id, DueKind.DECISION, end, today, soon)
    for under_way in records.dues.under_way():
        clock = mediation(
            case_source=under_way.case_source,
            dispute_kind=under_way.dispute_kind,
            requested_on=under_way.requested_on,
            accepted_on=under_way.accepted_on,
            stops=tuple(Stop(since=since, until=until, reason="") for since, until in under_way.stops),
            further=under_way.further,
        )
        if clock.count.end is not None:
            text = "" if clock.period.id == USUAL_MEDIATION else clock.period.title
            yield _due(under_way.case_id, DueKind.MEDIATION, clock.count.end, today, soon, text)


def _of_agreements(records: Records, act: Act) -> Iterator[Due]:
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)
    for planned in records.dues.follow_ups(today + timedelta(days=AHEAD)):
        grade = grade_of(planned.due_on, today, soon)
        yield Due(planned.case_id, DueKind.FOLLOW_UP, planned.due_on, grade, planned.subject)
    for case_id, what, owed, payer_no, payer_name in records.dues.obligations():
        upcoming = owed.next_due()
        if upcoming:
            due_on, amount_fen = upcoming
            text = what if amount_fen is None else f"应付{figures(amount_fen)}元"
            grade = grade_of(due_on, today, soon)
            yield Due(case_id, DueKind.PERFORMANCE, due_on, grade, text, whom=payer_name, payer_no=payer_no)


def _of_courts(records: Records, act: Act) -> Iterator[Due]:
    """Asking a court for confirmation, while that can still be done; and its ruling, once it took the application."""
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)
    confirmation_warning = rules.setting("confirmation_warning_days", today)
    untouched = cache(lambda effect_day: confirmation_clocks(rules, ConfirmationFacts(0, "", effect_day, ())))
    for case_id, facts in records.dues.for_court(today - timedelta(days=LONGEST_CONFIRMATION_WAIT)):
        for clock in confirmation_clocks(rules, facts) if facts.steps else untouched(facts.effect_day):
            end = clock.count.end
            if end is None or not clock.is_running:
                continue
            if clock.kind is ClockKind.RULING:
                yield _due(case_id, DueKind.RULING, end, today, soon, facts.number)
            elif end.effective >= today:
                text = f"{facts.number}，逾期不能再申请"
                yield _due(case_id, DueKind.CONFIRMATION, end, today, confirmation_warning, text)


def _of_petitions(records: Records, act: Act) -> Iterator[Due]:
    """Which petitioners are to be told, and which items to be finished (信访工作条例 art. 23, 34)."""
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)
    for item in records.petitions.unfinished(today - timedelta(days=LONGEST_UNFINISHED)):
        stops = tuple(Stop(since=since, until=until, reason="") for since, until in item.stops)
        for clock in petition_clocks(rules, item.facts, stops=stops, further=item.further):
            if clock.is_running and clock.count.end is not None:
                yield _due(item.case_id, DueKind(clock.kind.value), clock.count.end, today, soon)


def _of_other_units(records: Records, act: Act) -> Iterator[Due]:
    soon = act.rules.setting("due_soon_days", act.today)
    for kind, answers in (
        (DueKind.SUPERVISION, records.dues.supervision()),
        (DueKind.CONFERENCE, records.dues.conference_decisions()),
        (DueKind.REFERRED_OUT, records.dues.referrals(Direction.OUT)),
        (DueKind.REFERRED_IN, records.dues.referrals(Direction.IN)),
    ):
        for answer in answers:
            grade = grade_of(answer.due_on, act.today, soon)
            yield Due(answer.case_id, kind, answer.due_on, grade, "", whom=answer.unit)


def _of_what_was_sent(records: Records, act: Act) -> Iterator[Due]:
    """Who has not signed for what went out, and what came in that may be objected to (信访工作条例 art. 23)."""
    rules, today = act.rules, act.today
    soon = rules.setting("due_soon_days", today)
    wait = timedelta(days=rules.setting("referral_sign_days", today))
    for unsigned in records.referrals.unsigned():
        due_on = unsigned.sent_on + wait
        grade = grade_of(due_on, today, soon)
        yield Due(unsigned.case_id, DueKind.SIGNATURE, due_on, grade, "", whom=unsigned.unit)
    end = cache(lambda signed_on: period_end(signed_on, rules.period("T22", signed_on), rules.holidays))
    for received in records.referrals.received():
        last = end(received.signed_on)
        if last.effective >= today:
            text = f"{received.unit}转来，逾期不能再提"
            yield _due(received.case_id, DueKind.OBJECTION, last, today, soon, text)


def _of_dangers(records: Records, act: Act) -> Iterator[Due]:
    """Dangers that nobody reported yet: minutes count."""
    flags = act.rules.table("safety_flag")
    for owed in records.procedure_dues.unreported():
        until = report_due_at(owed.marked_at, act.rules)
        text = f"{flags.label(owed.flag)}，应在{show_time(until.time())}前报告"
        grade = Grade.LATE if act.at > until else Grade.TODAY
        yield Due(owed.case_id, DueKind.RED_FLAG, until.date(), grade, text, until=until)


def _of_transfers(records: Records, act: Act) -> Iterator[Due]:
    """Who would like to hand a visitor over to this user."""
    for offer in records.procedure_dues.offers_to(act.by_id):
        name = records.centre.get().user_name(offer.by_id)
        text = f"{name}请您接手" + (f"：{offer.reason}" if offer.reason else "")
        yield Due(offer.case_id, DueKind.TRANSFER, offer.offered_at.date(), Grade.TODAY, text)


def _due(case_id: int, kind: DueKind, end: PeriodEnd, today: date, warning: int, text: str = "") -> Due:
    return Due(case_id, kind, end.effective, grade_of(end.effective, today, warning), text, end.certain)
