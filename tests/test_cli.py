import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from mediation_desk import __version__, logs
from mediation_desk.cli import commands, main
from mediation_desk.domain.case import AttachmentKind
from mediation_desk.domain.paper import content_digest, short_digest
from mediation_desk.domain.rules import Rules
from mediation_desk.services import practice
from mediation_desk.services.afterwards import close_case
from mediation_desk.services.attachments import attach
from mediation_desk.services.paper_log import keep_version
from mediation_desk.store import database
from mediation_desk.store.database import open_store
from tests.desk import Desk

CASES = Path(__file__).parent / "data" / "cases"
LEAK = CASES / "1_leak_between_neighbours.json"
WAGES = CASES / "2_wages_of_nine_workers.json"
SILENT = CASES / "4_neighbour_who_would_not_open.json"

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    home = tmp_path / "home"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: home / "data")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: home / "log")


@pytest.fixture
def bare(tmp_path: Path) -> Run:
    """Run a command line in a folder without a store."""
    return lambda *words, typed=None: CliRunner().invoke(main, ["--store", str(tmp_path / "desk.db"), *words], typed)


@pytest.fixture
def run(bare: Run, furnished_store: Path, tmp_path: Path) -> Run:
    """Run a command line on a store that was set up."""
    shutil.copy(furnished_store, tmp_path / "desk.db")
    return bare


@pytest.fixture
def filled(run: Run) -> Run:
    """Run a command line on a store with two cases: one performing, one without a number."""
    for file in (LEAK, SILENT):
        assert run("import-case", str(file)).exit_code == 0
    return run


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_version_and_help_need_no_store(bare: Run) -> None:
    assert bare("--version").stdout == f"mediation-desk {__version__}\n"
    page = bare("--help").stdout
    assert page.startswith("用法：")
    assert "选项:" in page
    assert "命令:" in page
    assert "Show" not in page


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself_in_chinese(command: str, bare: Run) -> None:
    page = bare(command, "--help").stdout
    assert page.startswith(f"用法：main {command} [选项]")
    assert "Options" not in page
    assert "Show" not in page


def test_init_asks_for_what_is_not_given(bare: Run, tmp_path: Path) -> None:
    result = bare("init", "--plain", "--centre", "示例综治中心", typed="示例调委会\n示\n登记员\n")
    assert result.exit_code == 0
    assert "人民调解委员会名称" in result.output
    opened = open_store(tmp_path / "desk.db")
    with opened.reading() as records:
        centre = records.centre.get()
    opened.close()
    assert (centre.name, centre.committees[0].short_name, centre.users[0].name) == ("示例综治中心", "示", "登记员")
    assert not centre.is_practice


def test_init_that_is_broken_off_leaves_nothing(bare: Run, tmp_path: Path) -> None:
    result = bare("init", "--plain", "--centre", "示例综治中心", typed="")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "已取消，没有改动。")
    refused = bare("init", "--plain", "--centre", " ", "--committee", "甲", "--short-name", "甲", "--user", "甲")
    assert (refused.exit_code, refused.stderr) == (1, "请填写综治中心名称。\n")
    assert not (tmp_path / "desk.db").exists()


def test_init_never_touches_a_store_that_is_there(run: Run) -> None:
    again = run("init", "--plain", "--centre", "甲", "--committee", "甲", "--short-name", "甲", "--user", "甲")
    assert again.exit_code == 1
    assert "已经存在，没有改动它" in again.stderr


def test_without_a_path_the_store_lies_in_the_users_folder(tmp_path: Path) -> None:
    words = ["init", "--plain", "--centre", "甲", "--committee", "甲", "--short-name", "甲", "--user", "甲"]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert (tmp_path / "home" / "data" / "desk.db").is_file()


def test_a_case_is_taken_over_and_given_away(run: Run, tmp_path: Path) -> None:
    taken = run("import-case", str(LEAK))
    assert (taken.exit_code, taken.stdout) == (0, "已导入：（2026）示人调字第1号（序号 1）\n".replace("2026", year()))
    file = tmp_path / "out.json"
    assert run("export-case", f"{year()}示人调字第1号", "-o", str(file)).exit_code == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["registration"] == json.loads(LEAK.read_text(encoding="utf-8"))["registration"]
    assert told(run("export-case", "1", "-o", "-")) == written


def year() -> str:
    from datetime import date

    return str(date.today().year)


def test_a_case_can_come_from_another_program(run: Run) -> None:
    taken = run("import-case", "-", typed=SILENT.read_bytes())
    assert taken.stdout == "已导入：尚未编号（序号 1）\n"


def test_a_bad_file_is_refused_with_every_place_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    bad = json.loads(LEAK.read_text(encoding="utf-8"))
    bad["registration"] |= {"mater": "x", "dispute_kind": "77"}
    file = tmp_path / "bad.json"
    file.write_text(json.dumps(bad), encoding="utf-8")
    refused = run("import-case", str(file))
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines()[1:] == [
        "registration.mater：不认识这一项，请核对拼写或删去。",
        "registration.dispute_kind：代码表 dispute_kind 中没有“77”。",
    ]
    assert told(run("list", "--json")) == []


def test_a_file_that_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    missing = run("import-case", str(tmp_path / "missing.json"))
    assert (missing.exit_code, "找不到文件" in missing.stderr) == (1, True)
    folder = run("import-case", str(tmp_path))
    assert (folder.exit_code, "读不出来" in folder.stderr) == (1, True)


def test_cases_are_listed_for_people_the_newest_first(filled: Run) -> None:
    assert filled("list").stdout.splitlines() == [
        "2  尚未编号  已分流  楼下住户 / 楼上住户",
        f"1  （{year()}）示人调字第1号  履行中  楼下住户 / 楼上住户",
    ]


def test_cases_are_listed_for_programs_with_keys_that_stay(filled: Run) -> None:
    first, second = told(filled("list", "--json"))
    assert list(first) == [
        "id",
        "number",
        "stage",
        "registered_at",
        "dispute_kind",
        "claimants",
        "respondents",
        "mediators",
        "matter",
        "safety_flags",
    ]
    assert (first["stage"], second["stage"], second["mediators"]) == ("triaged", "performing", "调解员甲")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--query", "洗衣机"], [2]),
        (["--query", "示人调字"], [1]),
        (["--stage", "performing"], [1]),
        (["--stage", "closed"], []),
    ],
)
def test_a_list_is_narrowed_by_words_and_stage(words: list[str], ids: list[int], filled: Run) -> None:
    assert [each["id"] for each in told(filled("list", "--json", *words))] == ids


def test_a_case_is_shown_for_people(filled: Run) -> None:
    lines = filled("show", "1").stdout.splitlines()
    assert lines[0] == f"（{year()}）示人调字第1号  履行中  楼下住户与楼上住户纠纷"
    assert "被申请方：楼上住户" in lines
    assert "2023-09-01  履行  第1项 2,000.00元" in lines
    assert filled("show", "2").stdout.startswith("尚未编号  已分流")


def test_a_case_is_shown_for_programs_as_it_is_exported(filled: Run) -> None:
    shown = told(filled("show", "1", "--json"))
    assert (shown.pop("id"), shown.pop("stage")) == (1, "performing")
    assert shown == told(filled("export-case", "1", "-o", "-"))


@pytest.mark.parametrize("number", ["7", "（2026）示人调字第99号", "²"])
def test_a_case_that_is_not_there_is_not_found(number: str, filled: Run) -> None:
    missing = filled("show", number)
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert missing.stderr.startswith(("找不到这个案件", "没有编号为"))


def test_papers_are_written_as_pdf(filled: Run, tmp_path: Path) -> None:
    for words in (["agreement", "1"], ["paper", "1", "D03"], ["paper", "1", "d07", "--no", "1"]):
        file = tmp_path / f"{words[0]}{len(words)}.pdf"
        assert filled(*words, "-o", str(file)).exit_code == 0
        assert file.read_bytes().startswith(b"%PDF")
    assert filled("paper", "1", "D08", "-o", "-").stdout_bytes == (tmp_path / "agreement2.pdf").read_bytes()


@pytest.mark.parametrize("words", [("paper", "1", "D03"), ("dossier", "1")])
def test_what_was_written_is_known_when_it_is_brought_back(words: tuple[str, ...], filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    filled(*words, "-o", str(file))
    [digest] = re.findall("校验码 ?([0-9A-F-]{14})", PdfReader(file).pages[0].extract_text())
    verdict = filled("verify", f"（{year()}）示人调字第1号", digest)
    assert (verdict.exit_code, verdict.stdout[:5]) == (0, "与存档一致")


def test_the_whole_file_is_written_as_one_pdf_and_what_it_lacks_is_named(
    filled: Run, tmp_path: Path, rules: Rules
) -> None:
    desk = Desk(open_store(tmp_path / "desk.db"), rules)
    desk.do(attach, 1, kind=AttachmentKind.EVIDENCE, file_name="a.jpg", content=b"\xff\xd8\xff rubbish")
    desk.database.close()
    bound = filled("dossier", "1", "-o", str(tmp_path / "file.pdf"))
    assert (tmp_path / "file.pdf").read_bytes().startswith(b"%PDF")
    assert "缺必须文书：当事人身份证明\n" in bound.stderr
    assert "未能印出：证据材料 1（a.jpg）：不是能识别的图片或 PDF。\n" in bound.stderr
    single = filled("dossier", "1", "--single-sided", "-o", "-")
    assert 0 < len(single.stdout_bytes) < len((tmp_path / "file.pdf").read_bytes())
    registered = filled("dossier", "2", "-o", str(tmp_path / "other.pdf"))
    assert "未能印出" not in registered.stderr


def test_a_paper_the_case_does_not_have_is_refused(filled: Run) -> None:
    assert filled("agreement", "2", "-o", "-").stderr == "这个案件还没有协议。\n"
    assert filled("paper", "2", "D04", "-o", "-").exit_code == 1


def test_a_paper_in_hand_is_told_from_the_file(run: Run, tmp_path: Path, rules: Rules) -> None:
    desk = Desk(open_store(tmp_path / "desk.db"), rules)
    desk.do(keep_version, desk.accepted(), "D03", 0, "人民调解申请书", ["张三"], content_digest(["张三"]), 2)
    desk.database.close()
    number, digest = "（2026）示人调字第1号", short_digest(content_digest(["张三"]))
    for words in ([number, digest], [f"MDESK:{number}:{digest}"]):
        right = run("verify", *words)
        assert (right.exit_code, right.stderr) == (0, "")
        assert right.stdout == "与存档一致：人民调解申请书2026年11月23日的文本，已打印2份。\n"
    wrong = run("verify", number, "0000-0000-0000")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "校验码与存档的各个文本都不符" in wrong.stderr


def test_empty_forms_have_running_numbers(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "空白表.pdf"
    made = run("blank", "e18", "--copies", "3", "-o", str(file))
    assert (made.exit_code, made.stderr.splitlines()[-1]) == (0, f"编号 BF{year()}-000001 至 BF{year()}-000003")
    assert len(PdfReader(file).pages) == 3
    assert run("blank", "D07", "-o", "-").stderr == f"编号 BF{year()}-000004\n"


def test_no_number_is_given_out_for_a_file_that_is_not_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    assert "--force" in run("blank", "E18", "-o", str(tmp_path / "mine")).stderr
    assert "写不进去" in run("blank", "E18", "-o", str(tmp_path / "nowhere" / "a.pdf")).stderr
    assert run("blank", "E18", "--copies", "201", "-o", "-").stderr.startswith("一次可打印1至200份空白表")
    assert run("blank", "X9", "-o", "-").stderr == "没有代码为 X9 的表格。请核对代码。\n"
    assert run("blank", "E18", "-o", "-").stderr == f"编号 BF{year()}-000001\n"


def test_no_file_is_overwritten_unless_asked_to(filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    for words in (["agreement", "1"], ["export-case", "1"]):
        file.write_bytes(b"mine")
        refused = filled(*words, "-o", str(file))
        assert (refused.exit_code, file.read_bytes()) == (1, b"mine")
        assert "--force" in refused.stderr
        assert filled(*words, "-o", str(file), "--force").exit_code == 0
        assert file.read_bytes() != b"mine"


def test_a_place_that_cannot_be_written_is_refused(filled: Run, tmp_path: Path) -> None:
    refused = filled("export-case", "1", "-o", str(tmp_path / "no folder" / "out.json"))
    assert (refused.exit_code, "写不进去" in refused.stderr) == (1, True)


def test_seed_makes_a_practice_store_and_adds_to_it(bare: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "MOST_WITH_PAPERS", 1)  # written whole, which is quicker
    assert bare("seed", "--cases", "5", "--seed", "3").exit_code == 0
    more = bare("seed", "--cases", "2")
    assert more.exit_code == 0
    assert "不能打印" in more.stderr
    assert len(told(bare("list", "--json"))) == 7


def test_seed_makes_people_for_the_rosters_with_or_without_a_store(bare: Run) -> None:
    first = bare("seed", "--cases", "0", "--people", "6")
    assert first.exit_code == 0
    assert "0个练习案件、6名轮驻人员" in first.stderr
    again = bare("seed", "--cases", "0", "--people", "3")
    assert (again.exit_code, "3名轮驻人员" in again.stderr) == (0, True)


def test_seed_leaves_a_real_store_alone(filled: Run) -> None:
    refused = filled("seed", "--cases", "5")
    assert (refused.exit_code, refused.stderr) == (1, "这不是练习用的数据文件，没有改动它。请另选一个文件名。\n")
    assert len(told(filled("list", "--json"))) == 2


@pytest.mark.parametrize("words", [["list"], ["show", "1"], ["import-case", str(LEAK)], ["agreement", "1", "-o", "-"]])
def test_a_store_that_is_not_there_is_never_made_by_the_way(words: list[str], bare: Run, tmp_path: Path) -> None:
    refused = bare(*words)
    assert (refused.exit_code, "找不到数据文件" in refused.stderr) == (1, True)
    assert not (tmp_path / "desk.db").exists()


def test_a_store_nobody_has_set_up_says_so(bare: Run, tmp_path: Path) -> None:
    database.create(tmp_path / "desk.db").close()
    assert "请先完成首次设置" in bare("import-case", str(LEAK)).stderr


def test_somebody_must_be_there_to_act(run: Run, tmp_path: Path) -> None:
    opened = open_store(tmp_path / "desk.db")
    with opened.writing() as records:
        records.centre.get().users[0].active = False
        records.flush()
    opened.close()
    assert "没有在用的使用者" in run("import-case", str(LEAK)).stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lst"], "没有命令“lst”。"),
        (["list", "--stage", "x"], "没有阶段“x”，应为 registered、"),
        (["list", "--nix"], "没有选项“--nix”。用 --help 查看用法。"),
        (["list", "--query"], "选项“--query”后面缺少或多了内容。"),
        (["list", "more"], "写多了内容。"),
        (["show"], "缺少“NUMBER”。"),
        (["paper", "1", "D03"], "缺少“-o / --output”。"),
        (["paper", "1", "D03", "--no", "x", "-o", "-"], "“--no”的值不对。"),
        (["verify", "（2026）示人调字第1号"], "缺少页脚的校验码"),
        (["seed", "--cases", "-1"], "“--cases”的值不对。"),
        ([], "用法："),
    ],
)
def test_wrong_use_is_told_in_a_sentence(words: list[str], sentence: str, bare: Run) -> None:
    misused = bare(*words)
    assert (misused.exit_code, misused.stdout) == (2, "")
    assert misused.stderr.startswith(sentence)


def test_a_defect_is_one_sentence_and_goes_to_the_log(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Iterator[str]:
        raise ZeroDivisionError("张三 110000199001010013")

    monkeypatch.setattr(commands, "_described", fail)
    broken = filled("show", "1")
    log = tmp_path / "home" / "log" / logs.LOG_FILE
    assert broken.exit_code == 3
    assert broken.stderr == f"程序出错，这一步没有保存。请把日志交给维护人员：{log}\n"
    kept = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in kept
    assert "张三" not in kept


def test_a_defect_is_told_even_without_a_log(filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_described", lambda _: 1 / 0)
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "log").write_text("in the way", encoding="utf-8")
    assert "日志也写不进去" in filled("show", "1").stderr


def test_output_is_utf_8_whatever_the_console_is_set_to(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    console = io.TextIOWrapper(written, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", console)
    with pytest.raises(SystemExit):
        main(["--help"])
    console.flush()
    assert "调解工作台" in written.getvalue().decode()


START = "import sys\nfrom mediation_desk.cli import main\n"


def process(*words: str, **kwargs: Any) -> "subprocess.CompletedProcess[bytes]":
    where = str(Path(__file__).parent.parent)
    kwargs.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(
        [sys.executable, "-W", "error", *words],
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": where, "PYTHONIOENCODING": "ascii"},
        check=False,
        **kwargs,
    )


def test_it_runs_as_a_module_and_loads_little_for_its_version() -> None:
    done = process("-c", f"{START}try: main(['--version'])\nfinally: print(*sys.modules, file=sys.stderr)")
    loaded = done.stderr.decode().split()
    assert done.stdout.decode().strip() == f"mediation-desk {__version__}"
    assert not {"sqlalchemy", "reportlab", "jsonschema", "PySide6", "mediation_desk.domain.case"} & set(loaded)
    assert process("-m", "mediation_desk.cli", "--version").returncode == 0


def test_qt_is_never_loaded(filled: Run, tmp_path: Path) -> None:
    words = ["--store", str(tmp_path / "desk.db"), "paper", "1", "D03", "-o", str(tmp_path / "a.pdf")]
    done = process("-c", f"{START}try: main({words!r})\nfinally: print(*sys.modules)")
    loaded = done.stdout.decode().split()
    assert (tmp_path / "a.pdf").exists(), done.stderr.decode()
    assert "reportlab" in loaded
    assert not [module for module in loaded if module.startswith(("PySide6", "shiboken6", "mediation_desk.gui"))]


def test_chinese_reaches_an_ascii_pipe_as_utf_8(filled: Run, tmp_path: Path) -> None:
    done = process("-m", "mediation_desk.cli", "--store", str(tmp_path / "desk.db"), "list")
    assert done.returncode == 0, done.stderr
    assert "楼下住户" in done.stdout.decode()


def test_a_reader_who_has_seen_enough_causes_no_complaint(filled: Run, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process("-m", "mediation_desk.cli", "--store", str(tmp_path / "desk.db"), "list", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [("show", "1"), ("export-case", "1", "-o", "-"), ("paper", "1", "D03", "-o", "-")])
def test_a_closed_case_is_opened_with_a_reason_that_is_logged(
    filled: Run, tmp_path: Path, rules: Rules, words: tuple[str, ...]
) -> None:
    store = open_store(tmp_path / "desk.db")
    Desk(store, rules).do(close_case, 1, despite_reason="当事人要求先行结案。")
    refused = filled(*words)
    assert refused.exit_code != 0
    assert "--reason" in refused.stderr
    assert filled(*words, "--reason", "卷宗评查").exit_code == 0
    with store.reading() as records:
        told = records.connection.exec_driver_sql("select told from audit").scalars().all()
    store.close()
    assert "已结卷宗，理由：卷宗评查" in told
