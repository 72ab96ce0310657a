"""What is said of the back-ups on 今日, and when the next is due."""

from datetime import datetime, timedelta

import pytest

from mediation_desk.domain.backup_standing import Light, Rehearsal, Remark, Standing, keep_of
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.thinning import Keep

NOW = datetime(2026, 11, 23, 9, 30)
PASSED = Rehearsal(held_at=NOW, file_name="desk-20261123-093000.db", passed=True)


def ago(**span: int) -> datetime:
    return NOW - timedelta(**span)


def held(at: datetime, *, passed: bool = True) -> Rehearsal:
    return Rehearsal(held_at=at, file_name="desk-20261101-093000.db", passed=passed, trouble="" if passed else "坏了")


def test_the_numbers_of_the_rule_pack_are_those_of_the_program(rules: Rules) -> None:
    assert keep_of(rules, NOW) == Keep()


@pytest.mark.parametrize(
    ("last_at", "has_news", "due"),
    [
        (None, True, True),
        (None, False, False),
        (ago(minutes=29), True, False),
        (ago(minutes=30), True, True),
        (ago(days=3), False, False),
        (ago(minutes=-1), True, True),  # the clock was set back
    ],
)
def test_a_back_up_is_due_after_half_an_hour_of_work(
    rules: Rules, last_at: datetime | None, has_news: bool, due: bool
) -> None:
    assert Standing(last_at=last_at, has_news=has_news).is_due(NOW, rules) is due


@pytest.mark.parametrize(
    ("rehearsal", "due"),
    [
        (None, True),
        (held(ago(days=30)), False),
        (held(ago(days=31)), True),
        (held(ago(days=-2)), True),  # the clock was set back
        (held(ago(hours=2), passed=False), False),
        (held(ago(days=1), passed=False), True),
    ],
)
def test_a_rehearsal_is_due_once_a_month_and_the_day_after_one_that_failed(
    rules: Rules, rehearsal: Rehearsal | None, due: bool
) -> None:
    assert Standing(last_at=NOW, rehearsal=rehearsal).is_rehearsal_due(NOW, rules) is due


def test_without_a_back_up_there_is_nothing_to_rehearse(rules: Rules) -> None:
    assert not Standing().is_rehearsal_due(NOW, rules)
    assert Standing().remarks(NOW, rules) == [Remark(Light.YELLOW, "还没有备份")]


def test_the_date_of_a_rehearsal_that_passed_is_green(rules: Rules) -> None:
    assert Standing(last_at=NOW, rehearsal=PASSED).remarks(NOW, rules) == [
        Remark(Light.GREEN, "备份 09:30"),
        Remark(Light.GREEN, "备份演练 11-23 通过"),
    ]


@pytest.mark.parametrize(
    ("standing", "remark"),
    [
        (Standing(last_at=NOW), Remark(Light.YELLOW, "备份还没有演练过")),
        (Standing(last_at=NOW, rehearsal=held(NOW, passed=False)), Remark(Light.RED, "备份演练 11-23 没有通过")),
        (Standing(last_at=NOW, rehearsal=held(ago(days=31))), Remark(Light.GREEN, "备份演练 10-23 通过")),
        (Standing(last_at=NOW, rehearsal=held(ago(days=32))), Remark(Light.RED, "备份演练 10-22，已超过31天")),
        (Standing(last_at=NOW, rehearsal=held(ago(days=365))), Remark(Light.RED, "备份演练 2025-11-23，已超过31天")),
        (Standing(last_at=ago(days=4)), Remark(Light.GREEN, "备份 11-19 09:30")),
        (
            Standing(last_at=ago(days=4), has_news=True),
            Remark(Light.RED, "备份 11-19，之后的改动3天以上没有备份"),
        ),
        (Standing(last_at=ago(days=2), has_news=True), Remark(Light.GREEN, "备份 11-21 09:30")),
    ],
)
def test_what_is_old_or_failed_is_red(rules: Rules, standing: Standing, remark: Remark) -> None:
    assert remark in standing.remarks(NOW, rules)
