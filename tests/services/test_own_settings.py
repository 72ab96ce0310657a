"""Values of the centre's own are set within their bounds, with a day and a reason."""

from dataclasses import replace

import pytest

from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.own_settings import bounds_in_words, doubts_about, set_own
from tests.desk import TODAY, TOMORROW, Desk

SOON = "due_soon_days"


@pytest.fixture
def bounded(desk: Desk) -> Desk:
    """A desk whose packs say that a warning comes one to nine days ahead."""
    [setting] = desk.rules.settings[SOON]
    settings = {**desk.rules.settings, SOON: (replace(setting, least=1, most=9),)}
    desk.rules = replace(desk.rules, settings=settings)
    return desk


def here(desk: Desk) -> Rules:
    return desk.write(rules_here, desk.rules)


@pytest.mark.parametrize("value", [0, 10])
def test_a_value_outside_its_bounds_is_refused(bounded: Desk, value: int) -> None:
    with bounded.refuses(f"应在1至9之间，现为{value}。", "own_value"):
        bounded.do(set_own, SOON, value, TODAY, "会议决定")


def test_a_value_without_an_upper_bound_only_has_a_lower_one(desk: Desk) -> None:
    [setting] = desk.rules.settings[SOON]
    desk.rules = replace(desk.rules, settings={**desk.rules.settings, SOON: (replace(setting, most=None),)})
    assert bounds_in_words(desk.rules.settings[SOON][0]) == "不小于0"
    with desk.refuses("应不小于0，现为-1。", "own_value"):
        desk.do(set_own, SOON, -1, TODAY, "会议决定")


def test_an_unknown_setting_is_refused(desk: Desk) -> None:
    with desk.refuses("没有“nothing”这项设置"):
        desk.do(set_own, "nothing", 1, TODAY, "会议决定")


def test_what_is_missing_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.do(set_own, SOON, None, None, " ")
    assert [fault.place for fault in refused.value.faults] == ["own_value", "own_from", "own_reason"]
    with desk.database.reading() as records:
        assert records.own.settings() == []


def test_hours_of_work_are_times_of_day(desk: Desk) -> None:
    with desk.refuses("应写成时刻，如900即9:00，分钟不超过59。", "own_value"):
        desk.do(set_own, "office_am_begin", 975, TODAY, "夏令时")
    desk.do(set_own, "office_am_begin", 830, TODAY, "夏令时")
    assert here(desk).setting("office_am_begin", TODAY) == 830


def test_points_that_do_not_add_up_to_a_hundred_are_told(desk: Desk) -> None:
    assert doubts_about(here(desk), TODAY) == []
    desk.do(set_own, "assign_on_duty", 30, TOMORROW, "会议决定")
    assert doubts_about(here(desk), TODAY) == []
    [told] = doubts_about(here(desk), TOMORROW)
    assert told == "指派评分各项的最高分合计为105，不是100；超过100的总分按100计。"
