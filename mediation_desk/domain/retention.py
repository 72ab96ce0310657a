"""How long a case file is to be kept: a proposal with its reason. The committee decides.

People's mediation law says only that files are kept (人民调解法 art. 27); the period follows the kind of dispute, what
was agreed and the parties' circumstances. Kinds, words, numbers and years are rules (`dispute_kind`, `safety_flag`,
`retention_class`, settings).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.case import Case, OutcomeKind
from mediation_desk.domain.rules import CodeTable, Rules

PERMANENT, LONG_TERM, SHORT_TERM = "permanent", "long_term", "short_term"


class Retention(NamedTuple):
    """A class of the table `retention_class`, and why."""

    code: str
    reason: str


def propose_retention(case: Case, rules: Rules, today: date) -> Retention:
    """The longest class that something of the case speaks for."""
    for reason in _for_ever(case, rules, today):
        return Retention(PERMANENT, reason)
    for agreement in case.effective_agreements:
        for reason in _for_long(agreement, rules, today):
            return Retention(LONG_TERM, reason)
    oral = case.outcome is not None and case.outcome.kind is OutcomeKind.ORAL
    return Retention(SHORT_TERM, "口头协议" if oral else "没有需要长期或者永久保管的情形")


def keep_until(closed_on: date, code: str, rules: Rules) -> date | None:
    """The last day of a class, None for ever: its years run from the 1 January after closing."""
    years = rules.table("retention_class")[code].extra.get("years")
    return date(closed_on.year + int(years), 12, 31) if years else None


def _for_ever(case: Case, rules: Rules, today: date) -> Iterator[str]:
    kinds = rules.table("dispute_kind")
    if _retention_of(kinds, case.dispute_kind) == PERMANENT:
        yield kinds.full_label(case.dispute_kind)
    flags = rules.table("safety_flag")
    yield from (flags.label(flag) for flag in case.safety_flags if _retention_of(flags, flag) == PERMANENT)
    people = max(case.people_involved or 0, len(case.parties))
    if people >= rules.setting("mass_event_people", today):
        yield f"涉及{people}人"
    told = "\n".join([case.matter, *(agreement.facts for agreement in case.agreements)])
    words = rules.table("retention_class")[PERMANENT].extra.get("words", "").split()
    yield from (f"案情写有“{word}”" for word in words if word in told)


def _for_long(agreement: Agreement, rules: Rules, today: date) -> Iterator[str]:
    if agreement.confirmation_wanted:
        yield "申请司法确认"
    last_due = max((due_on for owed in agreement.obligations for due_on, _ in owed.due_parts), default=None)
    longest = rules.setting("long_performance_days", today)
    began = agreement.effective_on
    if last_due and began and last_due - began > timedelta(days=longest):
        yield f"协议履行到{last_due.year}年{last_due.month}月{last_due.day}日，超过{longest}天"


def _retention_of(table: CodeTable, code: str) -> str:
    """What the code, or else the one above it, says about keeping."""
    if code not in table:
        return ""
    entry = table[code]
    return entry.extra.get("retention", "") or _retention_of(table, entry.parent)
