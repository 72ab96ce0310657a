"""Checks of the cases themselves: what follows from their facts, sums, and papers and files against their digests."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, String, Table, and_, func, or_, select, type_coerce
from sqlalchemy.orm import class_mapper, load_only, raiseload, selectinload

from mediation_desk.domain.agreement import Agreement, Signature
from mediation_desk.domain.case import Assignment, Case, CaseEvent, Closing, Decision, Outcome, Session, Triage
from mediation_desk.domain.checkup import Check, Trouble
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.money import figures
from mediation_desk.domain.paper import content_digest
from mediation_desk.domain.query_code import query_code
from mediation_desk.domain.referral import Referral, ReferralStep
from mediation_desk.domain.relation import Relation
from mediation_desk.domain.stage import Stage, restage, stage_of
from mediation_desk.store import schema
from mediation_desk.store.centre import the_centre
from mediation_desk.store.columns import Word, metadata
from mediation_desk.store.copying import Progress
from mediation_desk.store.database import Database
from mediation_desk.store.records import Records
from mediation_desk.store.schema import (
    agreements,
    attachment_contents,
    cases,
    frozen_papers,
    instalments,
    obligations,
    paper_versions,
    users,
)

_CASES_AT_A_TIME = 500
_PAPERS_AT_A_TIME = 50

_UNREADABLE = (ValueError, LookupError, TypeError)
"""What a value that is none of its kind (a word nobody knows, a date that is none) makes of itself when it is read."""


def stages(database: Database, progress: Progress) -> Iterator[Trouble]:
    """Whether stage, day of effect and query code are what the facts say."""
    for first, last in _parts(database, cases, _CASES_AT_A_TIME, progress):
        yield from _stages_of(database, first, last)


def _stages_of(database: Database, first: int, last: int) -> Iterator[Trouble]:
    try:
        with database.reading() as records:
            found = [_differs(case) for case in _with_facts(records, cases.c.id.between(first, last))]
    except _UNREADABLE:
        if first < last:
            middle = (first + last) // 2
            yield from _stages_of(database, first, middle)
            yield from _stages_of(database, middle + 1, last)
        else:
            sentence = f"序号{first}的案件里有读不懂的内容，打不开。请联系管理员，从备份核对这个案件。"
            yield Trouble(check=Check.CASES, sentence=sentence, key=first)
        return
    yield from filter(None, found)


def _differs(case: Case) -> Trouble | None:
    wrong = []
    if case.stage != stage_of(case):
        wrong.append(f"阶段记为“{_label(case.stage)}”，按事实应为“{stage_of(case).label}”")
    wrong += [
        f"第{each.no}份协议的生效日记为“{show_day(each.effect_day) or '无'}”，"
        f"按签署应为“{show_day(each.effective_on) or '无'}”"
        for each in case.agreements
        if each.effect_day != each.effective_on
    ]
    if case.query_code != query_code(case.uid):
        wrong.append("查询码与回执上的不符")
    if not wrong:
        return None
    name = case.number or f"序号{case.id}"
    return Trouble(check=Check.STAGES, sentence=f"案件“{name}”：{'；'.join(wrong)}。", key=case.id or 0)


def _label(stage: str) -> str:
    return Stage(stage).label if stage in list(Stage) else stage


def _with_facts(records: Records, which: ColumnElement[bool]) -> Sequence[Case]:
    """Cases with no more of them than their stage follows from; whatever else is asked of them raises."""
    query = select(Case).where(cases.c.centre_id == the_centre, which)
    return records.session.scalars(
        query.options(
            load_only(*_columns(Case, "uid", "version_id", "stage", "number", "query_code")),
            _parts_of(Case, "triages").options(load_only(*_columns(Triage, "path"))),
            _parts_of(Case, "closings").options(load_only(*_columns(Closing, "reopened_on"))),
            _parts_of(Case, "referrals").options(
                load_only(*_columns(Referral, "direction")),
                _parts_of(Referral, "steps").options(load_only(*_columns(ReferralStep, "kind"))),
            ),
            _parts_of(Case, "relations").options(load_only(*_columns(Relation, "kind", "other_id", "withdrawn_at"))),
            _parts_of(Case, "events").options(load_only(*_columns(CaseEvent, "kind"))),
            _parts_of(Case, "decisions").options(load_only(*_columns(Decision, "kind"))),
            _parts_of(Case, "assignments").options(load_only(*_columns(Assignment, "ended_on"))),
            _parts_of(Case, "sessions").options(load_only(*_columns(Session, "no"))),
            _parts_of(Case, "outcomes").options(load_only(*_columns(Outcome, "kind"))),
            _parts_of(Case, "agreements").options(
                _parts_of(Agreement, "signatures").options(
                    load_only(*_columns(Signature, "role", "party_no", "mediator_id", "signed_on"))
                ),
                raiseload("*"),
            ),
            raiseload("*"),
        )
    ).all()


def _columns(kind: type, *names: str) -> list[Any]:
    return [class_mapper(kind).attrs[name].class_attribute for name in names]


def _parts_of(kind: type, name: str) -> Any:
    return selectinload(class_mapper(kind).attrs[name].class_attribute)


def restage_anew(records: Records, keys: list[int | str]) -> None:
    for case in _with_facts(records, cases.c.id.in_([int(key) for key in keys])):
        restage(case)
        case.query_code = query_code(case.uid)


def words(database: Database, progress: Progress) -> Iterator[Trouble]:
    """Words of the trade that this release does not know, and days that are none: what has one cannot be opened."""
    is_file = database.path is not None  # a server lets no such day in
    doubted = [(table, _unreadable(table, is_file=is_file)) for table in metadata.sorted_tables]
    doubted = [(table, conditions) for table, conditions in doubted if conditions]
    for turn, (table, conditions) in enumerate(doubted):
        progress(turn / len(doubted))
        query = select(table.c.id if "id" in table.c else table.c.centre_id).where(
            table.c.centre_id == the_centre, or_(*conditions)
        )
        with database.reading() as records:
            for row_id in records.session.execute(query).scalars():
                sentence = (
                    f"“{table.name}”的第{row_id}行有读不懂的字样或日期，所属的内容打不开。请联系管理员，从备份核对。"
                )
                yield Trouble(check=Check.CASES, sentence=sentence, key=f"{table.name}:{row_id}")


def _unreadable(table: Table, *, is_file: bool) -> list[ColumnElement[bool]]:
    """One condition for each column that can hold what nobody can read."""
    conditions: list[ColumnElement[bool]] = []
    for column in table.columns:
        held = type_coerce(column, String)
        if isinstance(column.type, Word):
            conditions.append(held.not_in(list(column.type.kind)))
        elif is_file and isinstance(column.type, DateTime):
            conditions.append(
                func.coalesce(func.strftime("%Y-%m-%d %H:%M:%S", held), "none") != func.substr(held, 1, 19)
            )
        elif is_file and isinstance(column.type, Date):
            conditions.append(func.coalesce(func.date(held), "none") != held)
    return conditions


def sums(database: Database, _: Progress) -> Iterator[Trouble]:
    """The instalments of a final agreement make its sum. A draft may still be wrong."""
    total = func.sum(instalments.c.amount_fen)
    query = (
        select(agreements.c.case_id, agreements.c.no, obligations.c.no, obligations.c.amount_fen, total)
        .select_from(instalments)
        .join(obligations, _is(obligations, instalments, "obligation_id"))
        .join(agreements, _is(agreements, obligations, "agreement_id"))
        .where(instalments.c.centre_id == the_centre, agreements.c.frozen_at.is_not(None))
        .group_by(agreements.c.case_id, agreements.c.no, obligations.c.id, obligations.c.no, obligations.c.amount_fen)
        .having(total != func.coalesce(obligations.c.amount_fen, -1))
        .order_by(agreements.c.case_id)
    )
    with database.reading() as records:
        found = records.session.execute(query).all()
    for case_id, agreement_no, no, amount_fen, sum_fen in found:
        yield Trouble(
            check=Check.SUMS,
            sentence=f"序号{case_id}的案件，第{agreement_no}份协议第{no}项义务：各期合计{figures(int(sum_fen))}元，"
            f"总额{figures(amount_fen or 0)}元。请与存档的协议书核对。",
            key=case_id,
        )


def _is(whole: Table, part: Table, key: str) -> ColumnElement[bool]:
    return and_(whole.c.centre_id == part.c.centre_id, whole.c.id == part.c[key])


def papers(database: Database, progress: Progress) -> Iterator[Trouble]:
    """The kept bytes of final agreements and the wordings of printed papers, against their digests.

    Agreements without a digest were taken over from elsewhere, or made up for practice: no paper was kept of them.
    """
    for first, last in _parts(database, agreements, _PAPERS_AT_A_TIME, lambda done: progress(done / 2)):
        query = (
            select(agreements.c.case_id, agreements.c.number, agreements.c.digest, frozen_papers.c.pdf)
            .outerjoin(frozen_papers, _kept_with(frozen_papers, "agreement_id", agreements))
            .where(*_between(agreements, first, last), agreements.c.digest != "")
        )
        with database.reading() as records:
            for case_id, number, digest, pdf in records.session.execute(query):
                if pdf is None or sha256(pdf).hexdigest() != digest:
                    sentence = f"协议“{number}”定稿时存下的正式文本{_lost(pdf)}。请联系管理员，从备份找回；纸质件为准。"
                    yield Trouble(check=Check.PAPERS, sentence=sentence, key=case_id)
    columns = [paper_versions.c[name] for name in ("case_id", "title", "kept_at", "content", "digest")]
    for first, last in _parts(database, paper_versions, _CASES_AT_A_TIME, lambda done: progress(0.5 + done / 2)):
        with database.reading() as records:
            for case_id, title, kept_at, content, digest in records.session.execute(
                select(*columns).where(*_between(paper_versions, first, last))
            ):
                if content_digest(content) != digest:
                    what = f"{kept_at:%Y-%m-%d %H:%M}留存的“{title}”"
                    sentence = f"序号{case_id}的案件，{what}文字与校验码不符。请与纸质件核对。"
                    yield Trouble(check=Check.PAPERS, sentence=sentence, key=case_id)


def attachments(database: Database, progress: Progress) -> Iterator[Trouble]:
    """Each attached file against its size and hash, one file in memory at a time."""
    table = schema.attachments
    columns = (table.c.case_id, table.c.file_name, table.c.size, table.c.sha256, attachment_contents.c.content)
    for first, last in _parts(database, table, _PAPERS_AT_A_TIME, progress):
        query = (
            select(*columns)
            .outerjoin_from(table, attachment_contents, _kept_with(attachment_contents, "attachment_id", table))
            .where(*_between(table, first, last))
            .execution_options(yield_per=1)
        )
        with database.reading() as records:
            for case_id, name, size, digest, content in records.session.execute(query):
                if content is None or (len(content), sha256(content).hexdigest()) != (size, digest):
                    sentence = f"序号{case_id}的案件，附件“{name}”{_lost(content)}。请重新扫描，或从备份找回。"
                    yield Trouble(check=Check.ATTACHMENTS, sentence=sentence, key=case_id)


def _lost(content: bytes | None) -> str:
    return "不见了" if content is None else "与收存时不一致"


def drafts(database: Database, _: Progress) -> Iterator[Trouble]:
    """Half-typed forms of people who left: nobody sees them any more."""
    query = (
        select(users.c.name, func.count())
        .join_from(schema.drafts, users, _is(users, schema.drafts, "user_id"))
        .where(schema.drafts.c.centre_id == the_centre, users.c.active.is_(False), schema.drafts.c.parked_at.is_(None))
        .group_by(users.c.id, users.c.name)
        .order_by(users.c.id)
    )
    with database.reading() as records:
        found = records.session.execute(query).all()
    for name, number in found:
        sentence = f"{name}已离岗，还有{number}份没有办完的草稿。请在设置中临时启用这位使用者，登记或丢弃后再停用。"
        yield Trouble(check=Check.DRAFTS, sentence=sentence, key=name)


def _parts(database: Database, table: Table, at_a_time: int, progress: Progress) -> Iterator[tuple[int, int]]:
    """Ranges of ids that cover the table, telling how far they are."""
    with database.reading() as records:
        most: int = records.session.execute(select(func.max(table.c.id))).scalar() or 0
    for first in range(1, most + 1, at_a_time):
        progress(first / (most + 1))
        yield first, first + at_a_time - 1


def _between(table: Table, first: int, last: int) -> Iterable[ColumnElement[bool]]:
    return table.c.centre_id == the_centre, table.c.id.between(first, last)


def _kept_with(contents: Table, key: str, table: Table) -> ColumnElement[bool]:
    return and_(contents.c.centre_id == table.c.centre_id, contents.c[key] == table.c.id)
