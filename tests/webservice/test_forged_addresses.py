"""A chain comes from Amazon's address or not at all; no other is ever asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.certificate_server import GOOD, HOST, encoded, sign
from tests.fakes.hosting import Service, launch
from webservice.refusal import Reason

S3 = "s3.amazonaws.com"
FORGED = {
    "plain http": f"http://{S3}{GOOD}",
    "ftp": f"ftp://{S3}{GOOD}",
    "no scheme": f"//{S3}{GOOD}",
    "a file": f"file://{GOOD}",
    "a path alone": GOOD,
    "another host": f"https://example.com{GOOD}",
    "this machine": f"https://localhost{GOOD}",
    "metadata of the cloud": f"https://169.254.169.254{GOOD}",
    "amazon's name in front of another": f"https://{S3}.example.com{GOOD}",
    "amazon's name behind another": f"https://x{S3}{GOOD}",
    "a bucket's host": f"https://echo.api.{S3}{GOOD}",
    "another region's host": f"https://s3.eu-west-1.amazonaws.com{GOOD}",
    "a dot after the host": f"https://{S3}.{GOOD}",
    "no host": f"https://{GOOD}",
    "a host that is no host": f"https://[{S3}{GOOD}",
    "a user": f"https://me@{S3}{GOOD}",
    "amazon as the user": f"https://{S3}@example.com{GOOD}",
    "a password": f"https://:secret@{S3}{GOOD}",
    "a backslash before the host": f"https://example.com\\@{S3}{GOOD}",
    "another port": f"https://{S3}:563{GOOD}",
    "a port that is no number": f"https://{S3}:https{GOOD}",
    "a port beyond all": f"https://{S3}:99999999{GOOD}",
    "a negative port": f"https://{S3}:-443{GOOD}",
    "another folder": f"{HOST}/echo.apis/echo-api-cert-12.pem",
    "the folder in capitals": f"{HOST}/EcHo.aPi/echo-api-cert-12.pem",
    "out of the folder": f"{HOST}/echo.api/../bucket/echo-api-cert-12.pem",
    "out of the folder, encoded": f"{HOST}/echo.api/%2e%2e/bucket/x.pem",
    "an encoded slash": f"{HOST}/echo.api%2Fx.pem",
    "backslashes": f"{HOST}\\echo.api\\x.pem",
    "two slashes first": f"{HOST}/{GOOD}",
    "the folder itself": f"{HOST}/echo.api/",
    "the root": f"{HOST}/",
    "a query": f"{HOST}{GOOD}?versionId=1",
    "a fragment": f"{HOST}{GOOD}#echo.api",
    "a space": f"{HOST}/echo.api/x y.pem",
    "a tab": f"{HOST}/echo.api/x\ty.pem",
    "letters beyond ascii": f"{HOST}/echo.api/\u00fc.pem",
    "two addresses": f"{HOST}{GOOD}, {HOST}{GOOD}",
    "too long": f"{HOST}/echo.api/{'x' * 1000}.pem",
}


@pytest.mark.parametrize("url", FORGED.values(), ids=FORGED)
def test_an_address_that_is_not_amazons(
    service: Service, refuses: Callable[[Any, Reason], None], url: str
) -> None:
    body = encoded(launch())
    refuses((body, sign(body, service.amazon.key, url)), Reason.ADDRESS)
