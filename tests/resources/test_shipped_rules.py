"""The packs the program comes with: whole, consistent with each other and with the domain that decides by them."""

from dataclasses import replace
from datetime import date

import pytest
from chinese_calendar import is_workday

from mediation_desk.domain.numbering import check_template
from mediation_desk.domain.ranking import MOST, WEIGHTS, most_points
from mediation_desk.domain.rules import Certainty, Rules, Unit
from mediation_desk.domain.working_days import is_working_day
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(resource("rules"))


def test_every_kind_of_dispute_maps_to_known_event_categories(rules: Rules) -> None:
    without = []
    for kind in rules.table("dispute_kind").codes:
        categories = rules.event_categories(kind.code)
        assert all(category in rules.table("event_category") for category in categories), kind.code
        without += [] if categories else [kind.label]
    assert without == ["互联网纠纷"]  # may be a sale, a wrong or a name: nobody can tell by the kind


def test_exactly_the_categories_11_to_16_are_closed_to_peoples_mediation(rules: Rules) -> None:
    closed = {code.code[:2] for code in rules.table("event_category").codes if code.extra.get("mediable") == "no"}
    open_ = {code.code[:2] for code in rules.table("event_category").codes if "mediable" not in code.extra}
    assert closed == {"11", "12", "13", "14", "15", "16"}
    assert not closed & open_


def test_every_sub_category_stands_under_the_category_its_code_begins_with(rules: Rules) -> None:
    for code in rules.table("event_category").codes:
        assert code.parent == ("" if len(code.code) == 2 else code.code[:2])


def test_all_56_ethnic_groups_are_there_with_letters_of_their_own(rules: Rules) -> None:
    groups = [code for code in rules.table("ethnicity").codes if code.code <= "56"]
    assert len(groups) == 56
    assert len({code.extra["letters"] for code in groups}) == 56
    assert all(code.label.endswith("族") for code in groups)


def test_every_profession_says_how_a_person_without_appointment_takes_part(rules: Rules) -> None:
    heads = rules.table("mediator_document")
    for profession in rules.table("mediator_profession").codes:
        head = profession.extra["without_appointment"]
        assert head in heads
        assert head != "people_mediation"
    assert heads["people_mediation"].extra["document"] == "人民调解协议书"


def test_every_statutory_path_names_its_article(rules: Rules) -> None:
    paths = rules.table("statutory_path").codes
    assert [path.code for path in paths] == ["P1", "P2", "P3", "P4a", "P4b", "P4c", "P5", "P6", "M1", "N1", "N2"]
    assert all("条" in path.extra["article"] for path in paths)


def test_clauses_name_known_kinds_and_leave_open_what_nobody_has_said(rules: Rules) -> None:
    for clause in rules.clauses:
        assert all(kind in rules.table("dispute_kind") for kind in clause.kinds), clause.key
        assert not any(figure in clause.text.replace("第1期", "").replace("第2期", "") for figure in "123456789")
        assert clause.text.endswith("。")
    assert any("＿＿" in clause.text for clause in rules.clauses)


def test_number_formats_give_numbers_that_differ(rules: Rules) -> None:
    for number_format in rules.number_formats:
        check_template(number_format.template)
    assert {number_format.kind for number_format in rules.number_formats} == {"case", "oral", "agreement"}


@pytest.mark.parametrize(
    ("period_id", "length", "unit", "rollover"),
    [
        ("T02", 30, Unit.CALENDAR_DAY, False),
        ("T03", 30, Unit.WORKING_DAY, False),
        ("T11", 30, Unit.CALENDAR_DAY, True),
        ("T13", 24, Unit.MONTH, True),
        ("T04", 15, Unit.CALENDAR_DAY, False),
        ("T05", 30, Unit.CALENDAR_DAY, False),
        ("T06", 15, Unit.CALENDAR_DAY, False),
        ("T06b", 7, Unit.CALENDAR_DAY, False),
        ("T12", 30, Unit.CALENDAR_DAY, True),
        ("T20", 15, Unit.CALENDAR_DAY, False),
        ("T21", 15, Unit.CALENDAR_DAY, False),
        ("T45", 36, Unit.MONTH, True),
        ("T22", 5, Unit.WORKING_DAY, False),
        ("T23", 60, Unit.CALENDAR_DAY, False),
        ("T24", 30, Unit.CALENDAR_DAY, True),
        ("T40", 60, Unit.CALENDAR_DAY, True),
    ],
)
def test_the_statutory_periods_are_as_the_law_has_them(
    rules: Rules, period_id: str, length: int, unit: Unit, rollover: bool
) -> None:
    period = rules.period(period_id)
    assert (period.length, period.unit, period.rollover) == (length, unit, rollover)
    assert period.certainty is Certainty.VERIFIED


def test_what_may_stop_and_lengthen_a_time_limit_is_known(rules: Rules) -> None:
    every = [each for versions in rules.periods.values() for each in versions]
    assert all(code in rules.table("clock_stop_reason") for each in every for code in each.stop_reasons)
    assert all(path in rules.table("statutory_path") for each in every for path in each.paths)
    petition = rules.period("T23")
    assert (petition.most_further, petition.extended_once, petition.by_consent) == (30, True, False)
    assert petition.stop_reasons == ()  # whether mediation stops it is settled nowhere
    by_consent = {each.id for each in every if each.by_consent}
    assert by_consent == {"T02", "T03", "T05", "T06", "T06b"}
    assert rules.period("T04").extension == ""  # after that the parties may go to arbitration


@pytest.mark.parametrize("year", range(2007, 2027))
def test_each_day_is_a_working_day_as_its_notice_has_it(rules: Rules, year: int) -> None:
    days = [date.fromordinal(day) for day in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())]
    assert [day for day in days if is_working_day(day, rules.holidays) != is_workday(day)] == []
    assert year in rules.holidays.years


def test_no_year_is_claimed_to_be_known_that_nobody_announced(rules: Rules) -> None:
    assert rules.holidays.years == set(range(2007, 2027))


def test_attachments_are_limited_to_pictures_and_pdf(rules: Rules) -> None:
    limits = rules.attachment_limits
    assert limits.max_bytes == 20 * 1024 * 1024
    assert {media_type.partition("/")[0] for media_type in limits.media_types.values()} == {"image", "application"}
    assert limits.media_type("协议.PDF") == "application/pdf"


def test_every_setting_has_bounds_that_its_own_value_keeps(rules: Rules) -> None:
    for setting in (each for versions in rules.settings.values() for each in versions):
        assert setting.most is not None, setting.name
        assert setting.least <= setting.value <= setting.most, setting.name
        assert setting.least < setting.most, setting.name


def test_the_points_of_an_assignment_add_up_to_a_hundred(rules: Rules) -> None:
    assert most_points({name: rules.setting(name) for name in WEIGHTS}) == MOST


def test_every_label_can_be_chosen_today_and_is_not_given_twice_on_one_level(rules: Rules) -> None:
    for table in rules.tables.values():
        labels = [(code.parent, code.label) for code in table.valid_on(TODAY)]
        assert labels, table.name
        assert len(labels) == len(set(labels)), table.name


def test_every_word_check_finds_each_of_its_words_and_spares_each_exception(rules: Rules) -> None:
    checks = rules.word_checks_on(TODAY)
    assert len(checks) >= 50
    for check in checks:
        for word in check.words:
            text = f"{word.replace('…', '某').replace('#', '5')}{''.join(check.near[:1])}"
            assert list(check.places_in(text)), (check.key, word)
        for exception in check.exceptions:
            text = f"{exception.replace('…', '某')}{''.join(check.near[:1])}"
            assert not list(check.places_in(text)), (check.key, exception)
            assert list(replace(check, exceptions=(), not_near=()).places_in(text)), (check.key, exception)


def test_every_word_check_says_why(rules: Rules) -> None:
    for check in rules.word_checks_on(TODAY):
        assert check.reason.endswith("。"), check.key
        assert check.suggestion not in check.words
