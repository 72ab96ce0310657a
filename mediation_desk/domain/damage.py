"""What can be wrong with a store that does not open, what can be done about it, and what would be missing then."""

from dataclasses import dataclass
from datetime import datetime

from mediation_desk.domain.labelled import Labelled


class Damage(Labelled):
    """What is wrong."""

    NONE = "none", "数据文件是好的"
    MISSING = "missing", "数据文件不见了"
    EMPTY = "empty", "数据文件是空的"
    FOREIGN = "foreign", "这不是调解工作台的数据文件"
    HEADER = "header", "数据文件的开头损坏了"
    PAGES = "pages", "数据文件有一部分损坏了"
    LOG_LOST = "log_lost", "最近的记录不见了"
    LOG_WRONG = "log_wrong", "日志文件和数据文件对不上"
    KEYS_LOST = "keys_lost", "打开数据用的钥匙文件不见了"
    KEYS_DAMAGED = "keys_damaged", "打开数据用的钥匙文件损坏了"
    WRONG_KEY = "wrong_key", "钥匙打不开这份数据"
    LOCKED = "locked", "数据文件正被另一个程序占用"
    NO_ACCESS = "no_access", "没有权限读写数据文件"
    NEWER = "newer", "数据由更新版本的程序建立"


WITHOUT_HARM = frozenset({Damage.NONE, Damage.LOCKED, Damage.NO_ACCESS, Damage.NEWER})
"""The store is as it should be; something else keeps it from being opened."""


class WayOut(Labelled):
    """What can be done. Whatever is chosen, the file as it is now is kept."""

    BACKUP = "backup", "用备份恢复"
    KEYS = "keys", "从备份取回钥匙文件"
    HEADER = "header", "补好文件开头"
    WITHOUT_LOG = "without_log", "不用日志文件打开"
    SALVAGE = "salvage", "抢救还读得出的内容"
    AS_IT_IS = "as_it_is", "就这样打开"
    ANEW = "anew", "从头建一份新的"


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What would be missing. None: nobody can tell how much.

    `since` is the moment up to which everything is there, `registrations` how many disputes were registered after it,
    `steps` how many steps of any kind.
    """

    since: datetime | None = None
    registrations: int | None = None
    steps: int | None = None

    @property
    def sentence(self) -> str:
        """In the clerk's words: "会缺少11月23日 09:12以后的3件登记、另外5步操作。"""
        if self.steps == 0:
            return "什么也不会缺少。"
        since = f"{self.since:%m月%d日 %H:%M}以后".lstrip("0") if self.since else ""
        if self.steps is None:
            return f"会缺少{since or '最近'}的记录，有多少读不出来。"
        if self.registrations is None:
            return f"会缺少{since}的约{self.steps}步操作。" if since else f"会缺少约{self.steps}步操作。"
        others = self.steps - self.registrations
        parts = [f"{self.registrations}件登记"] if self.registrations else []
        parts += [f"{'另外' if parts else ''}{others}步操作"] if others else []
        return f"会缺少{since}的{'、'.join(parts)}。"


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """What is wrong with a store, as far as can be seen from outside.

    `detail` adds to the label of the damage, for the clerk. `audit_no` and `at` are of the newest entry of the log that
    could be read, None where none could; `known_no` of the newest that is known to have been there.
    """

    damage: Damage
    detail: str = ""
    audit_no: int | None = None
    at: datetime | None = None
    known_no: int | None = None

    @property
    def is_harmed(self) -> bool:
        return self.damage not in WITHOUT_HARM
