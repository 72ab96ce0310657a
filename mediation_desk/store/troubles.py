"""What a store that cannot read or write says to the clerk: what happened, what is kept, what to do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from mediation_desk.domain.errors import (
    CannotOpen,
    CannotRead,
    CannotSave,
    ChangedMeanwhile,
    NotLetIn,
    ReadOnly,
    TryAgain,
)
from mediation_desk.store.address import ServerAddress


class _Trouble(NamedTuple):
    """How a trouble is recognised, what has happened, and what to do."""

    sign: str
    kind: type[CannotSave]
    happened: str
    advice: str


# Signs are parts of what SQLite says. The first that is found counts.
_OF_FILE = (
    _Trouble("disk is full", CannotSave, "磁盘已满", "请清理磁盘后再试。"),
    _Trouble("disk I/O error", CannotSave, "磁盘读写失败", "请检查磁盘后再试。"),
    _Trouble("locked", CannotSave, "另一个程序正在写入数据", "请稍后再试。"),
    _Trouble("readonly", ReadOnly, "数据文件是只读的", "请检查文件权限后再试。"),
    _Trouble("unable to open", CannotSave, "数据文件打不开，可能已被移走", "请把它放回原处后再试。"),
    _Trouble("malformed", CannotSave, "数据文件已损坏", "请停止录入，关闭程序再打开，按提示恢复。"),
    _Trouble("not a database", CannotSave, "数据文件已损坏", "请停止录入，关闭程序再打开，按提示恢复。"),
)
_GONE = _Trouble("08", CannotSave, "连不上数据服务器", "请检查网络；服务器恢复后再按一次保存即可。")
_CLOSING = _Trouble("57P", CannotSave, "数据服务器正在停止或启动", "请稍等片刻再试。")
_CROWDED = _Trouble("53", CannotSave, "数据服务器太忙", "请稍后再试；经常这样请告诉管理员。")
_REFUSED = _Trouble("28", CannotSave, "数据服务器不接受这个用户或口令", "请联系管理员核对。")
_UNSURE = _Trouble("08001", CannotSave, "与数据服务器的连接没有加密，或不能确认它的身份", "请联系管理员检查证书。")
_NOWHERE = _Trouble("3D000", CannotSave, "数据服务器上没有这个数据库", "请联系管理员核对。")
_NUL = _Trouble("22021", CannotSave, "文字里有不能保存的字符（空字符）", "请删去粘贴进来的异常字符后再试。")
# Signs are beginnings of SQLSTATE (PostgreSQL, appendix A). The first that fits counts.
_OF_SERVER = (
    _Trouble("53100", CannotSave, "数据服务器的磁盘已满", "请联系管理员清理服务器磁盘后再试。"),
    _CROWDED,
    _Trouble("40", TryAgain, "另一个窗口同时改到了同一处", "请再试一次。"),
    _Trouble("55P03", CannotSave, "另一个窗口正在保存同一内容", "请稍后再试。"),
    _Trouble("57014", CannotSave, "数据服务器用时太久，已放弃", "请稍后再试。"),
    _Trouble("25006", ReadOnly, "数据服务器目前只读", "请联系管理员。"),
    _Trouble("42501", ReadOnly, "数据服务器上的这个用户没有写入权限", "请联系管理员开通权限。"),
    _Trouble("25P03", CannotSave, "这一步停留太久，数据服务器已断开", "请再试一次。"),
    _CLOSING,
    _REFUSED,
    _NOWHERE,
    _GONE,
    _NUL,
    _Trouble("58", CannotSave, "数据服务器读写磁盘失败", "请联系管理员检查服务器。"),
    _Trouble("XX", CannotSave, "数据服务器上的数据可能已损坏", "请停止录入，并联系管理员。"),
)
# Refusals at the door come without a state: signs are parts of the text.
_AT_THE_DOOR = (
    ("authentication failed", _REFUSED),
    ("no password supplied", _REFUSED),
    ("role ", _REFUSED),
    ("does not exist", _NOWHERE),
    ("certificate", _UNSURE),
    ("SSL", _UNSURE),
    ("too many clients", _CROWDED),
    ("remaining connection slots", _CROWDED),
    ("starting up", _CLOSING),
    ("shutting down", _CLOSING),
)


@contextmanager
def said_plainly(*, saving: bool = True) -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            "这条记录刚被别人修改过，您的修改没有保存，窗口里的文字还在。请刷新后核对再保存。"
        ) from error
    except database_errors() as error:
        trouble = _trouble_of(error)
        if trouble is None:
            raise
        if saving:
            sentence = f"{trouble.happened}，这一步没有保存；窗口里的文字还在。{trouble.advice}"
            raise trouble.kind(sentence) from error
        raise CannotRead(f"{trouble.happened}，没有读出内容；没有改动任何数据。{trouble.advice}") from error


def is_damage(error: Exception) -> bool:
    """Whether a file could not be read because it is damaged."""
    return any(sign in why(error) for sign in ("malformed", "not a database"))


def database_errors() -> tuple[type[Exception], ...]:
    """What a store may raise. The driver of servers is loaded only where one is spoken to."""
    of_server = sys.modules.get("psycopg")
    return (DBAPIError, driver.Error, *([of_server.Error] if of_server else []))


def _trouble_of(error: Exception) -> _Trouble | None:
    reason = getattr(error, "orig", None) or error
    if isinstance(reason, driver.Error):
        return next((each for each in _OF_FILE if each.sign in str(reason)), None)
    state = getattr(reason, "sqlstate", None)
    if state:
        return next((each for each in _OF_SERVER if state.startswith(each.sign)), None)
    if type(reason).__name__ == "DataError" and "NUL" in str(reason):  # refused by the driver itself
        return _NUL
    if type(reason).__name__ not in {"OperationalError", "InterfaceError"}:
        return None
    return next((each for sign, each in _AT_THE_DOOR if sign in str(reason)), _GONE)


def cannot_open(address: ServerAddress, error: Exception) -> CannotOpen:
    """Why the store at that address cannot be opened, with what the server or the network answered."""
    trouble = _trouble_of(error)
    where = f"“{address.host}”上的数据库“{address.database}”"
    happened = trouble.happened if trouble else "数据服务器没有做到"
    advice = "请检查网络，以及服务器是否开着。" if trouble is _GONE else "请把原因告诉管理员。"
    kind = NotLetIn if trouble is _REFUSED else CannotOpen
    return kind(f"打不开{where}：{happened}（{_first_line(error)}）。没有改动任何数据。{advice}")


def _first_line(error: Exception) -> str:
    return why(error).strip().partition("\n")[0]


def why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(getattr(error, "orig", error))
