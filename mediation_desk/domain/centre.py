"""The house itself: the 综治中心, its people's mediation committees and the people who log in."""

from dataclasses import dataclass, field
from datetime import date

from mediation_desk.domain.labelled import Labelled
from mediation_desk.domain.rules import Rules


@dataclass(eq=False, kw_only=True)
class Centre:
    """A 综治中心 with its one-stop window. `is_practice` marks every page and paper as 练习.

    `opening_pattern` lists the half-days of a week at which it is open ("sat_am"); empty means every working day.
    """

    id: int | None = None
    uid: str
    name: str
    area_code: str = ""
    address: str = ""
    phone: str = ""
    is_practice: bool = False
    opening_pattern: list[str] = field(default_factory=list)
    committees: list["Committee"] = field(default_factory=list)
    users: list["User"] = field(default_factory=list)

    def committee(self, committee_id: int | None) -> "Committee | None":
        return next((committee for committee in self.committees if committee.id == committee_id), None)

    def user_name(self, user_id: int | None) -> str:
        return next((user.name for user in self.users if user.id == user_id), "")


@dataclass(eq=False, kw_only=True)
class User:
    """A person who works with the program. `roles` are keys of `Role`; `mediator_id` is theirs in the directory."""

    id: int | None = None
    uid: str
    name: str
    active: bool = True
    roles: list[str] = field(default_factory=list)
    mediator_id: int | None = None


class CommitteePost(Labelled):
    """What a member is in the committee (人民调解法 art. 8)."""

    HEAD = "head", "主任"
    VICE_HEAD = "vice_head", "副主任"
    MEMBER = "member", "委员"


@dataclass(eq=False, kw_only=True)
class CommitteeMember:
    """A member of a committee. `gender` is a GB/T 2261.1 code, "" when not stated."""

    name: str
    post: CommitteePost = CommitteePost.MEMBER
    gender: str = ""


@dataclass(eq=False, kw_only=True)
class Committee:
    """A 人民调解委员会. `name` stands on the seal, `short_name` in the numbers.

    `number_formats` overrides the templates of the rule pack by kind; see `numbering.py`.
    """

    id: int | None = None
    uid: str
    name: str
    short_name: str
    body: str = ""
    term_start: date | None = None
    term_end: date | None = None
    active: bool = True
    number_formats: dict[str, str] = field(default_factory=dict)
    members: list[CommitteeMember] = field(default_factory=list)

    def warnings(self, rules: Rules, today: date) -> list[str]:
        """What does not fit 人民调解法 art. 8 and 9. Warnings only: the seat may be vacant for a while."""
        found = []
        fewest = rules.setting("committee_fewest_members", today)
        most = rules.setting("committee_most_members", today)
        if self.members and not fewest <= len(self.members) <= most:
            found.append(f"委员会现有{len(self.members)}名委员，依法应为{fewest}至{most}名。")
        if self.members and not any(member.gender == "2" for member in self.members):
            found.append("委员会没有登记女性委员，依法应当有妇女成员。")
        if self.members and not any(member.post is CommitteePost.HEAD for member in self.members):
            found.append("委员会没有登记主任。")
        if self.term_end and self.term_end < today:
            found.append("委员会任期已满，请办理换届后更新任期。")
        return found
