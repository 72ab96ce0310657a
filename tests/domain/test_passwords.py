"""A password says all that is wrong with it at once; a lock is never shortened by a clock."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.passwords import Attempts, as_typed, days_left, password_faults
from mediation_desk.domain.rules import Rules

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30)


def test_a_good_password_has_no_faults(rules: Rules) -> None:
    assert password_faults("Juniper-42", "王窗口", rules, TODAY) == []


@pytest.mark.parametrize("classes", ["Abcdefg1", "Abcdefg!", "abcdefg1!", "ABCDEFG1!", "Abcdef和平"])
def test_three_of_four_classes_will_do(rules: Rules, classes: str) -> None:
    assert password_faults(classes, "", rules, TODAY) == []


def test_all_faults_are_said_at_once(rules: Rules) -> None:
    assert password_faults("王窗口 ", "王窗口", rules, TODAY) == [
        "口令太短：至少8个字符，现在4个。",
        "口令的开头或末尾是空格，容易输错，请去掉。",
        "口令太简单：大写字母、小写字母、数字、其他字符中至少要有3类，现在1类。",
        "口令中含有使用者姓名，容易被猜到，请换一个。",
    ]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Aa1!" * 40, "口令太长"),
        ("Aa1!\x00bcd", "看不见的控制字符"),
        ("Aa1!\ud800bcd", "看不见的控制字符"),
        ("ZhangSAN-1", "使用者姓名"),
    ],
)
def test_what_cannot_be_typed_again_or_is_guessed_is_refused(rules: Rules, password: str, sentence: str) -> None:
    [fault] = password_faults(password, "zhangsan", rules, TODAY)
    assert sentence in fault


def test_an_input_method_in_full_width_types_the_same_password() -> None:
    assert as_typed("Ｊｕｎｉｐｅｒ－４２") == as_typed("Juniper-42")


def test_a_password_may_be_used_for_so_many_days(rules: Rules) -> None:
    assert days_left(NOW, rules, TODAY) == 90
    assert days_left(NOW - timedelta(days=90), rules, TODAY) == 0


def test_the_fifth_wrong_password_in_a_row_locks_for_ten_minutes(rules: Rules) -> None:
    attempts = Attempts()
    for _ in range(4):
        attempts = attempts.after_failure(NOW, rules)
        assert not attempts.is_locked(NOW)
    attempts = attempts.after_failure(NOW, rules)
    assert attempts.is_locked(NOW + timedelta(minutes=9, seconds=59))
    assert not attempts.is_locked(NOW + timedelta(minutes=10))


def test_after_a_lock_it_is_counted_anew(rules: Rules) -> None:
    attempts = Attempts(failures=5, last_failure_at=NOW, locked_until=NOW + timedelta(minutes=10))
    again = attempts.after_failure(NOW + timedelta(minutes=11), rules)
    assert (again.failures, again.locked_until) == (1, None)


@given(st.lists(st.integers(-10_000, 10_000), min_size=5, max_size=5), st.integers(0, 10_000))
def test_a_clock_set_back_never_unlocks_earlier(rules: Rules, minutes: list[int], back: int) -> None:
    attempts = Attempts()
    for each in minutes:
        attempts = attempts.after_failure(NOW + timedelta(minutes=each), rules)
    latest = NOW + timedelta(minutes=max(minutes))
    assert attempts.is_locked(latest + timedelta(minutes=9, seconds=59) - timedelta(minutes=back))
