"""An address is a file or a server, reads back as it was written, and never holds a password."""

from pathlib import Path

import pytest

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store.address import ENCRYPTED, SURE, ServerAddress, read_address

HOST = "data.example"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("postgresql+psycopg://clerk@data.example/desk", ServerAddress(HOST, "desk", "clerk")),
        ("postgresql://clerk@data.example:6543/desk", ServerAddress(HOST, "desk", "clerk", 6543)),
        ("postgres://clerk@data.example/desk?sslmode=require", ServerAddress(HOST, "desk", "clerk", mode=ENCRYPTED)),
        (
            "postgresql+psycopg://clerk@10.1.2.3/desk?sslrootcert=C%3A%5Cca.pem",
            ServerAddress("10.1.2.3", "desk", "clerk", root=r"C:\ca.pem"),
        ),
        ("postgresql+psycopg://clerk@/desk?host=%2Frun%2Fpg", ServerAddress("/run/pg", "desk", "clerk")),
        ("postgresql+psycopg://clerk@[::1]/desk", ServerAddress("::1", "desk", "clerk")),
        ("postgresql+psycopg://%E7%8E%8B%40a@data.example/%E6%A1%88%2F1", ServerAddress(HOST, "案/1", "王@a")),
        ("postgresql://clerk@localhost/desk?sslmode=disable", ServerAddress("localhost", "desk", "clerk", mode=SURE)),
    ],
)
def test_an_address_reads_back_as_it_was_written(text: str, address: ServerAddress) -> None:
    assert read_address(text) == address
    assert read_address(str(address)) == address


@pytest.mark.parametrize("text", ["desk.db", "/data/desk.db", r"C:\data\desk.db", r"\\server\share\desk.db"])
def test_anything_else_is_a_file(text: str) -> None:
    assert read_address(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mysql://clerk@data.example/desk", "看不懂数据地址的开头“mysql://”"),
        ("postgresql://clerk@data.example:port/desk", "写得不对"),
        ("postgresql://clerk@data.example/desk?sslmode", "写得不对"),
        ("postgresql://data.example/desk", "缺少用户"),
        ("postgresql://clerk@data.example", "缺少数据库名"),
        ("postgresql://clerk@/desk", "缺少主机"),
        ("postgresql://clerk@data.example/desk?options=x", "不认识的部分“options”"),
        ("postgresql://clerk@data.example/desk?sslmode=disable", "会让内容不加密地经过网络"),
        ("postgresql://clerk@data.example/desk?sslmode=prefer", "会让内容不加密地经过网络"),
    ],
)
def test_what_is_neither_is_told(text: str, sentence: str) -> None:
    with pytest.raises(CannotOpen, match=sentence):
        read_address(text)


def test_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(CannotOpen, match="不要写口令") as refused:
        read_address("postgresql://clerk:Juniper-42@data.example/desk")
    assert "Juniper" not in str(refused.value)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("/run/postgresql", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
    ],
)
def test_what_stays_within_this_pc_is_known(host: str, here: bool) -> None:
    address = ServerAddress(host, "desk", "clerk", mode=ENCRYPTED)
    assert address.is_on_this_pc is here
    assert address.security == ("prefer" if here else "require")
