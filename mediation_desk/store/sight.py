"""What the working user may see of the cases: every statement that lists, counts, searches or opens cases asks here.

Who may see all cases has no `Sight`. Everybody else sees the cases of which they are in charge, those they are being
called to, and, where their roles say so, the files that are closed.

An accusation is kept from the people of the unit that it is about, whatever else they may see (信访工作条例 art. 30):
for them it is not there at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from mediation_desk.domain.call_out import CallAnswer
from mediation_desk.domain.errors import NotAllowed, NotFound
from mediation_desk.domain.petition import is_same_unit
from mediation_desk.domain.stage import Stage
from mediation_desk.store.centre import the_centre
from mediation_desk.store.duty_schema import call_outs, calls
from mediation_desk.store.procedure_schema import petitions
from mediation_desk.store.schema import assignments, cases, mediators

SIGHT = "sight"
"""Under this word a session knows whose eyes it reads with."""

_files = cases.alias("files")
_NO_LONGER_CALLED = (CallAnswer.DECLINED, CallAnswer.WITHDRAWN)


@dataclass(frozen=True)
class Sight:
    """The eyes of somebody who may not see all cases.

    `mediator_id` is theirs in the directory, None for somebody who mediates nothing; `closed_files` whether they see
    every closed file too; `user_id` whose half-typed forms are theirs. `person_id` is theirs in the directory, too,
    whether or not they mediate: it tells their unit. `all_cases`: they see all but those `kept` from them, which
    `opened` looks up.
    """

    mediator_id: int | None = None
    closed_files: bool = False
    user_id: int | None = None
    person_id: int | None = None
    all_cases: bool = False
    kept: frozenset[int] = frozenset()


def opened(connection: Connection, sight: Sight | None) -> Sight | None:
    """These eyes with the accusations that are kept from them; None where they see all there is."""
    if sight is None or sight.person_id is None:
        return sight
    unit = connection.execute(
        select(mediators.c.unit).where(mediators.c.centre_id == the_centre, mediators.c.id == sight.person_id)
    ).scalar()
    accused = select(petitions.c.case_id, petitions.c.accused_unit).where(
        petitions.c.centre_id == the_centre, petitions.c.accused_unit > ""
    )
    kept = frozenset(case_id for case_id, named in connection.execute(accused) if is_same_unit(named, unit or ""))
    return replace(sight, kept=kept) if kept or not sight.all_cases else None


def visible(sight: Sight | None, case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that the case of that id may be seen; true for whoever sees all cases."""
    if sight is None:
        return true()
    if sight.all_cases:
        return not_kept(sight, case_id)
    ways: list[ColumnElement[bool]] = []
    if sight.mediator_id is not None:
        ways += [case_id.in_(_in_charge(sight.mediator_id)), case_id.in_(_called_to(sight.mediator_id))]
    if sight.closed_files:
        ways.append(
            exists().where(
                _files.c.centre_id == the_centre, _files.c.id == case_id, _files.c.stage == Stage.CLOSED.value
            )
        )
    return and_(or_(false(), *ways), not_kept(sight, case_id))


def not_kept(sight: Sight, case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that the case of that id is none of those kept from the reader; of no case is none."""
    return or_(case_id.is_(None), case_id.not_in(sorted(sight.kept))) if sight.kept else true()


def seen_in(session: Session, case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """`visible` for whoever reads in this session."""
    return visible(session.info.get(SIGHT), case_id)


def seen_or_of_none(session: Session, case_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Like `seen_in`, for records that may belong to no case at all: those anybody may see."""
    sight: Sight | None = session.info.get(SIGHT)
    return true() if sight is None else or_(case_id.is_(None), visible(sight, case_id))


def seen_of(session: Session, case_ids: Iterable[int]) -> set[int]:
    """Those of these cases that may be seen; for statements that are put together once for everybody."""
    wanted = set(case_ids)
    if session.info.get(SIGHT) is None:
        return wanted
    known = select(cases.c.id).where(cases.c.centre_id == the_centre, cases.c.id.in_(wanted))
    return set(session.scalars(known.where(seen_in(session, cases.c.id))))


def refuse_unless_seen(session: Session, case_id: int | None) -> None:
    """Raise `NotAllowed` for a case out of sight; silent for one that is not there, or for None.

    One that is kept from the reader is told of as if it were not there (`NotFound`).
    """
    sight: Sight | None = session.info.get(SIGHT)
    if sight is None or case_id is None:
        return
    if case_id in sight.kept:
        raise NotFound("找不到这个案件，可能已被移走。请刷新列表。")
    session.flush()
    hidden = select(cases.c.id).where(
        cases.c.centre_id == the_centre, cases.c.id == case_id, ~visible(sight, cases.c.id)
    )
    if session.execute(hidden).first() is not None:
        raise NotAllowed(
            "这个案件不是您承办的，也没有正在呼叫您，按权限不能查看。需要查看请找主任，或请窗口把案件指派给您。"
        )


def _in_charge(mediator_id: int) -> Select[tuple[int]]:
    return select(assignments.c.case_id).where(
        assignments.c.centre_id == the_centre,
        assignments.c.mediator_id == mediator_id,
        assignments.c.ended_on.is_(None),
    )


def _called_to(mediator_id: int) -> Select[tuple[int]]:
    return (
        select(call_outs.c.case_id)
        .join(calls, and_(calls.c.centre_id == call_outs.c.centre_id, calls.c.call_out_id == call_outs.c.id))
        .where(
            call_outs.c.centre_id == the_centre,
            call_outs.c.ended_at.is_(None),
            call_outs.c.case_id.is_not(None),
            calls.c.mediator_id == mediator_id,
            calls.c.answer.not_in(_NO_LONGER_CALLED),
        )
    )
