"""Notices of holidays that somebody pastes."""

from datetime import date

from mediation_desk.domain.duty_roster import DutyRoster, RosterState
from mediation_desk.domain.rules import Rules
from mediation_desk.services.holiday_notices import NoticePreview, import_notice, preview_notice, years
from mediation_desk.services.own_rules import rules_here
from mediation_desk.store.records import Records
from tests.desk import NOW, TODAY, TOMORROW, Desk, uid
from tests.notices import AMENDMENT, NOTICE_2027


def rules_now(desk: Desk) -> Rules:
    """The rules as the desk puts them together anew after each import."""
    desk.rules = desk.write(rules_here, desk.rules)
    return desk.rules


def changed(preview: NoticePreview, month: int) -> list[tuple[int, str, str]]:
    return [(each.day.day, each.before, each.after) for each in preview.changes if each.day.month == month]


def test_a_notice_is_shown_before_it_counts(desk: Desk) -> None:
    before = desk.contents()
    preview = desk.do(preview_notice, NOTICE_2027)
    assert (preview.reading.year, preview.issued_on) == (2027, date(2026, 11, 20))
    assert (preview.makes_known, preview.faults, preview.reading.unread) == (True, (), ())
    assert changed(preview, 6) == [(9, "工作日（未确认）", "端午节")]
    assert changed(preview, 10)[0] == (1, "工作日（未确认）", "国庆节")
    assert changed(preview, 10)[-1] == (9, "周六（未确认）", "调休上班")
    assert [month.month for month in preview.months] == [1, 2, 4, 5, 6, 9, 10]
    assert desk.contents() == before


def test_a_notice_that_was_taken_over_counts(desk: Desk) -> None:
    notice = desk.do(import_notice, NOTICE_2027)
    assert (notice.number, notice.year, notice.by_id, notice.recorded_at) == ("国办发明电〔2026〕8号", 2027, 1, NOW)
    assert notice.days["2027-02-20"] == ["work", "春节"]
    holidays = rules_now(desk).holidays
    assert holidays.days_off[date(2027, 10, 7)] == "国庆节"
    assert date(2027, 9, 26) in holidays.make_up_days
    assert 2027 in holidays.years
    assert desk.do(preview_notice, NOTICE_2027).changes == ()


def test_a_second_notice_amends_the_first(desk: Desk) -> None:
    desk.do(import_notice, NOTICE_2027)
    rules_now(desk)
    preview = desk.do(preview_notice, AMENDMENT)
    assert not preview.makes_known
    assert changed(preview, 5) == [(4, "劳动节", "工作日"), (5, "劳动节", "工作日"), (8, "调休上班", "周六")]
    assert changed(preview, 4) == [(25, "调休上班", "周日")]
    desk.do(import_notice, AMENDMENT)
    holidays = rules_now(desk).holidays
    assert [day.day for day in sorted(holidays.days_off) if (day.year, day.month) == (2027, 5)] == [1, 2, 3]
    assert 2027 in holidays.years


def test_an_older_notice_that_comes_late_does_not_undo_a_newer_one(desk: Desk) -> None:
    desk.do(import_notice, AMENDMENT)
    assert 2027 not in rules_now(desk).holidays.years
    preview = desk.do(preview_notice, NOTICE_2027)
    assert changed(preview, 5) == [
        (4, "工作日（未确认）", "劳动节"),
        (5, "工作日（未确认）", "劳动节"),
        (8, "周六（未确认）", "调休上班"),
    ]
    desk.do(import_notice, NOTICE_2027)
    assert date(2027, 5, 1) in rules_now(desk).holidays.days_off


def test_a_notice_with_faults_is_refused(desk: Desk) -> None:
    wrong = NOTICE_2027.replace("共7天", "共8天", 1)
    assert desk.do(preview_notice, wrong).faults[0].place == "notice_text"
    with desk.refuses("写明共8天，实际数出7天", "notice_text"):
        desk.do(import_notice, wrong)
    with desk.refuses("看不出是哪一年的安排", "notice_text"):
        desk.do(import_notice, "1月1日放假")


def test_a_sentence_that_was_not_read_must_have_been_seen(desk: Desk) -> None:
    odd = NOTICE_2027.replace("共3天。", "共3天。元旦当天休息好。")
    unread = desk.do(preview_notice, odd).reading.unread
    assert unread == ("元旦当天休息好。", "元旦当天休息好。")
    with desk.refuses("有读不懂的句子，请先看过再采用：元旦当天休息好。", "notice_text"):
        desk.do(import_notice, odd)
    assert desk.do(import_notice, odd, confirmed=unread).year == 2027


def test_a_notice_of_which_nothing_is_read_is_refused_even_when_it_was_seen(desk: Desk) -> None:
    text = f"关于2027年放假的通知\n大家休息。\n{date(2026, 11, 20):%Y年%m月%d日}"
    unread = desk.do(preview_notice, text).reading.unread
    with desk.refuses("没有读懂任何一天，没有采用。", "notice_text"):
        desk.do(import_notice, text, confirmed=unread)


def test_a_day_of_issue_that_is_not_in_the_text_is_given(desk: Desk) -> None:
    undated = NOTICE_2027.replace("2026年11月20日", "")
    with desk.refuses("没有找到发文日期，请填写。", "notice_issued_on"):
        desk.do(import_notice, undated)
    with desk.refuses("发文日期在今天以后，请核对。", "notice_issued_on"):
        desk.do(import_notice, undated, issued_on=TOMORROW)
    assert desk.do(import_notice, undated, issued_on=TODAY).issued_on == TODAY


def test_months_whose_published_roster_is_touched_are_named(desk: Desk) -> None:
    def publish(records: Records, month: date) -> None:
        made = DutyRoster(
            uid=uid(700 + month.month), month=month, version=1, state=RosterState.PUBLISHED, by_id=1, made_at=NOW
        )
        records.rosters.add(made)

    for month in (date(2027, 2, 1), date(2027, 3, 1)):
        desk.write(publish, month)
    assert desk.do(preview_notice, NOTICE_2027).rosters == (date(2027, 2, 1),)


def test_the_years_tell_what_is_known_of_them(desk: Desk) -> None:
    newest = desk.do(years)[0]
    assert (newest.year, newest.is_known, newest.days_off, newest.notices) == (2027, False, 0, ())
    desk.do(import_notice, NOTICE_2027)
    rules_now(desk)
    newest, now, *_, oldest = desk.do(years)
    assert (newest.year, newest.is_known, newest.days_off, newest.make_up_days) == (2027, True, 27, 6)
    assert [notice.number for notice in newest.notices] == ["国办发明电〔2026〕8号"]
    assert (now.year, now.is_known, oldest.year) == (2026, True, 2007)
