"""What is said of the lawful way of a case: to the clerk beside the choice, and to the visitor on paper."""

from collections.abc import Iterable
from datetime import date

from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.path_aid import MEDIATION_PATH, REFUSES, Asked, Closure, Guide, Situation
from mediation_desk.domain.petition import REDRESS_CLAIM
from mediation_desk.domain.rules import Period, Rules, Unit
from mediation_desk.domain.willingness import refusals

_MONTHS = 12


def matter_of(
    rules: Rules,
    day: date,
    case: Case,
    *,
    kind: str = "",
    dispute_kind: str = "",
    event_category: str = "",
    case_source: str = "",
) -> Situation:
    """The matter of a case as it is recorded, or as codes that are to be recorded describe it.

    Where no category is known, the likeliest of the kind of dispute counts. A petition item that was recorded says
    itself of which `kind` it is.
    """
    aid, table = rules.path_aid(day), rules.table("event_category")
    likeliest = next(iter(rules.event_categories(dispute_kind or case.dispute_kind)), "")
    known = (event_category, case.event_category, likeliest)
    category = next((each for each in known if each in table), aid.otherwise)
    return aid.situation(
        case.petition.kind if case.petition else kind or REDRESS_CLAIM,
        table.lineage(category),
        is_civil=table.is_mediable(category),
        sources=rules.table("case_source").lineage(case_source or case.case_source),
        facts=facts_of(case),
    )


def facts_of(case: Case) -> dict[str, bool]:
    """What the records answer already: whether somebody refuses mediation. Nothing while somebody is undecided."""
    if refusals(case):
        return {REFUSES: True}
    all_agree = case.parties and all(case.answer_of(party.no) is Answer.AGREES for party in case.parties)
    return {REFUSES: False} if all_agree else {}


def closures_of(rules: Rules, day: date, case: Case) -> tuple[Closure, ...]:
    """Why people's mediation is not open for a case, from what is recorded of it."""
    return rules.path_aid(day).closed_by(matter_of(rules, day, case))


def guide_of(rules: Rules, day: date, case: Case, path: str = "") -> Guide | None:
    """How a way is gone with a case: the one it takes, None before triage, or another."""
    path = path or (case.triage.path if case.triage else "")
    return rules.path_aid(day).guide(path, matter_of(rules, day, case).categories)


def routes(rules: Rules, day: date, case: Case) -> list[str]:
    """The ways open to the visitor of a case that is not mediated, a sentence each: who, how, and until when."""
    own = guide_of(rules, day, case)
    if own is None:
        return []
    ways = own.instead if own.path == MEDIATION_PATH else (own.path,)
    guides = [guide for path in ways if (guide := guide_of(rules, day, case, path))]
    return [_route(rules, day, guide) for guide in guides]


def _route(rules: Rules, day: date, guide: Guide) -> str:
    label = rules.table("statutory_path").label(guide.path)
    told = "；".join(limits(rules, guide, day))
    return f"{label}：{guide.organ}。{guide.how}" + (f"期限：{told}。" if told else "")


def group_label(rules: Rules, path: str, group: str = "") -> str:
    """Which of the seven groups a way belongs to; a rule may have named another `group` than the usual one."""
    return rules.table("path_group").label(group or rules.table("statutory_path").inherited(path, "group"))


def laws(rules: Rules, path: str, *further: str) -> str:
    """The article of a way, and what else was named: "信访工作条例第31条第4项；行政复议法第11条"."""
    named = (rules.table("statutory_path").inherited(path, "article"), *further)
    return "；".join(dict.fromkeys(each for each in named if each))


def limits(rules: Rules, guide: Guide, day: date) -> list[str]:
    """The time limits of a way, a sentence each: "申请行政复议：自知道或者应当知道行政行为之日起60日内"."""
    return [_limit_in_words(rules.period(each, day)) for each in guide.limits]


def _limit_in_words(period: Period) -> str:
    years, months = divmod(period.length, _MONTHS) if period.unit is Unit.MONTH else (0, period.length)
    length = f"{period.length}{period.unit.label}" if months else f"{years}年"
    return f"{period.title}：自{period.starts_from}之日起{length}内"


def answers_in_words(asked: Asked) -> str:
    """What was answered, as "已由其他机关受理：否，一方拒绝调解：是"; "" while nothing was."""
    return "，".join(f"{question.short}：{'是' if answer else '否'}" for question, answer in asked.told)


def as_asked(rules: Rules, asked: Asked) -> str:
    """How a way was come to, as it is kept with the reason; "" while nothing was asked and nothing follows."""
    answers = answers_in_words(asked)
    told = [f"经询问，{answers}"] if answers else []
    if asked.proposal:
        told.append(f"建议途径：{rules.table('statutory_path').label(asked.proposal.rule.path)}")
        told += [closed_in_words(asked.proposal.closures)] if asked.proposal.closures else []
    return f"（{'；'.join(told)}）" if told else ""


def closed_in_words(closures: Iterable[Closure]) -> str:
    """Why people's mediation is not open: "不能人民调解：有一方明确拒绝调解，不得调解（人民调解法第17条）"."""
    return "不能人民调解：" + "；".join(f"{each.reason.rstrip('。')}（{each.law}）" for each in closures)
