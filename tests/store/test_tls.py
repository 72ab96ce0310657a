"""What leaves a PC is encrypted, and a server that cannot prove who it is gets nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mediation_desk.domain.errors import CannotOpen
from mediation_desk.store.address import ENCRYPTED, ServerAddress
from mediation_desk.store.shared_store import look_at
from tests.engines import Cluster

pytestmark = pytest.mark.server_only


def certificate(host: str) -> tuple[bytes, bytes]:
    """One that a centre signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM), secret


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    made, key = certificate("127.0.0.1")
    path = tmp_path_factory.mktemp("tls") / "server.crt"
    path.write_bytes(made)
    return path, key


@pytest.fixture(scope="module")
def encrypted(known: tuple[Path, bytes]) -> Iterator[ServerAddress]:
    cluster = Cluster()
    path, key = known
    yield cluster.speak_tls(path.read_bytes(), key)
    cluster.close()


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the host is called, it is another PC."""
    monkeypatch.setattr(ServerAddress, "is_on_this_pc", property(lambda _: False))


@pytest.mark.usefixtures("far_away")
def test_a_server_with_a_certificate_that_is_known_is_trusted(
    encrypted: ServerAddress, known: tuple[Path, bytes]
) -> None:
    assert look_at(replace(encrypted, root=str(known[0]))).is_encrypted


@pytest.mark.usefixtures("far_away")
def test_a_server_whose_certificate_nobody_knows_gets_nothing(encrypted: ServerAddress, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="不能确认它的身份"):
        look_at(encrypted)
    other = tmp_path / "other.crt"
    other.write_bytes(certificate("127.0.0.1")[0])
    with pytest.raises(CannotOpen, match="不能确认它的身份"):
        look_at(replace(encrypted, root=str(other)))


@pytest.mark.usefixtures("far_away")
def test_a_certificate_of_another_host_proves_nothing(encrypted: ServerAddress, known: tuple[Path, bytes]) -> None:
    with pytest.raises(CannotOpen, match="不能确认它的身份"):
        look_at(replace(encrypted, host="localhost", root=str(known[0])))


@pytest.mark.usefixtures("far_away")
def test_whoever_only_asks_for_encryption_gets_that(encrypted: ServerAddress) -> None:
    assert look_at(replace(encrypted, mode=ENCRYPTED)).is_encrypted


@pytest.mark.usefixtures("far_away")
def test_a_server_that_does_not_encrypt_gets_nothing(tmp_path: Path) -> None:
    cluster = Cluster()
    certificate_, key = certificate("127.0.0.1")
    address = cluster.speak_tls(certificate_, key)
    with cluster.connect("postgres") as connection:
        connection.execute("alter system set ssl = off")
        connection.execute("select pg_reload_conf()")
    with pytest.raises(CannotOpen, match=r"没有加密|不接受"):
        look_at(replace(address, mode=ENCRYPTED))
    cluster.close()


def test_within_this_pc_a_server_is_reached_with_or_without(encrypted: ServerAddress) -> None:
    assert look_at(encrypted).is_encrypted
