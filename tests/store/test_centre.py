"""A store has one centre, or none yet."""

from collections.abc import Callable

import pytest

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.presence import OwnSetting
from mediation_desk.store.database import Database
from tests.desk import NOW, TODAY, Desk


def test_a_new_store_has_no_centre(new_database: Callable[[], Database]) -> None:
    with new_database().reading() as records:
        assert records.centre.find() is None
        with pytest.raises(NotFound, match="请先完成首次设置"):
            records.centre.get()
        with pytest.raises(NotFound, match="请先完成首次设置"):
            records.centre.add_own(OwnSetting(name="any", value=1, effective_from=TODAY, by_id=1, recorded_at=NOW))


def test_what_belongs_to_the_centre_is_added_under_its_key(desk: Desk) -> None:
    setting = OwnSetting(name="any", value=1, effective_from=TODAY, by_id=1, recorded_at=NOW)
    with desk.database.writing() as records:
        records.centre.add_own(setting)
    with desk.database.reading() as records:
        assert records.connection.exec_driver_sql("select centre_id, id from own_settings").all() == [(1, setting.id)]


def test_the_centre_comes_with_its_committees_and_users(desk: Desk) -> None:
    with desk.database.reading() as records:
        centre = records.centre.get()
    assert [committee.name for committee in centre.committees] == ["示例街道人民调解委员会"]
    assert [member.name for member in centre.committees[0].members] == ["赵和"]
    assert [user.name for user in centre.users] == ["登记员"]
