"""Reads one form out of a rule pack of kind "form" (see `domain/forms.py`). Every fault is noted with its place."""

from collections.abc import Callable, Iterator
from datetime import date

from mediation_desk.domain.forms import About, Block, BlockKind, Cell, Form, Input, InputKind, SignerGroup, TextStyle
from mediation_desk.exchange.json_members import Members

_OF_A_LIST = (BlockKind.NUMBERED, BlockKind.PARTIES, BlockKind.TICKS)
_NARROWEST_COLUMN = 16


def read_form(pack: Members, days: tuple[date | None, date | None]) -> tuple[Form, list[Members]]:
    """Read the members of a form, and give out those of its blocks too; `days` are those between which it is valid."""
    read = list(_blocks(pack))
    form = Form(
        code=pack.text("code"),
        title=pack.text("title"),
        about=pack.choice("about", About),
        inputs=tuple(_inputs(pack)),
        blocks=tuple(block for _, block in read),
        order=pack.optional_whole("order"),
        copies=pack.optional_whole("copies", 1),
        copies_per_party=pack.optional_whole("copies_per_party"),
        seam=pack.optional_flag("seam"),
        closes=pack.optional_flag("closes"),
        continued=pack.optional_text("continued"),
        head=pack.optional_text("head") or Form.head,
        bare=pack.optional_flag("bare"),
        may_be_blank=pack.optional_flag("may_be_blank"),
        source=pack.text("source"),
        effective_from=days[0],
        effective_to=days[1],
    )
    return form, [entry for entry, _ in read]


def _inputs(pack: Members) -> Iterator[Input]:
    if not pack.has("inputs"):
        return
    for entry in pack.objects("inputs"):
        yield Input(
            name=entry.text("name"),
            caption=entry.text("caption"),
            kind=entry.choice("kind", InputKind),
            options=entry.texts("options"),
            table=entry.optional_text("table"),
            columns=entry.texts("columns"),
            told_by=entry.optional_text("told_by"),
        )


def _blocks(pack: Members) -> Iterator[tuple[Members, Block]]:
    for entry in pack.objects("blocks"):
        kind = entry.choice("block", BlockKind)
        when = entry.optional_text("when")
        yield entry, _BLOCKS[kind](entry, kind, when)


def _plain(entry: Members, kind: BlockKind, when: str) -> Block:
    return Block(kind, when=when, text=entry.optional_text("text"), least=entry.optional_whole("least"))


def _text(entry: Members, kind: BlockKind, when: str) -> Block:
    style = entry.choice("style", TextStyle) if entry.has("style") else TextStyle.BODY
    return Block(kind, when=when, text=entry.text("text"), style=style)


def _row(entry: Members, kind: BlockKind, when: str) -> Block:
    return Block(kind, when=when, cells=_cells(entry), signed=entry.optional_flag("signed"))


def _listing(entry: Members, kind: BlockKind, when: str) -> Block:
    """A block with a caption that shows what stands under `value`."""
    return Block(
        kind,
        when=when,
        caption=entry.optional_text("caption"),
        value=entry.text("value") if kind in _OF_A_LIST else entry.optional_text("value"),
        least=entry.optional_whole("least"),
        cells=_columns(entry) if kind is BlockKind.TABLE else (),
        counted=entry.optional_flag("counted") if kind is BlockKind.TABLE else False,
        ticked=entry.text("ticked") if kind is BlockKind.TICKS else "",
        beside=entry.optional_flag("beside") if kind is BlockKind.TICKS else False,
        fragments=(entry.optional_text("fragments") or "block") if kind is BlockKind.PARTIES else "",
        text=entry.optional_text("text") if kind in (BlockKind.TERMS, BlockKind.QR) else "",
    )


def _signatures(entry: Members, kind: BlockKind, when: str) -> Block:
    return Block(
        kind,
        when=when,
        left=tuple(_signers(entry, "left")),
        right=tuple(_signers(entry, "right")),
        seal=entry.optional_text("seal"),
        dated=entry.optional_text("dated"),
    )


def _signers(entry: Members, side: str) -> Iterator[SignerGroup]:
    if entry.has(side):
        for group in entry.objects(side):
            yield SignerGroup(group.text("caption"), group.optional_text("who"), group.optional_flag("only_named"))


def _cells(entry: Members) -> tuple[Cell, ...]:
    cells = [
        Cell(
            caption=cell.optional_text("caption"),
            value=cell.optional_text("value"),
            width=cell.optional_whole("width", 84),
            grow=cell.optional_whole("grow", 1),
            centred=cell.optional_flag("centred"),
        )
        for cell in entry.objects("cells")
    ]
    if entry.has("cells") and not cells:
        entry.fault("“cells”不能为空")
    return tuple(cells)


def _columns(entry: Members) -> tuple[Cell, ...]:
    """The columns of a table, whose widths are shares of the line: each must have room for a few characters."""
    cells = _cells(entry)
    whole = sum(cell.width for cell in cells)
    if any(cell.width * _NARROWEST_COLUMN < whole for cell in cells):
        entry.fault(f"有一栏太窄，每栏至少应占全表宽度的{_NARROWEST_COLUMN}分之一")
    return cells


_BLOCKS: dict[BlockKind, Callable[[Members, BlockKind, str], Block]] = {
    BlockKind.TITLE: _plain,
    BlockKind.TEXT: _text,
    BlockKind.ROW: _row,
    BlockKind.NARRATIVE: _listing,
    BlockKind.PROSE: _listing,
    BlockKind.NUMBERED: _listing,
    BlockKind.PARTIES: _listing,
    BlockKind.TERMS: _listing,
    BlockKind.TICKS: _listing,
    BlockKind.TABLE: _listing,
    BlockKind.QR: _listing,
    BlockKind.SIGNATURES: _signatures,
    BlockKind.GAP: _plain,
    BlockKind.PAGE_BREAK: _plain,
    BlockKind.TEAR: _plain,
}
