"""Numbers are made from a template that cannot give the same one twice."""

import pytest

from mediation_desk.domain.centre import Committee
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.numbering import check_template, loosely, render, template_for

DEFAULT = "（{year}）{org_abbr}人调字第{seq}号"


def test_a_number_is_rendered_from_its_template() -> None:
    assert render(DEFAULT, 2026, "东", 7) == "（2026）东人调字第7号"
    assert render("{year}-{seq:04}", 2026, "", 7) == "2026-0007"


@pytest.mark.parametrize("template", [DEFAULT, "{year}{seq}", "{seq:04}/{year}", "{year}-{seq:03d}", "{{{year}}}{seq}"])
def test_good_templates_pass(template: str) -> None:
    check_template(template)
    assert render(template, 2026, "东", 1) != render(template, 2026, "东", 2)


@pytest.mark.parametrize(
    "template",
    [
        "{year}{seq",
        "{year}{seq}{month}",
        "{year}{}",
        "{0}{year}{seq}",
        "{year}{seq.real}",
        "{year}{seq.nothing}",
        "{year}{seq[0]}",
        "{year}{seq!x}",
        "{year}{seq!r}",
        "{year}{seq:{year}}",
        "{year}{seq:>9999999999}",
        "{year:x}{seq}",
        "{year}{seq}{org_abbr:04}",
    ],
)
def test_unknown_blanks_are_refused_at_their_place(template: str) -> None:
    with pytest.raises(RuleBroken, match="三种空格") as refused:
        check_template(template, "number_format_case")
    assert [fault.place for fault in refused.value.faults] == ["number_format_case"]


@pytest.mark.parametrize("template", ["", "第{seq}号", "{year}{org_abbr}"])
def test_a_template_that_would_repeat_itself_is_refused(template: str) -> None:
    with pytest.raises(RuleBroken, match="否则会重号"):
        check_template(template)


def test_a_committee_may_have_its_own_template() -> None:
    own = {"case": "{year}-{seq}", "oral": ""}
    committee = Committee(uid="u", name="示例街道人民调解委员会", short_name="示", number_formats=own)
    assert template_for(committee, "case", DEFAULT) == "{year}-{seq}"
    assert template_for(committee, "oral", DEFAULT) == DEFAULT
    assert template_for(committee, "agreement", DEFAULT) == DEFAULT


def test_brackets_and_spaces_do_not_tell_numbers_apart() -> None:
    forms = ["（2026）东人调字第7号", "(2026) 东人调字第7号", "〔2026〕东人调字第7号", "【2026】东人调字 第7号"]
    assert {loosely(form) for form in forms} == {"2026东人调字第7号"}
