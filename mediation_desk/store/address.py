"""Where a store is: a file of this PC, or a database on a server that several desks share.

The text of an address never holds a password: it stands in command lines, in `store.json` and in messages.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from mediation_desk.domain.errors import CannotOpen

SCHEME = "postgresql+psycopg"
PORT = 5432
SURE, ENCRYPTED, PLAIN = "verify-full", "require", "prefer"
"""How sure a connection is: the server proves who it is; nobody else can read along; only within this PC."""

_SCHEMES = (SCHEME, "postgresql", "postgres")
_MODES = (SURE, "verify-ca", ENCRYPTED)


@dataclass(frozen=True)
class ServerAddress:
    """A database on a PostgreSQL server.

    `host` is a name, a number, or a folder with the server's socket. `root` is the file with the certificate that the
    server's own was signed with; empty means the certificates that this PC trusts anyway. `mode` is asked of any server
    but one on this very PC, from which nothing travels.
    """

    host: str
    database: str
    user: str
    port: int = PORT
    mode: str = SURE
    root: str = ""

    def __str__(self) -> str:
        """The address as it is typed and kept; `read_address` reads it again."""
        is_folder = self.host.startswith("/")
        host = "" if is_folder else f"[{self.host}]" if ":" in self.host else self.host
        further = {"host": self.host} if is_folder else {}
        if self.mode != SURE:
            further["sslmode"] = self.mode
        if self.root:
            further["sslrootcert"] = self.root
        query = f"?{urlencode(further)}" if further else ""
        port = "" if self.port == PORT else f":{self.port}"
        return f"{SCHEME}://{quote(self.user, safe='')}@{host}{port}/{quote(self.database, safe='')}{query}"

    @property
    def is_on_this_pc(self) -> bool:
        """Whether what is sent there stays within this PC."""
        if self.host.startswith("/") or self.host == "localhost":
            return True
        from ipaddress import ip_address  # not needed at the start

        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def security(self) -> str:
        """The `sslmode` of connections. Nothing that leaves this PC goes unencrypted, whatever the address says."""
        return PLAIN if self.is_on_this_pc else self.mode


Address = Path | ServerAddress


def read_address(text: str) -> Address:
    """Read a path, or `postgresql+psycopg://user@host:port/database?sslmode=…&sslrootcert=…`.

    Raises `CannotOpen` with a sentence for what is neither, holds a password, or asks for a connection without TLS.
    """
    scheme, mark, _ = text.partition("://")
    if not mark:
        return Path(text)
    if scheme not in _SCHEMES:
        raise CannotOpen(f"看不懂数据地址的开头“{scheme}://”。共享数据的地址形如 {SCHEME}://用户@主机/数据库名。")
    try:
        parts = urlsplit(text)
        port = parts.port or PORT
        further = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise CannotOpen(f"数据地址写得不对，没有连接。形如 {SCHEME}://用户@主机:5432/数据库名。") from error
    if parts.password is not None:
        raise CannotOpen("数据地址里不要写口令：它会留在命令记录里。请去掉口令，连接时会另外询问。")
    address = ServerAddress(
        host=further.pop("host", parts.hostname or ""),
        database=unquote(parts.path.removeprefix("/")),
        user=unquote(parts.username or ""),
        port=port,
        mode=further.pop("sslmode", SURE),
        root=further.pop("sslrootcert", ""),
    )
    missing = [name for name, value in _named(address) if not value]
    if missing:
        raise CannotOpen(f"数据地址里缺少{'、'.join(missing)}。形如 {SCHEME}://用户@主机/数据库名。")
    if further:
        raise CannotOpen(f"数据地址里有不认识的部分“{'、'.join(further)}”。请删去后再试。")
    return _with_a_known_mode(address)


def _named(address: ServerAddress) -> list[tuple[str, str]]:
    return [("主机", address.host), ("数据库名", address.database), ("用户", address.user)]


def _with_a_known_mode(address: ServerAddress) -> ServerAddress:
    if address.mode in _MODES:
        return address
    if address.is_on_this_pc:
        return replace(address, mode=SURE)
    raise CannotOpen(
        f"数据地址里的 sslmode={address.mode} 会让内容不加密地经过网络，没有连接。"
        f"请改为 {SURE}（服务器有本单位信任的证书）或 {ENCRYPTED}（自签证书）。"
    )
