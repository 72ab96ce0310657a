"""Fills the forms of upstream systems with what a case has.

What nobody recorded stays empty and is named; a text that is too long is cut, and that is told too.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Side
from mediation_desk.domain.upstream_form import DayFormat, Each, UpstreamField, UpstreamForm
from mediation_desk.domain.upstream_values import value_of


class Filling(Labelled):
    """What a field holds, or why it is empty."""

    KNOWN = "known", "已记录"
    MISSING = "missing", "没有记录"
    NOTHING = "nothing", "不涉及，或还没有到"
    NOT_KEPT = "not_kept", "本系统不记"


class Filled(NamedTuple):
    """A field with what the case has for it. `cut` is how many characters did not fit."""

    label: str
    filling: Filling
    value: str | int = ""
    cut: int = 0


def fill(form: UpstreamForm, given: PaperInput) -> list[Filled]:
    """Every field of the form in its order; those that come for each party as often as there are parties."""
    return [_filled(form, field, about, label) for field, about, label in _asked(form, given)]


_SIDES = {Each.CLAIMANTS: Side.CLAIMANT, Each.RESPONDENTS: Side.RESPONDENT, Each.OTHERS: Side.OTHER}


def _asked(form: UpstreamForm, given: PaperInput) -> Iterator[tuple[UpstreamField, PaperInput, str]]:
    """Each field with what it is about, and its label. Fields of one party stay together."""
    for each, together in groupby(form.fields, lambda field: field.each):
        fields = list(together)
        if each is None:
            yield from ((field, given, field.label) for field in fields)
            continue
        parties = given.case.side(_SIDES[each])
        for number, party in enumerate(parties, start=1):
            mark = each.label + (str(number) if len(parties) > 1 else "")
            about = replace(given, party=party)
            yield from ((field, about, f"{mark} {field.label}") for field in fields)


def _filled(form: UpstreamForm, field: UpstreamField, given: PaperInput, label: str) -> Filled:
    value = value_of(given, field.value) if field.value else ""
    if not field.value or value is None:
        return Filled(label, Filling.MISSING if field.value else Filling.NOT_KEPT)
    if isinstance(value, date):
        value = f"{value:%Y%m%d}" if form.days is DayFormat.COMPACT else value.isoformat()
    if value == "":
        return Filled(label, Filling.NOTHING)
    longest = _longest(field, given)
    if isinstance(value, str) and longest and len(value) > longest:
        return Filled(label, Filling.KNOWN, value[:longest], len(value) - longest)
    return Filled(label, Filling.KNOWN, value)


def _longest(field: UpstreamField, given: PaperInput) -> int:
    """How many code points a text may have; 0 for any number."""
    return given.rules.setting(field.longest_setting, given.day) if field.longest_setting else field.longest
