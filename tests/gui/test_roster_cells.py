"""What a cell of the roster says, to the eye and in words."""

from mediation_desk.domain.duty_roster import RosterState
from mediation_desk.gui.roster_cells import need_in_words, wish_in_words
from mediation_desk.services.roster_making import clear, lock, place
from mediation_desk.services.wishes import wish
from tests.gui.rosters import AM, MONTH, OFFICER, PM, Month, at


def column(day: int, half: object = AM) -> int:
    return 2 * (day - 1) + (half is PM)


def person(month: Month, name: str) -> int:
    return month.ids[name]


def words(month: Month, name: str, day: int, half: object = AM) -> str:
    shown = month.look()
    who = next(each for each in shown.people if each.name == name)
    return month.cells().words(who, column(day, half))


def test_a_shift_is_shown_by_its_sign_and_said_by_its_post(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    look = month.cells().look(person(month, "卫和"), column(24))
    assert look.post is not None
    assert (look.post.letter, look.is_changed, look.is_locked, look.mark) == ("调", False, False, "")
    assert words(month, "卫和", 24) == "卫和 11月24日（周二）上午：调解员；自动排"
    assert words(month, "蒋平", 24) == "蒋平 11月24日（周二）上午：空"


def test_a_closed_half_day_is_grey_and_says_why(month: Month) -> None:
    look = month.cells().look(person(month, "卫和"), column(28))
    assert not look.ground.is_open
    assert words(month, "卫和", 28) == "卫和 11月28日（周六）上午：休息（周六）"


def test_what_nobody_likes_and_what_is_over_is_marked(month: Month) -> None:
    cells = month.cells()
    assert cells.grounds[column(27, PM)].is_unpopular
    assert not cells.grounds[column(27)].is_unpopular
    assert cells.grounds[column(20)].is_past
    assert not cells.grounds[column(24)].is_past
    assert "少有人愿上的半天" in words(month, "卫和", 27, PM)


def test_leave_is_marked_and_a_shift_that_nobody_will_serve_is_an_alarm(month: Month) -> None:
    month.publish(month.placing("卫和", 24))
    month.duty.leave(month.ids["卫和"], at(24), at(25))
    looks = [month.cells().look(person(month, "卫和"), column(day)) for day in (24, 25)]
    assert [(look.post is not None, look.mark) for look in looks] == [(True, "假"), (False, "假")]
    assert "请假，班次没有人上" in words(month, "卫和", 24)
    assert words(month, "卫和", 25).endswith("：请假")


def test_changes_against_the_published_roster_are_marked_where_there_is_a_draft(month: Month) -> None:
    month.publish(month.placing("卫和", 24), month.placing("蒋平", 25))
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    month.desk.do(clear, MONTH, month.ids["卫和"], at(24))
    cells = month.cells()
    come, gone, kept = (
        cells.look(person(month, name), column(day)) for name, day in (("沈安", 26), ("卫和", 24), ("蒋平", 25))
    )
    assert (come.is_changed, come.was) == (True, None)
    assert gone.was is not None
    assert (gone.is_changed, gone.post, gone.was.letter) == (True, None, "调")
    assert not kept.is_changed
    assert "已发布的是调解员" in words(month, "卫和", 24)
    assert "已发布的是空" in words(month, "沈安", 26)


def test_nothing_counts_as_changed_while_nothing_was_published(month: Month) -> None:
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    look = month.cells().look(person(month, "沈安"), column(26))
    assert not look.is_changed
    assert look.is_locked
    month.desk.do(lock, MONTH, month.ids["沈安"], at(26), False)
    assert not month.cells().look(person(month, "沈安"), column(26)).is_locked


def test_wishes_stand_in_the_cell(month: Month) -> None:
    month.desk.do(wish, month.ids["卫和"], at(24), 2)
    month.desk.do(wish, month.ids["卫和"], at(25), -1)
    assert month.cells().look(person(month, "卫和"), column(24)).wish == 2
    assert "愿意来（2级）" in words(month, "卫和", 24)
    assert "不愿来（1级）" in words(month, "卫和", 25)
    assert wish_in_words(0) == "没有愿望"


def test_who_is_not_coming_then_has_a_dot(month: Month) -> None:
    month.duty.person("朱正", "people_mediator", weekly_pattern=["mon_am"])
    look = month.cells().look(person(month, "朱正"), column(24))
    assert look.mark == "·"
    assert "不在本人轮驻时间内" in words(month, "朱正", 24)


def test_the_footer_says_what_a_post_lacks(month: Month) -> None:
    month.publish(month.placing("卫和", 24, PM), month.placing(OFFICER, 24))
    cells = month.cells()
    places = [(month.main, 24, AM), (month.main, 24, PM), (month.office, 24, AM), (month.office, 24, PM)]
    looks = [cells.need_look(post_id, column(day, half)) for post_id, day, half in places]
    assert [(look.wanted, look.short) for look in looks] == [(1, 1), (1, 0), (1, 0), (0, 0)]
    assert [need_in_words(look) for look in looks] == ["需1人，有0人，缺1人", "需1人，有1人", "需1人，有1人", "不设岗"]
    assert cells.need_words(None, column(24)) == "11月24日（周二）上午 各岗位合计：需2人，有1人，缺1人"
    assert cells.need_words(month.main, column(28)).endswith("休息")


def test_before_there_is_a_roster_only_the_need_is_told(month: Month) -> None:
    look = month.cells().need_look(month.main, column(24))
    assert not look.is_planned
    assert need_in_words(look) == "需1人，还没有排班"
    assert month.look().draft is None
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    draft = month.look().draft
    assert draft is not None
    assert draft.state is RosterState.DRAFT
