"""The table of who carried how much, from published rosters as they were served."""

from datetime import date

import pytest

from mediation_desk.domain.fairness import Carried
from mediation_desk.domain.roster_problem import Placing
from mediation_desk.services.calendar import set_opening
from mediation_desk.services.fairness import fairness_of
from tests.desk import Desk
from tests.duty import MONTH, PM, Duty, at

NOVEMBER, JANUARY = date(2026, 11, 1), date(2027, 1, 1)


@pytest.fixture
def duty(desk: Desk) -> Duty:
    """November and December of one post. 吴三 joined in December; a Saturday was opened."""
    duty = Duty(desk)
    duty.post()
    duty.people(["周一", "郑二"])
    duty.person("吴三", joined_on=MONTH)
    duty.desk.do(set_opening, [at(5)], True, "开放日")
    duty.published(*(shift(duty, "周一", day, NOVEMBER) for day in (24, 25, 26)), month=NOVEMBER)
    duty.published(shift(duty, "周一", 1), shift(duty, "郑二", 2), shift(duty, "吴三", 5))
    return duty


def shift(duty: Duty, name: str, day: int, month: date = MONTH) -> Placing:
    return Placing(at(day, month=month), 1, duty.ids[name])


def test_the_table_counts_duties_weekends_and_fair_parts_over_months(duty: Duty) -> None:
    found = duty.desk.do(fairness_of, NOVEMBER.replace(day=20), MONTH.replace(day=3))
    assert (found.first, found.last) == (NOVEMBER, MONTH)
    told = [(each.name, each.duties, each.unpopular, each.weekend, each.fair) for each in found.lines]
    assert told == [
        ("周一", 4, 0, 0, 25),
        ("郑二", 1, 0, 0, 25),
        ("吴三", 1, 1, 1, 10),
    ]
    assert found.sentences == [
        "按应担班次折算，最多与最少差3次（周一、郑二）。",
        "周末值班最多：吴三，1个半天。",
    ]


def test_what_was_carried_in_counts_for_a_later_month(duty: Duty) -> None:
    [one, two, three] = duty.desk.do(fairness_of, MONTH, MONTH).lines
    assert [each.carried for each in (one, two, three)] == [Carried(15), Carried(-15), Carried()]
    assert [each.difference for each in (one, two, three)] == [15, -15, 0]


def test_absence_takes_a_duty_away_and_gives_it_to_who_stood_in(duty: Duty) -> None:
    duty.leave(duty.ids["周一"], at(1), substitute_id=duty.ids["郑二"])
    duty.leave(duty.ids["吴三"], at(5), at(5, PM))
    lines = duty.desk.do(fairness_of, MONTH, MONTH).lines
    assert [(each.name, each.duties) for each in lines] == [("周一", 0), ("郑二", 2), ("吴三", 0)]


def test_months_without_a_published_roster_count_nothing(duty: Duty) -> None:
    assert duty.desk.do(fairness_of, JANUARY, JANUARY).lines == ()
    assert duty.desk.do(fairness_of, JANUARY, JANUARY).sentences == ["这段时间没有已发布的排班。"]
