"""Makes a store of a million cases to measure with, in some minutes: `python -m tests.bench.big_store --cases N PATH`.

Some hundred practice cases are put in through the services; all others repeat their facts with other people, stories
and days. What the store derives of facts (log, search words, keys, counts) is made by the store's own functions. The
encrypted store's key is `KEY`; with `--plain` there is none. Two programs make cases while this one writes them.
"""

import gc
import json
import multiprocessing
import re
import time
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Protocol

from mediation_desk.domain.audit import canonical, changes_digest, entry_hash, row_digest
from mediation_desk.domain.party import PartyKind
from mediation_desk.domain.query_code import query_code
from mediation_desk.domain.repeats import Person
from mediation_desk.domain.search_words import tokens_of
from mediation_desk.domain.uid import uuid7
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource
from mediation_desk.services.practice import act_in, seed, set_up_practice
from mediation_desk.store.creation import new_store
from mediation_desk.store.party_keys import keys_by_case
from mediation_desk.store.sealing import OF_CASE
from mediation_desk.store.search_rows import document_of
from mediation_desk.store.sqlite_file import connect
from mediation_desk.store.watching import WATCHED
from tests.bench import population

NOW = datetime(2026, 11, 23, 9, 30)
KEY = bytes(range(32))
DONORS = 600
CHUNK = 4000
WAITING_DAYS = 45
"""Cases that are still open came in so many days ago at most."""

_POURING = {"hashsize": 8_000_000, "automerge": 0, "crisismerge": 1999}
"""How FTS5 takes many words soonest: as many at a time as the processor keeps at hand, merged once and at the end."""

_AS_IT_WAS = {"hashsize": 1_048_576, "automerge": 4, "crisismerge": 16}

_DAY = re.compile(r"^\d{4}-\d\d-\d\d($| \d\d:)")
_SEQ = re.compile(r"第\d+号")
_SHARE_FULL, _SHARE_OF_THREE, _SHARE_REPEATED = 0.08, 0.2, 0.06
_OPEN = ("registered", "triaged", "accepted", "assigned", "in_mediation", "agreed_in_writing", "failed")
_LIGHT = ("not_accepted", "handed_over")


class Row(NamedTuple):
    """A row of a donor: where its days, the people's names and the numbers of the case stand in it."""

    table: str
    values: tuple[Any, ...]
    key: str
    whole: tuple[str, int] | None
    days: tuple[int, ...]
    named: tuple[int, ...]
    numbered: tuple[int, ...]


class Donor(NamedTuple):
    """A practice case that others are made of."""

    rows: list[Row]
    names: list[str]
    numbers: list[tuple[int, str, str]]
    """(committee, kind, text) of each number that was issued, in their order."""
    first_day: int
    number_days: list[int]
    stage: str
    counts: Counter[str]


class Plan(NamedTuple):
    """Which donor a case repeats, on which day it came in, who takes part, and the running numbers it gets."""

    donor: int
    day: int
    people: tuple[int, ...]
    seqs: tuple[tuple[int, int], ...]


class Chunk(NamedTuple):
    """Cases that are made together, by a program of its own."""

    first_case: int
    first_ids: dict[str, int]
    plans: list[Plan]


class House(NamedTuple):
    """What every program needs to make cases."""

    seed: int
    columns: dict[str, list[str]]
    donors: list[Donor]


_house: House | None = None


def make_big_store(
    path: Path, cases: int, *, key: bytes | None = KEY, chance: int = 1, programs: int = 2, donors: int = DONORS
) -> None:
    """Make a store of so many cases at `path`. Raises `CannotOpen` if something is there."""
    rules = load_rules(resource("rules"))
    with new_store(path, key) as records:
        act = act_in(set_up_practice(records, NOW, rules), NOW, rules)
        seed(records, act, min(cases, donors), chance)
    with closing(connect(path, key)) as connection:
        house = read_house(connection, chance)
        later = _strip(connection)
        for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-1500000", "foreign_keys=off"):
            connection.execute(f"pragma {pragma}")
        _set_index(connection, _POURING)
        connection.execute("begin")
        head = connection.execute("select no, hash from audit_heads").fetchone()
        pour(FileSink(connection), house, Planner(connection, house), head, cases, programs)
        for statement in later:
            connection.execute(statement)
        connection.execute("insert into case_search (case_search) values ('optimize')")
        connection.execute("commit")
        _set_index(connection, _AS_IT_WAS)
        connection.execute("pragma journal_mode=wal")
        connection.execute("analyze")


def _set_index(connection: Any, settings: dict[str, int]) -> None:
    connection.executemany("insert into case_search (case_search, rank) values (?, ?)", list(settings.items()))


# ---- the donors


def read_house(connection: Any, chance: int) -> House:
    columns = {table: _columns(connection, table) for table in WATCHED}
    ids = [row[0] for row in connection.execute("select id from cases order by id")]
    return House(chance, columns, [_read_donor(connection, columns, case_id) for case_id in ids])


def _columns(connection: Any, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"pragma table_info({table})")]


def _read_donor(connection: Any, columns: dict[str, list[str]], case_id: int) -> Donor:
    found: dict[str, list[tuple[Any, ...]]] = {
        "cases": connection.execute("select * from cases where id = ?", (case_id,)).fetchall()
    }
    for table, names in columns.items():
        if "case_id" in names and table != "cases":
            ask = f"select * from {table} where centre_id = 1 and case_id = ? order by id"
            found[table] = connection.execute(ask, (case_id,)).fetchall()
    for table, (whole, key) in OF_CASE.items():
        ids = [row[columns[whole].index("id")] for row in found[whole]]
        blanks = ", ".join("?" * len(ids))
        ask = f"select * from {table} where centre_id = 1 and {key} in ({blanks}) order by id"
        found[table] = connection.execute(ask, ids).fetchall()
    case = dict(zip(columns["cases"], found["cases"][0], strict=True))
    parties = [dict(zip(columns["parties"], row, strict=True)) for row in found["parties"]]
    issued = [dict(zip(columns["issued_numbers"], row, strict=True)) for row in found["issued_numbers"]]
    names = [each["name"] for each in parties]
    texts = [each["text"] for each in issued]
    rows = [
        _donor_row(table, columns[table], values, names, texts)
        for table, several in found.items()
        for values in several
    ]
    return Donor(
        rows,
        names,
        [(each["committee_id"], each["kind"], each["text"]) for each in issued],
        _ordinal(case["registered_at"]),
        [_ordinal(each["issued_at"]) for each in issued],
        case["stage"],
        Counter(row.table for row in rows),
    )


def _donor_row(table: str, columns: list[str], values: tuple[Any, ...], names: list[str], texts: list[str]) -> Row:
    whole = OF_CASE.get(table)
    told = [(place, value) for place, value in enumerate(values) if isinstance(value, str)]
    return Row(
        table,
        values,
        f"{table} {values[columns.index('id')]}",
        (f"{whole[0]} {values[columns.index(whole[1])]}", columns.index(whole[1])) if whole else None,
        tuple(place for place, value in told if _DAY.match(value)),
        tuple(place for place, value in told if any(name in value for name in names)),
        tuple(place for place, value in told if any(text in value for text in texts)),
    )


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


# ---- which cases there will be


class Planner:
    """Plans all cases after the donors, the oldest first, with the ids and numbers that they will get."""

    def __init__(self, connection: Any, house: House) -> None:
        self._house = house
        self._draw = Random(f"plans {house.seed}")
        self._next_ids = {
            table: connection.execute(f"select coalesce(max(id), 0) + 1 from {table}").fetchone()[0]
            for table in house.columns
        }
        counters = connection.execute("select committee_id, kind, year, last from counters")
        self.counters = {(committee, kind, year): last for committee, kind, year, last in counters}

    def chunks(self, cases: int) -> Iterator[Chunk]:
        donors, draw = self._house.donors, self._draw
        light = [no for no, each in enumerate(donors) if each.stage in _LIGHT]
        full = [no for no, each in enumerate(donors) if each.stage not in (*_LIGHT, *_OPEN)]
        waiting = [no for no, each in enumerate(donors) if each.stage in _OPEN]
        many = cases - len(donors)
        first, span = population.FIRST_DAY.toordinal(), (population.LAST_DAY - population.FIRST_DAY).days
        for begin in range(0, max(many, 0), CHUNK):
            plans, first_ids = [], dict(self._next_ids)
            for place in range(begin, min(begin + CHUNK, many)):
                day = first + place * span // many
                is_new = first + span - day < WAITING_DAYS and draw.random() < 0.5
                ways = waiting if is_new else full if draw.random() < _SHARE_FULL else light
                plans.append(self._plan(draw.choice(ways), day, place))
            yield Chunk(first_ids["cases"], first_ids, plans)

    def _plan(self, no: int, day: int, place: int) -> Plan:
        donor, draw = self._house.donors[no], self._draw
        repeated = place - draw.randrange(1, 5000) if draw.random() < _SHARE_REPEATED else place
        same = 3 * max(repeated, 0)
        people = [same, same + 1] + ([3 * place + 2] if draw.random() < _SHARE_OF_THREE else [])
        seqs = []
        for (committee, kind, _), issued in zip(donor.numbers, donor.number_days, strict=True):
            year = date.fromordinal(issued + day - donor.first_day).year
            self.counters[committee, kind, year] = self.counters.get((committee, kind, year), 0) + 1
            seqs.append((year, self.counters[committee, kind, year]))
        for table, number in donor.counts.items():
            self._next_ids[table] += number
        self._next_ids["parties"] += len(people) - donor.counts["parties"]
        return Plan(no, day, tuple(people), tuple(seqs))


# ---- making cases


class Made(NamedTuple):
    """The rows of a chunk, and of each case what the log says of it."""

    rows: dict[str, list[tuple[Any, ...]]]
    logged: list[tuple[int, str, str]]
    """(case, time, changes) in the order of the cases."""
    words: list[tuple[int, str]]
    """(case, search words) as the index takes them."""
    keys: list[tuple[str, int]]
    """(key, case) by which its parties are found again."""


def _begin(house: House) -> None:
    global _house
    _house = house
    gc.disable()  # millions of rows, and no cycle among them


def _make(chunk: Chunk) -> Made:
    assert _house is not None
    case_ids = range(chunk.first_case, chunk.first_case + len(chunk.plans))
    making = _Making(_house, dict(chunk.first_ids))
    logged = []
    for case_id, plan in zip(case_ids, chunk.plans, strict=True):
        at = f"{date.fromordinal(plan.day).isoformat()} 09:05:00.000000"
        logged.append((case_id, at, making.repeat(_house.donors[plan.donor], plan, case_id)))
    return Made({table: made for table, made in making.rows.items() if made}, logged, making.words, making.keys)


class _Making:
    """The rows of a chunk while they are made."""

    def __init__(self, house: House, next_ids: dict[str, int]) -> None:
        self._house = house
        self._next_ids = next_ids
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in house.columns}
        self.words: list[tuple[int, str]] = []
        self.keys: list[tuple[str, int]] = []
        self._changes: list[Any] = []
        self._told: dict[str, list[dict[str, Any]]] = {}

    def repeat(self, donor: Donor, plan: Plan, case_id: int) -> str:
        """Make the rows of one case; returns what the log says of them."""
        people = [population.person(self._house.seed, no) for no in plan.people]
        renamed = list(zip(donor.names, [each.name for each in people], strict=False))
        numbered = [
            (text, _SEQ.sub(f"第{seq}号", re.sub(r"\d{4}", str(year), text, count=1)))
            for (_, _, text), (year, seq) in zip(donor.numbers, plan.seqs, strict=True)
        ]
        self._changes, self._told = [], {}
        ids: dict[str, int] = {}
        coming, seqs = iter(people), iter(plan.seqs)
        parties = 0
        for row in donor.rows:
            values = _moved(row, plan.day - donor.first_day, renamed, numbered)
            columns = self._house.columns[row.table]
            self._give_ids(row, values, columns, ids, case_id)
            if row.table == "cases":
                self._tell(values, columns, plan.day, case_id, people)
            elif row.table == "issued_numbers":
                values[columns.index("year")], values[columns.index("seq")] = next(seqs)
            elif row.table == "parties":
                parties += 1
                _become(values, columns, next(coming))
            self._keep(row.table, values)
            if row.table == "parties" and parties == len(donor.names):
                for who in coming:
                    parties += 1
                    self._add_party(values, columns, parties, who)
        [case] = self._told["cases"]
        self.words.append((case_id, " ".join(tokens_of(document_of(case, self._told)))))
        told = [Person(*(party[name] or "" for name in Person._fields)) for party in self._told["parties"]]
        self.keys += keys_by_case({case_id: told})
        return canonical(self._changes)

    def _give_ids(self, row: Row, values: list[Any], columns: list[str], ids: dict[str, int], case_id: int) -> None:
        values[0] = ids[row.key] = self._next_ids[row.table]
        self._next_ids[row.table] += 1
        if row.whole:
            values[row.whole[1]] = ids[row.whole[0]]
        elif row.table != "cases":
            values[columns.index("case_id")] = case_id

    def _tell(
        self, values: list[Any], columns: list[str], day: int, case_id: int, people: list[population.Person]
    ) -> None:
        uid = uuid7(datetime.fromordinal(day), Random(f"uid {self._house.seed} {case_id}").randbytes(10))
        matter = population.story(self._house.seed, case_id, people[0].name, people[1].name)
        for name, value in {"uid": uid, "query_code": query_code(uid), "matter": matter}.items():
            values[columns.index(name)] = value

    def _add_party(self, like: list[Any], columns: list[str], no: int, who: population.Person) -> None:
        values = list(like)
        values[0] = self._next_ids["parties"]
        self._next_ids["parties"] += 1
        values[columns.index("no")] = no
        _become(values, columns, who)
        self._keep("parties", values)

    def _keep(self, table: str, values: list[Any]) -> None:
        self.rows[table].append(tuple(values))
        row = dict(zip(self._house.columns[table], values, strict=True))
        self._told.setdefault(table, []).append(row)
        self._changes.append([table, values[0], "+", row_digest(row)])


def _moved(row: Row, days: int, renamed: list[tuple[str, str]], numbered: list[tuple[str, str]]) -> list[Any]:
    """The values of a row with other days, names and numbers."""
    values = list(row.values)
    for place in row.days:
        values[place] = _shifted(values[place], days)
    for places, pairs in ((row.named, renamed), (row.numbered, numbered)):
        for place in places:
            for old, new in pairs:
                values[place] = values[place].replace(old, new)
    return values


def _become(values: list[Any], columns: list[str], who: population.Person) -> None:
    is_person = values[columns.index("kind")] == PartyKind.NATURAL
    values[columns.index("name")] = who.name
    values[columns.index("phone")], values[columns.index("address")] = who.phone, who.address
    if is_person:
        values[columns.index("gender")], values[columns.index("birth_date")] = who.gender, who.birth_date
        values[columns.index("id_number")] = who.id_number


@cache
def _shifted(day: str, shift: int) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=shift)).isoformat() + day[10:]


# ---- writing them


def _strip(connection: Any) -> list[str]:
    """Take indexes and triggers off while rows pour in; returns what puts them back."""
    found = connection.execute(
        "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null"
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"drop {kind} {name}")
    return [sql for _, _, sql in found]


class Sink(Protocol):
    """Where rows go: a file or a server."""

    def put(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Write rows whose values are as a file keeps them."""

    def put_words(self, words: Sequence[tuple[int, str]]) -> None:
        """Write the search words of cases."""

    def put_keys(self, keys: Sequence[tuple[str, int]]) -> None:
        """Write what parties are found again by."""

    def finish(self) -> None:
        """Everything is told."""

    def run(self, sql: str) -> None: ...


class FileSink:
    def __init__(self, connection: Any) -> None:
        self._connection = connection
        connection.execute("create temporary table new_keys (key text, case_id integer)")

    def put(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        blanks = ", ".join("?" * len(columns))
        self._connection.executemany(f"insert into {table} ({names}) values ({blanks})", rows)

    def put_words(self, words: Sequence[tuple[int, str]]) -> None:
        self._connection.executemany("insert into case_search (rowid, words) values (?, ?)", words)

    def put_keys(self, keys: Sequence[tuple[str, int]]) -> None:
        self._connection.executemany("insert into new_keys (key, case_id) values (?, ?)", keys)

    def finish(self) -> None:
        """Keys go in by their own order: a hundred times as quick."""
        self._connection.execute(
            "insert into party_keys (centre_id, key, case_id) "
            "select 1, key, case_id from new_keys order by key, case_id"
        )
        self._connection.execute("drop table new_keys")

    def run(self, sql: str) -> None:
        self._connection.execute(sql)


def pour(sink: Sink, house: House, planner: Planner, head: tuple[int, str], cases: int, programs: int) -> None:
    """Write all cases after the donors. No more of them are asked for than can be written soon: they fill the memory.

    `head` is the number and hash of the last entry of the log so far.
    """
    log = _Log(sink, *head)
    with multiprocessing.get_context("spawn").Pool(programs, _begin, (house,)) as pool:
        asked: deque[Any] = deque()
        for chunk in planner.chunks(cases):
            asked.append(pool.apply_async(_make, (chunk,)))
            if len(asked) > 2 * programs:
                _keep(sink, house, log, asked.popleft().get())
        while asked:
            _keep(sink, house, log, asked.popleft().get())
    log.end()
    sink.finish()
    sink.run("delete from counters")
    counters = [(1, *key, last) for key, last in planner.counters.items()]
    sink.put("counters", ("centre_id", "committee_id", "kind", "year", "last"), counters)


def _keep(sink: Sink, house: House, log: "_Log", made: Made) -> None:
    for table, rows in made.rows.items():
        sink.put(table, house.columns[table], rows)
    sink.put_words(made.words)
    sink.put_keys(made.keys)
    log.add(made)


_OF_LOG = ("centre_id", "no", "kind", "at", "by_id", "origin", "what", "told", "case_id", "digest", "changes", "hash")


class _Log:
    """Ties the entries of all chunks to each other, and counts the stages."""

    def __init__(self, sink: Sink, no: int, last: str) -> None:
        self._sink, self._no, self._last = sink, no, last

    def add(self, made: Made) -> None:
        entries = []
        for case_id, at, changes in made.logged:
            self._no += 1
            digest = changes_digest(changes)
            told = (1, "", "practice", "", case_id, digest)
            self._last = entry_hash(self._last, self._no, "change", datetime.fromisoformat(at), *told)
            entries.append((1, self._no, "change", at, *told, changes, self._last))
        self._sink.put("audit", _OF_LOG, entries)

    def end(self) -> None:
        self._sink.run(f"update audit_heads set no = {self._no}, hash = '{self._last}'")
        self._sink.run("delete from stage_counts")
        self._sink.run(
            "insert into stage_counts (centre_id, stage, number) select 1, stage, count(*) from cases group by stage"
        )


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--plain", action="store_true", help="without a key")
    options = parser.parse_args()
    begun = time.perf_counter()
    make_big_store(options.path, options.cases, key=None if options.plain else KEY)
    size = options.path.stat().st_size / 1e9
    print(json.dumps({"cases": options.cases, "seconds": round(time.perf_counter() - begun), "GB": round(size, 2)}))


if __name__ == "__main__":
    main()
