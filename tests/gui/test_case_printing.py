"""A paper of a case is printed from wherever it is offered; what went to the printer is noted."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from mediation_desk.domain.case import EventKind
from mediation_desk.gui import case_printing
from mediation_desk.gui.case_printing import print_case_paper
from mediation_desk.gui.desk import Desk
from tests.desk import Desk as Clerk
from tests.gui.looking import said_in_a_box


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, int]]:
    """A printer that takes everything at once; what went there, and its size."""
    sent: list[tuple[str, int, int]] = []

    def take(window: QWidget, pdf: bytes, title: str, copies: int, done: Callable[[int], None]) -> None:
        sent.append((title, copies, len(pdf)))
        done(copies)

    monkeypatch.setattr(case_printing, "print_paper", take)
    return sent


def printed(clerk: Clerk, case_id: int) -> list[str]:
    return [event.text for event in clerk.case(case_id).events if event.kind is EventKind.PRINTED]


def test_what_was_printed_is_noted_and_printing_it_again_is_a_reprint(
    place: QWidget, desk: Desk, clerk: Clerk, printer: list[tuple[str, int, int]]
) -> None:
    case_id = clerk.registered()
    print_case_paper(place, desk, case_id, "R2")
    print_case_paper(place, desk, case_id, "R2", large=True)
    assert [(title, copies) for title, copies, _ in printer] == [("登记回执", 1)] * 2
    assert printed(clerk, case_id) == ["登记回执 1份", "登记回执 1份（重印，第2次）"]


def test_the_card_of_the_last_agreement_goes_to_every_party(
    place: QWidget, desk: Desk, clerk: Clerk, printer: list[tuple[str, int, int]]
) -> None:
    case_id = clerk.performing()
    print_case_paper(place, desk, case_id, "R1")
    assert [(title, copies) for title, copies, _ in printer] == [("履约与权利提示卡", 2)]


def test_a_paper_the_case_has_not_is_refused_in_a_sentence(
    place: QWidget, desk: Desk, clerk: Clerk, printer: list[tuple[str, int, int]]
) -> None:
    print_case_paper(place, desk, clerk.registered(), "R1")
    assert said_in_a_box(place) == "这个案件现在没有可打印的 R1。"
    assert printer == []
