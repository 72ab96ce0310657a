"""Everybody keeps conditions under names of their own."""

import pytest

from mediation_desk.domain.errors import NotFound
from mediation_desk.services.saved_filters import drop_filter, rename_filter, save_filter
from tests.desk import Desk, uid


def kept(desk: Desk) -> dict[str, dict[str, object]]:
    with desk.database.reading() as records:
        return {each.name: each.content for each in records.filters.of_user(desk.act.by_id)}


def test_conditions_are_kept_under_a_name_and_replaced_under_it(desk: Desk) -> None:
    desk.do(save_filter, uid(60), " 逾期的 ", {"due": "limit late"})
    desk.do(save_filter, uid(61), "逾期的", {"due": "limit today"})
    desk.do(save_filter, uid(62), "等表态", {"waiting": "answer"})
    assert kept(desk) == {"等表态": {"waiting": "answer"}, "逾期的": {"due": "limit today"}}


@pytest.mark.parametrize(
    ("name", "sentence"), [("  ", "请先为这组条件起个名字。"), ("名" * 41, "名字请不超过40个字。")]
)
def test_a_name_that_is_none_is_refused(desk: Desk, name: str, sentence: str) -> None:
    with desk.refuses(sentence, "saved_filter"):
        desk.do(save_filter, uid(60), name, {})


def test_a_filter_is_renamed_but_not_over_another(desk: Desk) -> None:
    for number, name in ((60, "甲"), (61, "乙")):
        desk.do(save_filter, uid(number), name, {"query": name})
    desk.do(rename_filter, "甲", "丙")
    assert kept(desk) == {"丙": {"query": "甲"}, "乙": {"query": "乙"}}
    with desk.refuses("已有名为“乙”的常用条件。请另起一个名字，或先删除那一组。", "saved_filter"):
        desk.do(rename_filter, "丙", "乙")
    desk.do(rename_filter, "丙", "丙")
    with pytest.raises(NotFound, match="没有名为“甲”的常用条件"):
        desk.do(rename_filter, "甲", "丁")


def test_a_filter_is_dropped(desk: Desk) -> None:
    desk.do(save_filter, uid(60), "甲", {})
    desk.do(drop_filter, "甲")
    assert kept(desk) == {}
    with pytest.raises(NotFound):
        desk.do(drop_filter, "甲")
