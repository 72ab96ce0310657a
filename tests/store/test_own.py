"""What the centre set itself: values and notices, each with the order in which they count."""

from datetime import date

from mediation_desk.domain.presence import HolidayNotice, OwnSetting
from tests.desk import NOW, TODAY, Desk


def notice(year: int, issued_on: date, days: dict[str, list[str]]) -> HolidayNotice:
    return HolidayNotice(year=year, issued_on=issued_on, text="通知", days=days, by_id=1, recorded_at=NOW)


def test_values_come_in_the_order_of_recording(desk: Desk) -> None:
    with desk.database.writing() as records:
        for value in (3, 2):
            records.own.add(
                OwnSetting(name="roster_day_most", value=value, effective_from=TODAY, by_id=1, recorded_at=NOW)
            )
    with desk.database.reading() as records:
        assert [(each.name, each.value) for each in records.own.settings()] == [
            ("roster_day_most", 3),
            ("roster_day_most", 2),
        ]


def test_notices_come_by_the_day_they_were_issued(desk: Desk) -> None:
    amended, first = date(2026, 12, 20), date(2026, 11, 25)
    with desk.database.writing() as records:
        records.own.add(notice(2027, amended, {"2027-01-02": ["off", "元旦"]}))
        records.own.add(notice(2027, first, {"2027-01-01": ["off", "元旦"], "2027-01-09": ["work", "元旦"]}))
    with desk.database.reading() as records:
        found = records.own.notices()
    assert [each.issued_on for each in found] == [first, amended]
    assert found[0].days == {"2027-01-01": ["off", "元旦"], "2027-01-09": ["work", "元旦"]}


def test_a_centre_that_set_nothing_has_nothing(desk: Desk) -> None:
    with desk.database.reading() as records:
        assert records.own.settings() == []
        assert records.own.notices() == []
