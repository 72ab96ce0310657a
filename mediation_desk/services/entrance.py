"""Coming in: who may, and what a password is held against, at the start and whenever somebody takes over.

A store keeps what its passwords are checked by (`passwords.py`). An encrypted file also has its key locked up once for
each of them in the key file beside it: that alone opens it, and every new password is put in both places.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import DeskError, Faults, NotAllowed, WrongPassword
from mediation_desk.domain.passwords import Attempts, password_faults
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act, act_of, check
from mediation_desk.services.audit import doing
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.passwords import Verdict, check_password, give_password, has_passwords, set_own_password
from mediation_desk.store.database import Database, open_store
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told

T = TypeVar("T")

People = list[tuple[str, str]]
"""(uid, name) of those who may log in."""


def people_of_file(path: Path) -> People:
    """Who can open the encrypted store at `path`. Raises `CannotOpen` for a key file that is missing or damaged."""
    from mediation_desk.store import key_file

    return key_file.users(path)


def key_by_password(path: Path, uid: str, password: str, rules: Rules, now: datetime) -> bytes:
    """The key of the encrypted store at `path`, by the rules of the packs: the centre's own lie within.

    Raises `WrongPassword`, `LockedOut` or `CannotOpen`. Takes some tenths of a second.
    """
    from mediation_desk.store import key_file

    return key_file.unlock_with_password(
        path,
        uid,
        password,
        now=now,
        most_failures=rules.setting("login_failures_most", now.date()),
        lock_minutes=rules.setting("login_lock_minutes", now.date()),
    )


def open_file(
    path: Path, uid: str, password: str, rules: Rules, origin: str, clock: Callable[[], datetime] = datetime.now
) -> tuple[Database, Verdict]:
    """Open the encrypted store at `path` for this user, who is logged in by it.

    Raises `WrongPassword`, `LockedOut` or `NotAllowed` for who may not, `CannotOpen` for a damaged key file or store.
    """
    database = open_store(path, key_by_password(path, uid, password, rules, clock()))
    try:
        return database, Entrance(database, rules, origin, clock).judge(uid, password)
    except BaseException:
        database.close()
        raise


@dataclass(frozen=True)
class Entrance:
    """The door of an open store. Its methods may be called on any thread; those with passwords take a while.

    `origin` is the name of this PC, as the log tells it.
    """

    database: Database
    packs: Rules
    origin: str
    clock: Callable[[], datetime] = datetime.now

    def is_guarded(self) -> bool:
        """Whether anybody has a password, so that everybody is asked for theirs."""
        with self.database.reading() as records:
            return has_passwords(records)

    def people(self) -> People:
        """The users who have a password."""
        with self.database.reading() as records:
            holders = records.credentials.holders()
            users = records.centre.get().users
        return [(user.uid, user.name) for user in users if user.active and user.id in holders]

    def has_password(self, uid: str) -> bool:
        return uid in {each for each, _ in self.people()}

    def judge(self, uid: str, password: str) -> Verdict:
        """Let this user in, and log it. Raises `WrongPassword`, `LockedOut` or `NotAllowed`, which is logged too."""
        user, verdict = self._checked(uid, password)
        verdict.insist()
        self._lock_up_for(user, password, only_if_new=True)
        return verdict

    def change_password(self, uid: str, old: str, new: str) -> None:
        """Give oneself another password. Raises as `judge` for the old one, `RuleBroken` for the new one."""
        user, set_in_file = self._user(uid), False

        def step(records: Records, act: Act) -> Verdict:
            nonlocal set_in_file
            verdict = set_own_password(records, act, old, new)
            if verdict.refusal is None:
                self._lock_up_for(user, new)
                set_in_file = True
            return verdict

        try:
            verdict = self._do(user, step, set_own_password.__name__)
        except DeskError:
            if set_in_file and old:
                self._lock_up_for(user, old)
            raise
        verdict.insist()

    def set_anew(self, uid: str, new: str) -> None:
        """Give a password to somebody who proved by the recovery sheet to be trusted. Raises `RuleBroken`."""
        user = self._user(uid)

        def set_anew(records: Records, act: Act) -> None:
            assert user.id is not None
            faults = Faults()
            faults.check(user.active, "这位使用者已离岗，不能设口令。请换一位在岗的使用者。", "new_password")
            for sentence in password_faults(new, user.name, act.rules, act.today):
                faults.add(sentence, "new_password")
            faults.refuse_if_any()
            earlier = act.rules.setting("password_reuse", act.today) - 1
            records.credentials.keep(user.id, new, now=act.at, must_change=False, earlier=earlier)
            records.told.append(Told(AuditKind.LOGIN, f"用恢复单打开数据，重设了使用者“{user.name}”的口令"))
            self._lock_up_for(user, new)

        self._do(user, set_anew, "set_anew")

    def give_password(self, by_uid: str, uid: str, new: str) -> None:
        """Let the user `by_uid` give another one a first password. Raises `RuleBroken` or `NotAllowed`."""
        user = self._user(uid)

        def step(records: Records, act: Act) -> None:
            assert user.id is not None
            give_password(records, act, user.id, new)
            self._lock_up_for(user, new)

        self._do(self._user(by_uid), step, give_password.__name__)

    def unlock(self, by_uid: str, uid: str) -> None:
        """Let the user `by_uid` end the waiting of somebody who mistyped too often. Raises `NotAllowed`."""
        user = self._user(uid)

        def unlock_user(records: Records, act: Act) -> None:
            assert user.id is not None
            check(records, act, Right.USERS)
            records.credentials.note(user.id, Attempts())
            records.told.append(Told(AuditKind.LOGIN, f"解除了使用者“{user.name}”的登录锁定"))
            if self.database.key is not None and self.database.path is not None:
                from mediation_desk.store import key_file

                key_file.forgive(self.database.path, uid)

        self._do(self._user(by_uid), unlock_user, "unlock_user")

    def take_way_in(self, uid: str) -> None:
        """Let the password of somebody who retired open nothing any more."""
        if self.database.key is not None and self.database.path is not None:
            from mediation_desk.store import key_file

            key_file.drop_user(self.database.path, uid)

    def _checked(self, uid: str, password: str) -> tuple[User, Verdict]:
        if self.database.read_only:
            return self._looked_at(uid, password)

        def log_in(records: Records, act: Act) -> Verdict:
            verdict = check_password(records, act, act.by_id, password)
            if verdict.refusal is None:
                records.told.append(Told(AuditKind.LOGIN, "登录"))
            return verdict

        user = self._user(uid)
        return user, self._do(user, log_in, "log_in")

    def _looked_at(self, uid: str, password: str) -> tuple[User, Verdict]:
        """Where nothing can be written no failure can be counted: the store can only be looked at."""
        user = self._user(uid)
        assert user.id is not None
        with self.database.reading() as records:
            fits = user.active and records.credentials.fits(user.id, password)
        return user, Verdict(refusal=None if fits else WrongPassword("口令不对。"))

    def _do(self, by: User, step: Callable[[Records, Act], T], what: str) -> T:
        """One step of the store. What it does to the key file comes last in it, and what that refuses refuses it."""
        with self.database.reading() as records:
            centre, rules = records.centre.get(), rules_here(records, self.packs)
        act = act_of(centre, by, self.clock().replace(microsecond=0), rules)
        with self.database.writing(doing=doing(act, what, self.origin)) as records:
            return step(records, act)

    def _lock_up_for(self, user: User, password: str, *, only_if_new: bool = False) -> None:
        path, key = self.database.path, self.database.key
        if path is None or key is None or self.database.read_only:
            return
        from mediation_desk.store import key_file

        if not only_if_new or (user.uid, user.name) not in key_file.users(path):
            key_file.set_password(path, key, user.uid, user.name, password)

    def _user(self, uid: str) -> User:
        with self.database.reading() as records:
            users = records.centre.get().users
        user = next((each for each in users if each.uid == uid), None)
        if user is None:
            raise NotAllowed("这份数据里没有这位使用者。请换一位登录，或请管理员在“设置”里添加。")
        return user
