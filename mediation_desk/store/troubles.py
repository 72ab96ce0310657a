"""What a store that cannot read or write says to the clerk: what happened, what is kept, what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm.exc import StaleDataError

from mediation_desk.domain.errors import CannotRead, CannotSave, ChangedMeanwhile, ReadOnly

# What SQLite says, what has happened, and what to do. The first part that is found in the message counts.
_TROUBLES: tuple[tuple[str, type[CannotSave], str, str], ...] = (
    ("disk is full", CannotSave, "磁盘已满", "请清理磁盘后再试。"),
    ("disk I/O error", CannotSave, "磁盘读写失败", "请检查磁盘后再试。"),
    ("locked", CannotSave, "另一个程序正在写入数据", "请稍后再试。"),
    ("readonly", ReadOnly, "数据文件是只读的", "请检查文件权限后再试。"),
    ("unable to open", CannotSave, "数据文件打不开，可能已被移走", "请把它放回原处后再试。"),
    ("malformed", CannotSave, "数据文件已损坏", "请停止录入，保留该文件，并联系管理员恢复备份。"),
    ("not a database", CannotSave, "数据文件已损坏", "请停止录入，保留该文件，并联系管理员恢复备份。"),
)


@contextmanager
def said_plainly(*, saving: bool = True) -> Iterator[None]:
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhile(
            "这条记录刚被别人修改过，您的修改没有保存，窗口里的文字还在。请刷新后核对再保存。"
        ) from error
    except (DatabaseError, driver.Error) as error:
        for part, kind, happened, advice in _TROUBLES:
            if part in why(error):
                if saving:
                    raise kind(f"{happened}，这一步没有保存；窗口里的文字还在。{advice}") from error
                raise CannotRead(f"{happened}，没有读出内容；没有改动任何数据。{advice}") from error
        raise


def why(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(getattr(error, "orig", error))
