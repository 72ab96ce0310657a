"""What a form looks like: its title, what is typed into it, and its blocks from top to bottom.

Forms are dated data (rule packs of kind "form"), so that a centre can vary captions, order, fixed sentences and copies
without code. A block shows things of a case by name (`paper_fields.py`): `{session.place}` in a sentence is the place
of the session; where it is not recorded the paper has a ruled line for the pen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from mediation_desk.domain.dated import Dated
from mediation_desk.domain.labelled import Labelled


class About(Labelled):
    """What a paper is about: a case has one such paper for each of these that it has."""

    CASE = "case", "案件"
    TRIAGE = "triage", "分流"
    ACCEPTANCE = "acceptance", "受理"
    NON_ACCEPTANCE = "non_acceptance", "不予受理"
    HAND_OVER = "hand_over", "转办"
    TERMINATION = "termination", "终止调解"
    ASSIGNMENT = "assignment", "指派调解员"
    SESSION = "session", "调解记录"
    AGREEMENT = "agreement", "书面协议"
    ORAL_AGREEMENT = "oral_agreement", "口头协议"
    EFFECTIVE_AGREEMENT = "effective_agreement", "生效协议"
    CONFIRMATION = "confirmation", "司法确认"
    FOLLOW_UP = "follow_up", "回访"
    PERFORMANCE = "performance", "履行"
    SUPERVISION = "supervision", "督办"
    CONFERENCE = "conference", "会商"
    AGENT = "agent", "委托代理人"
    ENTRY = "entry", "所录入的内容"
    FRAGMENT = "fragment", "其他文书的一部分"


class InputKind(Labelled):
    """What is typed into a form, and as what it is kept."""

    LINE = "line", "一行文字"
    TEXT = "text", "多行文字"
    DAY = "day", "日期"
    TIME = "time", "时间"
    AMOUNT = "amount", "金额"
    CHOICE = "choice", "单选"
    TICKS = "ticks", "多选"
    PARTY = "party", "当事人"
    ROWS = "rows", "表格"


class BlockKind(Labelled):
    TITLE = "title", "标题"
    TEXT = "text", "文字"
    ROW = "row", "一行填写项"
    NARRATIVE = "narrative", "划线叙述"
    PROSE = "prose", "正文"
    NUMBERED = "numbered", "编号项目"
    PARTIES = "parties", "当事人信息"
    TERMS = "terms", "协议条款"
    TICKS = "ticks", "勾选项"
    TABLE = "table", "表格"
    SIGNATURES = "signatures", "签名处"
    GAP = "gap", "空行"
    PAGE_BREAK = "page_break", "换页"
    TEAR = "tear", "裁切线"
    QR = "qr", "二维码"


class TextStyle(Labelled):
    BODY = "body", "正文"
    PLAIN = "plain", "不缩进"
    CENTRE = "centre", "居中"
    RIGHT = "right", "右对齐"
    COVER = "cover", "封面大字"
    HEADING = "heading", "小标题"
    SMALL = "small", "小字"
    COMPACT = "compact", "紧排"


@dataclass(frozen=True)
class Input:
    """Something a person types into the form. `options` of a choice or of ticks; `columns` of rows.

    `table` names the code table that gives the options instead. Where the paper is about a fact of the case, `told_by`
    names what of it stands here (`supervision_fields.TOLD`), and nobody is asked.
    """

    name: str
    caption: str
    kind: InputKind = InputKind.LINE
    options: tuple[str, ...] = ()
    table: str = ""
    columns: tuple[str, ...] = ()
    told_by: str = ""


@dataclass(frozen=True)
class Cell:
    """A captioned blank of a row, or a column of a table. `width` in points, `grow` its share of what is left."""

    caption: str
    value: str = ""
    width: int = 84
    grow: int = 1
    centred: bool = False


@dataclass(frozen=True)
class SignerGroup:
    """Places to sign with one caption: one for each of `who` (parties or names).

    Where there is nobody, one place without a name stays for the pen, unless the group is `only_named`.
    """

    caption: str
    who: str = ""
    only_named: bool = False


@dataclass(frozen=True)
class Block:
    """One piece of a form. Which members count depends on the kind; `documents/form.py` draws each.

    `when` names something that must be there for the block to be shown; "!name" something that must not.
    `value` is a template or the name of a list. `least` counts ruled lines, rows or items. The first column of a
    `counted` table is the number of the row. Ticks may stand `beside` each other, after their caption. A `signed` row
    has places to sign.
    """

    kind: BlockKind
    text: str = ""
    caption: str = ""
    value: str = ""
    when: str = ""
    style: TextStyle = TextStyle.BODY
    least: int = 0
    cells: tuple[Cell, ...] = ()
    ticked: str = ""
    counted: bool = False
    beside: bool = False
    signed: bool = False
    fragments: str = "block"
    left: tuple[SignerGroup, ...] = ()
    right: tuple[SignerGroup, ...] = ()
    seal: str = ""
    dated: str = ""

    @property
    def templates(self) -> Iterator[str]:
        """Every text of the block that may show things of the case."""
        yield from (self.text, self.caption, self.seal, *(cell.caption for cell in self.cells))
        yield from (group.caption for group in (*self.left, *self.right))
        if self.kind in (BlockKind.NARRATIVE, BlockKind.PROSE, BlockKind.QR):
            yield self.value
        if self.kind is BlockKind.ROW:
            yield from (cell.value for cell in self.cells)

    @property
    def parts(self) -> Iterator[str]:
        """The codes of the forms that a block of parties is made of."""
        if self.kind is BlockKind.PARTIES:
            yield from (f"{self.fragments}.{each}" for each in ("person", "organisation", "statutory", "entrusted"))


class Piece(NamedTuple):
    """A part of a template: fixed `text`, or the `name` of what is shown there.

    Where nothing is recorded there is a ruled line of `width` points (None: of the usual length); `is_ruled` has the
    line also under what is recorded.
    """

    text: str = ""
    name: str = ""
    width: int | None = None
    is_ruled: bool = False


@dataclass(frozen=True)
class Form(Dated):
    """One form as it is valid from a day on.

    `copies` are printed once, `copies_per_party` for every party of the agreement (or of the case). `order` is the
    place in the file. `seam` marks pages for a seal across them, `closes` says 以下空白 after the end, `continued`
    heads pages that only go on with signatures. `head` names the house in the corner of every page; `bare` pages have
    no head, as a cover has none. `may_be_blank`: it is offered empty and numbered, for power cuts.
    """

    code: str
    title: str
    about: About
    blocks: tuple[Block, ...]
    inputs: tuple[Input, ...] = ()
    order: int = 0
    copies: int = 1
    copies_per_party: int = 0
    seam: bool = False
    closes: bool = False
    continued: str = ""
    head: str = "{committee.or_centre}"
    bare: bool = False
    may_be_blank: bool = False
    source: str = ""

    @property
    def for_a_fact(self) -> "Form":
        """The form that asks only for what the fact it is about does not tell."""
        return replace(self, inputs=tuple(each for each in self.inputs if not each.told_by))

    def input(self, name: str) -> Input | None:
        return next((each for each in self.inputs if each.name == name), None)


_PLACEHOLDER = re.compile(r"\{([a-z_.]+)(?:([:?])(\d+))?\}")


@cache
def pieces(template: str) -> tuple[Piece, ...]:
    """Cut a template into fixed words and names.

    `{session.place}` has a ruled line while it is open, `{session.place?140}` one of 140 points, and
    `{session.place:140}` always stands on one.
    """
    found: list[Piece] = []
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        if match.start() > end:
            found.append(Piece(template[end : match.start()]))
        found.append(Piece(name=match[1], width=int(match[3]) if match[3] else None, is_ruled=match[2] == ":"))
        end = match.end()
    if end < len(template):
        found.append(Piece(template[end:]))
    return tuple(found)


def misread_in(template: str) -> list[str]:
    """The fixed words of a template in which a brace stands: somebody meant a name there."""
    return [piece.text for piece in pieces(template) if "{" in piece.text or "}" in piece.text]


def names_in(template: str) -> list[str]:
    return [piece.name for piece in pieces(template) if piece.name]
