"""Passwords: checking one at the door, choosing one's own, and giving somebody a first one.

Where nobody has a password everybody works without, as on an ordinary PC; from the first one on nobody gets in without.
"""

from dataclasses import dataclass

from mediation_desk.domain.audit import AuditKind
from mediation_desk.domain.centre import User
from mediation_desk.domain.errors import DeskError, Faults, LockedOut, NotAllowed, NotFound, WrongPassword
from mediation_desk.domain.passwords import Attempts, days_left, password_faults
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.credentials import Credential
from mediation_desk.store.records import Records
from mediation_desk.store.sealing import Told

SOON_DAYS = 7
"""From so many days before a password must be changed its owner is told."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found of a password. `refusal` says why it does not open; else `why_change` says why it must be changed
    before anything else, and `hint` what its owner should know.
    """

    refusal: DeskError | None = None
    why_change: str = ""
    hint: str = ""

    def insist(self) -> "Verdict":
        """Itself if the password opens; else raises `WrongPassword`, `LockedOut` or `NotAllowed`."""
        if self.refusal:
            raise self.refusal
        return self


def has_passwords(records: Records) -> bool:
    """Whether anybody has a password, so that everybody is asked for theirs."""
    return bool(records.credentials.holders())


def check_password(records: Records, act: Act, user_id: int, password: str) -> Verdict:
    """Judge a password at the door, and count it when it is wrong.

    The count must be kept although nobody gets in, so nothing is raised: call it in a step of its own, and
    `insist` on the verdict once the step has ended. While locked out even the right password is not tried.
    """
    user = _user(records, user_id)
    if not user.active:
        return _refused(records, user, NotAllowed("这位使用者已离岗，不能登录。请换在岗的使用者，或请管理员恢复。"))
    held = records.credentials.find(user_id)
    if held is None:
        return _refused(records, user, NotAllowed("这位使用者还没有口令，不能登录。请管理员在“设置—使用者”中给一个。"))
    if held.attempts.is_locked(act.at):
        return _refused(records, user, _locked_out(held.attempts))
    if not records.credentials.fits(user_id, password):
        return _wrong(records, act, user, held)
    if held.attempts != Attempts():
        records.credentials.note(user_id, Attempts())
    return _opened(act, held)


def set_own_password(records: Records, act: Act, old: str, new: str) -> Verdict:
    """Change the password of the acting user, who says the old one as well.

    A wrong old one is counted like one at the door: the verdict refuses then, and nothing is changed. In a store where
    nobody has a password yet, the first one is chosen without an old one. Raises `RuleBroken` with all that is wrong
    with the new one, at "new_password".
    """
    user = _user(records, act.by_id)
    if has_passwords(records):
        verdict = check_password(records, act, act.by_id, old)
        if verdict.refusal:
            return verdict
    _refuse_faults(records, act, user, new)
    _keep(records, act, user, new, must_change=False)
    records.told.append(Told(AuditKind.LOGIN, "修改了自己的口令"))
    return Verdict()


@needs(Right.USERS)
def give_password(records: Records, act: Act, user_id: int, new: str) -> None:
    """Give a user a first password, or a new one after the old was forgotten; it must be changed at the next login.

    A lock after wrong passwords ends with it. Raises `RuleBroken` as `set_own_password`.
    """
    user = _user(records, user_id)
    faults = Faults()
    faults.check(user.active, "这位使用者已离岗，不能给口令。", "new_password")
    faults.refuse_if_any()
    _refuse_faults(records, act, user, new)
    _keep(records, act, user, new, must_change=True)
    records.told.append(Told(AuditKind.LOGIN, f"给使用者“{user.name}”设置了初始口令"))


def _refuse_faults(records: Records, act: Act, user: User, new: str) -> None:
    assert user.id is not None
    faults = Faults()
    for sentence in password_faults(new, user.name, act.rules, act.today):
        faults.add(sentence, "new_password")
    number = act.rules.setting("password_reuse", act.today)
    if records.credentials.is_among_last(user.id, new, number):
        faults.add(f"新口令与最近用过的{number}个口令中的一个相同，请换一个。", "new_password")
    faults.refuse_if_any()


def _keep(records: Records, act: Act, user: User, new: str, *, must_change: bool) -> None:
    assert user.id is not None
    earlier = act.rules.setting("password_reuse", act.today) - 1
    records.credentials.keep(user.id, new, now=act.at, must_change=must_change, earlier=earlier)


def _wrong(records: Records, act: Act, user: User, held: Credential) -> Verdict:
    assert user.id is not None
    attempts = held.attempts.after_failure(act.at, act.rules)
    records.credentials.note(user.id, attempts)
    if attempts.locked_until:
        return _refused(records, user, _locked_out(attempts))
    left = act.rules.setting("login_failures_most", act.today) - attempts.failures
    minutes = act.rules.setting("login_lock_minutes", act.today)
    return _refused(records, user, WrongPassword(f"口令不对。还可以试{left}次，之后要等{minutes}分钟。"))


def _locked_out(attempts: Attempts) -> LockedOut:
    assert attempts.locked_until is not None
    until = attempts.locked_until
    moment = f"{until.year}年{until.month}月{until.day}日{until.hour}:{until.minute:02}"
    return LockedOut(f"口令连续输错{attempts.failures}次，{moment}以后才能再试；急用请管理员另给一个口令。")


def _refused(records: Records, user: User, refusal: DeskError) -> Verdict:
    records.told.append(Told(AuditKind.REFUSED, f"使用者“{user.name}”登录被拒绝：{refusal}"))
    return Verdict(refusal=refusal)


def _opened(act: Act, held: Credential) -> Verdict:
    if held.must_change:
        return Verdict(why_change="这是管理员给的口令，请先改成只有自己知道的口令。")
    left = days_left(held.set_at, act.rules, act.today)
    if left <= 0:
        days = act.rules.setting("password_days", act.today)
        return Verdict(why_change=f"口令已使用满{days}天，请先更换。")
    return Verdict(hint=f"口令还有{left}天到期，请及时更换。" if left <= SOON_DAYS else "")


def _user(records: Records, user_id: int) -> User:
    user = next((each for each in records.centre.get().users if each.id == user_id), None)
    if user is None:
        raise NotFound("找不到这位使用者。请重新选择。")
    return user
