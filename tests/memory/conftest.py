"""Real tables on the loopback, and the real boto3 pointed at them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from botocore.loaders import JSONFileLoader

from crampguide.memory import dynamodb, known
from tests.memory.servers import dynamodb_local, lacking, moto

LONG = 60.0


class Rows(NamedTuple):
    """A table as its owner sees it."""

    name: str
    client: Any

    def all(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.scan(TableName=self.name, ConsistentRead=True)["Items"]
        return found

    def only(self) -> dict[str, Any]:
        (row,) = self.all()
        return row

    def change(self, **values: dict[str, Any]) -> None:
        self.client.put_item(TableName=self.name, Item=self.only() | values)


@pytest.fixture(scope="session", autouse=True)
def files_are_read_once() -> Iterator[None]:
    """Each device of a test has a boto3 of its own, which would read the description of DynamoDB anew."""
    read = cache(JSONFileLoader().load_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", lambda _, path: read(path))
        yield


@pytest.fixture(scope="session", params=["moto", "DynamoDB Local"])
def endpoint(request: pytest.FixtureRequest) -> Iterator[str]:
    local = request.param != "moto"
    if local and (reason := lacking()):
        pytest.skip(reason)
    with (dynamodb_local if local else moto)() as address:
        yield address


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment as Lambda's, from which no call can leave the loopback."""
    settings = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def unhurried(aws: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The same where the skill waits as long as it takes: a slow machine must not fail a test."""
    aws.setattr(known, "LONGEST_WAIT", LONG)
    aws.setattr(dynamodb, "_PATIENCE", LONG)
    return aws


@pytest.fixture
def rows(endpoint: str, unhurried: pytest.MonkeyPatch) -> Rows:
    """A new table."""
    unhurried.setenv("AWS_ENDPOINT_URL", endpoint)
    client = boto3.client("dynamodb", config=Config(retries={"total_max_attempts": 100, "mode": "standard"}))
    name = f"memory-{uuid4()}"
    client.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.get_waiter("table_exists").wait(TableName=name)
    return Rows(name, client)


@pytest.fixture
def now() -> float:
    return time.time()
