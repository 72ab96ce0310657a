"""Many rotating people for the practice house, to try rosters of any size: three professions, several units."""

from datetime import date, timedelta
from random import Random

from mediation_desk.domain.half_day import WEEKDAYS
from mediation_desk.domain.mediator import Appointment, Mediator, Presence
from mediation_desk.domain.uid import uuid7
from mediation_desk.services.act import Act
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.posts import save_clash
from mediation_desk.services.practice_house import MADE_UP, OPEN
from mediation_desk.services.practice_people import Somebody, somebody
from mediation_desk.services.presence import LeaveAsked, take_leave
from mediation_desk.store.records import Records

_UNITS = {
    "lawyer": "练习第{}律师事务所",
    "counsellor": "练习第{}心理服务站",
    "people_mediator": "练习第{}社区人民调解委员会",
}
_PROFESSIONS = tuple(_UNITS)
_SHARE_OF_TWO, _SHARE_AWAY, _SHARE_IN_COURT, _SHARE_PART_TIME, _SHARE_APART = 0.15, 0.2, 0.5, 0.1, 0.2
_NEEDS = ((100, (4, 3, 5)), (30, (2, 1, 3)), (0, (1, 1, 1)))
"""From how many people on how many of each profession are wanted on a half-day, those who always come apart."""


def add_people(records: Records, act: Act, number: int, chance: int) -> None:
    """Add `number` people who rotate, and want as many on each half-day as they can fill."""
    known = {each.name for each in records.mediators.all()}
    draw = Random(f"people {chance} {len(known)}")
    committee_id = records.centre.get().committees[0].id
    assert committee_id is not None
    units_of_each = max(2, number // (3 * len(_PROFESSIONS)))
    for no in range(number):
        who = _another(draw, known)
        mediator = _mediator(act, draw, who, _PROFESSIONS[no % len(_PROFESSIONS)], 1 + draw.randrange(units_of_each))
        if "people_mediator" in mediator.professions:
            mediator.appointments = [Appointment(committee_id=committee_id, since=date(act.at.year - 1, 1, 1))]
        save_mediator(records, act, mediator)
        if draw.random() < _SHARE_AWAY:
            _go_away(records, act, draw, mediator)
    _want(records, number)
    _keep_apart(records, act, draw)


def _another(draw: Random, known: set[str]) -> Somebody:
    """Somebody whose name nobody has: people are told apart by it on a wall sheet."""
    while (who := somebody(draw, born=(1965, 1998))).name in known:
        pass
    known.add(who.name)
    return who


def _mediator(act: Act, draw: Random, who: Somebody, profession: str, unit: int) -> Mediator:
    others = [each for each in _PROFESSIONS if each != profession]
    in_court = profession == "lawyer" and draw.random() < _SHARE_IN_COURT
    court_day = draw.choice(WEEKDAYS[:5]) if in_court else ""
    return Mediator(
        uid=uuid7(act.at, draw.randbytes(10)),
        name=who.name,
        gender=who.gender,
        birth_date=who.birth_date,
        unit=_UNITS[profession].format(unit),
        profession=profession,
        other_professions=[draw.choice(others)] if draw.random() < _SHARE_OF_TWO else [],
        presence=Presence.ROTATING,
        weekly_pattern=[each for each in OPEN if not each.startswith(court_day)] if court_day else [],
        languages=["普通话"],
        phone=who.phone,
        note=MADE_UP,
        share=50 if draw.random() < _SHARE_PART_TIME else 100,
    )


def _go_away(records: Records, act: Act, draw: Random, mediator: Mediator) -> None:
    assert mediator.id is not None
    first_day = act.today.replace(day=1) + timedelta(days=draw.randint(0, 55))
    last_day = first_day + timedelta(days=draw.randint(1, 5))
    asked = LeaveAsked(mediator_id=mediator.id, first_day=first_day, last_day=last_day, reason="private")
    take_leave(records, act, asked)


def _want(records: Records, number: int) -> None:
    wanted = next(needs for least, needs in _NEEDS if number >= least)
    standing = [each for each in records.mediators.all() if each.presence is Presence.STANDING]
    for profession, rotating in zip(_PROFESSIONS, wanted, strict=True):
        for post in records.rosters.posts():
            if post.profession == profession:
                post.needed = rotating + sum(profession in each.professions for each in standing)
                post.weekly_pattern = []


def _keep_apart(records: Records, act: Act, draw: Random) -> None:
    """One pair of firms in five does not meet."""
    known = {unit for each in records.rosters.clashes() for unit in (each.one_unit, each.other_unit)}
    firms = sorted({each.unit for each in records.mediators.all() if each.profession == "lawyer"} - known)
    draw.shuffle(firms)
    for one, other in zip(firms[::2], firms[1::2], strict=False):
        if draw.random() < _SHARE_APART:
            save_clash(records, act, one, other, "在同一纠纷中代理过对方")
