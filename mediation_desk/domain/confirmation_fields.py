"""What a form can show of an application for judicial confirmation, by name: a part of the catalogue."""

from collections.abc import Callable, Mapping

from mediation_desk.domain.confirmation import court_of
from mediation_desk.domain.enclosures import TABLE, Enclosure, enclosures_of
from mediation_desk.domain.paper_input import PaperInput


def _enclosures(given: PaperInput) -> list[Enclosure]:
    return enclosures_of(given.case, given.agreement, given.rules, given.day) if given.agreement else []


def _rows(given: PaperInput) -> list[list[str]]:
    shown = [each for each in _enclosures(given) if each.is_needed or each.is_there]
    return [
        [str(number), each.label, "√" if each.is_there else "缺", each.remark]
        for number, each in enumerate(shown, start=1)
    ]


CONFIRMATION_TEXTS: Mapping[str, Callable[[PaperInput], str]] = {
    "confirmation.court": lambda given: court_of(given.case, given.agreement.no) if given.agreement else "",
}

CONFIRMATION_LISTS: Mapping[str, Callable[[PaperInput], list[str]]] = {
    "confirmation.enclosures": lambda given: [each.label for each in _enclosures(given) if each.is_there],
    "confirmation.missing": lambda given: [each.label for each in _enclosures(given) if each.is_missing],
}

CONFIRMATION_OPTIONS: Mapping[str, Callable[[PaperInput], list[str]]] = {
    "confirmation.all_enclosures": lambda given: [code.label for code in given.rules.table(TABLE).valid_on(given.day)],
}

CONFIRMATION_ROWS: Mapping[str, Callable[[PaperInput], list[list[str]]]] = {"confirmation.enclosures": _rows}

CONFIRMATION_COLUMNS = {"confirmation.enclosures": 4}
