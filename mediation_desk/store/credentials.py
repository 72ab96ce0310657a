"""The users' passwords, of which only argon2id hashes (RFC 9106) are kept; no hash ever leaves this module.

They are not watched by the log: their rows would tell every desk what to try passwords against. What is watched is a
digest of each hash that stands with its user.
"""

from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.orm import Session

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.passwords import Attempts, as_typed
from mediation_desk.store.centre import the_centre
from mediation_desk.store.insertion import insert_into
from mediation_desk.store.schema import users
from mediation_desk.store.trust_schema import audit, credentials

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Credential(NamedTuple):
    """What is known of a password without the password."""

    set_at: datetime
    must_change: bool
    attempts: Attempts


@cache
def hasher() -> "PasswordHasher":
    """Makes and checks hashes: 3 passes, 64 MiB, 4 lanes. Loaded when a password is asked for."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


class CredentialRecords:
    """Reads and writes passwords. A user without one cannot log in where others have theirs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holders(self) -> set[int]:
        """The users who have a password; empty where everybody works without."""
        query = select(credentials.c.user_id).where(credentials.c.centre_id == the_centre, credentials.c.secret != "")
        return set(self._session.scalars(query))

    def last_logins(self, since: datetime) -> dict[int, datetime]:
        """When each user logged in last, as the log tells it; those who did not since then are left out."""
        logged_in = [audit.c.centre_id == the_centre, audit.c.at >= since, audit.c.kind == AuditKind.LOGIN.value]
        query = select(audit.c.by_id, func.max(audit.c.at).label("last")).where(*logged_in, audit.c.by_id.is_not(None))
        return {row.by_id: row.last for row in self._session.execute(query.group_by(audit.c.by_id))}

    def find(self, user_id: int) -> Credential | None:
        """None for a user without a password."""
        row = self._row(user_id)
        if row is None:
            return None
        attempts = Attempts(failures=row.failures, last_failure_at=row.last_failure_at, locked_until=row.locked_until)
        return Credential(row.set_at, row.must_change, attempts)

    def fits(self, user_id: int, password: str) -> bool:
        """Whether this is the user's password. Takes a tenth of a second, as it is meant to."""
        row = self._row(user_id)
        return row is not None and _fits(row.secret, password)

    def is_among_last(self, user_id: int, password: str, number: int) -> bool:
        """Whether this was one of the user's last `number` passwords, the present one included."""
        row = self._row(user_id)
        secrets = [row.secret, *row.earlier_secrets] if row else []
        return any(_fits(secret, password) for secret in secrets[:number])

    def keep(self, user_id: int, password: str, *, now: datetime, must_change: bool, earlier: int) -> None:
        """Make this the user's password; so many earlier ones are remembered. Failures and a lock end with it."""
        row = self._row(user_id)
        before = [row.secret, *row.earlier_secrets][:earlier] if row else []
        secret = hasher().hash(_bytes_of(password))
        values = {
            "secret": secret,
            "earlier_secrets": before,
            "set_at": now,
            "must_change": must_change,
            **_columns_of(Attempts()),
        }
        table = insert_into(credentials, self._session.get_bind().dialect)
        self._session.execute(
            table.values(centre_id=the_centre, user_id=user_id, **values).on_conflict_do_update(
                index_elements=["centre_id", "user_id"], set_=values
            )
        )
        self._tell_log(user_id, sha256(secret.encode()).hexdigest())

    def note(self, user_id: int, attempts: Attempts) -> None:
        """Keep what is known of wrong passwords."""
        self._session.execute(update(credentials).where(_of(user_id)).values(**_columns_of(attempts)))

    def drop(self, user_id: int) -> None:
        """Take a user's password away, who cannot log in any more then."""
        self._session.execute(delete(credentials).where(_of(user_id)))
        self._tell_log(user_id, "")

    def _tell_log(self, user_id: int, digest: str) -> None:
        of_user = and_(users.c.centre_id == the_centre, users.c.id == user_id)
        self._session.execute(update(users).where(of_user).values(password_digest=digest))

    def _row(self, user_id: int) -> Any:
        query = select(credentials).where(_of(user_id), credentials.c.secret != "")
        return self._session.execute(query).first()


def _of(user_id: int) -> Any:
    return and_(credentials.c.centre_id == the_centre, credentials.c.user_id == user_id)


def _columns_of(attempts: Attempts) -> dict[str, Any]:
    return {
        "failures": attempts.failures,
        "last_failure_at": attempts.last_failure_at,
        "locked_until": attempts.locked_until,
    }


def _bytes_of(password: str) -> bytes:
    return as_typed(password).encode("utf-8", "surrogatepass")


def _fits(secret: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        return hasher().verify(secret, _bytes_of(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
