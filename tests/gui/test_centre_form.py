"""The fields of the centre."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.centre import Centre
from mediation_desk.domain.errors import RuleBroken
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.centre_form import CentreForm


@pytest.fixture
def form(rules: Rules, qtbot: QtBot) -> CentreForm:
    made = CentreForm(rules, date(2026, 11, 23))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("code", ["110101", "659001", ""])
def test_what_is_shown_is_read_back_the_same(form: CentreForm, code: str) -> None:
    form.show_centre(Centre(uid="1", name="东城街道综治中心", area_code=code, address="东街1号", phone="010-60000000"))
    form.check()
    read = (form.name, form.area_code, form.address, form.phone)
    assert read == ("东城街道综治中心", code, "东街1号", "010-60000000")


def test_an_area_is_chosen_by_its_name_or_typed_with_full_width_digits(form: CentreForm) -> None:
    form.ui.centre_area_code.setEditText("北京市")
    assert form.area_code == "110000"
    form.ui.centre_area_code.setEditText("６５９００１ ")
    assert form.area_code == "659001"


@pytest.mark.parametrize(("name", "area", "place"), [(" ", "", "centre_name"), ("中心", "东城", "centre_area_code")])
def test_what_cannot_be_kept_is_refused_at_its_field(form: CentreForm, name: str, area: str, place: str) -> None:
    form.ui.centre_name.setText(name)
    form.ui.centre_area_code.setEditText(area)
    with pytest.raises(RuleBroken) as refused:
        form.check()
    assert [fault.place for fault in refused.value.faults] == [place]


def test_the_opening_half_days_are_shown_and_read_back(form: CentreForm) -> None:
    assert form.opening_pattern == []
    form.show_centre(Centre(uid="1", name="东城街道综治中心", opening_pattern=["sat_am", "mon_pm"]))
    form.ui.tue_am.setChecked(True)
    assert form.opening_pattern == ["mon_pm", "tue_am", "sat_am"]
