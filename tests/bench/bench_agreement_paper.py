"""A two-page agreement, warm, beside a bare ReportLab canvas that draws the same lines.

Goal: ≤ 25 ms CPU; the ratio says how much setting the text costs above drawing it.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

from pypdf import PageObject, PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from mediation_desk.documents.fonts import TEXT
from mediation_desk.documents.papers import PaperInput, agreement_paper
from mediation_desk.domain.agreement import Agreement, Clause, Instalment, Obligation
from mediation_desk.domain.case import Case
from mediation_desk.domain.centre import Centre, Committee
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Party, Side
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.resources import resource

ROUNDS = 40
MOST_MS = 25.0
NOW = datetime(2026, 5, 16, 9, 30)


def test_a_two_page_agreement_is_quick() -> None:
    given, agreement = _case(), _agreement()
    reader = PdfReader(BytesIO(agreement_paper(given, agreement)))
    assert len(reader.pages) == 2
    lines = [_lines(page) for page in reader.pages]
    floor, paper = _cpu_ms(lambda: _bare(lines), lambda: agreement_paper(given, agreement))
    print(f"\nagreement, 2 pages: {paper:.1f} ms CPU; bare canvas {floor:.1f} ms; ratio {paper / floor:.2f}")
    assert paper <= MOST_MS


def _cpu_ms(*tasks: Callable[[], object]) -> list[float]:
    """The median CPU time of each task in ms; the tasks take turns."""
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(ROUNDS):
        for task, times in zip(tasks, taken, strict=True):
            start = time.process_time()
            task()
            times.append((time.process_time() - start) * 1000)
    return [statistics.median(times) for times in taken]


def _lines(page: PageObject) -> list[tuple[float, float, str]]:
    """What stands on a page: (x, y, text)."""
    found: dict[tuple[float, float], str] = {}

    def visit(text: str, _matrix: object, place: list[float], _font: object, _size: float) -> None:
        if text.strip():
            at = (place[4], place[5])
            found[at] = found.get(at, "") + text.strip()

    page.extract_text(visitor_text=visit)
    return [(x, y, text) for (x, y), text in found.items()]


def _bare(pages: list[list[tuple[float, float, str]]]) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, pageCompression=1, invariant=1)
    for lines in pages:
        for x, y, text in lines:
            canvas.setFont(TEXT.first, 14)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _party(no: int, name: str, side: Side) -> Party:
    return Party(
        no=no,
        side=side,
        name=name,
        gender="1",
        ethnicity="01",
        birth_date=date(1990, 1, 1),
        occupation="职员",
        address="北京市东城区某某胡同1号",
    )


def _case() -> PaperInput:
    committee = Committee(id=1, uid="committee", name="某某街道人民调解委员会", short_name="东")
    parties = [_party(1, "买买提江·吐尔逊", Side.CLAIMANT), _party(2, "王五", Side.RESPONDENT)]
    return PaperInput(
        case=Case(
            uid="case",
            centre_id=1,
            number="（2026）东人调字第7号",
            requested_on=date(2026, 5, 1),
            registered_at=NOW,
            first_contact_id=1,
            matter="漏水",
            demand="赔偿",
            parties=parties,
        ),
        centre=Centre(uid="centre", name="某某综治中心", committees=[committee]),
        committee=committee,
        mediators={1: Mediator(id=1, uid="mediator", name="魏调解")},
        rules=load_rules(resource("rules")),
        day=NOW.date(),
    )


def _agreement() -> Agreement:
    story = "2026年3月1日，申请人家卫生间漏水，致楼下被申请人家客厅、卧室吊顶受损（见照片），双方就责任和数额争议较大。"
    clauses = ["被申请人自费修复防水层，并由双方共同试水48小时。", "试水合格后，双方就本次漏水再无其他争议。"]
    instalments = [Instalment(due_on=date(2026, month, 1), amount_fen=600_000) for month in (6, 7)]
    payment = Obligation(
        no=1, payer_no=2, payee_no=1, amount_fen=1_200_000, what="赔偿款", means="银行转账", instalments=instalments
    )
    return Agreement(
        no=1,
        facts=story * 5,
        clauses=[Clause(text=text) for text in clauses],
        obligations=[payment],
        performance_terms="以银行转账方式履行；逾期未付的，另付逾期利息。",
        party_nos=[1, 2],
        mediator_ids=[1],
        recorder="马记录",
        number="（2026）东人调协字第9号",
        frozen_at=NOW,
        made_on=NOW.date(),
    )
