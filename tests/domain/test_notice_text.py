"""What a pasted text says of itself, and what in it is mere form."""

from datetime import date

import pytest

from mediation_desk.domain.notice_text import Head, head_of, is_mere_form, pieces_of, plain, without_head

TITLE = "国务院办公厅关于2027年部分节假日安排的通知"


def test_figures_marks_and_blanks_are_made_plain() -> None:
    assert plain("１０ 月 １ 日（周五）　放假，共３天：") == "10月1日(周五)放假,共3天:"


def test_sentences_end_at_full_stops_and_lines() -> None:
    text = "一、元旦：1月1日放假。\n二、春节：\r\n \n2月5日至11日放假；2月20日上班。 国务院办公厅"
    assert [(piece.pasted, piece.is_whole) for piece in pieces_of(text)] == [
        ("一、元旦：1月1日放假。", True),
        ("二、春节：", False),
        ("2月5日至11日放假；", True),
        ("2月20日上班。", True),
        ("国务院办公厅", False),
    ]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        (
            "国务院办公厅关于２０２７年\n部分节假日安排的通知\n国办发明电〔２０２６〕8号\n国务院办公厅\n2026年11月25日",
            Head(2027, "国办发明电〔2026〕8号", date(2026, 11, 25), ""),
        ),
        ("国办发明电[2019]3号 关于调整2019年劳动节假期安排的通知", Head(2019, "国办发明电〔2019〕3号", None, "劳动节")),
        ("关于延长2020年春节假期的通知", Head(2020, "", None, "春节")),
        ("现将2027年元旦安排通知如下", Head(2027, "", None, "")),
        ("2027年1月1日至3日放假调休", Head(2027, "", None, "")),
        ("关于2027年国庆节、中秋节放假安排的通知", Head(2027, "", None, "国庆节、中秋节")),
        ("元旦：1月1日放假。", Head(None, "", None, "")),
    ],
)
def test_the_head_says_year_number_day_and_holiday(text: str, head: Head) -> None:
    assert head_of(text) == head


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("国务院办公厅\n二○○九年十二月七日", date(2009, 12, 7)),
        ("国务院办公厅\n二〇一〇年十月二十一日", date(2010, 10, 21)),
        ("国务院\n二零一五年五月三十日", date(2015, 5, 30)),
        ("国务院办公厅，2019年3月22日", date(2019, 3, 22)),
        ("成文日期：2025年11月04日\n1月1日放假。", date(2025, 11, 4)),
        ("成文日期：2025年11月04日\n国务院办公厅\n2025年11月5日", date(2025, 11, 5)),
        ("国务院办公厅\n2025年13月4日", None),
        ("国务院办公厅\n12月11日", None),
    ],
)
def test_the_day_of_issue_is_the_one_under_the_notice(text: str, day: date | None) -> None:
    assert head_of(text).issued_on == day


def test_a_head_in_one_line_is_taken_off() -> None:
    addressees = "各省、自治区、直辖市人民政府，国务院各部委、各直属机构："
    line = plain(f"{TITLE} 国办发明电〔2026〕8号 {addressees}经国务院批准，现将安排通知如下。")
    assert without_head(line.rstrip("。")) == ""
    assert without_head(plain("新华社北京11月25日电 通知全文如下：一、元旦：1月1日放假")) == "一、元旦:1月1日放假"


def test_no_head_swallows_a_day() -> None:
    assert "1月1日" in without_head(plain("元旦1月1日放假，其余通知如下："))


@pytest.mark.parametrize(
    "sentence",
    [
        "节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作",
        "确保人民群众祥和平安度过节日假期",
        "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息",
        "国务院办公厅",
        "2026年11月25日",
        "发文机关：国务院办公厅",
        "网站地图 联系我们",
        "",
    ],
)
def test_mere_form_is_known(sentence: str) -> None:
    assert is_mere_form(plain(sentence))


@pytest.mark.parametrize(
    "sentence",
    ["1月1日放假", "国庆节连休", "国庆节期间，10月1日至7日放假", "十月一日休息", "标题：10月8日上班", "春节假期共9天"],
)
def test_what_speaks_of_days_is_no_mere_form(sentence: str) -> None:
    assert not is_mere_form(plain(sentence))
