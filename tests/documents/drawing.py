"""Draws the papers of the tests after the forms that come with the program."""

from dataclasses import replace

from mediation_desk.documents.form import draw
from mediation_desk.domain.paper_input import PaperInput, Thing


def drawn(code: str, given: PaperInput, about: Thing = None) -> bytes:
    return draw(given.rules.form(code), replace(given, about=about)).pdf
