"""What papers say of orders to a unit (E7) and of conferences (E8), where these are facts.

`TOLD` gives it as it would have been typed: a day as 2026-01-31, what is ticked by its words, rows of cells.
"""

from collections.abc import Callable, Iterator, Mapping

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import day_in_words, show_day
from mediation_desk.domain.paper import Value
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.supervision import Conference, ConferenceDecision, SupervisionOrder

_COLUMNS_OF_UNITS = 3


def _of_order(read: Callable[[SupervisionOrder], str]) -> Callable[[PaperInput], str]:
    return lambda given: read(given.about) if isinstance(given.about, SupervisionOrder) else ""


def _of_conference(read: Callable[[Conference], str]) -> Callable[[PaperInput], str]:
    return lambda given: read(given.about) if isinstance(given.about, Conference) else ""


def _faults(given: PaperInput) -> Value:
    order = given.about
    return [given.label("supervision_fault", order.fault_code)] if isinstance(order, SupervisionOrder) else []


def _units(given: PaperInput) -> Value:
    """Of each line the unit, and who came from there where that was recorded."""
    units = given.about.units if isinstance(given.about, Conference) else []
    rows = [line.split(maxsplit=_COLUMNS_OF_UNITS - 1) for line in units]
    return [[*row, *[""] * (_COLUMNS_OF_UNITS - len(row))] for row in rows]


def _meeting(given: PaperInput) -> list[Case]:
    return list(given.meeting) or [given.case]


def _cases(given: PaperInput) -> str:
    """The cases of the conference, counted where there are several."""
    cases = _meeting(given)
    lines = [
        "　".join(filter(None, (case.file_title(given.label("dispute_kind", case.dispute_kind)), case.number)))
        for case in cases
    ]
    return "\n".join(f"{no}．{line}" for no, line in enumerate(lines, start=1)) if len(lines) > 1 else lines[0]


def _decisions(given: PaperInput) -> Value:
    """All that was decided, in its order; which case it is about where there are several."""
    several = len(_meeting(given)) > 1
    rows = []
    for place, decision in sorted(_decided(given), key=lambda each: each[1].no):
        about = f"（第{place}件）" if several else ""
        helped = f"（{decision.helpers}配合）" if decision.helpers else ""
        rows.append([about + decision.text + helped, decision.unit, day_in_words(decision.due_on)])
    return rows


def _decided(given: PaperInput) -> Iterator[tuple[int, ConferenceDecision]]:
    """Every decision of the conference, with the place of its case among those of the meeting."""
    meeting = given.about.meeting if isinstance(given.about, Conference) else ""
    for place, case in enumerate(_meeting(given), start=1):
        for conference in case.conferences:
            if conference.meeting == meeting:
                yield from ((place, decision) for decision in conference.decisions)


TOLD: Mapping[str, Callable[[PaperInput], Value]] = {
    "supervision.unit": _of_order(lambda order: order.unit),
    "supervision.faults": _faults,
    "supervision.demand": _of_order(lambda order: order.demand),
    "supervision.due_on": _of_order(lambda order: show_day(order.due_on)),
    "supervision.issued_on": _of_order(lambda order: show_day(order.issued_on)),
    "supervision.reply": _of_order(lambda order: order.reply),
    "supervision.replied_on": _of_order(lambda order: show_day(order.replied_on)),
    "supervision.result": _of_order(lambda order: order.result),
    "conference.kind": _of_conference(lambda conference: conference.kind.label),
    "conference.held_on": _of_conference(lambda conference: show_day(conference.held_on)),
    "conference.place": _of_conference(lambda conference: conference.place),
    "conference.chair": _of_conference(lambda conference: conference.chair),
    "conference.minutes": _of_conference(lambda conference: conference.minutes),
    "conference.units": _units,
    "conference.decisions": _decisions,
}
SUPERVISION_TEXTS: Mapping[str, Callable[[PaperInput], str]] = {"conference.cases": _cases}
