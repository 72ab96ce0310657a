"""Whether the clock of a PC can be right: days, deadlines and numbers of a year all hang on it."""

from datetime import datetime, timedelta

from mediation_desk.domain.backup_standing import Light, Remark
from mediation_desk.domain.dates import show_day, show_time

TOLERANCE = timedelta(minutes=10)
"""So much may the clocks of several desks differ."""


def clock_remarks(now: datetime, newest: datetime | None) -> list[Remark]:
    """What to say when something was kept at a moment that is still to come; nothing else can tell a wrong clock."""
    if newest is None or newest - now <= TOLERANCE:
        return []
    moments = [f"{show_day(each.date())} {show_time(each.time())}" for each in (now, newest)]
    more = (
        f"这台电脑现在的时间是{moments[0]}，而最近一次保存是在{moments[1]}：其中一个时间不对。"
        "请先校准电脑的日期和时间再登记，否则日期、期限和编号的年份会错；已保存的内容不受影响。"
    )
    return [Remark(Light.RED, "电脑时间不对，请校准", more)]
