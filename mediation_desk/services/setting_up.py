"""Setting up the house: the centre, its committees, its users."""

from collections.abc import Sequence

from mediation_desk.domain.centre import Centre, Committee, CommitteeMember, User
from mediation_desk.domain.errors import Faults, refuse_unless
from mediation_desk.domain.numbering import check_template
from mediation_desk.domain.rights import Right, Role, in_two_camps, rights_of, rights_of_user
from mediation_desk.services.act import Act, needs
from mediation_desk.store.records import Records


def set_up(records: Records, centre: Centre) -> Centre:
    """Record the centre with at least one committee and one user. Only once for a store.

    The first users may do everything, until the centre says who does what.
    """
    refuse_unless(records.centre.find() is None, "这份数据已经设置过综治中心。")
    faults = Faults()
    faults.check(centre.name.strip(), "请填写综治中心名称。", "centre_name")
    faults.check(centre.committees, "请至少登记一个人民调解委员会。", "committee_name")
    faults.check(centre.users, "请填写第一位使用者的姓名。", "user_name")
    faults.refuse_if_any()
    for committee in centre.committees:
        check_committee(committee, centre.committees)
    for user in centre.users:
        check_user(user, centre.users)
        user.roles = user.roles or [role.value for role in Role]
    records.centre.add(centre)
    records.flush()
    return centre


def check_committee(committee: Committee, all_of_centre: Sequence[Committee]) -> None:
    """Refuse a committee that cannot issue numbers of its own or has no name for its seal."""
    faults = Faults()
    faults.check(committee.name.strip(), "请填写调委会名称（与印章一致）。", "committee_name")
    faults.check(committee.short_name.strip(), "请填写编号用的简称。", "committee_short_name")
    others = [each for each in all_of_centre if each.uid != committee.uid]
    faults.check(
        committee.short_name not in {each.short_name for each in others},
        "这个简称已被另一个调委会使用，会造成重号，请换一个。",
        "committee_short_name",
    )
    if committee.term_start and committee.term_end:
        faults.check(committee.term_start <= committee.term_end, "任期结束日早于开始日。", "committee_term_end")
    faults.check(all(member.name.strip() for member in committee.members), "有委员没有填写姓名。", "committee_members")
    faults.refuse_if_any()
    own = [template for template in committee.number_formats.values() if template]
    refuse_unless(len(own) == len(set(own)), "几种编号的格式相同，会造成重号，请加以区分。", "number_formats")
    for kind, template in committee.number_formats.items():
        if template:
            check_template(template, f"number_format_{kind}")


def check_user(user: User, all_of_centre: Sequence[User]) -> None:
    """Refuse a user without a name or with the name of another, with a role nobody knows, or with another's place in
    the directory.
    """
    refuse_unless(user.name.strip(), "请填写使用者姓名。", "user_name")
    names = [each.name for each in all_of_centre if each.uid != user.uid]
    refuse_unless(user.name not in names, "已有同名的使用者，请加以区分（如加部门）。", "user_name")
    refuse_unless(set(user.roles) <= set(Role), "有不认识的角色，请重新选择。", "user_roles")
    taken = {each.mediator_id: each.name for each in all_of_centre if each.uid != user.uid and each.active}
    refuse_unless(
        user.mediator_id is None or not user.active or user.mediator_id not in taken,
        f"这位调解员已对应使用者“{taken.get(user.mediator_id)}”，请先改那一位。",
        "user_mediator",
    )


def check_centre_name(name: str) -> None:
    """Refuse a centre without a name: it stands on every paper."""
    refuse_unless(name.strip(), "请填写综治中心名称。", "centre_name")


@needs(Right.SETTINGS)
def describe_centre(
    records: Records, _act: Act, *, name: str, area_code: str, address: str, phone: str, opening_pattern: Sequence[str]
) -> None:
    """Change what the centre is called, where it is and at which half-days of a week it is open."""
    check_centre_name(name)
    centre = records.centre.get()
    centre.name, centre.area_code, centre.address, centre.phone = name.strip(), area_code, address, phone
    centre.opening_pattern = list(opening_pattern)


@needs(Right.SETTINGS)
def save_committee(records: Records, _act: Act, committee: Committee) -> None:
    """Add a committee, or take over what was changed in one (found by `uid`). Issued numbers stay as they are."""
    centre = records.centre.get()
    check_committee(committee, centre.committees)
    held = next((each for each in centre.committees if each.uid == committee.uid), None)
    if held is None:
        centre.committees.append(committee)
    else:
        held.name, held.short_name, held.body = committee.name, committee.short_name, committee.body
        held.term_start, held.term_end, held.active = committee.term_start, committee.term_end, committee.active
        held.number_formats = dict(committee.number_formats)
        held.members = [
            CommitteeMember(name=member.name, post=member.post, gender=member.gender) for member in committee.members
        ]
    records.flush()


@needs(Right.USERS)
def save_user(records: Records, _act: Act, user: User) -> None:
    """Add a user, or change one (found by `uid`): name, roles, place in the directory, retirement.

    Whoever retires loses the password. The last one who keeps the users can neither retire nor lose that role.
    """
    centre = records.centre.get()
    check_user(user, centre.users)
    if user.mediator_id is not None:
        records.mediators.get(user.mediator_id)
    held = next((each for each in centre.users if each.uid == user.uid), None)
    if held is None:
        centre.users.append(user)
    else:
        held.name, held.active = user.name, user.active
        held.roles, held.mediator_id = list(user.roles), user.mediator_id
        if held.id is not None and not held.active:
            records.credentials.drop(held.id)
    refuse_unless(any(each.active for each in centre.users), "至少要有一位在用的使用者。", "user_active")
    _refuse_without_keeper(records, centre.users, user)
    records.flush()


def _refuse_without_keeper(records: Records, users: Sequence[User], changed: User) -> None:
    """Somebody must be left who keeps the users, and can log in where passwords are asked for."""
    keepers = [each for each in users if Right.USERS in rights_of_user(each)]
    place = "user_roles" if changed.active else "user_active"
    refuse_unless(keepers, "至少要有一位在用的管理员，否则再没有人能管理使用者。请先让别人担任管理员。", place)
    holders = records.credentials.holders()
    refuse_unless(
        not holders or any(each.id in holders for each in keepers),
        "其余的管理员都还没有口令，登录不了。请先给其中一位设置口令。",
        place,
    )


def doubts_about_user(user: User) -> list[str]:
    """What is unusual about the roles of a user; nobody is kept from it."""
    doubts = []
    if user.active and not user.roles:
        doubts.append("还没有角色，登录后看不到任何案件。")
    if in_two_camps(user.roles):
        doubts.append("同一人兼任管理员和审计，日志就失去了对管理员的监督；人手允许时应由两人分别担任。")
    if Role.MEDIATOR in user.roles and user.mediator_id is None and Right.ALL_CASES not in rights_of(user.roles):
        doubts.append("没有对应名册中的调解员，登录后看不到承办的案件。")
    return doubts
