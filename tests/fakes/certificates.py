"""A certificate authority for one run of the tests or of a measurement, and what it issues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
ALEXA = "echo-api.amazon.com"
_DAY = timedelta(days=1)


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The key of that name; making one takes long, so a run makes each once."""
    del name
    return rsa.generate_private_key(65537, bits)


class Issuer:
    """A certificate with its key, which issues others or signs requests."""

    def __init__(self, certificate: x509.Certificate, key: Key, above: Issuer | None) -> None:
        self.certificate, self.key, self.above = certificate, key, above

    @property
    def pem(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def chain(self) -> bytes:
        """The certificate and those above it, without the root."""
        return self.pem + (self.above.chain if self.above and self.above.above else b"")

    @property
    def key_pem(self) -> bytes:
        """The private key, for a server."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def issue(  # noqa: PLR0913 - each is something a certificate can have wrong
        self,
        key: Key,
        names: Sequence[x509.GeneralName] = (x509.DNSName(ALEXA),),
        *,
        common: str = ALEXA,
        days: tuple[float, float] = (-1, 30),
        is_ca: bool = False,
        usage: ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
        extra: Sequence[tuple[x509.ExtensionType, bool]] = (),
    ) -> Issuer:
        """A certificate from this issuer, valid between these days from now."""
        builder = _builder(common, self.certificate.subject, key, days, is_ca=is_ca)
        above = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        identifier = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above)
        builder = builder.add_extension(identifier, critical=False)
        if not is_ca:
            builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        if names and not is_ca:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        for extension, critical in extra:
            builder = builder.add_extension(extension, critical=critical)
        return Issuer(builder.sign(self.key, SHA256()), key, self)


def new_root(common: str = "Test Root", key: Key | None = None) -> Issuer:
    """A root of its own."""
    key = key or rsa_key(common)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    return Issuer(_builder(common, name, key, (-10, 300), is_ca=True).sign(key, SHA256()), key, None)


def _builder(
    common: str, issuer: x509.Name, key: Key, days: tuple[float, float], *, is_ca: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=False,
        key_encipherment=not is_ca,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + days[0] * _DAY)
        .not_valid_after(now + days[1] * _DAY)
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
