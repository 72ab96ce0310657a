"""Checks of the numbers that were given out: without gaps or doubles, each where it belongs, counters ahead of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Table, and_, case, cast, func, select

from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.store.centre import the_centre
from mediation_desk.store.copying import Progress
from mediation_desk.store.database import Database
from mediation_desk.store.insertion import insert_into
from mediation_desk.store.records import Records
from mediation_desk.store.schema import (
    agreements,
    blank_counters,
    blank_forms,
    cases,
    committees,
    counters,
    issued_numbers,
)

_NAMED_AT_MOST = 5
_KEY = (issued_numbers.c.committee_id, issued_numbers.c.kind, issued_numbers.c.year)
_BLANK = (  # "BF2026-000123"
    select(
        cast(func.substr(blank_forms.c.number, 3, 4), Integer).label("year"),
        cast(func.substr(blank_forms.c.number, 8), Integer).label("seq"),
    )
    .where(blank_forms.c.centre_id == the_centre)
    .subquery()
)
_BLANKS = "blanks"


def running_numbers(database: Database, _: Progress) -> Iterator[Trouble]:
    """Each committee's numbers of a kind and year are 1, 2, 3 … up to its counter (voided ones count)."""
    with database.reading() as records:
        session = records.session
        issued = {
            (committee_id, kind, year): (number, last)
            for committee_id, kind, year, number, last in session.execute(
                select(*_KEY, func.count(), func.max(issued_numbers.c.seq))
                .where(issued_numbers.c.centre_id == the_centre)
                .group_by(*_KEY)
            )
        }
        counted = {
            (committee_id, kind, year): last
            for committee_id, kind, year, last in session.execute(
                select(counters.c.committee_id, counters.c.kind, counters.c.year, counters.c.last).where(
                    counters.c.centre_id == the_centre
                )
            )
        }
        names = {each.id: each.name for each in session.execute(select(committees.c.id, committees.c.name))}
        for key in sorted(issued.keys() | counted.keys()):
            committee_id, kind, year = key
            number, last = issued.get(key, (0, 0))
            what = f"{names.get(committee_id, '')}{year}年{NumberKind(kind).label}编号"
            if last > counted.get(key, 0):
                sentence = f"{what}已发到第{last}号，计数却停在第{counted.get(key, 0)}号，再编号会被拒绝。"
                yield Trouble(check=Check.COUNTERS, sentence=sentence, key=f"{committee_id}:{kind}:{year}")
            until = max(last, counted.get(key, 0))
            if number != until:
                of_key = and_(*(column == value for column, value in zip(_KEY, key, strict=True)))
                there = session.execute(select(issued_numbers.c.seq).where(of_key)).scalars()
                yield _gap(what, there, until)


def _gap(what: str, there: Iterable[int], until: int) -> Trouble:
    missing = sorted(set(range(1, until + 1)) - set(there))
    named = "、".join(f"第{seq}号" for seq in missing[:_NAMED_AT_MOST])
    more = f"等{len(missing)}个" if len(missing) > _NAMED_AT_MOST else ""
    return Trouble(
        check=Check.NUMBERS,
        sentence=f"{what}缺{named}{more}，没有记录。请查登记簿和卷宗上有没有用过；程序不会补发。",
    )


def numbers_of_cases(database: Database, _: Progress) -> Iterator[Trouble]:
    """A case or an agreement bears a number that was given out for that very case, and no other bears it.

    An oral agreement may bear the number of its case; an agreement that was withdrawn took its number along.
    """
    standing = and_(agreements.c.number != "", agreements.c.withdrawn_at.is_(None))
    yield from _borne(database, "案件", cases, cases.c.id, cases.c.number != "")
    yield from _borne(database, "协议", agreements, agreements.c.case_id, standing)


def _borne(
    database: Database, what: str, bearer: Table, case_id: ColumnElement[int], bears: ColumnElement[bool]
) -> Iterator[Trouble]:
    of_here = and_(bearer.c.centre_id == the_centre, bears)
    given = and_(
        issued_numbers.c.centre_id == bearer.c.centre_id,
        issued_numbers.c.text == bearer.c.number,
        issued_numbers.c.case_id == case_id,
    )
    never_given = select(case_id, bearer.c.number).outerjoin_from(bearer, issued_numbers, given).where(of_here)
    twice = select(func.min(case_id), bearer.c.number).where(of_here).group_by(bearer.c.number)
    with database.reading() as records:
        for bearer_id, number in records.session.execute(never_given.where(issued_numbers.c.id.is_(None))):
            sentence = f"{what}编号“{number}”不是发给这个案件（序号{bearer_id}）的。请对照卷宗核对。"
            yield Trouble(check=Check.NUMBERS, sentence=sentence, key=bearer_id)
        for bearer_id, number in records.session.execute(twice.having(func.count() > 1)):
            sentence = f"不止一个{what}用了编号“{number}”（其一序号{bearer_id}）。请对照卷宗，作废多出的并重新编号。"
            yield Trouble(check=Check.NUMBERS, sentence=sentence, key=bearer_id)


def blanks(database: Database, _: Progress) -> Iterator[Trouble]:
    """Numbers of empty forms are 1, 2, 3 … of each year, up to its counter."""
    with database.reading() as records:
        session = records.session
        printed = {
            year: (number, last)
            for year, number, last in session.execute(
                select(_BLANK.c.year, func.count(), func.max(_BLANK.c.seq)).group_by(_BLANK.c.year)
            )
        }
        counters_of_years = select(blank_counters.c.year, blank_counters.c.last)
        of_here = counters_of_years.where(blank_counters.c.centre_id == the_centre)
        counted = {each.year: each.last for each in session.execute(of_here)}
        for year in sorted(printed.keys() | counted.keys()):
            number, last = printed.get(year, (0, 0))
            what = f"{year}年空白表编号"
            if last > counted.get(year, 0):
                sentence = f"{what}已印到第{last}号，计数却停在第{counted.get(year, 0)}号，再印会被拒绝。"
                yield Trouble(check=Check.COUNTERS, sentence=sentence, key=f"{_BLANKS}:{year}")
            until = max(last, counted.get(year, 0))
            if number != until:
                yield _gap(what, session.execute(select(_BLANK.c.seq).where(_BLANK.c.year == year)).scalars(), until)


def raise_counters(records: Records, keys: list[int | str]) -> None:
    """Let counters stand at the last number that was given out. None is ever lowered: its numbers may be on paper."""
    for key in map(str, keys):
        if key.startswith(_BLANKS):
            year = int(key.partition(":")[2])
            last = select(func.max(_BLANK.c.seq)).where(_BLANK.c.year == year)
            _raise(records, blank_counters, {"year": year}, last)
        else:
            committee_id, kind, year_ = key.split(":")
            of = {"committee_id": int(committee_id), "kind": NumberKind(kind), "year": int(year_)}
            last = select(func.max(issued_numbers.c.seq)).where(
                issued_numbers.c.centre_id == the_centre,
                *(issued_numbers.c[name] == value for name, value in of.items()),
            )
            _raise(records, counters, of, last)


def _raise(records: Records, table: Table, of: dict[str, Any], last: Select[Any]) -> None:
    session = records.session
    centre_id, number = session.execute(select(the_centre)).scalar_one(), session.execute(last).scalar()
    row = {"centre_id": centre_id, **of}
    insert = insert_into(table, session.get_bind().dialect).values(**row, last=number or 0)
    raised = case((insert.excluded.last > table.c.last, insert.excluded.last), else_=table.c.last)
    session.execute(insert.on_conflict_do_update(index_elements=list(row), set_={"last": raised}))
