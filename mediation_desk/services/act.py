"""Who acts, when, for which centre, and under which rules: what every service is told besides its own subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from mediation_desk.domain.case import Case, CaseEvent, EventKind
from mediation_desk.domain.centre import Centre, User
from mediation_desk.domain.errors import NotAllowed, refuse_unless
from mediation_desk.domain.rights import Right, lacking, rights_of_user
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.stage import restage
from mediation_desk.store.sight import Sight

if TYPE_CHECKING:
    from mediation_desk.store.records import Records

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Act:
    """One doing of one user. `at` is wall time of the desk, without zone.

    `rights` are the user's; `mediator_id` is theirs in the directory, None for somebody who mediates nothing.
    """

    centre_id: int
    by_id: int
    at: datetime
    rules: Rules
    rights: frozenset[Right]
    mediator_id: int | None = None

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def sight(self) -> Sight | None:
        """The eyes of the user, None for somebody who may see all cases and belongs to no unit of the directory."""
        sees_all = Right.ALL_CASES in self.rights
        if sees_all and self.mediator_id is None:
            return None
        return Sight(
            self.mediator_id if Right.MEDIATE in self.rights else None,
            closed_files=Right.CLOSED_FILES in self.rights,
            user_id=self.by_id,
            person_id=self.mediator_id,
            all_cases=sees_all,
        )


def act_of(centre: Centre, user: User, at: datetime, rules: Rules) -> Act:
    """An act of this user of the centre."""
    assert centre.id is not None
    assert user.id is not None
    rights = rights_of_user(user)
    return Act(centre_id=centre.id, by_id=user.id, at=at, rules=rules, rights=rights, mediator_id=user.mediator_id)


def needs(
    *any_of: Right,
) -> Callable[[Callable[Concatenate["Records", Act, P], T]], Callable[Concatenate["Records", Act, P], T]]:
    """A service only for whoever has one of these rights; others are refused with `NotAllowed` before it begins."""

    def guard(service: Callable[Concatenate["Records", Act, P], T]) -> Callable[Concatenate["Records", Act, P], T]:
        @wraps(service)
        def guarded(records: "Records", act: Act, /, *args: P.args, **kwargs: P.kwargs) -> T:
            check(records, act, *any_of)
            return service(records, act, *args, **kwargs)

        guarded.needs = any_of  # type: ignore[attr-defined]  # read by `needed_for`
        return guarded

    return guard


def needed_for(service: Callable[..., Any]) -> tuple[Right, ...]:
    """The rights one of which the service needs; empty for a service open to everybody."""
    any_of: tuple[Right, ...] = getattr(service, "needs", ())
    return any_of


def check(records: "Records", act: Act, *any_of: Right) -> None:
    """Raise `NotAllowed` unless the acting user has one of these rights."""
    if act.rights.isdisjoint(any_of):
        users = records.centre.get().users
        raise NotAllowed(lacking(next((user for user in users if user.id == act.by_id), None), users, any_of))


_OF_MERGED = frozenset({EventKind.RELATED, EventKind.PRINTED, EventKind.ATTACHED, EventKind.DETACHED, EventKind.PAPER})
"""What may still be recorded at a case in whose place another one goes on."""


def refuse_if_merged(case: Case) -> None:
    """Raise `RuleBroken` where another case goes on in place of this one."""
    refuse_unless(
        case.merged_into is None,
        "案件已并入另一个案件，没有记录。请到那个案件里办理；并错了的，先撤回并入。",
    )


def note(case: Case, act: Act, kind: EventKind, happened_on: date, text: str = "") -> None:
    """Add a line to the timeline of the case and let its stage follow. Every service that adds a fact ends here.

    A case that was merged into another one is refused: what is new belongs to that one.
    """
    if kind not in _OF_MERGED:
        refuse_if_merged(case)
    case.events.append(CaseEvent(kind=kind, happened_on=happened_on, text=text, by_id=act.by_id, recorded_at=act.at))
    restage(case)
