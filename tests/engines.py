"""The engines a store may lie on, each as tests want it: furnished once, put back as it was before every test.

`pytest --engine=sqlite|sqlcipher|postgresql`; a file without a key is the usual one.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import token_bytes
from typing import Any

import psycopg
import pytest

from mediation_desk.store.address import PORT, ServerAddress
from mediation_desk.store.database import Database, create, create_at, open_at, open_store

ENGINES = ("sqlite", "sqlcipher", "postgresql")

Fill = Callable[[Database], None]


class Files:
    """Stores in files, with a key or without."""

    def __init__(self, folder: Path, fill: Fill, key: bytes | None = None) -> None:
        self._folder = folder
        self._key = key
        self._numbers = count()
        self._empty = folder / "empty.db"
        create(self._empty, key).close()
        database = self.new()
        fill(database)
        database.close()
        assert database.path is not None
        self.furnished = database.path

    def open(self) -> Database:
        """A furnished store of its own."""
        return self._copy_of(self.furnished)

    def open_again(self, database: Database) -> Database:
        """The same store for another desk."""
        assert database.path is not None
        return open_store(database.path, self._key)

    def put_back(self, database: Database) -> None:
        assert database.path is not None
        database.own.clear()
        for beside in database.path.parent.iterdir():  # its log, but also back-ups that a test made of it
            if beside.is_dir():
                shutil.rmtree(beside)
            else:
                beside.unlink()
        shutil.copy(self.furnished, database.path)

    def new(self) -> Database:
        """An empty store."""
        return self._copy_of(self._empty)

    def _copy_of(self, file: Path) -> Database:
        own = self._folder / str(next(self._numbers))
        own.mkdir()
        return open_store(Path(shutil.copy(file, own / "desk.db")), self._key)


class Server:
    """Stores on a server of our own. One is put back by refilling its tables: that is quicker than a new database."""

    def __init__(self, cluster: "Cluster", fill: Fill) -> None:
        self.cluster = cluster
        self._empty = cluster.new_database().database
        create_at(cluster.address(self._empty)).close()
        self._furnished = cluster.new_database(like=self._empty).database
        database = open_at(cluster.address(self._furnished))
        fill(database)
        database.close()
        with cluster.connect(self._furnished) as connection:
            connection.execute(_KEEP)

    def open(self) -> Database:
        """A furnished store of its own."""
        return open_at(self.cluster.new_database(like=self._furnished))

    def open_again(self, database: Database) -> Database:
        """The same store for another desk."""
        return open_at(self.address(database))

    def address(self, database: Database) -> ServerAddress:
        return self.cluster.address(str(database._engine.url.database))

    def cut_all(self, database: Database) -> None:
        """Cut every connection to a store, as a network that fails does."""
        name = str(database._engine.url.database)
        with self.cluster.connect("postgres") as connection:
            connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))

    def put_back(self, database: Database) -> None:
        database.own.clear()
        with database._engine.begin() as connection:
            connection.exec_driver_sql("select kept.put_back()")

    def new(self) -> Database:
        """An empty store."""
        return open_at(self.cluster.new_database(like=self._empty))


_KEEP = """
create schema kept;
do $$
declare name text;
begin
    for name in select relname from pg_class where relnamespace = 'public'::regnamespace
        and relkind in ('r', 'p') and not relispartition
    loop
        execute format('create table kept.%I as table public.%I', name, name);
    end loop;
end $$;
create table kept.sequences_ as select sequencename, last_value from pg_sequences where schemaname = 'public';
create function kept.put_back() returns void language plpgsql as $$
declare
    name text;
    named text;
begin
    set local session_replication_role = replica;
    for name in select tablename from pg_tables where schemaname = 'kept' and tablename <> 'sequences_' loop
        execute format('delete from public.%I', name);
        execute format('insert into public.%I select * from kept.%I', name, name);
    end loop;
    perform setval(format('public.%I', sequencename), coalesce(last_value, 1), last_value is not null)
        from kept.sequences_;
end $$;
"""


class Cluster:
    """A PostgreSQL server of this test run, on a free port of this PC, in a folder that goes away with it.

    It runs as nobody special: PostgreSQL refuses to be started by root. What it writes is not waited for, unless
    `durable`: then it loses nothing when it is killed.
    """

    user = "desk"

    def __init__(self, *, durable: bool = False) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="desks-"))
        self._numbers = count()
        self._port = PORT
        if _is_root():
            shutil.chown(self._folder, "postgres", "postgres")
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", self.user, "-E", "UTF8", "--locale=C", "--no-sync")
        quick = "" if durable else "fsync=off\nfull_page_writes=off\n"
        settings = f"listen_addresses=''\nunix_socket_directories='{self._folder}'\n{quick}"
        with (self._folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        self.start()

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def speak_tls(self, certificate: bytes, key: bytes) -> ServerAddress:
        """Restart, and from then on be reached over the network of this PC too, encrypted only."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        data = self._folder / "data"
        for name, content in (("server.crt", certificate), ("server.key", key)):
            (data / name).write_bytes(content)
            (data / name).chmod(0o600)
            if _is_root():
                shutil.chown(data / name, "postgres", "postgres")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"listen_addresses='127.0.0.1'\nport={port}\nssl=on\n")
        (data / "pg_hba.conf").write_text("local all all trust\nhostssl all all all trust\n", encoding="utf-8")
        self.stop()
        self._port = port
        self.start()
        return ServerAddress(host="127.0.0.1", database="postgres", user=self.user, port=port)

    def start(self) -> None:
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", str(self._folder / "log"))

    def stop(self, how: str = "fast") -> None:
        """`how` is fast (connections are cut) or immediate (as if it were killed)."""
        self._run("pg_ctl", "stop", "-w", "-D", self._data, "-m", how)

    def close(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, database: str) -> ServerAddress:
        return ServerAddress(host=str(self._folder), database=database, user=self.user, port=self._port)

    def new_database(self, like: str = "template1") -> ServerAddress:
        name = f"desk{next(self._numbers)}"
        with self.connect("postgres") as connection:
            connection.execute(f"create database {name} template {like}".encode())
        return self.address(name)

    @contextmanager
    def connect(self, database: str) -> Iterator["psycopg.Connection[Any]"]:
        """Past the program, as an administrator."""
        with psycopg.connect(
            host=str(self._folder), port=self._port, dbname=database, user=self.user, autocommit=True
        ) as connection:
            yield connection

    def _run(self, program: str, *arguments: str) -> None:
        who: dict[str, Any] = {"user": "postgres", "group": "postgres"} if _is_root() else {}
        log = self._folder / "log"
        done = subprocess.run(
            [str(self._programs / program), *arguments],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            **who,
        )
        if done.returncode:
            said = log.read_text(encoding="utf-8") if log.exists() else ""
            pytest.fail(f"{program}: {done.stderr.decode()}\n{said}")


def _is_root() -> bool:
    if sys.platform == "win32":
        return False
    import os

    return os.geteuid() == 0


def _programs() -> Path:
    """Where PostgreSQL's programs are; Debian keeps them apart by release."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if not newest:
        pytest.exit("PostgreSQL is not installed here: apt-get install postgresql", returncode=4)
    return newest[-1].parent


@contextmanager
def engine_called(name: str, folder: Path, fill: Fill) -> Iterator[Files | Server]:
    """The engine of that name, furnished by `fill`, as long as the block lasts."""
    if name != "postgresql":
        yield Files(folder, fill, token_bytes(32) if name == "sqlcipher" else None)
        return
    cluster = Cluster()
    try:
        yield Server(cluster, fill)
    finally:
        cluster.close()
