"""A two-page agreement, warm, beside Typst with a kept compiler that sets the same words in the same font and size.

Goal: no more CPU than Typst. Both take turns, and every round has other words, so that neither answers from memory.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from io import BytesIO

import typst
from pypdf import PdfReader

from mediation_desk.documents.layout import BOTTOM, LEFT, PAGE_WIDTH, TEXT_WIDTH, TOP
from mediation_desk.resources import resource
from tests.bench.agreements import drawn

ROUNDS = 40
MOST_OF_TYPST = 1.0
TEMPLATE = f"""
#set page(
  paper: "a4",
  margin: (left: {LEFT}pt, right: {PAGE_WIDTH - LEFT - TEXT_WIDTH}pt, top: {TOP}pt, bottom: {BOTTOM}pt),
  header: text(9pt)[某某街道人民调解委员会 #h(1fr) 案号：（2026）东人调字第7号],
  footer: context text(9pt)[#h(1fr) 第#counter(page).display("1/1", both: true)页 #h(1fr) 校验码 3F2A-91BC-07DE],
)
#set text(font: "NotoSerifSC", size: 14pt, lang: "zh", region: "cn", top-edge: 1em, bottom-edge: 0em)
#set par(justify: true, leading: 12pt, spacing: 12pt, first-line-indent: (amount: 2em, all: true))
#let field(body) = box(width: 100%, stroke: (bottom: 0.5pt), body)
#let place-to-sign(caption, name) = {{
  text(12pt, caption)
  v(20pt)
  line(length: 205pt, stroke: 0.5pt)
  text(10.5pt, name)
}}
"""


def test_a_two_page_agreement_is_no_slower_than_typst() -> None:
    compiler = typst.Compiler(font_paths=[str(resource("fonts"))], ignore_system_fonts=True)
    contents = iter([drawn(number).content for number in range(ROUNDS + 1)])
    numbers = iter(range(ROUNDS + 1))

    def by_typst() -> bytes:
        return compiled(compiler, next(contents))

    def by_us() -> bytes:
        return drawn(next(numbers)).pdf

    for paper in (by_typst(), by_us()):
        reader = PdfReader(BytesIO(paper))
        assert len(reader.pages) == 2
        assert "双方共同" in "".join(page.extract_text() for page in reader.pages).replace("\n", "")
    floor, ours = _cpu_ms(by_typst, by_us)
    print(f"\nagreement, 2 pages: {ours:.2f} ms CPU; Typst {floor:.2f} ms; ratio {ours / floor:.2f}")
    assert ours <= MOST_OF_TYPST * floor


def _cpu_ms(*tasks: Callable[[], object]) -> list[float]:
    """The median CPU time of each task in ms; the tasks take turns."""
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(ROUNDS):
        for task, times in zip(tasks, taken, strict=True):
            start = time.process_time()
            task()
            times.append((time.process_time() - start) * 1000)
    return [statistics.median(times) for times in taken]


def compiled(compiler: typst.Compiler, content: Sequence[str]) -> bytes:
    title, number, *rest = content
    body = [
        f'#align(center, text(22pt, font: "NotoSerifSC Bold 8105", weight: "bold")[{title}])',
        f"#align(right)[{number}]",
    ]
    for text in rest:
        if "\t" in text:
            cells = text.split("\t")
            pairs = [
                f"place-to-sign([{_quoted(a)}], [{_quoted(b)}])" for a, b in zip(cells[::2], cells[1::2], strict=False)
            ]
            body.append(f"#grid(columns: (1fr, 1fr), {', '.join(pairs)})")
        elif text.startswith(("当事人姓名", "职业", "单位")):
            body.append(f"#field[{_quoted(text)}]")
        elif text.endswith("："):
            body.append(f'#text(font: "NotoSansSC Bold 8105", weight: "bold")[{_quoted(text)}]')
        else:
            body.append(_quoted(text))
    found = compiler.compile(input=(TEMPLATE + "\n\n".join(body)).encode("utf-8"), format="pdf")
    assert isinstance(found, bytes)
    return found


def _quoted(text: str) -> str:
    return "".join(f"\\{char}" if char in "#*_`$@<>[]\\" else char for char in text)
