"""Puts a salvaged store together again: rows whose whole is lost get one that says so, or go; the rest is made anew.

A lost case would otherwise leave its parties and agreements hanging, and the next case registered would get its id and
so inherit them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text

from mediation_desk.domain.case import NumberKind
from mediation_desk.domain.mediator import Presence
from mediation_desk.store import party_keys, search_rows
from mediation_desk.store.centre import the_centre
from mediation_desk.store.check_cases import restage_anew
from mediation_desk.store.columns import metadata
from mediation_desk.store.records import Records
from mediation_desk.store.schema import events, issued_numbers, users
from mediation_desk.store.sealing import Cursor
from mediation_desk.store.stage_counts import recount

_LOST = "（损坏，读不出来）"
_MATTER = "（登记内容已损坏，读不出来。请按卷宗补录。）"


@dataclass
class Mended:
    """Ids of the cases whose registration is lost though parts of them are there, and how many rows had to go."""

    case_ids: list[int] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def put_together(records: Records, now: datetime, new_uid: Callable[[], str]) -> Mended:
    """Make anew what is kept for quick answers, then leave no row without its whole; the step itself tells that on."""
    recount(records.session)
    search_rows.rebuild(Cursor(records.connection))
    party_keys.rebuild(Cursor(records.connection))
    mended = Mended()
    stand_ins = {"users": _user, "committees": _committee, "mediators": _mediator, "cases": _case}
    centre_id = records.session.execute(select(the_centre)).scalar_one()
    while missing := _missing(records):
        for table, row_id, whole, whole_id in missing:
            if whole in stand_ins and whole_id is not None:
                if not _is_there(records, whole, whole_id):
                    row = {"id": whole_id, "centre_id": centre_id, "uid": new_uid()} | stand_ins[whole](
                        records, whole_id, now
                    )
                    records.session.execute(insert(metadata.tables[whole]), row)
                    mended.case_ids += [whole_id] if whole == "cases" else []
            else:
                records.connection.execute(text(f"delete from {table} where rowid = :row_id"), {"row_id": row_id})
                mended.dropped[table] += 1
        records.flush()
    restage_anew(records, list(mended.case_ids))
    party_keys.renew(Cursor(records.connection), mended.case_ids)  # their parties were there before them
    return mended


def _missing(records: Records) -> list[tuple[str, int, str, int | None]]:
    """Rows without their whole: table, rowid, table of the whole, and its id where it is told by one."""
    records.connection.exec_driver_sql("pragma defer_foreign_keys=on")  # a row may go before its parts
    found = []
    for table, row_id, whole, no in records.connection.exec_driver_sql("pragma foreign_key_check").all():
        keys = records.connection.exec_driver_sql(f"pragma foreign_key_list({table})").all()
        column = next((key[3] for key in keys if key[0] == no and key[4] == "id" and key[3] != "centre_id"), None)
        value = None
        if column is not None:
            query = text(f"select {column} from {table} where rowid = :row_id")
            value = records.connection.execute(query, {"row_id": row_id}).scalar()
        found.append((table, row_id, whole, value))
    return found


def _is_there(records: Records, table: str, row_id: int) -> bool:
    query = select(func.count()).where(metadata.tables[table].c.id == row_id)
    return bool(records.session.execute(query).scalar_one())


def _user(*_: Any) -> dict[str, Any]:
    return {"name": _LOST, "active": False, "roles": []}


def _committee(_records: Records, committee_id: int, _now: datetime) -> dict[str, Any]:
    return {"name": _LOST, "short_name": f"损{committee_id}", "active": False}


def _mediator(*_: Any) -> dict[str, Any]:
    return {"name": _LOST, "presence": Presence.STANDING}


def _case(records: Records, case_id: int, now: datetime) -> dict[str, Any]:
    """What can be told of a lost registration from what was recorded about it later."""
    session = records.session
    began = session.execute(
        select(events.c.recorded_at, events.c.happened_on, events.c.by_id)
        .where(events.c.case_id == case_id)
        .order_by(events.c.id)
        .limit(1)
    ).first()
    by_id = began.by_id if began else session.execute(select(func.min(users.c.id))).scalar_one()
    of_case = issued_numbers.c.kind.in_([NumberKind.CASE, NumberKind.ORAL])
    number = session.execute(
        select(issued_numbers.c.text, issued_numbers.c.committee_id)
        .where(issued_numbers.c.case_id == case_id, of_case, issued_numbers.c.voided_at.is_(None))
        .order_by(issued_numbers.c.id)
        .limit(1)
    ).first()
    return {
        "version_id": 1,
        "stage": "",
        "number": number.text if number else "",
        "committee_id": number.committee_id if number else None,
        "registered_at": began.recorded_at if began else now,
        "requested_on": began.happened_on if began else now.date(),
        "first_contact_id": by_id,
        "matter": _MATTER,
        "demand": _MATTER,
        "query_code": "",
    }
