"""The wall sheet: every name in type to be read from afar, what is closed and who is missing plain to see."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest

from mediation_desk.documents.broadsheet import Broad
from mediation_desk.documents.fonts import GlyphMissing
from mediation_desk.documents.wall_sheet import WallPlace, WallSheet, draw_wall_sheet
from mediation_desk.domain.half_day import Half, HalfDay
from tests.documents.reading import Paper

MONTH = date(2026, 9, 1)
DAYS = [MONTH + timedelta(days=number) for number in range(30)]
HOURS = {Half.AM: "9:00—12:00", Half.PM: "13:30—17:30"}
POST_NAMES = ["律师岗", "心理咨询岗", "人民调解岗", "信访岗", "住建岗", "民政岗"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"
GIVEN = "伟芳娜敏静丽强磊军洋"

Read = Callable[[bytes], Paper]


def people(number: int) -> list[str]:
    """Names of three characters that differ in their first two."""
    return [f"{SURNAMES[at // 10]}{GIVEN[at % 10]}华" for at in range(number)]


def closed_days() -> dict[HalfDay, str]:
    found = {HalfDay(day, half): "周日" for day in DAYS if day.weekday() == 6 for half in Half}
    found |= {HalfDay(day, Half.PM): "非开放时段" for day in DAYS if day.weekday() == 5}
    return found | {HalfDay(date(2026, 9, day), half): "中秋节" for day in (25, 26, 27) for half in Half}


def wall(names: Iterable[str], posts: int = 3, each: int = 1, **facts: object) -> WallSheet:
    """A month in which everybody serves in turn."""
    turn = list(names)
    places = {}
    at = 0
    for day in DAYS:
        for half in Half:
            for post in range(posts):
                places[HalfDay(day, half), post] = WallPlace(
                    tuple(turn[(at + number) % len(turn)] for number in range(each))
                )
                at += each
    told: dict[str, object] = {
        "centre": "示例街道综治中心",
        "month": MONTH,
        "days": DAYS,
        "posts": {number: f"{POST_NAMES[number % 6]}{number // 6 or ''}" for number in range(posts)},
        "places": places,
        "closed": closed_days(),
        "hours": HOURS,
        "version": "第2版　2026年8月25日 9:30发布",
    }
    return WallSheet(**told | facts)  # type: ignore[arg-type]  # any field


def sizes(paper: Paper, page: int = 0) -> dict[float, str]:
    """The text of a page by the size of its type."""
    found: dict[float, str] = {}

    def visit(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        found[size] = found.get(size, "") + re.sub(r"\s", "", text)

    paper.reader.pages[page].extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(
    ("number", "posts", "each", "most_pages"), [(12, 3, 1, 1), (40, 3, 2, 2), (120, 12, 1, 3), (120, 12, 2, 5)]
)
@pytest.mark.parametrize("size", list(Broad))
def test_every_name_is_on_the_sheet(
    read: Read, size: Broad, number: int, posts: int, each: int, most_pages: int
) -> None:
    paper = read(draw_wall_sheet(wall(people(number), posts, each), size))
    pages = paper.pages
    assert len(pages) <= most_pages
    assert all(name in "".join(pages) for name in people(number))
    assert all("示例街道综治中心2026年9月值班表" in page for page in pages)
    assert all("律师岗" in page for page in pages)
    assert pages[-1].count(f"第{len(pages)}/{len(pages)}页") == 1
    width, height = (float(side) for side in paper.reader.pages[0].mediabox.upper_right)
    assert width > height


@pytest.mark.parametrize(("number", "posts"), [(12, 3), (40, 3), (120, 12)])
def test_on_a3_names_are_large_enough_for_two_metres(read: Read, number: int, posts: int) -> None:
    paper = read(draw_wall_sheet(wall(people(number), posts), Broad.A3))
    with_names = {size for size, text in sizes(paper).items() if people(number)[0] in text}
    assert with_names
    assert min(with_names) >= 16


def test_fewer_people_get_larger_type(read: Read) -> None:
    days = DAYS[:7]
    small = read(draw_wall_sheet(wall(people(12)), Broad.A3))
    large = read(draw_wall_sheet(wall(people(12), days=days), Broad.A3))
    assert max(size for size, text in sizes(large).items() if "赵伟华" in text) > max(
        size for size, text in sizes(small).items() if "赵伟华" in text
    )


def test_mornings_stand_beside_afternoons_with_their_hours_where_there_is_room(read: Read) -> None:
    page, *_ = read(draw_wall_sheet(wall(people(12)), Broad.A3)).pages
    assert "上午9:00—12:00下午13:30—17:30" in page
    assert "1日周二" in page
    assert "1日周二上午" not in page


def test_many_posts_put_half_days_below_each_other_and_still_more_on_sheets_of_their_own(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(people(12), 12, days=DAYS[:2]), Broad.A3))
    assert len(paper.pages) == 1
    assert "1日周二上午" in paper.text
    paper = read(draw_wall_sheet(wall(people(12), 24, days=DAYS[:2]), Broad.A3))
    assert len(paper.pages) == 2
    assert [("律师岗1" in page, "民政岗3" in page) for page in paper.pages] == [(True, False), (False, True)]


def test_closed_days_say_why_and_share_a_row(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(people(12)), Broad.A3))
    assert "25—27日中秋节不开放" in paper.text
    assert "6日周日周日不开放" in paper.text
    assert paper.text.count("非开放时段") == 3
    assert "非开放时段不开放" not in paper.text
    assert "26日" not in paper.text
    tints = [area for area in paper.drawn(0).areas if area[2] > 50]
    assert len(tints) == 2 * 4 + 3  # day and reason of Sundays and the holiday, and an afternoon a Saturday


def test_half_days_that_are_closed_say_why_below_each_other_too(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(people(12), 12), Broad.A3))
    assert "5日周六下午非开放时段" in paper.text
    assert "25—27日中秋节不开放" in paper.text


def test_who_is_missing_leaves_a_place_that_is_plainly_empty(read: Read) -> None:
    places = {(HalfDay(DAYS[0], Half.AM), 0): WallPlace(("赵伟华",), 2), (HalfDay(DAYS[0], Half.PM), 1): WallPlace()}
    full = read(draw_wall_sheet(wall(["赵伟华"], days=DAYS[:1], places={}), Broad.A3))
    short = read(draw_wall_sheet(wall(["赵伟华"], days=DAYS[:1], places=places), Broad.A3))
    assert "赵伟华缺2人" in short.text
    assert "缺：还没有排到人" in short.text
    assert "缺2人" not in full.text
    assert len(short.drawn(0).strokes) == len(full.drawn(0).strokes) + 1  # the line to write on


def test_legend_and_version_stand_at_the_foot(read: Read) -> None:
    page, *_ = read(draw_wall_sheet(wall(people(12), notes=["常驻：赵和"]), Broad.A4)).pages
    assert "常驻：赵和灰底：不开放缺：还没有排到人" in page
    assert "第2版2026年8月25日9:30发布" in page


def test_a_draft_is_marked_on_every_page_behind_its_text(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(people(40), 3, 3, mark="草案"), Broad.A3))
    assert len(paper.pages) == 2
    assert all("草案" in page for page in paper.pages)
    contents = paper.reader.pages[0].get_contents()
    assert contents is not None
    behind, *_, text = (part.start() for part in re.finditer(b"BT", contents.get_data()))
    assert contents.get_data().index(b"q 0.87 g") < behind < text
    assert "草案" not in read(draw_wall_sheet(wall(people(12)), Broad.A3)).text


@pytest.mark.parametrize("size", list(Broad))
def test_two_marks_stand_side_by_side(read: Read, size: Broad) -> None:
    lines = read(draw_wall_sheet(wall(people(12), mark="练习草案"), size)).lines()[0]
    assert "练习草案" in [word.text for line in lines for word in line]


def test_names_are_never_divided_unless_one_alone_is_longer_than_its_place(read: Read) -> None:
    names = ["赵伟华", "阿卜杜热合曼·买买提明", "钱芳"]
    paper = read(draw_wall_sheet(wall(names, 12, 2), Broad.A3))
    lines = ["".join(word.text for word in line) for page in paper.lines() for line in page]
    assert all(text.count("赵") == text.count("赵伟华") for text in lines)
    assert "阿卜杜热合曼·买买提明" in read(draw_wall_sheet(wall(names, 3), Broad.A3)).text


def test_rare_characters_are_printed_and_others_refused_with_their_place(read: Read) -> None:
    assert "张𠮷" in read(draw_wall_sheet(wall(["张𠮷"]), Broad.A3)).text
    with pytest.raises(GlyphMissing) as refused:
        draw_wall_sheet(wall(["赵伟\ue000"], days=DAYS[:1], closed={}), Broad.A3)
    assert {char for char, _ in refused.value.missing} == {"\ue000"}
    assert "2026年9月1日（周二）上午“律师岗”" in {place for _, place in refused.value.missing}


def test_a_week_is_not_divided_where_it_fits(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(people(40), 3, 3), Broad.A3))
    firsts = [re.search(r"人民调解岗(\d+)日周(.)", page) for page in paper.pages]
    assert [first[2] for first in firsts if first] == ["二", "一"]  # the month begins on a Tuesday


def test_a_month_without_posts_is_still_a_calendar(read: Read) -> None:
    paper = read(draw_wall_sheet(wall(["赵伟华"], 0), Broad.A4))
    assert "25—27日中秋节不开放" in paper.text


def test_the_same_month_gives_the_same_bytes() -> None:
    assert draw_wall_sheet(wall(people(12)), Broad.A4) == draw_wall_sheet(wall(people(12)), Broad.A4)
