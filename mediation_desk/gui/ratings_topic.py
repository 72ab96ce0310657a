"""满意度: what each party thought of the service, as it said it."""

from mediation_desk.domain.case import Case
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rating import LEVELS, is_content, level_in_words, rating_in_words
from mediation_desk.domain.rights import Right
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.fact_topic import FactTopic
from mediation_desk.gui.line_model import ORANGE, Line


class RatingsTopic(FactTopic):
    def __init__(self, desk: Desk) -> None:
        empty = "当事人对本次办理的评价在这里登记：怎么说就怎么记，不愿评价也照实记。空白的“满意度评价表”在“文书”打印。"
        super().__init__(desk, ("日期", "评价人", "评价", "方式"), empty=empty)
        self.page.offer("登记评价…", self.record_rating, Right.FOLLOW_UP, name="record_rating_button")

    def show_case(self, case: Case) -> None:
        self.case = case
        levels = self.desk.rules.table(LEVELS)
        lines = []
        for each in case.ratings:
            cells = (
                show_day(each.rated_on), case.party_name(each.party_no), level_in_words(each, levels), each.channel
            )  # fmt: skip
            lines.append(Line(cells, each, ORANGE if each.level and not is_content(each.level, levels) else None))
        self.page.show_lines(lines, lambda rating: rating_in_words(case, rating, levels, self.desk.centre.user_name))

    def record_rating(self) -> None:
        from mediation_desk.gui.rating_dialog import RatingDialog

        self.open_dialog(RatingDialog)
