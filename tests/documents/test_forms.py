"""Every form of the rule packs: with everything, with the least, with too much, and empty for the pen.

What the finished papers of the full case say is kept in `tests/data/papers`. After a wanted change of a form renew it,
and read the difference before it is committed:

    MEDIATION_DESK_RENEW_PAPERS=1 python -m pytest tests/documents/test_forms.py -k kept
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mediation_desk.documents.fonts import without_unseen
from mediation_desk.documents.form import draw
from mediation_desk.documents.page import Finished
from mediation_desk.domain.form_values import is_there, options_of
from mediation_desk.domain.forms import About, Block, BlockKind, Form, names_in, pieces
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.rules import Rules
from mediation_desk.resources import resource
from tests.documents.cases import Amounts, blank, empty, full
from tests.documents.reading import Paper

KEPT = Path(__file__).parent.parent / "data" / "papers"
RENEW = "MEDIATION_DESK_RENEW_PAPERS"

PACKS = {
    pack["code"]: pack
    for file in sorted((resource("rules") / "forms").glob("*.json"))
    if (pack := json.loads(file.read_text(encoding="utf-8")))["about"] != About.FRAGMENT.value
}
CODES = sorted(PACKS)
BLANK_CODES = [code for code in CODES if PACKS[code].get("may_be_blank")]
LONG_STORIES = {"D05", "D07", "D08"}

ODD = "<para>甲&amp;乙</para>\x07\u200e\n"
RARE_NAME = "".join(map(chr, range(0x20000, 0x20000 + 50)))
PARTIES = 120

Get = Callable[[str], Finished]


@pytest.fixture(scope="module")
def full_paper(rules: Rules) -> Get:
    """The finished paper of the full case, drawn once."""
    drawn: dict[str, Finished] = {}

    def get(code: str) -> Finished:
        if code not in drawn:
            form = rules.form(code)
            drawn[code] = draw(form, full(rules, form))
        return drawn[code]

    return get


def test_every_form_of_the_packs_is_tested(rules: Rules) -> None:
    assert sorted(code for code, (form, *_) in rules.forms.items() if form.about is not About.FRAGMENT) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_full_paper_says_what_is_kept_of_it(code: str, full_paper: Get) -> None:
    said = _as_kept(Paper(full_paper(code).pdf))
    file = KEPT / f"{code}.txt"
    if os.environ.get(RENEW):
        file.parent.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8", newline="\n")
    assert said == file.read_text(encoding="utf-8")


def test_nothing_is_kept_of_papers_that_there_are_not() -> None:
    assert sorted(file.stem for file in KEPT.iterdir()) == CODES


def _as_kept(paper: Paper) -> str:
    """What pypdf reads, line by line without white space, so that a difference can be read."""
    said = []
    for number, page in enumerate(paper.reader.pages, start=1):
        lines = (re.sub(r"\s", "", line) for line in page.extract_text().splitlines())
        said += [f"—— 第{number}页 ——", *(line for line in lines if line)]
    return "\n".join(said) + "\n"


@pytest.mark.parametrize("code", CODES)
def test_a_full_paper_has_its_title_and_its_own_fonts(code: str, full_paper: Get, rules: Rules) -> None:
    paper, form = Paper(full_paper(code).pdf), rules.form(code)
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == form.title
    for block in form.blocks:
        if block.kind is BlockKind.TITLE and not names_in(block.text):
            assert re.sub(r"\s", "", block.text or form.title) in paper.text
    assert _fonts_from_elsewhere(paper) == []


def _fonts_from_elsewhere(paper: Paper) -> list[str]:
    """The fonts that are not in the file itself and would look different on every computer."""
    found = []
    for page in paper.reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index] # pypdf types all as one object
            font = font.get_object()
            [font] = [each.get_object() for each in font.get("/DescendantFonts", [font])]
            if not {"/FontFile2", "/FontFile3"} & set(font.get("/FontDescriptor", {})):
                found.append(str(font["/BaseFont"]))
    return found


@pytest.mark.parametrize("code", CODES)
def test_everything_that_was_typed_for_a_paper_stands_on_it(code: str, full_paper: Get, rules: Rules) -> None:
    form = rules.form(code)
    _assert_typed_is_said(full(rules, form), form, full_paper(code))


def _assert_typed_is_said(given: PaperInput, form: Form, paper: Finished) -> None:
    """Nobody is asked for what the paper then leaves out, unless the paper shows something else in its place."""
    said = _squeezed("".join(paper.content))
    shown = {name for block in form.blocks if not block.when or is_there(given, block.when) for name in _names(block)}
    for asked in form.inputs:
        assert any(f"entry.{asked.name}" in _names(block) for block in form.blocks), asked.name
        value = given.entry.values[asked.name] if given.entry else ""
        if f"entry.{asked.name}" in shown and isinstance(value, str) and asked.kind.value in ("line", "text", "choice"):
            for line in value.splitlines():
                assert _squeezed(line) in said, asked.name


def _names(block: Block) -> set[str]:
    """The names that a block shows or asks after."""
    named = {name for template in block.templates for name in names_in(template)}
    groups = {group.who for group in (*block.left, *block.right)}
    return {*named, *groups, block.value, block.ticked, block.dated, block.when.removeprefix("!")}


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", without_unseen(text))


@pytest.mark.parametrize("code", CODES)
def test_a_paper_of_the_least_claims_nothing(code: str, rules: Rules) -> None:
    form = rules.form(code)
    given = empty(rules, form)
    said = _squeezed("".join(draw(form, given).content))
    for words in sorted(_fixed_words(rules, form, given), key=len, reverse=True):
        said = said.replace(_squeezed(words), "")
    assert re.sub(r"[\d年月日号、，。；：．（）/]", "", said) == ""


WHAT_IS_KNOWN = (
    "张三",
    "魏调解",
    "（√）人民调解委员会主持调解的证明",
    "人民调解委员会主持调解的证明√",
    "缺",
    "张三纠纷",
    "有待继续调解",
    "第一条",
    "孙七",
    "张三的委托代理人：孙七",
    "示例街道综治中心",
    "当事人、人民调解委员会",
    "依当事人申请（人民调解委员会主动调解）",
    "专题会商",
)
"""Of the case of the least, and what papers say before anybody decided."""

SIGNERS = ("委托代理人（签名）", "法定代理人（签名盖章或按指印）")


def _fixed_words(rules: Rules, form: Form, given: PaperInput) -> Iterator[str]:
    """All that a form says by itself."""
    yield from (form.title, *WHAT_IS_KNOWN, *SIGNERS)
    for code in rules.table("confirmation_enclosure").codes:  # what is to be brought is said by the packs too
        yield from (code.label, *code.extra.values())
    fragments = [each for versions in rules.forms.values() for each in versions if each.about is About.FRAGMENT]
    for block in (block for each in (form, *fragments) for block in each.blocks):
        for template in (*block.templates, *(cell.caption for cell in block.cells)):
            yield from (piece.text for piece in pieces(template) if piece.text)
        if block.kind is BlockKind.TICKS:
            yield from options_of(given, form, block.value)


@pytest.mark.parametrize("code", CODES)
def test_a_paper_of_too_much_loses_nothing(code: str, rules: Rules) -> None:
    form = rules.form(code)
    length = 30_000 if code in LONG_STORIES else 1_500
    given = full(rules, form, Amounts(lambda text: _long(text, length), lambda _: RARE_NAME, PARTIES - 4))
    finished = draw(form, given)
    paper = Paper(finished.pdf)
    lost = Counter(_squeezed("".join(finished.content))) - Counter(paper.text)
    assert not lost
    _assert_typed_is_said(given, form, finished)
    total = len(paper.pages)
    assert [f"第{number}/{total}页" in page for number, page in enumerate(paper.pages, start=1)] == [True] * total


def _long(text: str, length: int) -> str:
    """A text that no form has room for, with what must be taken as it is typed."""
    sentence = f"{text}第2026号。"
    return ODD + "字" + (sentence * (length // len(sentence) + 1))[:length] + "完"


def test_an_empty_agreement_still_says_who_holds_it(rules: Rules) -> None:
    form = rules.form("D08")
    paper = Paper(draw(form, blank(rules, form), blank_number="BF2026-000001").pdf)
    assert "本协议一式份，当事人、人民调解委员会各持一份。" in paper.text


@pytest.mark.parametrize("code", BLANK_CODES)
def test_an_empty_form_shows_its_number_and_nothing_of_any_case(code: str, rules: Rules) -> None:
    form = rules.form(code)
    given = blank(rules, form)
    finished = draw(form, given, blank_number="BF2026-000001")
    without_case = empty(rules, form)
    other = draw(
        form,
        PaperInput(
            case=without_case.case,
            centre=given.centre,
            committee=given.committee,
            mediators={},
            rules=rules,
            day=given.day,
            is_blank=True,
        ),
        blank_number="BF2026-000001",
    )
    assert finished.pdf == other.pdf
    paper = Paper(finished.pdf)
    assert all("BF2026-000001" in page and "空白表" in page for page in paper.pages)
    assert "张三" not in paper.text
    assert _fonts_from_elsewhere(paper) == []


def test_peoples_mediation_papers_never_speak_like_an_authority_or_of_fees(rules: Rules) -> None:
    """人民调解法 art. 2, 4 and 7."""
    words = re.compile("裁决|命令|处罚|责令|收费|缴费|(?<!不收取任何)费用")
    for code in (code for code in CODES if code.startswith("D") or code in {"E1", "E2", "E4", "E9", "E11"}):
        form = rules.form(code)
        fixed = "".join(piece.text for block in form.blocks for text in block.templates for piece in pieces(text))
        assert not words.search(fixed), code
