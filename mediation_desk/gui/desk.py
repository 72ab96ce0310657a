"""The desk behind the windows: an open store, the rules, and the user who is working."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from os import urandom
from platform import node
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from mediation_desk.domain.centre import Centre, User
from mediation_desk.domain.rights import Right, rights_of_user
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.uid import uuid7
from mediation_desk.gui.actions import Needs
from mediation_desk.gui.log_keeper import LogKeeper
from mediation_desk.gui.undo_history import UndoHistory
from mediation_desk.services.act import Act, act_of, needed_for
from mediation_desk.services.audit import doing, name_of
from mediation_desk.services.own_rules import rules_here
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Sealed

if TYPE_CHECKING:
    from mediation_desk.services.undo import Step, Trail

P = ParamSpec("P")
T = TypeVar("T")

SHORT_SECONDS = 0.2
"""How long somebody who types may be held up."""


@cache
def this_pc() -> str:
    """The name of this PC, as the log tells it."""
    return node()


class Desk(QObject):
    """What every page is given. Pages read with `look`, act with `do`, and read anew on `changed`.

    `case_wanted` asks the window to open a case, `page_wanted` a page by its key ("register"), `month_wanted` the
    roster of the month of a day, `cases_wanted` the list of the cases behind a number. `draft_wanted` comes after
    `page_wanted` and asks the registration form to go on with the draft of that uid.

    `rules` are those of the packs with the centre's own over them. What was shown, printed or saved is told to `log`.
    """

    changed = Signal()
    case_wanted = Signal(int)
    page_wanted = Signal(str)
    month_wanted = Signal(object)
    draft_wanted = Signal(str)
    cases_wanted = Signal(object)
    centre_changed = Signal()
    rules_changed = Signal()

    def __init__(
        self, database: Database, packs: Rules, user_id: int = 0, clock: Callable[[], datetime] = datetime.now
    ) -> None:
        super().__init__()
        self.database = database
        self.packs = packs
        self._clock = clock
        with database.reading() as records:
            self.centre: Centre = records.centre.get()
            self.rules = rules_here(records, packs)
        self.is_guarded = False
        """Whether people log in: then nobody works as somebody else, not even for one who has retired."""
        self.user_id = 0
        self.user_id = self._active_user(user_id)
        self.log = LogKeeper(self, this_pc())
        self.history = UndoHistory(self)

    def do(self, step: Callable[Concatenate[Records, Act, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One step of one user: `desk.do(take_in, intake)`. Kept whole or, when it raises, not at all.

        At a server it may be taken again from the beginning, when another desk stood in its way.
        The log names it after the service; a step made of several is named by `functools.wraps` after the chief one.
        """
        from mediation_desk.services.undo import step_done  # not needed at the start

        act = self.act()
        result, sealed = self._take(act, step, lambda records: step(records, act, *args, **kwargs))
        self.history.keep(step_done(act, name_of(step), needed_for(step), sealed))
        self.changed.emit()
        return result

    def take_back(self, step: "Step", trail: "Trail", how: str) -> tuple[list[str], "Step"]:
        """Undo a step, or do one again (`how`); returns what its cases are called, and the step that did it."""
        from mediation_desk.services.undo import step_done, undo

        act = self.act()
        called, sealed = self._take(act, f"{how} {step.what}", lambda records: undo(records, act, step, trail))
        taken = step_done(act, step.what, step.needs, sealed)
        assert taken is not None
        self.changed.emit()
        return called, taken

    def _take(self, act: Act, step: Callable[..., Any] | str, take: Callable[[Records], T]) -> tuple[T, Sealed]:
        """A step, and what it came to."""
        ended: list[Records] = []

        def taken(records: Records) -> T:
            ended[:] = [records]
            return take(records)

        result = self.database.do(taken, doing=doing(act, step, this_pc()), sight=act.sight)
        return result, ended[0].sealed

    def look(self, question: Callable[Concatenate[Records, Act, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One consistent look: `desk.look(look_at_today)`. Objects it returns stay readable."""
        act = self.act()
        with self.database.reading(sight=act.sight) as records:
            return question(records, act, *args, **kwargs)

    def disclose(self, step: Callable[Concatenate[Records, Act, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """A step that only logs what is about to be shown. In a store that is only read it cannot, and need not be."""
        return (self.look if self.database.read_only else self.do)(step, *args, **kwargs)

    def keep(self, step: Callable[[Records], None]) -> None:
        """Save something that no page shows (drafts): like `do`, but nobody is told of a change.

        It hardly waits for another program that is writing, as it comes in mid-typing and is tried again.
        """
        act = self.act()
        with self.database.writing(
            patience=SHORT_SECONDS, doing=doing(act, step, this_pc()), sight=act.sight
        ) as records:
            step(records)

    def act(self) -> Act:
        return act_of(self.centre, self.user, self.now(), self.rules)

    @property
    def user(self) -> User:
        return next(user for user in self.centre.users if user.id == self.user_id)

    def may(self, *any_of: Right) -> bool:
        """Whether the working user has one of these rights."""
        return not rights_of_user(self.user).isdisjoint(any_of)

    def needs(self, *any_of: Right) -> Needs:
        """What the working user needs for an action; see `add_action`."""
        return Needs(self, any_of)

    def now(self) -> datetime:
        return self._clock().replace(microsecond=0)

    def new_uid(self) -> str:
        return uuid7(self._clock(), urandom(10))

    def log_in(self, uid: str) -> None:
        """Let the user of this uid work, who proved to be that, before any page is shown."""
        self.user_id = next(user.id for user in self.centre.users if user.uid == uid and user.id is not None)
        self.history.clear()

    def hand_over(self, user_id: int) -> None:
        """Let another user work from now on; one who is unknown or retired changes nothing."""
        self.user_id = self._active_user(user_id)
        self.history.clear()
        self.changed.emit()

    def refresh_centre(self) -> None:
        """Read the centre anew after its settings were changed; a user who was retired hands over to another."""
        self.centre = self.look(lambda records, _: records.centre.get())
        self.user_id = self._active_user(self.user_id)
        self.centre_changed.emit()

    def refresh_rules(self) -> None:
        """Put the rules together anew after the centre set a value or took in a notice; every page reads by them."""
        self.rules = self.look(lambda records, _: rules_here(records, self.packs))
        self.rules_changed.emit()
        self.changed.emit()

    def _active_user(self, user_id: int) -> int:
        if self.is_guarded:
            return user_id
        active = [user.id for user in self.centre.users if user.active and user.id is not None]
        return next(each for each in (user_id, self.user_id, *active) if each in active)
