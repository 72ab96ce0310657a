"""A store on a server that several desks share: opening it, making it, and looking whether both could be done.

The steps run once for all desks. A desk with an older program than the store may only look.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store import migrations
from mediation_desk.store.address import ServerAddress
from mediation_desk.store.database import NEWER, Database, migrate
from mediation_desk.store.server import engine_of
from mediation_desk.store.troubles import cannot_open, database_errors

_TABLES = "select count(*) from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')"


_OLDEST_VERSION = 130000
_ASKED = f"""
select current_setting('server_version') as version,
    coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as is_encrypted,
    coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_make_tables,
    coalesce(has_table_privilege(to_regclass('cases'), 'insert'), false) as may_write,
    current_setting('server_version_num')::integer >= {_OLDEST_VERSION} as is_known_version,
    current_setting('fsync') = 'on' as is_durable,
    current_setting('server_encoding') = 'UTF8' as is_utf8
"""


@dataclass(frozen=True)
class Found:
    """What a server said. `revision` is that of the store there, None in an empty database."""

    version: str
    is_encrypted: bool
    revision: str | None
    may_make_tables: bool
    may_write: bool
    is_known_version: bool
    is_durable: bool
    is_utf8: bool

    @property
    def is_empty(self) -> bool:
        return self.revision is None

    @property
    def is_newer(self) -> bool:
        """Whether a newer release of this program made it."""
        return self.revision is not None and self.revision not in migrations.REVISIONS


def look_at(address: ServerAddress, password: str | None = None) -> Found:
    """Connect and look, without changing anything.

    Raises `CannotOpen` with a sentence: not reached, not let in, no such database, or a database of something else.
    """
    engine = engine_of(address, password)
    try:
        with engine.connect() as connection:
            return _found(connection, address)
    except database_errors() as error:
        raise cannot_open(address, error) from error
    finally:
        engine.dispose()


def _found(connection: Connection, address: ServerAddress) -> Found:
    told = connection.exec_driver_sql(_ASKED).mappings().one()
    return Found(revision=_revision(connection, address), **told)


def _revision(connection: Connection, address: ServerAddress) -> str | None:
    """Raises `CannotOpen` when the database holds something else."""
    [tables] = connection.exec_driver_sql(_TABLES).one()
    if not tables:
        return None
    ours = "select to_regclass('alembic_version') is not null and to_regclass('issued_numbers') is not null"
    row = None
    if connection.exec_driver_sql(ours).scalar_one():
        row = connection.exec_driver_sql("select version_num from alembic_version").first()
    if row is None:
        raise CannotOpen(f"数据库“{address.database}”里是别的内容，程序没有改动它。请换一个空的数据库。")
    return str(row[0])


def open_shared(address: ServerAddress, password: str | None = None) -> Database:
    """Open the store there, bringing an older one up to date; never makes a new one in an empty database.

    Two desks of a new release may start at once: the second waits for the first, and finds nothing left to do.
    Raises `CannotOpen` with a sentence. A store of a newer release opens read-only.
    """
    engine = engine_of(address, password)
    try:
        with engine.connect() as connection:
            revision = _revision(connection, address)
        if revision is None:
            raise CannotOpen(f"数据库“{address.database}”是空的，还没有建立共享数据。请在“设置共享数据”里建立。")
        if revision not in migrations.REVISIONS:
            return Database(None, engine, NEWER)
        if revision != migrations.HEAD:
            migrate(engine, first="lock table alembic_version in access exclusive mode")
    except database_errors() as error:
        engine.dispose()
        raise cannot_open(address, error) from error
    except CannotOpen:
        engine.dispose()
        raise
    return Database(None, engine)


def create_shared(address: ServerAddress, password: str | None = None) -> Database:
    """Make the tables in an empty database, all or none. Raises `CannotOpen` when anything is there already."""
    engine = engine_of(address, password)
    try:
        with engine.connect() as connection:
            revision = _revision(connection, address)
            [is_utf8] = connection.exec_driver_sql("select current_setting('server_encoding') = 'UTF8'").one()
        if revision is not None:
            raise CannotOpen(f"数据库“{address.database}”里已经有共享数据，没有改动它。直接打开即可。")
        if not is_utf8:
            raise CannotOpen(f"数据库“{address.database}”的编码不是 UTF8，存不下所有姓名。请按手册重新建立数据库。")
        migrate(engine)
    except database_errors() as error:
        engine.dispose()
        raise cannot_open(address, error) from error
    except CannotOpen:
        engine.dispose()
        raise
    return Database(None, engine)
