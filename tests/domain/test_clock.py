"""A clock that was set back is told before it spoils days and numbers."""

from datetime import datetime, timedelta

import pytest

from mediation_desk.domain.backup_standing import Light
from mediation_desk.domain.clock import TOLERANCE, clock_remarks

NOW = datetime(2026, 11, 23, 9, 30)


@pytest.mark.parametrize("newest", [None, NOW - timedelta(days=9), NOW, NOW + TOLERANCE])
def test_nothing_is_said_of_a_clock_that_may_be_right(newest: datetime | None) -> None:
    assert clock_remarks(NOW, newest) == []


def test_a_clock_before_the_last_step_is_told_with_both_moments() -> None:
    [remark] = clock_remarks(NOW, datetime(2026, 11, 24, 16, 5))
    assert (remark.light, remark.text) == (Light.RED, "电脑时间不对，请校准")
    assert "现在的时间是2026-11-23 9:30" in remark.more
    assert "最近一次保存是在2026-11-24 16:05" in remark.more
