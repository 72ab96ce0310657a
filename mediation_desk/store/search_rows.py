"""The index of search words: made apart for each engine, and kept true by every step in its own transaction.

In a file it is one FTS5 table without contents, whose rowid is the case: it gives the newest cases first for nothing.
`ascii` is the tokenizer that takes every character beyond ASCII for a part of a word, also those that a newer Unicode
brings. On a server it is a table of text vectors with GIN indexes, cut into partitions by case: the newest are asked
first, and mostly suffice. Words come as one text, with spaces between tokens (`search_words.py`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mediation_desk.domain.search_words import Document, tokens_of
from mediation_desk.store.sealing import Change, Cursor

PARTITION = 100_000
"""Cases in a partition of the index of a server."""

PARTITIONS = 20
"""The last one holds all further cases too."""

_AT_A_TIME = 500

_ASKED = {
    "cases": (
        "title",
        "matter",
        "demand",
        "occurred_at",
        "remark",
        "number",
        "query_code",
        "stage",
        "dispute_kind",
        "registered_at",
    ),
    "parties": (
        "case_id",
        "name",
        "aliases",
        "legal_representative",
        "workplace",
        "address",
        "id_number",
        "uscc",
        "phone",
    ),
    "agents": ("party_id", "name", "address", "id_number", "phone"),
    "issued_numbers": ("case_id", "text"),
    "assignments": ("case_id", "mediator_id", "ended_on"),
    "call_outs": ("case_id", "ended_at"),
    "calls": ("call_out_id", "mediator_id"),
}
"""The columns that the words of a case are made of, by table."""

Row = Mapping[str, Any]


# ---- what there is to be found of a case


def document_of(case: Row, parts: Mapping[str, Sequence[Row]]) -> Document:
    """The document of a row of `cases` and the rows of its parts, by table; calls are told by those call-outs only."""
    parties, agents = parts.get("parties", ()), parts.get("agents", ())
    running = {each["id"] for each in parts.get("call_outs", ()) if each["ended_at"] is None}
    return Document(
        texts=(
            *(case[name] for name in ("title", "matter", "demand", "occurred_at", "remark") if case[name]),
            *(each[name] for each in parties for name in ("workplace", "address") if each[name]),
            *(each["address"] for each in agents if each["address"]),
        ),
        names=(
            *(each[name] for each in parties for name in ("name", "aliases", "legal_representative") if each[name]),
            *(each["name"] for each in agents),
        ),
        codes=tuple(
            dict.fromkeys(
                code
                for code in (
                    case["number"],
                    *(each["text"] for each in parts.get("issued_numbers", ())),
                    case["query_code"],
                )
                if code
            )
        ),
        numbers=(
            *(each[name] for each in parties for name in ("id_number", "uscc", "phone") if each[name]),
            *(each[name] for each in agents for name in ("id_number", "phone") if each[name]),
        ),
        stage=case["stage"],
        dispute_kind=case["dispute_kind"],
        registered_on=date.fromisoformat(str(case["registered_at"])[:10]),
        mediator_ids=frozenset(
            each["mediator_id"] for each in parts.get("assignments", ()) if each["ended_on"] is None
        ),
        called_ids=frozenset(each["mediator_id"] for each in parts.get("calls", ()) if each["call_out_id"] in running),
    )


def read_documents(cursor: Cursor, case_ids: Collection[int], *, words_only: bool = False) -> dict[int, Document]:
    """The documents of these cases, without their mediators where `words_only`; those that are gone are left out."""
    found: dict[int, Document] = {}
    ids = list(case_ids)
    for first in range(0, len(ids), _AT_A_TIME):
        found.update(_read_some(cursor, ids[first : first + _AT_A_TIME], words_only=words_only))
    return found


def _read_some(cursor: Cursor, ids: list[int], *, words_only: bool) -> Iterator[tuple[int, Document]]:
    parts: dict[int, dict[str, list[Row]]] = {case_id: {} for case_id in ids}
    owners: dict[str, dict[int, int]] = {"parties": {}, "call_outs": {}}
    cases: list[Row] = list(_rows(cursor, "cases", "id", ids))
    for table in (
        ("parties", "issued_numbers") if words_only else ("parties", "issued_numbers", "assignments", "call_outs")
    ):
        for row in _rows(cursor, table, "case_id", ids):
            parts[row["case_id"]].setdefault(table, []).append(row)
            if table in owners:
                owners[table][row["id"]] = row["case_id"]
    for table, whole, key in (("agents", "parties", "party_id"), ("calls", "call_outs", "call_out_id")):
        for row in _rows(cursor, table, key, list(owners[whole])):
            parts[owners[whole][row[key]]].setdefault(table, []).append(row)
    for case in cases:
        yield case["id"], document_of(case, parts[case["id"]])


def _rows(cursor: Cursor, table: str, key: str, ids: list[int]) -> Iterator[Row]:
    if not ids:
        return
    columns = ("id", *_ASKED[table])
    blanks = ", ".join("?" * len(ids))
    found = cursor.run(
        f"select {', '.join(columns)} from {table} "
        f"where centre_id = (select id from centres limit 1) and {key} in ({blanks}) order by id",
        ids,
    )
    for values in found.fetchall():
        yield dict(zip(columns, values, strict=True))


# ---- keeping the index


def follow(cursor: Cursor, changes: Sequence[Change]) -> None:
    """A follower of `sealing.py`: write the words of the cases that were changed anew."""
    of_case: dict[int, list[Change]] = {}
    for change in changes:
        if change.case_id is not None and _matters(change):
            of_case.setdefault(change.case_id, []).append(change)
    told = {case_id: document for case_id, some in of_case.items() if (document := _document_told(some))}
    if told:
        put(cursor, told)
    renew(cursor, [case_id for case_id in of_case if case_id not in told])


def _matters(change: Change) -> bool:
    if change.table not in _ASKED or change.before is None or change.after is None:
        return change.table in _ASKED
    before, after = change.before, change.after
    return any(before.get(name) != after.get(name) for name in _ASKED[change.table])


def _document_told(changes: Sequence[Change]) -> Document | None:
    """The document of a case that was registered in this step: all its rows are told, and nothing need be read."""
    rows: dict[str, dict[int, Row]] = {}
    for change in changes:
        if change.after is None:
            return None
        rows.setdefault(change.table, {})[change.row_id] = change.after
    if not any(change.table == "cases" and change.before is None for change in changes) or "parties" not in rows:
        return None
    [case] = rows["cases"].values()
    return document_of(case, {table: list(some.values()) for table, some in rows.items()})


def put(cursor: Cursor, documents: Mapping[int, Document]) -> None:
    """Keep the words of these cases in place of those that were kept."""
    rows = [(case_id, tokens_of(document)) for case_id, document in sorted(documents.items())]
    put_words(cursor, rows)


def put_words(cursor: Cursor, rows: Iterable[tuple[int, Collection[str]]]) -> None:
    """Keep these tokens, by case, in place of those that were kept."""
    if cursor.is_file:
        replace = "insert or replace into case_search (rowid, words) values (?, ?)"
        cursor.run_many(replace, [(case_id, " ".join(tokens)) for case_id, tokens in rows])
    else:
        put_in = (
            "insert into case_search (centre_id, case_id, words) "
            "values ((select id from centres limit 1), ?, array_to_tsvector(?::text[])) "
            "on conflict (centre_id, case_id) do update set words = excluded.words"
        )
        cursor.run_many(put_in, [(case_id, list(tokens)) for case_id, tokens in rows])


def renew(cursor: Cursor, case_ids: Collection[int]) -> None:
    """Read these cases and keep their words anew; those of cases that are gone go."""
    if case_ids:
        documents = read_documents(cursor, case_ids)
        put(cursor, documents)
        drop(cursor, [case_id for case_id in case_ids if case_id not in documents])


def drop(cursor: Cursor, case_ids: Iterable[int]) -> None:
    key = "rowid = ?" if cursor.is_file else "centre_id = (select id from centres limit 1) and case_id = ?"
    cursor.run_many(f"delete from case_search where {key}", [(case_id,) for case_id in case_ids])


def rebuild(cursor: Cursor) -> None:
    """Make the whole index anew from the cases, some hundreds at a time."""
    cursor.run(
        "insert into case_search (case_search) values ('delete-all')" if cursor.is_file else "delete from case_search"
    )
    for case_ids in _slices(cursor):
        renew(cursor, case_ids)


def _slices(cursor: Cursor) -> Iterator[list[int]]:
    last = 0
    ask = "select id from cases where centre_id = (select id from centres limit 1) and id > ? order by id limit ?"
    while ids := [row[0] for row in cursor.run(ask, (last, _AT_A_TIME)).fetchall()]:
        yield ids
        last = ids[-1]


# ---- whether it is true, and quick


def strays(cursor: Cursor) -> tuple[list[int], list[int]]:
    """The cases that the index lacks, and those it still holds although they are gone."""
    kept = "select id from case_search_docsize" if cursor.is_file else "select case_id from case_search"
    lacking = cursor.run(f"select id from cases except {kept} order by 1").fetchall()
    left = cursor.run(f"{kept} except select id from cases order by 1").fetchall()
    return [row[0] for row in lacking], [row[0] for row in left]


def optimise_some(cursor: Cursor, pages: int = 200) -> bool:
    """Merge some pages of the index; whether there is more to merge. Only then do words that were removed leave it.

    Many edits make it slower, and what was deleted stays in a file until it is merged. A server does all that itself.
    """
    if not cursor.is_file:
        return False
    before = cursor.run("select total_changes()").fetchone()[0]
    cursor.run("insert into case_search (case_search, rank) values ('merge', ?)", (-pages,))
    after = cursor.run("select total_changes()").fetchone()[0]
    return int(after - before) > 1
