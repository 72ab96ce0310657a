"""What a party thought of the service (E13, 信访工作条例 art. 21): asked for, never assumed."""

from mediation_desk.domain.aftermath import Rating
from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.rules import CodeTable
from mediation_desk.domain.supervision_words import Called, recorded

LEVELS = "satisfaction"
"""The table of levels; a code of it that counts as content says so by `satisfied`."""
CHANNELS = ("当面", "电话", "网上或短信", "其他")
NO_ANSWER = "不愿评价"


def check_rating(faults: Faults, case: Case, rating: Rating, levels: CodeTable) -> None:
    """Note whom it is not by, what is no level, and days that cannot be."""
    faults.check(case.party(rating.party_no), "请选择是哪一方当事人评价的。", "rated_by")
    faults.check(not rating.level or rating.level in levels, "没有这一级评价，请重新选择。", "level")
    faults.check(rating.channel in CHANNELS, "请选择评价方式。", "channel")
    faults.check(rating.rated_on <= rating.recorded_at.date(), "评价日期不能晚于今天。", "rated_on")
    faults.check(
        rating.rated_on >= case.requested_on,
        f"评价日期早于本案登记的申请日期（{show_day(case.requested_on)}），请核对。",
        "rated_on",
    )
    known = any((each.party_no, each.rated_on) == (rating.party_no, rating.rated_on) for each in case.ratings)
    faults.check(not known, "这一方当天的评价已经登记。刚登错的，用“撤销”（Ctrl+Z）。", "rated_by")


def level_in_words(rating: Rating, levels: CodeTable) -> str:
    return levels.label(rating.level) if rating.level else NO_ANSWER


def is_content(level: str, levels: CodeTable) -> bool:
    """Whether the level counts as content (K14)."""
    return level in levels and levels[level].extra.get("satisfied") == "yes"


def rating_in_words(case: Case, rating: Rating, levels: CodeTable, called: Called) -> str:
    """All that is known of one, a line each; `called` names a user."""
    lines = [
        f"{case.party_name(rating.party_no)}：{level_in_words(rating, levels)}",
        f"{show_day(rating.rated_on)}，{rating.channel}" + recorded(called, rating.by_id, rating.recorded_at),
        rating.comment and f"意见和建议：{rating.comment}",
    ]
    return "\n".join(filter(None, lines))


def ratings_mark(case: Case, levels: CodeTable) -> str:
    """Such as "1方不满意", "2方已评价"; "" before anybody was asked."""
    given = [each for each in case.ratings if each.level]
    discontent = {each.party_no for each in given if not is_content(each.level, levels)}
    if discontent:
        return f"{len(discontent)}方不满意"
    asked = {each.party_no for each in case.ratings}
    return f"{len(asked)}方已评价" if asked else ""
