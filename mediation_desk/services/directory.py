"""The directory of mediators: adding, changing, leaving."""

from dataclasses import fields

from mediation_desk.domain.errors import Faults
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.domain.party import full_years
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records

_COPIED = [each.name for each in fields(Mediator) if each.name not in ("id", "uid", "appointments")]


def save_mediator(records: Records, act: Act, mediator: Mediator) -> Mediator:
    """Add a mediator, or take over what was changed in one (found by `id`). 人民调解法 art. 13 and 14."""
    faults = Faults()
    faults.check(mediator.name.strip(), "请填写姓名。", "mediator_name")
    least_age = act.rules.setting("mediator_least_age", act.today)
    if mediator.birth_date is not None:
        of_age = full_years(mediator.birth_date, act.today) >= least_age
        faults.check(of_age, f"调解员应年满{least_age}周岁（人民调解法第十四条）。", "mediator_birth_date")
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
    for name in _COPIED:
        setattr(held, name, getattr(mediator, name))
    held.appointments = [
        Appointment(committee_id=each.committee_id, kind=each.kind, since=each.since, until=each.until)
        for each in mediator.appointments
    ]
    records.flush()
    return held
