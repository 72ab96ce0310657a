"""A sheet of a workbook as rows with named cells. What cannot be told for certain is held, and told all at once."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

from mediation_desk.domain.availability import Remark, Spot, SpotKey
from mediation_desk.domain.nearest import nearest
from mediation_desk.exchange.cell_values import shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS, MOST_COLUMNS = 2_000, 200
"""More than an office ever sends; a column formatted down to its end does not count as rows."""

_LAST_HEADER_ROW = 10
_MERGED = "：单元格与别的单元格合并，不知道写的是哪一格，没有采用；请取消合并后逐格填写。"
_T = TypeVar("_T")


def caption_of(value: object) -> str:
    """A caption as it is compared: half width, without spaces."""
    return "".join(normalize("NFKC", shown(value)).split())


class Sheet:
    """A sheet with its header. `corrections` are what a person said that cells mean."""

    def __init__(self, sheet: "Worksheet", captions: Sequence[str], corrections: Mapping[SpotKey, str]) -> None:
        self.title: str = sheet.title
        self.remarks: list[Remark] = []
        self._captions = captions
        self._corrections = corrections
        wide, high = min(sheet.max_column, MOST_COLUMNS), min(sheet.max_row, MOST_ROWS)
        self.cells: list[list[Any]] = [
            list(row) for row in sheet.iter_rows(max_row=high, max_col=wide, values_only=True)
        ]
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        for area in sheet.merged_cells.ranges:
            corner = area.min_row, area.min_col
            rows, columns = range(area.min_row, min(area.max_row, high) + 1), range(area.min_col, area.max_col + 1)
            self.merged |= {(row, column): corner for row in rows for column in columns}
        if sheet.max_row > MOST_ROWS:
            self.remark(Spot(self.title, MOST_ROWS), f"以下没有读取：一张表最多{MOST_ROWS}行。", held=True)
        self.header_row = self._find_header()
        self.others: list[int] = []
        """Columns that are not called by any caption."""
        self.columns = self._columns() if self.header_row else {}

    def remark(self, spot: Spot, sentence: str, *, held: bool = False, suggestion: str = "") -> None:
        self.remarks.append(Remark(spot, sentence, held, suggestion))

    def value(self, row: int, column: int) -> Any:
        """Row and column as the spreadsheet counts, from 1."""
        cells = self.cells[row - 1]
        return cells[column - 1] if column <= len(cells) else None

    def corrected(self, spot: Spot, value: object) -> object:
        return self._corrections.get(spot.key, value)

    def lacks(self, *wanted: str) -> bool:
        """Whether none of these captions is there; says so."""
        if any(caption in self.columns for caption in wanted):
            return False
        spot = Spot(self.title, self.header_row or 1)
        self.remark(spot, f"没有“{'”或“'.join(wanted)}”这一列，这张表没有采用。请用模板填写。", held=True)
        return True

    def rows(self) -> "Iterator[Row]":
        """The rows below the header in which something is written."""
        for number in range(self.header_row + 1, len(self.cells) + 1):
            if any(shown(self.value(number, column)) for column in self.columns.values()):
                yield Row(self, number)

    def _find_header(self) -> int:
        """The row with most captions among the first; 0 without any."""
        counts = [
            sum(caption_of(value) in self._captions for value in cells) for cells in self.cells[:_LAST_HEADER_ROW]
        ]
        most = max(counts, default=0)
        return counts.index(most) + 1 if most else 0

    def _columns(self) -> dict[str, int]:
        found: dict[str, int] = {}
        strange: list[tuple[int, str]] = []
        for column, value in enumerate(self.cells[self.header_row - 1], start=1):
            caption = caption_of(self.corrected(self.header_spot(column, ""), value))
            if caption in self._captions and caption not in found:
                found[caption] = column
            elif caption:
                strange.append((column, caption))
        misnamed = self._misnamed(strange, [caption for caption in self._captions if caption not in found])
        every = range(1, len(self.cells[self.header_row - 1]) + 1)
        self.others = [column for column in every if column not in {*found.values(), *misnamed}]
        return found

    def _misnamed(self, strange: Sequence[tuple[int, str]], missing: Collection[str]) -> Iterator[int]:
        """Columns whose caption is like one that is missing: probably a slip of the pen. Says so."""
        for column, caption in strange:
            meant = nearest(caption, missing)
            if meant:
                self.remark(
                    self.header_spot(column, caption),
                    f"不是表上应有的列名，是否为“{meant}”？这一列没有读取。",
                    held=True,
                    suggestion=meant,
                )
                yield column

    def header_spot(self, column: int, value: str) -> Spot:
        return Spot(self.title, self.header_row, f"第{column}列表头", value)


class Row:
    """A row. `read` asks for a cell; `held` says that one of those asked for keeps the row from being taken over."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        self._sheet = sheet
        self.number = number
        self.held = False
        for caption, column in sheet.columns.items():
            if (number, column) in sheet.merged:
                self.hold(Spot(sheet.title, number, caption, shown(sheet.value(number, column))), _MERGED)
                break

    @property
    def spot(self) -> Spot:
        return Spot(self._sheet.title, self.number)

    def spot_of(self, caption: str) -> Spot:
        spot = Spot(self._sheet.title, self.number, caption)
        return spot._replace(value=shown(self._value(caption)))

    def hold(self, spot: Spot, sentence: str) -> None:
        self.held = True
        self._sheet.remark(spot, sentence, held=True)

    def text(self, caption: str) -> str:
        return shown(self._value(caption))

    def read(self, caption: str, what: Callable[[object], _T]) -> _T | None:
        """What the cell says; None, and the row held, when it cannot be read."""
        try:
            return what(self._value(caption))
        except ValueError as error:
            self.hold(self.spot_of(caption), f"{error}这一行没有采用。")
            return None

    def _value(self, caption: str) -> object:
        column = self._sheet.columns.get(caption)
        if column is None:
            return None
        spot = Spot(self._sheet.title, self.number, caption)
        return self._sheet.corrected(spot, self._sheet.value(self.number, column))
