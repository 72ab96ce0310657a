"""Notices as they are pasted: read whole, or told sentence by sentence."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from chinese_calendar import is_workday

from mediation_desk.domain.holiday_days import YEARLY, DayKind, DaySaid, with_days
from mediation_desk.domain.holiday_notice import NoticeReading, read_notice
from mediation_desk.domain.rules import Holidays
from mediation_desk.domain.working_days import is_working_day

NOTICES = sorted((Path(__file__).parent.parent / "data" / "notices").glob("*.txt"))
YEARS = range(2010, 2027)
OFF, WORK, PLAIN = DayKind.OFF, DayKind.WORK, DayKind.PLAIN
TITLE = "国务院办公厅关于2027年部分节假日安排的通知\n"
NOTHING_KNOWN = Holidays()


def pasted(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def read(text: str, in_force: Holidays = NOTHING_KNOWN) -> NoticeReading:
    return read_notice(TITLE + text, in_force)


def days(reading: NoticeReading, kind: DayKind) -> list[str]:
    return [f"{day:%m-%d}" for day, said in reading.days.items() if said.kind is kind]


def every_day(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


# ---- the notices of 2010 to 2026


@pytest.fixture(scope="module")
def readings() -> dict[str, NoticeReading]:
    """Every stored notice, each read over what those before it said."""
    in_force, readings = Holidays(), {}
    for file in NOTICES:
        reading = read_notice(pasted(file), in_force)
        assert reading.year is not None
        in_force = with_days(in_force, reading.year, reading.days)
        readings[file.stem] = reading
    return readings


def test_every_notice_is_read_whole(readings: dict[str, NoticeReading]) -> None:
    assert len(readings) == len(YEARS) + 3
    assert {stem: (each.unread, each.faults) for stem, each in readings.items() if each.unread or each.faults} == {}
    assert all(each.number and each.issued_on for each in readings.values())
    assert [readings[str(year)].missing for year in YEARS] == [()] * len(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_a_year_come_out_as_they_were(readings: dict[str, NoticeReading], year: int) -> None:
    in_force = Holidays()
    for reading in readings.values():
        assert reading.year is not None
        in_force = with_days(in_force, reading.year, reading.days)
    assert [day for day in every_day(year) if is_working_day(day, in_force) != is_workday(day)] == []
    assert year in in_force.years


@pytest.mark.parametrize("file", NOTICES, ids=lambda file: file.stem)
def test_a_notice_is_read_the_same_in_one_line_in_full_width_or_broken_anywhere(file: Path) -> None:
    spring = Holidays({date(2020, 1, 24): "春节"}, {}, frozenset({2020}))
    whole = read_notice(pasted(file), spring)
    text = pasted(file)
    lines = text.splitlines()
    title_in_one = "".join(lines[:3]) if "通知" not in lines[0] else lines[0]
    body = text[text.index("各省") :]
    one_line = read_notice(f"{title_in_one} {body}".replace("\n", " "), spring)
    assert (one_line.days, one_line.unread, one_line.faults) == (whole.days, (), ())
    wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert read_notice(wide, spring) == whole
    narrow = "\n".join(line[at : at + 24] for line in lines for at in range(0, len(line), 24))
    broken = read_notice(narrow, spring)
    assert (broken.days, broken.faults) == (whole.days, ())


# ---- single sentences


@pytest.mark.parametrize(
    ("sentence", "off", "work"),
    [
        ("一、元旦：1月1日放假，与周末连休。", ["01-01"], []),
        ("一、元旦：1月1日放假，与周末连休，共3天。", ["01-01"], []),
        ("元旦 1月1日（星期五）放假1天，不调休。", ["01-01"], []),
        ("(三)清明节：4月3日-5日放假,共3天。", ["04-03", "04-04", "04-05"], []),
        ("3.劳动节：5月1日、2日和3日放假，共3天。5月8日（周六）上班。", ["05-01", "05-02", "05-03"], ["05-08"]),
        ("五、中秋节：9月15日放假，9月17日（星期五）补休。", ["09-15", "09-17"], []),
        ("八、全民健身日：8月8日放假1天。", ["08-08"], []),
        ("元旦：2026年12月31日至2027年1月2日放假调休，共3天。12月26日上班。", ["12-31", "01-01", "01-02"], ["12-26"]),
        ("元旦：12月31日至1月2日放假调休，共3天。", ["12-31", "01-01", "01-02"], []),
        (
            "端午节：6月9日—11日放假，共3天。其中，6月12日（星期六）公休日调至6月10日。",
            ["06-09", "06-10", "06-11"],
            ["06-12"],
        ),
        ("端午节：6月11日至13日放假。其中，6月12日、13日照常公休。", ["06-11", "06-12", "06-13"], []),
    ],
)
def test_a_sentence_is_read(sentence: str, off: list[str], work: list[str]) -> None:
    reading = read(sentence)
    assert (reading.unread, reading.faults) == ((), ())
    assert (days(reading, OFF), days(reading, WORK)) == (off, sorted(work))


@pytest.mark.parametrize(
    "lines",
    [
        "国庆节：10月1日至\n7日放假调休，\n共7天。",
        "七、国庆节：\n10月1日至7日放假调休，共7天。",
        "七、国庆节：10月1日\n（周五）至7日（周四）\n放假调休，共7天",
    ],
)
def test_a_sentence_may_be_broken_over_lines(lines: str) -> None:
    reading = read(lines)
    assert days(reading, OFF) == [f"10-0{number}" for number in range(1, 8)]
    assert (reading.unread, reading.faults) == ((), ())


@pytest.mark.parametrize(
    "sentence",
    [
        "元旦：放假1天。",
        "国庆节：10月1日至7日大家休息得好。",
        "国庆节：1日至7日放假调休。",
        "10月1日至7日放假调休，共7天。",
        "国庆节：十月一日至七日放假。",
        "国庆节：共7天。",
        "国庆节：10月1日放假，各单位上班时间另定。",
        "国庆节：9月26日公休日调至某日。",
        "国庆节：9月26日公休日调至10月7日以后。",
        "延长2027年国庆节假期至10月8日以后。",
        "国庆节：10月1日至7日放假调休，",
        "23日至25日放假",
        "国庆节：10月1日放假，9月2",
    ],
)
def test_a_sentence_that_cannot_be_read_is_told_word_for_word_and_nothing_of_it_is_taken_over(sentence: str) -> None:
    reading = read(sentence)
    assert (reading.unread, reading.faults) == ((sentence,), ())
    assert reading.days == {}


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("国庆节：10月1日至7日放假调休，共8天。", "写明共8天，实际数出7天"),
        ("元旦：1月1日放假2天。", "写明放假2天，实际数出1天"),
        ("元旦：1月1日（星期六）放假。", "1月1日（周五）不是星期六"),
        ("元旦：1月3日（周天）至5日（周一）放假。", "1月5日（周二）不是星期一"),
        ("元旦：2月30日放假。", "没有2月30日这一天"),
        ("国庆节：10月7日至1日放假。", "10月7日（周四）至10月1日（周五）不成一段假期"),
        ("国庆节：9月1日至10月7日放假。", "9月1日（周三）至10月7日（周四）不成一段假期"),
        ("国庆节：2026年10月1日放假。", "2026年10月1日不在2027年内"),
        ("国庆节：9月27日上班。", "9月27日（周一）本来就上班"),
        ("中秋节：9月15日放假，与周末连休。", "所写日期不与周末相连"),
        ("国庆节：10月1日放假。其中10月2日为法定节假日。", "10月2日（周六）不在所写的放假日期内"),
        ("国庆节：10月1日放假。9月26日公休日调至10月4日。", "10月4日（周一）不在所写的放假日期内"),
        ("国庆节：10月1日至3日放假。10月3日上班。", "10月3日（周日）又放假又上班"),
        ("中秋节：10月1日放假。国庆节：10月1日放假。", "10月1日（周五）已写在“中秋节”下"),
        ("延长2027年春节假期至2月20日。", "还没有2027年春节原来的放假安排，不知道从哪天起延长"),
    ],
)
def test_a_sentence_that_cannot_be_true_is_told_with_the_reason(sentence: str, reason: str) -> None:
    reading = read(sentence)
    told = sentence.split("。")[-2] + "。"
    assert reading.faults == (f"{reason}：“{told}”",)
    assert reading.unread == ()


def test_what_is_read_stays_read_beside_what_is_not() -> None:
    reading = read(
        "一、元旦：1月1日放假。\n二、春节：2月5日起放大假。\n三、清明节：4月5日（周日）放假。\n四、劳动节：5月1日放假。"
    )
    assert days(reading, OFF) == ["01-01", "05-01"]
    assert reading.unread == ("二、春节：2月5日起放大假。",)
    assert reading.faults == ("4月5日（周一）不是星期日：“三、清明节：4月5日（周日）放假。”",)
    assert reading.missing == tuple(holiday for holiday in YEARLY if holiday not in {"元旦", "劳动节"})


def test_a_long_row_of_lines_that_cannot_be_read_is_told_line_by_line() -> None:
    assert read("\n".join(["大家放假"] * 20)).unread == ("大家放假",) * 20


def test_a_text_without_a_year_says_what_is_wanting() -> None:
    reading = read_notice("一、元旦：1月1日放假。", NOTHING_KNOWN)
    assert reading.faults == ("看不出是哪一年的安排。请连同标题一起粘贴。",)
    assert (reading.year, reading.days) == (None, {})


def test_a_text_without_days_says_so() -> None:
    assert read("").faults == ("没有读到放假或上班的日期。请粘贴通知全文。",)


# ---- changes of what is in force

KNOWN = Holidays(
    {date(2027, 5, number): "劳动节" for number in range(1, 6)}
    | {date(2026, 12, 31): "元旦", date(2027, 12, 31): "元旦"},
    {date(2027, 4, 25): "劳动节", date(2027, 5, 8): "劳动节"},
    frozenset({2027}),
)


def test_a_holiday_arranged_anew_gives_back_the_days_it_no_longer_mentions() -> None:
    reading = read("劳动节：5月1日至3日放假，共3天。", KNOWN)
    assert days(reading, OFF) == ["05-01", "05-02", "05-03"]
    assert days(reading, PLAIN) == ["04-25", "05-04", "05-05", "05-08"]
    assert with_days(KNOWN, 2027, reading.days).make_up_days == {}


def test_new_year_is_arranged_by_the_notice_of_its_own_year() -> None:
    assert read("元旦：1月1日放假。", KNOWN).days[date(2026, 12, 31)] == DaySaid(PLAIN, "元旦")
    assert date(2027, 12, 31) not in read("元旦：1月1日放假。", KNOWN).days


def test_a_weekday_that_was_off_is_given_back_by_name() -> None:
    reading = read("劳动节：5月5日（星期三）照常上班。", KNOWN)
    assert reading.days == {date(2027, 5, 5): DaySaid(PLAIN, "劳动节")}


def test_a_holiday_is_extended_from_its_first_day() -> None:
    reading = read("一、延长2027年劳动节假期至5月8日（农历四月初三，星期六），5月10日（星期一）起正常上班。", KNOWN)
    assert days(reading, OFF) == [f"05-0{number}" for number in range(1, 9)]
    assert (days(reading, PLAIN), reading.faults) == ([], ())
    assert date(2027, 4, 25) in with_days(KNOWN, 2027, reading.days).make_up_days


def test_a_holiday_cannot_be_extended_to_before_it() -> None:
    reading = read("延长2027年劳动节假期至4月30日。", KNOWN)
    assert reading.faults == ("4月30日（周五）早于劳动节原来的第一天：“延长2027年劳动节假期至4月30日。”",)


def test_a_saturday_is_worked_again_after_an_extension() -> None:
    reading = read("延长2027年劳动节假期至5月6日，5月15日（星期六）起正常上班。", KNOWN)
    assert days(reading, WORK) == ["05-15"]
