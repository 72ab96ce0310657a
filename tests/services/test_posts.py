"""Posts of the window, and units whose people never meet."""

from datetime import date

import pytest

from mediation_desk.domain.duty_roster import Post
from mediation_desk.services.posts import drop_clash, save_clash, save_post
from tests.desk import Desk
from tests.duty import Duty


@pytest.fixture
def duty(desk: Desk) -> Duty:
    return Duty(desk)


def test_a_post_is_added_and_changed(duty: Duty) -> None:
    post_id = duty.post(" 律师值班 ", "lawyer", needed=2, weekly_pattern=["mon_am"])
    changed = Post(id=post_id, uid=duty.uid(), name="律师", profession="lawyer", until=date(2027, 1, 31), priority=3)
    duty.desk.do(save_post, changed)
    with duty.desk.database.reading() as records:
        [post] = records.rosters.posts()
    assert (post.name, post.needed, post.weekly_pattern, post.priority) == ("律师", 1, [], 3)
    assert post.until == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("facts", "sentence", "place"),
    [
        ({"name": " "}, "请填写岗位名称。", "post_name"),
        ({"name": "咨询"}, "已有同名的岗位。", "post_name"),
        ({"profession": "wizard"}, "请选择岗位的职业身份。", "post_profession"),
        ({"needed": 0}, "每半天人数应为1至20。", "post_needed"),
        ({"needed": 21}, "每半天人数应为1至20。", "post_needed"),
        ({"priority": 10}, "优先级应为1至9。", "post_priority"),
        ({"weekly_pattern": ["mon_am", "monday"]}, "每周时段看不懂", "post_weekly_pattern"),
        ({"since": date(2026, 12, 2), "until": date(2026, 12, 1)}, "停用日期早于启用日期。", "post_until"),
    ],
)
def test_a_post_that_cannot_be_is_refused(duty: Duty, facts: dict[str, object], sentence: str, place: str) -> None:
    duty.post("咨询", "counsellor")
    told: dict[str, object] = {"uid": duty.uid(), "name": "律师", "profession": "lawyer"}
    with duty.desk.refuses(sentence, place):
        duty.desk.do(save_post, Post(**told | facts))  # type: ignore[arg-type]  # any field


def test_two_units_are_kept_apart_until_the_clash_is_dropped(duty: Duty) -> None:
    duty.people(["周一", "郑二"])
    clash = duty.desk.do(save_clash, "周一所", "郑二所 ", "代理过对方")
    assert (clash.one_unit, clash.other_unit, clash.reason) == ("周一所", "郑二所", "代理过对方")
    with duty.desk.refuses("这两个单位已经互斥。", "other_unit"):
        duty.desk.do(save_clash, "郑二所", "周一所")
    assert clash.id is not None
    duty.desk.do(drop_clash, clash.id)
    with duty.desk.database.reading() as records:
        assert records.rosters.clashes() == []
    with duty.desk.refuses("这条互斥已被取消。"):
        duty.desk.do(drop_clash, clash.id)


@pytest.mark.parametrize(
    ("one", "other", "sentence", "place"),
    [
        ("周一所", "周一所", "“周一所”不能与自己互斥。", "other_unit"),
        ("周一所", "别的所", "名册中没有单位“别的所”。", "other_unit"),
        ("周一所", "", "请选择单位。", "other_unit"),
    ],
)
def test_a_unit_clashes_only_with_another_that_is_known(
    duty: Duty, one: str, other: str, sentence: str, place: str
) -> None:
    duty.person("周一")
    with duty.desk.refuses(sentence, place):
        duty.desk.do(save_clash, one, other)
