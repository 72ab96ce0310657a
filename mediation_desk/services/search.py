"""Looking for cases: what was typed into the box, what could be typed next, and the lines of what is found."""

from collections.abc import Iterable

from mediation_desk.domain.search_query import (
    DONE_WORDS,
    KEYS,
    KIND_KEY,
    MEDIATOR_KEY,
    OPEN_WORDS,
    SearchQuery,
    read_query,
    values_of,
)
from mediation_desk.domain.search_words import fold
from mediation_desk.domain.stage import Stage
from mediation_desk.services.act import Act
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records

MOST_SHOWN = 50
"""How many lines the list under the box holds; whoever wants more goes to the list of cases."""

_MOST_OFFERED = 8


def read_box(records: Records, act: Act, typed: str) -> SearchQuery:
    """The words and conditions that were typed, with the kinds and mediators that are called so here."""
    kinds = _kinds(act) if KIND_KEY in typed else {}
    return read_query(typed, kinds, _mediators(records) if MEDIATOR_KEY in typed else {})


def look_for(records: Records, act: Act, typed: str, most: int = MOST_SHOWN) -> list[CaseRow]:
    """The newest cases that match what was typed, as far as the acting user may see them; none for an empty box."""
    query = read_box(records, act, typed)
    return records.cases.rows(records.search.ids(query, limit=most)) if query else []


def conditions_like(records: Records, act: Act, typed: str) -> list[str]:
    """What the last word could be meant to become: "状" → "状态:"; "状态:受" → "状态:已受理", "状态:不予受理"."""
    last = "" if typed != typed.rstrip() else (typed.split() or [""])[-1]
    found = values_of(last)
    if found is None:
        return [f"{key}:" for key in KEYS if last and key.startswith(last)]
    key, values = found
    begun = values[-1] if values else ""
    offered = dict.fromkeys(
        label for label in _labels(records, act, key) if begun in fold(label) and begun != fold(label)
    )
    return [f"{key}:{label}" for label in offered][:_MOST_OFFERED]


def _labels(records: Records, act: Act, key: str) -> Iterable[str]:
    match key:
        case "类型":
            return [code.label for code in act.rules.table("dispute_kind").valid_on(act.today)]
        case "状态":
            return [OPEN_WORDS[0], DONE_WORDS[0], *(stage.label for stage in Stage)]
    return _mediators(records).values()


def _kinds(act: Act) -> dict[str, str]:
    table = act.rules.table("dispute_kind")
    return {code.code: table.full_label(code.code) for code in table.codes}


def _mediators(records: Records) -> dict[int, str]:
    return {each.id: each.name for each in records.mediators.all() if each.id is not None}
