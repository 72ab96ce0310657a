"""The wall sheet of a month: who is at which post on which half-day, in type that is read from two metres on A3.

Days stand one below the other. Where there is room, mornings and afternoons stand side by side; where there are many
posts, half-days stand below each other, and posts that still find no room go on sheets of their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, groupby

from mediation_desk.documents.broadsheet import Broad, BroadSheet, Cell, Paragraph, title_style, words, write_broad
from mediation_desk.documents.fonts import HEADING, TEXT, GlyphMissing
from mediation_desk.documents.line import Align, Line, Style
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.half_day import WEEKDAY_LABELS, Half, HalfDay

_SIZES = {Broad.A3: (22.0, 20.0, 18.0, 16.0), Broad.A4: (14.0, 12.0, 11.0, 10.0)}
"""Type from large to small. 16 points are 5.6 mm, which is read from two metres."""

_FOOT_SIZE = {Broad.A3: 12.0, Broad.A4: 8.0}
_TITLE_TIMES, _HEAD_TIMES = 1.5, 0.85
_LEADING, _PADDING = 1.22, 0.12  # em
_DATE_WIDTH, _DATE_WIDTH_WITH_HALF = 5.2, 7.0  # em: 31日 周日, and 上午 behind it
_LEAST_POST_WIDTH = 3.6  # em: a name of three characters and the padding
_MOST_WEEK = 0.45  # of a page: a longer week is divided between its days
_BETWEEN = "　"


@dataclass(frozen=True)
class WallPlace:
    """Who is at a post on a half-day, and how many are missing."""

    names: tuple[str, ...] = ()
    missing: int = 0


@dataclass(frozen=True)
class WallSheet:
    """What the wall sheet of a month says.

    `posts` by id, in their order. `places` by half-day and post id; a half-day that is not open has its reason in
    `closed`. `hours` are the hours of each half, `notes` lines of the legend, `version` says which version this is.
    `mark` stands large behind a sheet that is not final.
    """

    centre: str
    month: date
    days: Sequence[date]
    posts: Mapping[int, str]
    places: Mapping[tuple[HalfDay, int], WallPlace]
    closed: Mapping[HalfDay, str]
    hours: Mapping[Half, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    version: str = ""
    mark: str = ""

    @property
    def title(self) -> str:
        return f"{self.centre}{self.month.year}年{self.month.month}月值班表"


def draw_wall_sheet(sheet: WallSheet, paper: Broad) -> bytes:
    """The PDF. Raises `GlyphMissing` naming every character that no face can draw, and where it stands."""
    drawn = [_Drawing(sheet, paper, size) for size in _SIZES[paper]]
    pages = [each.pages() for each in drawn]
    fewest = min(map(len, pages))
    best = next(at for at, each in enumerate(pages) if len(each) == fewest)
    legend = "　".join([*sheet.notes, "灰底：不开放", "缺：还没有排到人"])
    return write_broad(
        sheet.title, drawn[best].sheet, pages[best], (legend, sheet.version), _FOOT_SIZE[paper], sheet.mark
    )


class _Drawing:
    """The sheet in type of one size."""

    def __init__(self, said: WallSheet, paper: Broad, size: float) -> None:
        self.said, self.paper, self.size = said, paper, size
        names = [name for place in said.places.values() for name in place.names]
        self.sheet = BroadSheet(paper, (), size * _PADDING, list(dict.fromkeys(names)))
        self.cell = Style(TEXT, size, size * _LEADING, align=Align.CENTRE)
        self.bold = Style(HEADING, size, size * _LEADING, align=Align.CENTRE)
        head = size * _HEAD_TIMES
        self.head = Style(HEADING, head, head * _LEADING, align=Align.CENTRE)

    def pages(self) -> list[list[Line]]:
        posts = list(self.said.posts)
        room = self.paper.text_width - _DATE_WIDTH * self.size
        if 2 * len(posts) * self._post_width <= room:
            return self._side_by_side(posts)
        room = self.paper.text_width - _DATE_WIDTH_WITH_HALF * self.size
        most = max(1, int(room // self._post_width))
        sheets = -(-len(posts) // most)
        share = -(-len(posts) // sheets)
        parts = [posts[start : start + share] for start in range(0, len(posts), share)]
        return [page for part in parts for page in self._one_below_the_other(part)]

    @property
    def _post_width(self) -> float:
        return _LEAST_POST_WIDTH * self.size + 2 * self.sheet.padding

    # ---- mornings beside afternoons

    def _side_by_side(self, posts: Sequence[int]) -> list[list[Line]]:
        self._rule(_DATE_WIDTH, 2 * len(posts) or 2)
        columns = max(1, len(posts))
        halves = [words(f"{half.label} {self.said.hours.get(half, '')}".strip(), self.head, columns) for half in Half]
        head = [*self._title(), *self.sheet.row([words("", self.head), *halves], keep=True)]
        names = [words(self.said.posts[post], self.head, place="岗位名") for _ in Half for post in posts]
        head += self.sheet.row([words("日期", self.head), *names], keep=True) if posts else []
        weeks = [self._rows_of_week(list(week), self._day_row(posts)) for _, week in self._weeks()]
        return self.sheet.pages(head, self._kept_together(weeks))

    def _day_row(self, posts: Sequence[int]) -> Callable[[date], list[Line]]:
        def row(day: date) -> list[Line]:
            cells = [words(_named(day), self.bold)]
            for half in Half:
                cells += self._half(HalfDay(day, half), posts)
            return self.sheet.row(cells)

        return row

    # ---- half-days one below the other

    def _one_below_the_other(self, posts: Sequence[int]) -> list[list[Line]]:
        self._rule(_DATE_WIDTH_WITH_HALF, len(posts))
        names = [words(self.said.posts[post], self.head, place="岗位名") for post in posts]
        head = [*self._title(), *self.sheet.row([words("日期", self.head), *names], keep=True)]

        def rows(day: date) -> list[Line]:
            found = []
            for half in Half:
                cells = self._half(HalfDay(day, half), posts)
                label = words(f"{_named(day)} {half.label}", self.bold)
                found += self.sheet.row([label, *cells], keep=half is Half.AM)
            return found

        weeks = [self._rows_of_week(list(week), rows) for _, week in self._weeks()]
        return self.sheet.pages(head, self._kept_together(weeks))

    # ---- what both have

    def _rule(self, date_width: float, columns: int) -> None:
        date_column = date_width * self.size
        width = (self.paper.text_width - date_column) / columns
        self.sheet.edges = (0.0, *accumulate([date_column] + [width] * columns))

    def _title(self) -> list[Line]:
        return self.sheet.line(self.said.title, title_style(self.size * _TITLE_TIMES), "标题")

    def _weeks(self) -> Iterator[tuple[int, Iterator[date]]]:
        return groupby(self.said.days, key=lambda day: day.isocalendar().week)

    def _rows_of_week(self, days: Sequence[date], row: Callable[[date], list[Line]]) -> list[Line]:
        """The rows of a week; days that are closed one after the other share a row."""
        found: list[Line] = []
        for is_closed, run in groupby(days, key=self._is_closed):
            if is_closed:
                found += self._closed_row(list(run))
            else:
                found += [line for day in run for line in row(day)]
        return found

    def _is_closed(self, day: date) -> bool:
        return all(HalfDay(day, half) in self.said.closed for half in Half)

    def _closed_row(self, days: Sequence[date]) -> list[Line]:
        named = _named(days[0]) if len(days) == 1 else f"{days[0].day}—{days[-1].day}日"
        why = dict.fromkeys(self.said.closed[HalfDay(day, half)] for day in days for half in Half)
        columns = len(self.sheet.edges) - 2
        reason = words(_closed("、".join(why)), self.cell, columns, tinted=True, place=f"{named}不开放的原因")
        return self.sheet.row([words(named, self.bold, tinted=True), reason])

    def _half(self, half_day: HalfDay, posts: Sequence[int]) -> list[Cell]:
        if half_day in self.said.closed:
            reason, place = _closed(self.said.closed[half_day]), f"{half_day.label}不开放的原因"
            return [words(reason, self.cell, max(1, len(posts)), tinted=True, place=place)]
        return [self._place(half_day, post) for post in posts] or [words("", self.cell)]

    def _place(self, half_day: HalfDay, post: int) -> Cell:
        place = self.said.places.get((half_day, post), WallPlace())
        where = f"{half_day.label}“{self.said.posts[post]}”"
        width = self.sheet.edges[-1] - self.sheet.edges[-2] - 2 * self.sheet.padding
        paragraphs = [Paragraph([line], self.cell) for line in self._in_lines(place.names, width, where)]
        if place.missing:
            short = f"缺{place.missing}人"
            to_write_on = Blank("", max(0.0, width - (len(short) + 0.5) * self.size))
            paragraphs.append(Paragraph([to_write_on, short], self.bold))
        return Cell(paragraphs or [Paragraph([""], self.cell)], place=where)

    def _in_lines(self, names: Sequence[str], width: float, where: str) -> list[str]:
        """Names put together in lines in such a way that none is broken, unless it alone is longer than a line."""
        lines: list[str] = []
        left = 0.0
        for name in names:
            long = self._width(name, where)
            if lines and long + self.size <= left:
                lines[-1] += _BETWEEN + name
                left -= long + self.size
            else:
                lines.append(name)
                left = width - long
        return lines

    def _width(self, name: str, where: str) -> float:
        try:
            return self.size * sum(glyph.width for glyph in TEXT.glyphs(name))
        except GlyphMissing as fault:
            self.sheet.missing += [(char, where) for char, _ in fault.missing]
            return 0.0

    def _kept_together(self, weeks: Sequence[list[Line]]) -> list[Line]:
        """The rows of all weeks; a week that fits on a page is not divided."""
        found: list[Line] = []
        for week in weeks:
            if sum(line.height for line in week) <= _MOST_WEEK * self.paper.text_height:
                for line in week[:-1]:
                    line.keep = True
            found += week
        return found


def _closed(why: str) -> str:
    return why if "开放" in why else f"{why}　不开放"


def _named(day: date) -> str:
    return f"{day.day}日 周{WEEKDAY_LABELS[day.weekday()]}"
