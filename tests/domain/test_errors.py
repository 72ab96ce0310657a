"""Refusals speak in sentences, with the place each belongs to, and all at once."""

import pytest

from mediation_desk.domain.errors import Fault, Faults, FileRefused, RuleBroken, RulePackBroken, refuse_unless


def test_faults_are_told_together_with_their_places() -> None:
    faults = Faults()
    faults.check("", "请写明诉求。", "demand")
    faults.check("漏水", "请写明纠纷情况。", "matter")
    faults.add("案件已经结案。")
    with pytest.raises(RuleBroken) as refused:
        faults.refuse_if_any()
    assert refused.value.faults == (Fault("请写明诉求。", "demand"), Fault("案件已经结案。"))
    assert str(refused.value) == "请写明诉求。\n案件已经结案。"


def test_without_a_fault_nothing_is_refused() -> None:
    faults = Faults()
    faults.check(True, "请写明诉求。")
    faults.refuse_if_any()
    assert faults.noted == []


def test_what_was_noted_cannot_be_changed_from_outside() -> None:
    faults = Faults()
    faults.noted.append(Fault("请写明诉求。"))
    assert faults.noted == []


def test_a_single_rule_is_refused_with_its_place() -> None:
    refuse_unless(1, "请填写姓名。")
    with pytest.raises(RuleBroken) as refused:
        refuse_unless(None, "请填写姓名。", "name")
    assert refused.value.faults == (Fault("请填写姓名。", "name"),)


def test_a_refused_file_names_each_place_below_the_headline() -> None:
    refused = FileRefused("文件有错误：", [Fault("不是日期", "parties[1].birth_date"), Fault("没有内容")])
    assert str(refused) == "文件有错误：\nparties[1].birth_date：不是日期\n没有内容"


def test_a_broken_rule_pack_names_all_its_faults() -> None:
    assert str(RulePackBroken(["甲", "乙"])).splitlines()[1:] == ["甲", "乙"]
