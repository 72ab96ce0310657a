"""The centre's own values and notices go before the packs, and nothing that was said before is lost."""

from dataclasses import replace
from datetime import date

from mediation_desk.domain.presence import HolidayNotice, OwnSetting
from mediation_desk.domain.rules import Rules
from mediation_desk.services.own_rules import rules_here
from mediation_desk.services.own_settings import set_own
from tests.desk import NOW, TODAY, TOMORROW, YESTERDAY, Desk

SOON = "due_soon_days"


def here(desk: Desk) -> Rules:
    return desk.write(rules_here, desk.rules)


def own(desk: Desk) -> list[OwnSetting]:
    with desk.database.reading() as records:
        return records.own.settings()


def test_without_a_word_of_its_own_a_centre_has_the_rules_of_the_packs(desk: Desk) -> None:
    assert here(desk) is desk.rules


def test_an_own_value_counts_from_its_day(desk: Desk) -> None:
    before = desk.rules.setting(SOON, TODAY)
    desk.do(set_own, SOON, before + 2, TODAY, " 会议决定 ")
    rules = here(desk)
    assert (rules.setting(SOON, YESTERDAY), rules.setting(SOON, TODAY)) == (before, before + 2)
    newest = rules.settings[SOON][-1]
    assert (newest.is_own, newest.source, newest.title) == (True, "会议决定", desk.rules.settings[SOON][0].title)
    assert rules.tables is desk.rules.tables


def test_the_last_value_recorded_counts_and_all_are_kept(desk: Desk) -> None:
    desk.do(set_own, SOON, 5, TOMORROW, "试行")
    desk.do(set_own, SOON, 7, TODAY, "改为提前七天")
    assert here(desk).setting(SOON, TOMORROW) == 7
    desk.do(set_own, SOON, 4, TODAY, "再改")
    assert here(desk).setting(SOON, TODAY) == 4
    assert [(each.value, each.reason, each.by_id) for each in own(desk)] == [
        (5, "试行", 1),
        (7, "改为提前七天", 1),
        (4, "再改", 1),
    ]


def test_a_pack_that_begins_later_does_not_undo_an_own_value(desk: Desk) -> None:
    [setting] = desk.rules.settings[SOON]
    later = replace(setting, value=9, effective_from=TOMORROW)
    packs = replace(desk.rules, settings={**desk.rules.settings, SOON: (setting, later)})
    desk.do(set_own, SOON, 5, TODAY, "会议决定")
    assert desk.write(rules_here, packs).setting(SOON, TOMORROW) == 5


def test_an_own_value_of_a_setting_that_was_given_up_is_passed_over(desk: Desk) -> None:
    desk.do(set_own, SOON, 5, TODAY, "会议决定")
    packs = replace(desk.rules, settings={name: one for name, one in desk.rules.settings.items() if name != SOON})
    assert SOON not in desk.write(rules_here, packs).settings


def test_a_notice_that_was_taken_in_goes_before_the_packs(desk: Desk) -> None:
    notice = HolidayNotice(
        year=2026,
        issued_on=date(2026, 3, 1),
        text="",
        days={"2026-10-08": ["off", "国庆节"], "2026-10-10": ["plain", "国庆节"]},
        by_id=1,
        recorded_at=NOW,
    )
    desk.write(lambda records: records.own.add(notice))
    rules = here(desk)
    assert rules.holidays.days_off[date(2026, 10, 8)] == "国庆节"
    assert date(2026, 10, 10) not in rules.holidays.make_up_days
    assert rules.holidays.years == desk.rules.holidays.years
