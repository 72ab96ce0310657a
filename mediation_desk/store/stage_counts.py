"""How many cases stand at each stage, kept by the steps themselves: counting a million would take a wink each time.

`check` compares them with the cases (see `checking.py`).
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mediation_desk.store.centre import the_centre
from mediation_desk.store.schema import cases
from mediation_desk.store.sealing import Change, Cursor
from mediation_desk.store.trust_schema import stage_counts


def follow(cursor: Cursor, changes: Sequence[Change]) -> None:
    """A follower of `sealing.py`: count cases that came, went or moved on."""
    moved: Counter[tuple[int, str]] = Counter()
    for change in changes:
        if change.table == "cases":
            if change.before is not None:
                moved[change.centre_id, change.before["stage"]] -= 1
            if change.after is not None:
                moved[change.centre_id, change.after["stage"]] += 1
    # In one order always, so that two desks never wait for each other.
    for (centre_id, stage), number in sorted(moved.items()):
        if number:
            cursor.run(
                "insert into stage_counts (centre_id, stage, number) values (?, ?, ?) "
                "on conflict (centre_id, stage) do update set number = stage_counts.number + excluded.number",
                (centre_id, stage, number),
            )


def kept_counts(session: Session) -> dict[str, int]:
    """The numbers as they are kept, by stage; stages at which no case stands are left out."""
    query = select(stage_counts.c.stage, stage_counts.c.number).where(
        stage_counts.c.centre_id == the_centre, stage_counts.c.number != 0
    )
    return dict(session.execute(query).all())


def counted(session: Session) -> dict[str, int]:
    """The numbers as the cases give them, counted one by one."""
    query = select(cases.c.stage, func.count()).where(cases.c.centre_id == the_centre).group_by(cases.c.stage)
    return dict(session.execute(query).all())


def recount(session: Session) -> None:
    """Put right what is kept. Changes nothing else."""
    centre_id = session.execute(select(the_centre)).scalar_one()
    session.execute(stage_counts.delete().where(stage_counts.c.centre_id == centre_id))
    rows = [{"centre_id": centre_id, "stage": stage, "number": number} for stage, number in counted(session).items()]
    if rows:
        session.execute(stage_counts.insert(), rows)
