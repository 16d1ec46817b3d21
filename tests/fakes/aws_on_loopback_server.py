"""The process behind `tests.fakes.aws_on_loopback`: prints its address, then serves until it is ended.

moto's CloudFormation passes over AWS::Lambda::Alias, publishes no second version, and loses the token of a
permission. What is here does that as Amazon documents it, on top of moto's own Lambda.
"""

from __future__ import annotations

from threading import Event
from typing import Any

from moto.awslambda.models import LambdaAlias, LambdaBackend, lambda_backends
from moto.core.common_models import CloudFormationModel
from moto.server import ThreadedMotoServer

Json = dict[str, Any]


class Version(CloudFormationModel):
    """A published version. None of its properties can be updated: a new value makes a new version."""

    def __init__(self, number: str, properties: Json) -> None:
        self.number, self.properties = number, properties

    @property
    def physical_resource_id(self) -> str:
        """What Ref gives."""
        return f"{self.properties['FunctionName']}:{self.number}"

    @staticmethod
    def cloudformation_type() -> str:
        """Being defined later than moto's own, it takes that one's place."""
        return "AWS::Lambda::Version"

    @staticmethod
    def cloudformation_name_type() -> str:
        """It has no name."""
        return ""

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """What GetAtt may ask for."""
        return attr == "Version"

    def get_cfn_attribute(self, attribute_name: str) -> str:
        """What GetAtt gives."""
        return {"Version": self.number}[attribute_name]

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Json,
        account_id: str,
        region_name: str,
        **_kwargs: object,
    ) -> Version:
        """Publish; refused where nothing has changed since the last time."""
        properties = cloudformation_json["Properties"]
        backend: LambdaBackend = lambda_backends[account_id][region_name]
        name = properties["FunctionName"]
        before = {str(version.version) for version in backend.list_versions_by_function(name)}
        published = backend.publish_version(name, properties.get("Description", ""))
        number = str(published.version) if published else ""
        if not number or number in before:
            raise ValueError(f"A version for this Lambda function exists ( {number} ). {resource_name}")
        return cls(number, properties)

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Version,
        new_resource_name: str,
        cloudformation_json: Json,
        account_id: str,
        region_name: str,
    ) -> Version:
        """A replacement, unless nothing changed. What refers to it follows, which moto leaves out."""
        properties = cloudformation_json["Properties"]
        if properties == original_resource.properties:
            return original_resource
        made = cls.create_from_cloudformation_json(
            new_resource_name, cloudformation_json, account_id, region_name
        )
        for alias in lambda_backends[account_id][region_name].list_aliases(properties["FunctionName"]):
            if alias.function_version == original_resource.number:
                alias.update(None, made.number, None)
        return made


class Alias(CloudFormationModel):
    """A name for a version."""

    def __init__(self, alias: LambdaAlias) -> None:
        self.physical_resource_id = alias.arn

    @staticmethod
    def cloudformation_type() -> str:
        """Unknown to moto."""
        return "AWS::Lambda::Alias"

    @staticmethod
    def cloudformation_name_type() -> str:
        """The property that names it."""
        return "Name"

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Json,
        account_id: str,
        region_name: str,
        **_kwargs: object,
    ) -> Alias:
        """Point the name at the version."""
        given = cloudformation_json["Properties"]
        where = (resource_name, given["FunctionName"], given["FunctionVersion"], given.get("Description", ""))
        return cls(lambda_backends[account_id][region_name].create_alias(*where, ""))


class Permission(CloudFormationModel):
    """Who may invoke; moto's own forgets the token that a caller must bring."""

    @staticmethod
    def cloudformation_type() -> str:
        """Being defined later than moto's own, it takes that one's place."""
        return "AWS::Lambda::Permission"

    @staticmethod
    def cloudformation_name_type() -> str:
        """It has no name."""
        return ""

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Json,
        account_id: str,
        region_name: str,
        **_kwargs: object,
    ) -> Permission:
        """Add the statement, written as Lambda writes it."""
        given = cloudformation_json["Properties"]
        statement: Json = {
            "Sid": resource_name,
            "Effect": "Allow",
            "Action": given["Action"],
            "Principal": {"Service": given["Principal"]},
            "Resource": given["FunctionName"],
        }
        if "EventSourceToken" in given:
            token = {"lambda:EventSourceToken": given["EventSourceToken"]}
            statement["Condition"] = {"StringEquals": token}
        function = lambda_backends[account_id][region_name].get_function(given["FunctionName"])
        function.policy.statements.append(statement)
        return cls()


def serve() -> None:
    """Serve on a free port until the process is ended."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)  # noqa: T201 - whoever started this waits for it
    Event().wait()
