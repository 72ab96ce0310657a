"""By what the parties of a case are found again when they come back: kept by the steps, asked while a clerk types.

A lookup is one range of the table's own key for each key of the new case; what is so common that it tells nothing (the
telephone of an office) gives its newest cases only.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from mediation_desk.domain.repeats import Person, keys_of
from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import cases
from mediation_desk.store.sealing import Change, Cursor
from mediation_desk.store.sight import visible

if TYPE_CHECKING:
    from mediation_desk.store.records import Records

_COLUMNS = Person._fields
_ASKED = f"case_id, {', '.join(_COLUMNS)}"
_AT_A_TIME = 500
_CENTRE = "(select id from centres limit 1)"


class PartyKeyRecords:
    """Looks up who was here before."""

    def __init__(self, within: "Records") -> None:
        self._within = within

    def candidates(
        self, keys: Collection[str], names: Collection[str] = (), *, of_each: int = 20, except_id: int | None = None
    ) -> list[int]:
        """The newest cases under each of these keys, or with a party of such a name, as far as they may be seen."""
        cursor = Cursor(self._within.connection)
        try:
            by_key = (
                f"select case_id from party_keys where centre_id = {_CENTRE} and key = ? order by case_id desc limit ?"
            )
            by_name = f"select case_id from parties where centre_id = {_CENTRE} and name = ? order by id desc limit ?"
            found = {
                row[0]
                for ask, values in ((by_key, keys), (by_name, names))
                for value in values
                for row in cursor.run(ask, (value, of_each)).fetchall()
            }
        finally:
            cursor.close()
        return sorted(self._seen(found - {except_id}), reverse=True)

    def _seen(self, ids: Iterable[int]) -> set[int]:
        if self._within.sight is None:
            return set(ids)
        asked = select(cases.c.id).where(cases.c.centre_id == the_centre, visible(self._within.sight, cases.c.id))
        return set(self._within.connection.execute(asked.where(cases.c.id.in_(ids))).scalars())

    def people(self, case_ids: Collection[int]) -> dict[int, list[Person]]:
        """The parties of these cases."""
        cursor = Cursor(self._within.connection)
        try:
            return _people(cursor, list(self._seen(case_ids)))
        finally:
            cursor.close()


# ---- keeping the keys


def follow(cursor: Cursor, changes: Sequence[Change]) -> None:
    """A follower of `sealing.py`: keep the keys of the cases whose parties were changed anew."""
    of_case: dict[int, list[Change]] = {}
    for change in changes:
        if change.table == "parties" and change.case_id is not None and _matters(change):
            of_case.setdefault(change.case_id, []).append(change)
    new = {change.case_id for change in changes if change.table == "cases" and change.before is None}
    told = {case_id: _told(several) for case_id, several in of_case.items() if case_id in new}
    _put(cursor, told)
    renew(cursor, [case_id for case_id in of_case if case_id not in told])


def _matters(change: Change) -> bool:
    before, after = change.before, change.after
    return before is None or after is None or any(before.get(name) != after.get(name) for name in _COLUMNS)


def _told(changes: Iterable[Change]) -> list[Person]:
    rows: dict[int, Mapping[str, Any]] = {}
    for change in changes:
        rows.pop(change.row_id, None)
        if change.after is not None:
            rows[change.row_id] = change.after
    return [_person(row[name] for name in _COLUMNS) for row in rows.values()]


def _person(values: Iterable[object]) -> Person:
    """A day is text in a file, a date on a server, and mostly not known."""
    return Person._make("" if value is None else str(value) for value in values)


def renew(cursor: Cursor, case_ids: Collection[int]) -> None:
    """Read the parties of these cases and keep their keys anew."""
    if case_ids:
        drop = f"delete from party_keys where centre_id = {_CENTRE} and case_id = ?"
        cursor.run_many(drop, [(case_id,) for case_id in sorted(case_ids)])
        _put(cursor, _people(cursor, list(case_ids)))


def rebuild(cursor: Cursor) -> None:
    """Make all keys anew: in the order of the table, which is the quickest by far for many."""
    cursor.run("delete from party_keys")
    cursor.run("create temporary table if not exists new_party_keys (key text, case_id integer)")
    for case_ids in _slices(cursor):
        rows = keys_by_case(_people(cursor, case_ids))
        cursor.run_many("insert into new_party_keys (key, case_id) values (?, ?)", rows)
    cursor.run(
        f"insert into party_keys (centre_id, key, case_id) select {_CENTRE}, key, case_id from new_party_keys "
        "order by key, case_id"
    )
    cursor.run("drop table new_party_keys")


def keys_by_case(people: Mapping[int, Iterable[Person]]) -> list[tuple[str, int]]:
    """The rows of the table, without the centre, in its order."""
    return sorted((key, case_id) for case_id, several in people.items() for key in keys_of(several))


def _put(cursor: Cursor, people: Mapping[int, Iterable[Person]]) -> None:
    rows = keys_by_case(people)
    if rows:
        put = f"insert into party_keys (centre_id, key, case_id) values ({_CENTRE}, ?, ?) on conflict do nothing"
        cursor.run_many(put, rows)


def _people(cursor: Cursor, case_ids: list[int]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for first in range(0, len(case_ids), _AT_A_TIME):
        some = case_ids[first : first + _AT_A_TIME]
        blanks = ", ".join("?" * len(some))
        asked = f"select {_ASKED} from parties where centre_id = {_CENTRE} and case_id in ({blanks}) order by id"
        for case_id, *values in cursor.run(asked, some).fetchall():
            found.setdefault(case_id, []).append(_person(values))
    return found


def _slices(cursor: Cursor) -> Iterator[list[int]]:
    last = 0
    ask = f"select id from cases where centre_id = {_CENTRE} and id > ? order by id limit ?"
    while ids := [row[0] for row in cursor.run(ask, (last, _AT_A_TIME)).fetchall()]:
        yield ids
        last = ids[-1]


def strays(cursor: Cursor) -> list[int]:
    """Cases whose keys are not what their parties give, and those that are gone but have keys still."""
    wrong = []
    for case_ids in _slices(cursor):
        kept: dict[int, set[str]] = {case_id: set() for case_id in case_ids}
        blanks = ", ".join("?" * len(case_ids))
        asked = f"select case_id, key from party_keys where centre_id = {_CENTRE} and case_id in ({blanks})"
        for case_id, key in cursor.run(asked, case_ids).fetchall():
            kept[case_id].add(key)
        people = _people(cursor, case_ids)
        wrong += [case_id for case_id in case_ids if kept[case_id] != keys_of(people.get(case_id, ()))]
    gone = "select distinct case_id from party_keys where case_id not in (select id from cases) order by 1"
    return wrong + [row[0] for row in cursor.run(gone).fetchall()]
