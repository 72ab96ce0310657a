"""The first paper with a rare character beside the same paper without one.

Goal: a rare character costs the reading of its own file and no more: ≤ 10 ms CPU, ≤ 5 MB for each of the 33 files.
Each round is a fresh process, warm with the faces of every paper; the floor is the paper with 三 in place of 𠮷.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from mediation_desk.resources import resource

ROUNDS = 3
MOST_MS, MOST_MB = 10.0, 5.0
CHECKOUT = Path(__file__).parent.parent.parent

MEASURED = """
import gc, json, sys, time
import psutil
from mediation_desk.documents import fonts
from mediation_desk.documents.page import Frame, Sheet

def paper(char):
    sheet = Sheet(Frame("题", "调委会", "案号"))
    sheet.add(f"当事人张{char}，今日到场。")
    return sheet.pdf()

def cost(char):
    gc.collect()
    used, start = psutil.Process().memory_info().rss, time.process_time()
    paper(char)
    return (time.process_time() - start) * 1000, (psutil.Process().memory_info().rss - used) / 1e6

for _ in range(20):
    paper("三")
floor = sorted(cost("三")[0] for _ in range(20))[10]
first = {name: cost(char) for name, char in json.load(sys.stdin).items()}
again = sorted(cost("𠮷")[0] for _ in range(20))[10]
json.dump({"floor": floor, "first": first, "again": again}, sys.stdout)
"""


def test_a_rare_character_costs_its_own_file() -> None:
    chars = _one_of_each_file()
    rounds = [_measured(chars) for _ in range(ROUNDS)]
    floor = statistics.median(each["floor"] for each in rounds)
    ms = {file: statistics.median(each["first"][file][0] - each["floor"] for each in rounds) for file in chars}
    mb = {file: statistics.median(each["first"][file][1] for each in rounds) for file in chars}
    again = statistics.median(each["again"] for each in rounds)
    print(
        f"\npaper without rare characters {floor:.1f} ms CPU; with the first of a file"
        f" +{statistics.median(ms.values()):.1f} (worst {max(ms.values()):.1f}) ms,"
        f" +{statistics.mean(mb.values()):.1f} (worst {max(mb.values()):.1f}) MB;"
        f" with one of a file that is open {again:.1f} ms; {len(chars)} files"
    )
    assert max(ms.values()) <= MOST_MS
    assert max(mb.values()) <= MOST_MB


def _one_of_each_file() -> dict[str, str]:
    """For each rare file a character that it draws."""
    from mediation_desk.documents.fonts import faces_of

    found: dict[str, str] = {}
    for path in sorted(resource("fonts").glob("rare-?/*.ttf")):
        start = int(path.stem, 16)
        chars = map(chr, range(start, start + 0x1000))
        found[f"{path.parent.name}/{path.name}"] = next(char for char in chars if faces_of(char)[0].path == path)
    return found


def _measured(chars: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", MEASURED],
        input=json.dumps(chars), cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured
