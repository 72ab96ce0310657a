"""Draws any form: what the form pack says, filled with what is recorded, set on the sheet.

What is not recorded is a ruled line for the pen. The text is never shortened: blocks grow, pages are added.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mediation_desk.documents.obligations import obligation_paragraphs
from mediation_desk.documents.page import (
    BODY,
    CAPTION,
    FIELDS,
    LINES_BESIDE_SIGNATURES,
    PAPER_TITLE,
    RIGHT_SIDE,
    SMALL,
    SUBTITLE,
    Finished,
    Frame,
    Sheet,
    TableColumn,
)
from mediation_desk.documents.paragraph import Blank
from mediation_desk.documents.signatures import Signer, add_signatures, party_signers
from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.form_values import (
    day_of,
    is_day,
    is_there,
    list_of,
    options_of,
    parties_of,
    rows_of,
    text_of,
    with_told,
)
from mediation_desk.domain.forms import (
    About,
    Block,
    BlockKind,
    Form,
    InputKind,
    SignerGroup,
    TextStyle,
    names_in,
    pieces,
)
from mediation_desk.domain.paper_fields import PARTIES
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.paper_words import numeral
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind
from mediation_desk.domain.people_of_case import people_of

Parts = list[str | Blank]

_PRACTICE, _DRAFT, _EMPTY = "练习", "草稿", "空白表"
_STYLES = {
    TextStyle.BODY: BODY,
    TextStyle.PLAIN: FIELDS,
    TextStyle.CENTRE: SUBTITLE,
    TextStyle.RIGHT: RIGHT_SIDE,
    TextStyle.COVER: replace(PAPER_TITLE, size=42, leading=70),
    TextStyle.HEADING: CAPTION,
    TextStyle.SMALL: SMALL,
    TextStyle.COMPACT: replace(FIELDS, size=12, leading=20),
}
_OPEN = 56  # points for the pen where a sentence has a gap
_GAP = 8  # points
_TICK = "√"
_already_numbered = re.compile(r"\s*[（(]?[0-9０-９一二三四五六七八九十]+[)）.．、，]")


def draw(
    form: Form,
    given: PaperInput,
    *,
    before: Sequence[str] | None = None,
    scale: float = 1.0,
    blank_number: str = "",
) -> Finished:
    """Draw a paper. `before` is the content of its last print, whose differences are marked; `scale` enlarges the type.

    `blank_number` is that of an empty form; its barcode stands at the top of every page. Raises `GlyphMissing`.
    """
    given = with_told(form, given)
    people = [] if given.is_blank else people_of(given.case, given.mediators)
    sheet = Sheet(_frame(form, given, blank_number), scale, [each.name for each in people])
    drawing = _Drawing(form, given, sheet)
    slip = next((at for at, block in enumerate(form.blocks) if block.kind is BlockKind.TEAR), len(form.blocks))
    for block in form.blocks[:slip]:
        drawing.add(block)
    with sheet.together():  # a slip that is torn off is one piece
        for block in form.blocks[slip:]:
            drawing.add(block)
    return sheet.finish(before)


def _frame(form: Form, given: PaperInput, blank_number: str) -> Frame:
    """What stands on every page of a paper besides its text."""
    is_draft = isinstance(given.about, Agreement) and given.about.is_draft
    marks = (_PRACTICE, given.centre.is_practice), (_DRAFT, is_draft), (_EMPTY, given.is_blank)
    house, number = _plain(form.head, given), text_of(given, "case.number")
    return Frame(
        form.title,
        "" if form.bare else house,
        f"案号：{number}" if number and not form.bare else "",
        tuple(mark for mark, holds in marks if holds),
        seam=form.seam,
        closes=form.closes and not given.is_blank,
        continued=_plain(form.continued, given),
        number=blank_number,
    )


def _plain(template: str, given: PaperInput) -> str:
    """A template as plain text; `{digest}` is left for the sheet, which alone knows it."""
    return "".join(
        piece.text or ("{digest}" if piece.name == "digest" else text_of(given, piece.name))
        for piece in pieces(template)
    )


class _Drawing:
    """A form on its way to the sheet. `given` is narrowed to a party while that party's block is drawn."""

    def __init__(self, form: Form, given: PaperInput, sheet: Sheet) -> None:
        self.form, self.given, self.sheet = form, given, sheet

    def add(self, block: Block) -> None:
        if not block.when or is_there(self.given, block.when):
            _DRAWN_BY[block.kind](self, block)

    def parts(self, template: str) -> Parts:
        """A sentence with what is recorded put in; what is not is left open on a ruled line."""
        found: Parts = []
        for piece in pieces(template):
            text = piece.text or text_of(self.given, piece.name)
            if piece.is_ruled:
                found.append(Blank(text, piece.width or _OPEN, centred=True))
            elif text and found and isinstance(found[-1], str):
                found[-1] += text  # one run: no line is broken before a mark because a name ends there
            elif text:
                found.append(text)
            else:
                found += _blank_day() if is_day(self.form, piece.name) else [Blank("", piece.width or _OPEN)]
        return found

    def filled(self, template: str) -> str:
        """What is written on a ruled line: nothing as long as nothing of it is recorded."""
        names = names_in(template)
        is_empty = names and not any(text_of(self.given, name) for name in names)
        return "" if is_empty else _plain(template, self.given)

    def caption(self, template: str) -> str:
        return _plain(template, self.given)

    def title(self, block: Block) -> None:
        self.sheet.add(self.caption(block.text) or self.form.title, style=PAPER_TITLE)

    def text(self, block: Block) -> None:
        is_heading = block.style is TextStyle.HEADING
        if block.style is TextStyle.SMALL:
            self.sheet.keep_last(1)  # a remark is not parted from what it remarks on
        self.sheet.add(*self.parts(block.text), style=_STYLES[block.style], place=self.form.title, keep=is_heading)

    def row(self, block: Block) -> None:
        cells = []
        for cell in block.cells:
            caption = self.caption(cell.caption)
            cells.append(Blank(self.filled(cell.value), cell.width, caption, cell.grow, centred=cell.centred))
        if block.signed:
            self.sheet.keep_last(LINES_BESIDE_SIGNATURES)
        self.sheet.add(*cells, style=FIELDS, place=self._place(block.cells[0].caption))

    def narrative(self, block: Block) -> None:
        self._heading(block)
        self.sheet.add_ruled(self.filled(block.value), least=block.least, place=self._place(block.caption))

    def prose(self, block: Block) -> None:
        text = self.filled(block.value).strip("\n")
        self._heading(block)
        if text.strip():
            self.sheet.add(text, place=self._place(block.caption))
        else:
            self.sheet.add_ruled("", least=block.least)

    def numbered(self, block: Block) -> None:
        self._heading(block)
        items = [item.strip() for item in list_of(self.given, block.value) if item.strip()]
        if not any(_already_numbered.match(item) for item in items):
            items = [f"{number}．{item}" for number, item in enumerate(items, start=1)]
        items += [f"{number}．" for number in range(len(items) + 1, block.least + 1)]
        for item in items:
            self.sheet.add(Blank(item, whole_lines=True), place=self._place(block.caption))

    def parties(self, block: Block) -> None:
        """The blocks of the parties; the fragments of the form pack say what stands in them."""
        for party in parties_of(self.given, block.value):
            self._add_party(party, self.caption(block.caption), block.fragments)

    def _add_party(self, party: Party, role: str, fragments: str) -> None:
        given = self.given
        person = replace(given, party=party, role=role)
        kind = "person" if party.kind is PartyKind.NATURAL else "organisation"
        agents = [(agent, agent.kind.value) for agent in party.agents]
        if not given.is_blank and party.lacks_guardian(given.paper_day):
            agents.append((Agent(kind=AgentKind.STATUTORY, name=""), AgentKind.STATUTORY.value))
        with self.sheet.together():
            self._add_fragment(f"{fragments}.{kind}", person)
            for agent, agent_kind in agents:
                self._add_fragment(f"{fragments}.{agent_kind}", replace(person, agent=agent))
        self.sheet.add_gap(4)

    def _add_fragment(self, code: str, given: PaperInput) -> None:
        """Draw a fragment with its own view of the case; an empty form still shows whose caption it is."""
        fragment = given.rules.form(code, given.day)
        drawing = _Drawing(fragment, given, self.sheet)
        for block in fragment.blocks:
            drawing.add(block)

    def terms(self, block: Block) -> None:
        """The clauses, then the obligations as sentences (人民调解法 art. 29, ¶1 no. 3)."""
        agreement = self.given.agreement
        clauses = [each for each in agreement.clauses if each.text.strip()] if agreement else []
        obligations = agreement.obligations if agreement else []
        self._heading(block)
        if self.given.is_blank or not (clauses or obligations):
            self.sheet.add_ruled("", least=block.least)
            return
        for number, clause in enumerate(clauses, start=1):
            self.sheet.add(f"{numeral(number)}、{clause.text.strip()}", place=f"协议第{numeral(number)}条")
        if clauses and obligations and block.text:
            self.sheet.add(self.caption(block.text), keep=True)
        for number, obligation in enumerate(obligations, start=len(clauses) + 1):
            place = f"协议第{numeral(number)}条"
            first, *instalments = obligation_paragraphs(self.given.case, obligation, clauses)
            self.sheet.add(f"{numeral(number)}、", *first, place=place, keep=bool(instalments))
            for instalment in instalments:
                self.sheet.add(*instalment, place=place)

    def ticks(self, block: Block) -> None:
        """A tick list: （√） before what was chosen, （　） before the rest."""
        chosen = list_of(self.given, block.ticked)
        options = [
            f"（{_TICK if option in chosen else '　'}）{option}"
            for option in options_of(self.given, self.form, block.value)
        ]
        place = self._place(block.caption)
        if block.beside:
            whole = [Blank("", caption=option) for option in options]  # not divided
            self.sheet.add(self.caption(block.caption), *whole, style=FIELDS, place=place)
            return
        self._heading(block)
        for option in options:
            self.sheet.add(option, style=FIELDS, place=place)

    def table(self, block: Block) -> None:
        self._heading(block)
        columns = [TableColumn(self.caption(each.caption), each.width, each.centred) for each in block.cells]
        rows = rows_of(self.given, block.value) if block.value else []
        if block.counted:
            rows = [[str(number), *row] for number, row in enumerate(rows, start=1)]
        fitted = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
        self.sheet.add_table(columns, fitted, least=block.least, place=self._place(block.caption))

    def signatures(self, block: Block) -> None:
        """The places to sign, not apart from what is signed."""
        self.sheet.keep_last(LINES_BESIDE_SIGNATURES)
        self.sheet.add_gap(6, keep=True)
        left = [signer for group in block.left for signer in self._signers(group)]
        right = [signer for group in block.right for signer in self._signers(group)]
        seal = self.caption(block.seal)
        with self.sheet.signing():
            add_signatures(self.sheet, left, right, seal=seal, dated=day_of(self.given, block.dated))

    def _signers(self, group: SignerGroup) -> list[Signer]:
        if group.who in PARTIES or self._is_party_input(group.who):
            parties = parties_of(self.given, group.who)
            signers = party_signers(parties, self.given.paper_day, group.caption, entrusted=not self._entrusts)
        else:
            names = list_of(self.given, group.who) if group.who else []
            signers = [Signer(group.caption, name) for name in names if name]
        return signers or ([] if group.only_named else [Signer(group.caption)])

    @property
    def _entrusts(self) -> bool:
        """Whether this paper is what makes somebody an agent: for the party it is signed by nobody it entrusted."""
        return self.form.about is About.AGENT

    def _is_party_input(self, name: str) -> bool:
        entered = self.form.input(name.removeprefix("entry."))
        return name.startswith("entry.") and entered is not None and entered.kind is InputKind.PARTY

    def qr(self, block: Block) -> None:
        text = _plain(block.value, self.given)
        if text:
            self.sheet.add_qr(text, self.caption(block.text).splitlines())

    def gap(self, block: Block) -> None:
        self.sheet.add_gap(block.least or _GAP, stays=not self.sheet.lines)  # a cover begins with white

    def page_break(self, block: Block) -> None:  # noqa: ARG002 - every kind is drawn alike
        self.sheet.page_break()

    def tear(self, block: Block) -> None:
        self.sheet.add_tear_line(self.caption(block.text))
        self.sheet.keep_last(1)

    def _heading(self, block: Block) -> None:
        if block.caption:
            self.sheet.add(self.caption(block.caption), style=CAPTION, keep=True)

    def _place(self, caption: str) -> str:
        party = self.given.party
        if party is not None:
            return f"{self.given.role}“{party.name}”"
        return self.caption(caption).rstrip("：:") or self.form.title


def _blank_day() -> Parts:
    """A day to be filled in with the pen."""
    return [Blank("", 48), "年", Blank("", 30), "月", Blank("", 30), "日"]


_DRAWN_BY: Mapping[BlockKind, Callable[[_Drawing, Block], None]] = {
    BlockKind.TITLE: _Drawing.title,
    BlockKind.TEXT: _Drawing.text,
    BlockKind.ROW: _Drawing.row,
    BlockKind.NARRATIVE: _Drawing.narrative,
    BlockKind.PROSE: _Drawing.prose,
    BlockKind.NUMBERED: _Drawing.numbered,
    BlockKind.PARTIES: _Drawing.parties,
    BlockKind.TERMS: _Drawing.terms,
    BlockKind.TICKS: _Drawing.ticks,
    BlockKind.TABLE: _Drawing.table,
    BlockKind.SIGNATURES: _Drawing.signatures,
    BlockKind.GAP: _Drawing.gap,
    BlockKind.PAGE_BREAK: _Drawing.page_break,
    BlockKind.TEAR: _Drawing.tear,
    BlockKind.QR: _Drawing.qr,
}
