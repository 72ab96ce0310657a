"""Practice data: a made-up house with made-up people and cases, to learn the program on and to try it with many.

Everything follows from the seed and the moment, so that the same call gives the same store.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from mediation_desk.domain.audit import Doing
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.rules import Rules
from mediation_desk.services.act import Act, act_of
from mediation_desk.services.directory import save_mediator
from mediation_desk.services.practice_bulk import Bulk
from mediation_desk.services.practice_cases import make_up
from mediation_desk.services.practice_crowd import add_people
from mediation_desk.services.practice_duties import add_posts, keep_duties
from mediation_desk.services.practice_house import House, practice_centre, practice_mediators
from mediation_desk.services.practice_sample import sample_case
from mediation_desk.services.practice_ways import FINISHED_WAYS, OPEN_WAYS, Way
from mediation_desk.services.replay import replay
from mediation_desk.services.setting_up import set_up
from mediation_desk.store.creation import new_store
from mediation_desk.store.records import Records

MOST_WITH_PAPERS = 50
"""Up to so many cases go through the services one by one, and their agreements have papers that can be printed."""

_OPEN_SHARE, _FEWEST_OPEN = 0.03, 24


def make_practice_store(
    path: Path, rules: Rules, now: datetime, *, cases: int = MOST_WITH_PAPERS, chance: int = 1, people: int = 0
) -> None:
    """Make a store at `path` with a house, its duties and some cases, and so many further people on its rosters.

    Raises `CannotOpen` if something is there already.
    """
    with new_store(path, doing=Doing(what="seed", at=now)) as records:
        act = act_in(set_up_practice(records, now, rules), now, rules)
        add_posts(records, act)
        if people:
            add_people(records, act, people, chance)
        seed(records, act, cases, chance)
        keep_duties(records, act, chance)


def act_in(centre: Centre, now: datetime, rules: Rules) -> Act:
    """The first user of the house acts."""
    return act_of(centre, centre.users[0], now, rules)


def set_up_practice(records: Records, now: datetime, rules: Rules) -> Centre:
    """Set up a centre marked as practice, with two committees, two users and some twenty mediators."""
    draw = Random(0)
    centre = set_up(records, practice_centre(now, draw))
    committee_ids = [committee.id for committee in centre.committees if committee.id is not None]
    for mediator in practice_mediators(now, committee_ids, draw):
        save_mediator(records, act_in(centre, now, rules), mediator)
    return centre


def add_to_the_rosters(records: Records, act: Act, people: int, chance: int) -> None:
    """Add so many rotating people to a practice house; rosters that are published already stay as they are."""
    if not records.rosters.posts():
        add_posts(records, act)
    add_people(records, act, people, chance)


def seed(records: Records, act: Act, cases: int, seed: int) -> None:
    """Add made-up cases of the last two years, the oldest first; most are closed, some fall due around today.

    Up to `MOST_WITH_PAPERS` go through the services. More are written as whole cases, quicker by far, but without the
    papers of their agreements: `draw_paper` then says that there is none.
    """
    already = len(records.cases.ids())
    house = House(records.centre.get().committees, records.mediators.all(), act.rules, act.at)
    files = [make_up(house, Random(f"{seed} {already} {no}"), way) for no, way in enumerate(_ways(cases))]
    files.sort(key=lambda file: (file.registration.requested_on, file.uid))
    bulk = Bulk(records, house) if cases > MOST_WITH_PAPERS else None
    for file in files:
        if bulk:
            bulk.add(file, clock(act))
        else:
            replay(records, file, clock(act))


def _ways(cases: int) -> list[Way]:
    still_open = min(cases // 2, max(_FEWEST_OPEN, round(cases * _OPEN_SHARE)))
    return _in_proportion(OPEN_WAYS, still_open) + _in_proportion(FINISHED_WAYS, cases - still_open)


def _in_proportion(shares: Mapping[Way, int], number: int) -> list[Way]:
    spread = [way for way, share in shares.items() for _ in range(share)]
    return [spread[(2 * index + 1) * len(spread) // (2 * number)] for index in range(number)]


def clock(act: Act) -> Callable[[date], Act]:
    """Give acts of one case, each on its day in the morning and a minute after the one before, none after now."""
    last = datetime.min

    def act_on(day: date) -> Act:
        nonlocal last
        soonest = last + timedelta(minutes=1)
        wanted = min(act.at, max(soonest, datetime.combine(day, time(9, 5))))
        last = max(wanted, last + timedelta(microseconds=1))
        return replace(act, at=last)

    return act_on


def sample_dispute(records: Records, act: Act, *, closed: bool = True) -> int:
    """Take one dispute the whole way through the services, and give the id of the case.

    Neighbours quarrel about a leak, agree on a repair and two instalments, sign, and keep their word. Not `closed`, it
    stops after the first payment, with the second due in three days.
    """
    house = House(records.centre.get().committees, records.mediators.all(), act.rules, act.at)
    case = replay(records, sample_case(house, closed=closed), clock(act))
    assert case.id is not None
    return case.id
