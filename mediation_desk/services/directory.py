"""The directory of mediators: adding, changing, leaving."""

from dataclasses import fields
from typing import Any

from mediation_desk.domain.errors import Faults
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.merging import take_over
from mediation_desk.domain.party import full_years
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records

_OF_APPOINTMENT = [each.name for each in fields(Appointment)]
_COPIED = [each.name for each in fields(Mediator) if each.name not in ("id", "uid", "appointments")]


@needs(Right.DIRECTORY)
def save_mediator(records: Records, act: Act, mediator: Mediator, was: Mediator | None = None) -> Mediator:
    """Add a mediator, or take over what was changed in one (found by `id`). 人民调解法 art. 13 and 14.

    `was` is the mediator that the form was filled from: what another desk changed since stays, and `EditedMeanwhile`
    is raised where both changed the same thing.
    """
    faults = Faults()
    faults.check(mediator.name.strip(), "请填写姓名。", "mediator_name")
    least_age = act.rules.setting("mediator_least_age", act.today)
    if mediator.birth_date is not None:
        of_age = full_years(mediator.birth_date, act.today) >= least_age
        faults.check(of_age, f"调解员应年满{least_age}周岁（人民调解法第十四条）。", "mediator_birth_date")
    _check_numbers(mediator, faults)
    _check_times(mediator, faults)
    centre = records.centre.get()
    for index, appointment in enumerate(mediator.appointments):
        faults.check(centre.committee(appointment.committee_id), "请选择聘任的调委会。", f"appointments[{index}]")
        faults.check(
            appointment.until is None or appointment.since <= appointment.until,
            "聘任结束日早于开始日。",
            f"appointments[{index}]",
        )
    faults.refuse_if_any()
    if mediator.id is None:
        records.mediators.add(mediator, act.centre_id)
        records.flush()
        return mediator
    held = records.mediators.get(mediator.id)
    take_over(held, mediator, was, _COPIED, "mediator_")
    if was is None or _terms(mediator) != _terms(was):
        faults.check(
            was is None or _terms(held) in (_terms(was), _terms(mediator)),
            "聘任情况刚被别人改过，请关闭后重新打开核对，再作修改。",
            "appointments",
        )
        faults.refuse_if_any()
        held.appointments = [Appointment(**each) for each in _terms(mediator)]
    records.flush()
    return held


def _terms(mediator: Mediator) -> list[dict[str, Any]]:
    """The appointments as values that can be compared."""
    return [{name: getattr(each, name) for name in _OF_APPOINTMENT} for each in mediator.appointments]


_MOST = {
    "day_most": ("每天最多几班", 2),
    "week_most": ("每周最多几班", 14),
    "month_most": ("每月最多几班", 62),
    "case_most": ("在办案件上限", 999),
    "response_minutes": ("答复的分钟数", 1440),
    "travel_minutes": ("路程的分钟数", 1440),
}
"""What a number is called, and the most it may be: half-days of a day, a week, a month; minutes of a day."""


def _check_numbers(mediator: Mediator, faults: Faults) -> None:
    for name, (called, most) in _MOST.items():
        number = getattr(mediator, name)
        faults.check(number is None or 0 <= number <= most, f"{called}应在0到{most}之间。", f"mediator_{name}")
    faults.check(1 <= mediator.share <= 100, "承担比例应在1到100之间，全额为100。", "mediator_share")


def _check_times(mediator: Mediator, faults: Faults) -> None:
    first, last = mediator.call_from, mediator.call_until
    place = "mediator_call_from" if first is None else "mediator_call_until"
    faults.check((first is None) == (last is None), "呼叫时间请把开始和结束都写上，或者都不写。", place)
    faults.check(first is None or first != last, "呼叫时间的开始和结束不能相同。", "mediator_call_until")
    joined, left = mediator.joined_on, mediator.left_on
    faults.check(joined is None or left is None or joined <= left, "离册日期早于入册日期。", "mediator_left_on")


def remarks_on(mediator: Mediator) -> list[str]:
    """What is lawful and still worth a look, in sentences."""
    said = []
    if mediator.presence is Presence.ROTATING:
        limits = (("每天", mediator.day_most), ("每周", mediator.week_most), ("每月", mediator.month_most))
        said = [f"{mediator.name}{span}上限为0，不会排班。" for span, most in limits if most == 0]
    if mediator.case_most == 0:
        said.append(f"{mediator.name}在办案件上限为0，不会分到案件。")
    return said
