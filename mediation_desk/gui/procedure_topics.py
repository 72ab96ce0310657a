"""The topics of the tab 程序, and the mark that tells at a glance how each stands."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.breach import breach_mark
from mediation_desk.domain.case import Case
from mediation_desk.domain.case_clocks import clocks_of
from mediation_desk.domain.confirmation import confirmations_of
from mediation_desk.domain.petition_flow import petition_state
from mediation_desk.domain.rating import LEVELS, ratings_mark
from mediation_desk.domain.referral_flow import unanswered
from mediation_desk.domain.relation import RelationKind
from mediation_desk.domain.risk_words import risk_mark
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.supervision_words import cadres_mark, decisions_mark, orders_mark, suggestions_mark
from mediation_desk.gui.desk import Desk

TOPICS = (
    ("clocks", "期限"),
    ("petition", "信访事项"),
    ("referrals", "转办往来"),
    ("supervision", "督办"),
    ("conferences", "会商"),
    ("lead_cadre", "领导包案"),
    ("suggestions", "三项建议"),
    ("risk", "风险研判"),
    ("responsibility", "首问负责"),
    ("related", "关联案件"),
    ("confirmation", "司法确认"),
    ("breach", "违约与诉讼"),
    ("ratings", "满意度"),
)


def make_topic(key: str, desk: Desk) -> QWidget:
    """The widget of a topic. It shows a case by `show_case`."""
    match key:
        case "clocks":
            from mediation_desk.gui.clocks_topic import ClocksTopic

            return ClocksTopic(desk)
        case "petition":
            from mediation_desk.gui.petition_topic import PetitionTopic

            return PetitionTopic(desk)
        case "referrals":
            from mediation_desk.gui.referral_topic import ReferralTopic

            return ReferralTopic(desk)
        case "supervision":
            from mediation_desk.gui.supervision_topic import SupervisionTopic

            return SupervisionTopic(desk)
        case "conferences":
            from mediation_desk.gui.conferences_topic import ConferencesTopic

            return ConferencesTopic(desk)
        case "lead_cadre":
            from mediation_desk.gui.lead_cadre_topic import LeadCadreTopic

            return LeadCadreTopic(desk)
        case "suggestions":
            from mediation_desk.gui.suggestions_topic import SuggestionsTopic

            return SuggestionsTopic(desk)
        case "risk":
            from mediation_desk.gui.risk_topic import RiskTopic

            return RiskTopic(desk)
        case "responsibility":
            from mediation_desk.gui.responsibility_topic import ResponsibilityTopic

            return ResponsibilityTopic(desk)
        case "related":
            from mediation_desk.gui.related_topic import RelatedTopic

            return RelatedTopic(desk)
        case _:
            return _make_topic_after_agreement(key, desk)


def _make_topic_after_agreement(key: str, desk: Desk) -> QWidget:
    match key:
        case "confirmation":
            from mediation_desk.gui.confirmation_topic import ConfirmationTopic

            return ConfirmationTopic(desk)
        case "breach":
            from mediation_desk.gui.breach_topic import BreachTopic

            return BreachTopic(desk)
        case "ratings":
            from mediation_desk.gui.ratings_topic import RatingsTopic

            return RatingsTopic(desk)
        case _:
            raise KeyError(key)


def mark_of(key: str, case: Case, rules: Rules, today: date) -> str:
    """Such as "逾期" or "2项待答复"; "" where there is nothing to be seen."""
    match key:
        case "clocks":
            running = [each for each in clocks_of(case, rules) if each.met_on is None]
            late = sum(each.is_late(today) for each in running)
            stopped = sum(each.ends_on is None for each in running)
            return f"{late}项逾期" if late else f"{stopped}项停计" if stopped else ""
        case "petition":
            return petition_state(case.petition).label if case.petition else ""
        case "referrals":
            return f"{len(owed)}项待答复" if (owed := unanswered(case)) else ""
        case "supervision":
            return orders_mark(case.supervision_orders, today)
        case "conferences":
            return decisions_mark(case.conferences, today)
        case "lead_cadre":
            return cadres_mark(case.lead_cadres)
        case "suggestions":
            return suggestions_mark(case.suggestions)
        case "risk":
            return risk_mark(case, rules)
        case "responsibility":
            return "等待接手" if case.open_offer else ""
        case "related":
            return _related_mark(case)
        case _:
            return _mark_after_agreement(key, case, rules, today)


def _mark_after_agreement(key: str, case: Case, rules: Rules, today: date) -> str:
    match key:
        case "confirmation":
            standing = confirmations_of(case, rules, today)
            return standing[-1].state.label if standing and standing[-1].state else ""
        case "breach":
            return breach_mark(case)
        case "ratings":
            return ratings_mark(case, rules.table(LEVELS))
        case _:
            return ""


def _related_mark(case: Case) -> str:
    """That somebody came back, or that another case goes on in its place."""
    if case.merged_into is not None:
        return "已并入"
    standing = [each for each in case.relations if each.stands]
    if any(each.kind is RelationKind.SAME_DISPUTE for each in standing):
        return "再次来访"
    return f"{len(standing)}项" if standing else ""
