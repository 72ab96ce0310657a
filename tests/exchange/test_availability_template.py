"""The workbook that goes round: offices see what is known, and what they send back is read without a word lost."""

from datetime import date

from mediation_desk.domain.availability import LeaveEntry, NeedEntry, PersonEntry, WishEntry
from mediation_desk.domain.half_day import Half, HalfDay, half_days
from mediation_desk.exchange.availability import read_availability
from mediation_desk.exchange.availability_template import Template, TemplatePerson, write_template
from tests.exchange.sheets import MONTH, at, opened, packed

CLOSED = {
    each: "周末" for day in range(1, 31) for each in half_days(at(day), at(day, Half.PM)) if each.day.weekday() > 4
}

PEOPLE = [
    TemplatePerson(
        "M001",
        "王芳",
        "正大律师事务所",
        "律师",
        {"day_most": 1, "week_most": None},
        ["mon_am", "wed_am", "wed_pm"],
        {at(3): "假", at(3, Half.PM): "假", at(4): "愿2"},
    ),
    TemplatePerson("M002", "=李平", "区心理协会", "心理咨询师"),
]
TEMPLATE = Template(MONTH, "示例街道综治中心", PEOPLE, [("律师岗", "律师", 1)], [("甲所", "乙所", "代理对方")], CLOSED)


def test_the_template_is_read_back_as_it_was_filled_in() -> None:
    read = read_availability(write_template(TEMPLATE), MONTH)
    assert [remark.text for remark in read.messages] == []
    [leave] = [each for each in read.entries if isinstance(each, LeaveEntry)]
    [wish] = [each for each in read.entries if isinstance(each, WishEntry)]
    [need] = [each for each in read.entries if isinstance(each, NeedEntry)]
    first, second = [each for each in read.entries if isinstance(each, PersonEntry)]
    assert (leave.who, leave.first, leave.last) == (("M001", "王芳"), at(3), at(3, Half.PM))
    assert (wish.half_day, wish.weight) == (at(4), 2)
    assert (need.post, need.needed) == ("律师岗", 1)
    assert (first.caps, first.weekly_pattern) == ({"day_most": 1}, ("mon_am", "wed_am", "wed_pm"))
    assert (second.who.name, second.caps, second.weekly_pattern) == ("=李平", {}, None)


def test_what_an_office_adds_is_read() -> None:
    book = opened(write_template(TEMPLATE))
    book["可排情况"]["E5"] = "假"
    book["请假"]["B3"], book["请假"]["C3"], book["请假"]["E3"] = "王芳", date(2026, 9, 7), "9月9日"
    read = read_availability(packed(book), MONTH)
    leaves = {(each.who.name, each.first, each.last) for each in read.entries if isinstance(each, LeaveEntry)}
    assert ("=李平", at(1), at(1)) in leaves
    assert ("王芳", at(7), at(9, Half.PM)) in leaves


def test_every_half_day_has_a_column_with_a_real_day_and_closed_ones_stand_back() -> None:
    sheet = opened(write_template(TEMPLATE))["可排情况"]
    days = [sheet.cell(2, column).value.date() for column in range(5, 65)]
    assert days == [each.day for each in half_days(at(1), at(30, Half.PM))]
    shaded = [column for column in range(5, 65) if sheet.cell(4, column).fill.fill_type == "solid"]
    assert [HalfDay(days[column - 5], Half.AM) in CLOSED for column in shaded] == [True] * 16
    assert sheet.cell(3, 5).value == "周二上午"


def test_the_grid_offers_marks_keeps_names_in_sight_and_prints_its_head_on_every_page() -> None:
    sheet = opened(write_template(TEMPLATE))["可排情况"]
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == '"假,愿,愿2,愿3,不愿,不愿2,不愿3,锁定 律师岗"'
    assert str(choice.sqref) == "E4:BL5"
    assert sheet.freeze_panes == "E4"
    assert sheet.print_title_rows == "$2:$3"
    assert sheet.page_setup.orientation == "landscape"


def test_more_posts_than_a_list_of_choices_holds_leave_the_marks() -> None:
    posts = [(f"名字很长很长的岗位{number}", "律师", 1) for number in range(40)]
    sheet = opened(write_template(Template(MONTH, "中心", PEOPLE, posts)))["可排情况"]
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1.startswith('"假,愿,')
    assert len(choice.formula1) <= 257


def test_without_people_the_template_still_shows_the_month() -> None:
    sheet = opened(write_template(Template(MONTH, "中心", [])))["可排情况"]
    assert sheet.max_row == 3
    assert sheet.data_validations.dataValidation == []
