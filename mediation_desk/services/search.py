"""Looking for cases: what was typed into the box, and the lines of what is found."""

from mediation_desk.domain.search_query import KIND_KEY, MEDIATOR_KEY, SearchQuery, read_query
from mediation_desk.services.act import Act
from mediation_desk.store.cases import CaseRow
from mediation_desk.store.records import Records

MOST_SHOWN = 50
"""How many lines the list under the box holds; whoever wants more goes to the list of cases."""


def read_box(records: Records, act: Act, typed: str) -> SearchQuery:
    """The words and conditions that were typed, with the kinds and mediators that are called so here."""
    labels, names = {}, {}
    if KIND_KEY in typed:
        kinds = act.rules.table("dispute_kind")
        labels = {code.code: kinds.full_label(code.code) for code in kinds.codes}
    if MEDIATOR_KEY in typed:
        names = {each.id: each.name for each in records.mediators.all() if each.id is not None}
    return read_query(typed, labels, names)


def look_for(records: Records, act: Act, typed: str, most: int = MOST_SHOWN) -> list[CaseRow]:
    """The newest cases that match what was typed, as far as the acting user may see them; none for an empty box."""
    query = read_box(records, act, typed)
    return records.cases.rows(records.search.ids(query, limit=most)) if query else []
