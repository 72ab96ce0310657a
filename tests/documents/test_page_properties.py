"""What holds for every paper, whoever signs it and whatever it says."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from mediation_desk.documents.form import draw
from mediation_desk.documents.layout import BOTTOM, LEFT, PAGE_HEIGHT, TOP
from mediation_desk.documents.page import CAPTION, FIELDS, SMALL, TEXT_WIDTH, Frame, Sheet, TableColumn
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.agreement import Agreement, Instalment, Obligation
from mediation_desk.domain.paper_input import PaperInput
from mediation_desk.domain.party import Party
from tests.documents.reading import DAY, Paper, Word

CONTINUED = "（续签名页）"
SEAM = LEFT + TEXT_WIDTH + 5
ROUNDING = 0.1

bounded = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PROSE = st.text(
    "双方确认甲乙付款给清租金，。、；“”（）《》0123456789.元年月日第条%abcXYZ𠮷· ", min_size=1, max_size=300
)
NAMES = st.sampled_from(["张三", "买买提江·吐尔逊", "𠮷田䶮", "Łukasz O’Neil", "欧" * 50, "某某物业服务有限责任公司"])
PARTIES = st.lists(NAMES, min_size=2, max_size=40)
WRITTEN = PROSE.filter(str.strip)
CLAUSES = st.lists(WRITTEN, min_size=1, max_size=12)
RATES = st.lists(st.integers(1, 8), max_size=1)
"""Of how many instalments the obligations are."""


def visible(text: str) -> str:
    return re.sub(r"\s", "", text)


def body(paper: Paper) -> str:
    """All the text of a paper in the order of its pages, without what stands in the margins."""
    total = len(paper.reader.pages)
    margins = (
        rf"某某街道人民调解委员会案号：（2026）东人调字第7号校验码[-0-9A-F]{{14}}(修改标记：竖线处与上次打印不同(，短横处有删去)?)?"
        rf"第\d+/{total}页(骑缝\d+/{total})?|（以下空白）|{CONTINUED}.{{1,40}}?校验码：[-0-9A-F]{{14}}"
    )
    return re.sub(margins, "", paper.poppler_text())


def lines(paper: Paper) -> list[list[list[Word]]]:
    """The lines of the text of each page."""
    pages = [
        [[word for word in row if TOP - 1 < word.top < PAGE_HEIGHT - BOTTOM and word.left < SEAM] for row in page]
        for page in paper.lines()
    ]
    return [[row for row in page if row] for page in pages]


def said(row: Sequence[Word]) -> str:
    return "".join(word.text for word in row)


def numbered_through(paper: Paper) -> bool:
    """Whether each page says which it is, of how many."""
    total = len(paper.reader.pages)
    return re.findall(r"第(\d+)/(\d+)页", paper.poppler_text()) == [
        (f"{number}", f"{total}") for number in range(1, total + 1)
    ]


def faults(paper: Paper) -> str:
    """What qpdf finds wrong with a file, where it is installed."""
    program = shutil.which("qpdf")
    if program is None:
        return ""
    with TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(paper.content)
        done = subprocess.run([program, "--check", path], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@bounded
@for_all(names=PARTIES, clauses=CLAUSES, rates=RATES, terms=WRITTEN)
def test_an_agreement_loses_nothing_and_nobody_signs_what_he_does_not_see(
    names: list[str],
    clauses: list[str],
    rates: list[int],
    terms: str,
    given: Callable[..., PaperInput],
    party: Callable[..., Party],
    agreement: Callable[..., Agreement],
) -> None:
    owed = [
        Obligation(
            no=1,
            payer_no=2,
            payee_no=1,
            amount_fen=10_000 * count,
            what="赔偿款",
            means="银行转账",
            instalments=[Instalment(due_on=DAY, amount_fen=10_000)] * count,
        )
        for count in rates
    ]
    facts = given(*(party(no, name=name) for no, name in enumerate(names, start=1)))
    signed = agreement(len(names), *clauses, performance_terms=terms, obligations=owed)
    finished = draw(facts.rules.form("D08"), replace(facts, about=signed))
    paper = Paper(finished.pdf)
    assert numbered_through(paper)
    assert not faults(paper)
    text = body(paper)
    assert Counter(text) == Counter(visible("".join(finished.content)))
    places = [text.find(visible(clause)) for clause in clauses]
    assert min(places) >= 0
    assert all(any(name in said for said in finished.content) for name in names)
    for page in lines(paper):
        first = next((at for at, row in enumerate(page) if "（签名" in said(row)), 2)
        assert first >= 2 or said(page[0]).startswith(CONTINUED)


TEXTS = st.one_of(PROSE, st.text("字，", min_size=300, max_size=900))
ADDED = st.one_of(
    st.tuples(st.just("add"), st.lists(st.one_of(TEXTS, st.builds(Blank, PROSE, st.floats(0, 300))), max_size=3)),
    st.tuples(st.just("ruled"), TEXTS, st.integers(0, 6)),
    st.tuples(st.just("table"), st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=5), st.integers(0, 8)),
    st.tuples(st.just("beside"), PROSE, PROSE),
    st.tuples(st.just("qr"), st.lists(PROSE, max_size=3)),
    st.tuples(st.sampled_from(["break", "gap", "tear", "heading"])),
)
COLUMNS = [TableColumn("序", 1, centred=True), TableColumn("题", 5), TableColumn("注", 3)]
HEAD = "序题注"


def add(sheet: Sheet, what: str, *given: Any) -> None:
    match what:
        case "add":
            sheet.add(*given[0])
        case "ruled":
            sheet.add_ruled(given[0], least=given[1])
        case "table":
            sheet.add_table(COLUMNS, given[0], least=given[1])
        case "beside":
            sheet.add_beside([(given[0], SMALL, "")], [(given[1], SMALL, "")], TEXT_WIDTH / 2, TEXT_WIDTH / 2 - 10)
        case "qr":
            sheet.add_qr("https://example.cn", given[0])
        case "break":
            sheet.page_break()
        case "gap":
            sheet.add_gap(30)
        case "tear":
            sheet.add_tear_line("回执")
        case "heading":
            sheet.add("标题", style=CAPTION, keep=True)


@bounded
@for_all(
    added=st.lists(ADDED, max_size=12),
    scale=st.sampled_from([1.0, 1.4]),
    seam=st.booleans(),
    closes=st.booleans(),
    before=st.none() | st.lists(PROSE, max_size=4),
)
def test_whatever_is_added_stands_on_the_paper_within_the_margins(
    added: list[tuple[Any, ...]], scale: float, seam: bool, closes: bool, before: list[str] | None
) -> None:
    sheet = Sheet(Frame("", "某某街道人民调解委员会", "案号：（2026）东人调字第7号", seam=seam, closes=closes), scale)
    sheet.add("首行", style=FIELDS)
    for each in added:
        add(sheet, *each)
    finished = sheet.finish(before)
    paper = Paper(finished.pdf)
    assert numbered_through(paper)
    assert not faults(paper)
    text = body(paper)
    repeated = text.count(HEAD) - "".join(finished.content).count("\t".join(HEAD))
    assert Counter(text) == Counter(visible("".join(finished.content)) + HEAD * repeated)
    for page in lines(paper):
        assert all(word.left >= LEFT - ROUNDING for row in page for word in row)
        assert all(row[-1].right <= LEFT + TEXT_WIDTH + ROUNDING for row in page)
