"""What a password must be like, how long it may be used, and how long nobody may try after too many wrong ones.

The rules are of GB/T 22239-2019 (安全计算环境, 身份鉴别); how much of each is asked for
are settings (`security_settings`).
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mediation_desk.domain.rules import Rules

MOST_CHARACTERS = 128
"""Longer ones are no passwords but something pasted by mistake."""

_CLASSES: tuple[Callable[[str], bool], ...] = (
    lambda each: each.isascii() and each.isupper(),
    lambda each: each.isascii() and each.islower(),
    lambda each: each.isascii() and each.isdigit(),
    lambda each: not (each.isascii() and each.isalnum()),
)


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """What is known of wrong passwords of one user. `locked_until` stays where it is when the lock is over."""

    failures: int = 0
    last_failure_at: datetime | None = None
    locked_until: datetime | None = None

    def is_locked(self, now: datetime) -> bool:
        """A clock that was set back keeps the lock on for longer, never shorter."""
        return self.locked_until is not None and now < self.locked_until

    def after_failure(self, now: datetime, rules: Rules) -> "Attempts":
        """One more wrong password. Those from before a lock that is over count no more."""
        at = max(now, self.last_failure_at or now)
        failures = 1 if self.locked_until else self.failures + 1
        if failures < rules.setting("login_failures_most", now.date()):
            return Attempts(failures=failures, last_failure_at=at)
        minutes = timedelta(minutes=rules.setting("login_lock_minutes", now.date()))
        return Attempts(failures=failures, last_failure_at=at, locked_until=at + minutes)


def as_typed(password: str) -> str:
    """The password itself: full-width and half-width letters, as an input method gives them, are the same."""
    return unicodedata.normalize("NFKC", password)


def password_faults(password: str, name: str, rules: Rules, today: date) -> list[str]:
    """All that is wrong with a new password of the user called `name`, in sentences; none when it will do."""
    password = as_typed(password)
    least, classes = (rules.setting(each, today) for each in ("password_least_length", "password_classes"))
    faults = []
    if len(password) < least:
        faults.append(f"口令太短：至少{least}个字符，现在{len(password)}个。")
    if len(password) > MOST_CHARACTERS:
        faults.append(f"口令太长：最多{MOST_CHARACTERS}个字符。")
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in password):
        faults.append("口令中有看不见的控制字符，请重新输入。")
    if password != password.strip():
        faults.append("口令的开头或末尾是空格，容易输错，请去掉。")
    held = sum(any(map(belongs, password)) for belongs in _CLASSES)
    if held < classes:
        faults.append(f"口令太简单：大写字母、小写字母、数字、其他字符中至少要有{classes}类，现在{held}类。")
    if name and as_typed(name).casefold() in password.casefold():
        faults.append("口令中含有使用者姓名，容易被猜到，请换一个。")
    return faults


def days_left(set_at: datetime, rules: Rules, today: date) -> int:
    """For how many days a password may still be used; 0 or less when it must be changed now."""
    return rules.setting("password_days", today) - (today - set_at.date()).days
