"""Reads the forms of upstream systems from a rule pack, and says which of their fields nobody can fill."""

from datetime import date

from mediation_desk.domain.upstream_form import DayFormat, Each, UpstreamField, UpstreamForm
from mediation_desk.exchange.json_members import Members


def read_upstream_form(
    entry: Members, in_force: tuple[date | None, date | None], *, is_proven: bool = False
) -> UpstreamForm:
    """Read one form. What the fields of a proven one name is not looked up again."""
    fields = tuple(_field(field, is_proven=is_proven) for field in entry.objects("fields"))
    if not fields:
        entry.fault("“fields”至少写一项")
    return UpstreamForm(
        code=entry.text("code"),
        title=entry.text("title"),
        system=entry.text("system"),
        days=entry.choice("days", DayFormat),
        fields=fields,
        effective_from=in_force[0],
        effective_to=in_force[1],
    )


def _field(entry: Members, *, is_proven: bool) -> UpstreamField:
    field = UpstreamField(
        label=entry.text("label"),
        value=entry.optional_text("value"),
        each=entry.choice("each", Each) if entry.has("each") else None,
        longest=entry.optional_whole("longest"),
        longest_setting=entry.optional_text("longest_setting"),
    )
    if field.value and not is_proven:
        from mediation_desk.domain.upstream_values import is_known  # not needed at the start

        if not is_known(field.value):
            entry.fault(f"不认识的填写项“{field.value}”")
    return field
