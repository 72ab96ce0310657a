"""Petition items (信访事项): what is registered of one, and its steps to mediation and back (访调对接)."""

from dataclasses import dataclass, fields, replace
from datetime import date

from mediation_desk.domain.case import Case, EventKind
from mediation_desk.domain.errors import ChangedMeanwhile, Faults, refuse_unless
from mediation_desk.domain.names import clean_digits
from mediation_desk.domain.petition import ACCUSATION, REDRESS_CLAIM, Petition, PetitionStep, PetitionStepKind
from mediation_desk.domain.petition_flow import needs_words, petition_step_faults, result_in_words
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs, note
from mediation_desk.store.records import Records

_FREE_OF_ORDER = (PetitionStepKind.NOTICE,)


@dataclass(frozen=True, kw_only=True)
class PetitionItem:
    """What is registered of a petition item, see `Petition`. Only of an accusation the unit it is about is kept."""

    kind: str
    received_on: date
    number: str = ""
    domain: str = ""
    contact_clear: bool = True
    accused_unit: str = ""


_CALLED = {
    "kind": "种类",
    "received_on": "收到日期",
    "number": "编号",
    "domain": "内容分类",
    "contact_clear": "姓名住址是否清楚",
    "accused_unit": "被检举控告的单位",
}


def item_of(petition: Petition) -> PetitionItem:
    return PetitionItem(**{each.name: getattr(petition, each.name) for each in fields(PetitionItem)})


@needs(Right.REGISTER, Right.TRIAGE)
def record_petition(records: Records, act: Act, case_id: int, item: PetitionItem) -> Case:
    """Record that the case is a petition item, under the number it has in the petition system."""
    case = records.cases.get(case_id)
    refuse_unless(case.petition is None, "这个案件已登记信访事项；有误的请更正。")
    item = _tidied(item)
    _check(records, act, case, item)
    case.petition = Petition(
        **{each.name: getattr(item, each.name) for each in fields(PetitionItem)}, by_id=act.by_id, recorded_at=act.at
    )
    kind = act.rules.table("petition_kind").label(item.kind)
    note(case, act, EventKind.PETITION, item.received_on, f"登记{kind}类信访事项 {item.number}".rstrip())
    records.flush()
    return case


@needs(Right.REGISTER, Right.TRIAGE)
def correct_petition(records: Records, act: Act, case_id: int, was: PetitionItem, item: PetitionItem) -> Case:
    """Correct what is registered of the item; `was` is what the form was filled from.

    What it is may no longer change once it was dealt with as that.
    """
    case = records.cases.get(case_id)
    petition = _petition(case)
    if item_of(petition) != was:
        raise ChangedMeanwhile("这个信访事项刚被修改过，您的更正没有保存，窗口里的文字还在。请刷新后核对再保存。")
    item = _tidied(item)
    _check(records, act, case, item)
    changed = [name for name in _CALLED if getattr(item, name) != getattr(was, name)]
    refuse_unless(changed, "没有改动，不需要保存。")
    for name in changed:
        setattr(petition, name, getattr(item, name))
    note(case, act, EventKind.PETITION, act.today, f"更正：{'、'.join(_CALLED[name] for name in changed)}")
    records.flush()
    return case


@needs(Right.REGISTER, Right.TRIAGE)
def withdraw_petition(records: Records, act: Act, case_id: int, *, reason: str) -> Case:
    """Take back a petition item that was registered with the wrong case, while nothing was done with it."""
    case = records.cases.get(case_id)
    petition = _petition(case)
    faults = Faults()
    faults.check(not petition.steps, "信访事项已有办理记录，不能撤销登记；登记的内容有误请更正。")
    faults.check(reason.strip(), "请写明撤销登记的原因。", "withdraw_reason")
    faults.refuse_if_any()
    case.petition = None
    note(case, act, EventKind.PETITION, act.today, f"撤销登记 {petition.number}".rstrip() + f"：{reason.strip()}")
    records.flush()
    return case


@needs(Right.TRIAGE, Right.MEDIATE)
def record_petition_step(
    records: Records,
    act: Act,
    case_id: int,
    kind: PetitionStepKind,
    *,
    happened_on: date | None = None,
    text: str = "",
) -> Case:
    """Record a step of the item; which may follow is said by `petition_flow.py`.

    With what goes back to the petition procedure it is told how mediation ended.
    """
    case = records.cases.get(case_id)
    petition = _petition(case)
    day, words = happened_on or act.today, text.strip()
    faults = Faults()
    for sentence in petition_step_faults(case, kind, act.rules):
        faults.add(sentence, "petition_step")
    moves = [each.happened_on for each in petition.steps if each.kind not in _FREE_OF_ORDER]
    begun = petition.received_on if kind in _FREE_OF_ORDER else max([petition.received_on, *moves])
    faults.check(begun <= day <= act.today, f"日期应在{begun:%Y-%m-%d}以后、不晚于今天。", "happened_on")
    if not faults.noted:
        faults.check(words or not needs_words(case, kind), f"请写明“{kind.label}”的内容。", "step_text")
    faults.refuse_if_any()
    if kind is PetitionStepKind.RETURNED and petition.is_in_mediation:
        words = "：".join(filter(None, (result_in_words(case), words)))
    petition.steps.append(PetitionStep(kind=kind, happened_on=day, text=words, by_id=act.by_id, recorded_at=act.at))
    note(case, act, EventKind.PETITION, day, f"{kind.label} {words}".rstrip())
    records.flush()
    return case


def _petition(case: Case) -> Petition:
    refuse_unless(case.petition, "这个案件没有登记信访事项，请先登记。")
    assert case.petition is not None
    return case.petition


def _tidied(item: PetitionItem) -> PetitionItem:
    """As it is kept: numbers without spaces and full-width digits, so that one typed twice is seen."""
    number = "".join(clean_digits(item.number).split())
    accused_unit = item.accused_unit.strip() if item.kind == ACCUSATION else ""
    return replace(item, number=number, accused_unit=accused_unit)


def _check(records: Records, act: Act, case: Case, item: PetitionItem) -> None:
    assert case.id is not None
    tables, faults = act.rules.table, Faults()
    faults.check(item.kind in tables("petition_kind"), "请选择信访事项的种类。", "petition_kind")
    faults.check(not item.domain or item.domain in tables("petition_domain"), "请选择内容分类。", "petition_domain")
    faults.check(item.received_on <= act.today, "收到日期不能晚于今天。", "received_on")
    faults.check(
        item.kind != ACCUSATION or item.accused_unit,
        "请填写被检举、控告的单位（人所在的单位）：材料不得转给它（信访工作条例第三十条）。",
        "accused_unit",
    )
    faults.check(
        item.kind == REDRESS_CLAIM or not case.is_accepted, "案件已受理调解，种类只能是申诉求决。", "petition_kind"
    )
    taken = records.petitions.other_case(item.number, case.id) if item.number else None
    faults.check(
        taken is None,
        f"信访编号“{item.number}”已登记在另一个案件：{_called(records, taken)}。请核对编号；同一件事请办理那个案件。",
        "petition_number",
    )
    steps = case.petition.steps if case.petition else []
    if steps:
        first = min(each.happened_on for each in steps)
        faults.check(item.received_on <= first, f"收到日期晚于已登记的办理日期（{first:%Y-%m-%d}）。", "received_on")
        only_claims = [each.kind.label for each in steps if each.kind in _OF_CLAIMS]
        faults.check(
            item.kind == REDRESS_CLAIM or not only_claims,
            f"已登记“{''.join(only_claims[:1])}”，种类只能是申诉求决。",
            "petition_kind",
        )
    faults.refuse_if_any()


_OF_CLAIMS = (PetitionStepKind.OFFERED, PetitionStepKind.TAKEN_UP, PetitionStepKind.OPINION)


def _called(records: Records, case_id: int | None) -> str:
    rows = records.cases.rows([case_id]) if case_id is not None else []
    return rows[0].called if rows else "您无权查看的案件"
