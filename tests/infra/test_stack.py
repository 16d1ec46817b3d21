"""The stack, made on an AWS on loopback, and what moto does not look at, read from the template."""

from __future__ import annotations

import ast
import io
import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import boto3
import pytest
from cfnlint.decode import decode
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from tests.fakes.aws_on_loopback import aws_on_loopback

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "infra" / "skill-stack.yaml"
USER_CONFIG: Mapping[str, Any] = json.loads((ROOT / "ask-resources.json").read_text(encoding="utf-8"))[
    "profiles"
]["default"]["skillInfrastructure"]["userConfig"]
SKILL_ID = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
BUCKET = "code"
NUMBERS = itertools.count(1)
Answer = Any


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with aws_on_loopback(tmp_path_factory.mktemp("aws") / "log.txt") as address:
        yield address


class Stack(NamedTuple):
    """One stack on the AWS on loopback, deployed the way the ASK CLI does it."""

    aws: str
    name: str

    def client(self, service: str) -> Answer:
        return boto3.client(
            service,
            endpoint_url=self.aws,
            region_name="us-east-1",
            aws_access_key_id="any",
            aws_secret_access_key="any",  # noqa: S106 - moto takes any
        )

    def deploy(self, **changed: str) -> dict[str, str]:
        """Create the stack, or update it, with the project's own parameters; its outputs."""
        parameters = {
            "SkillId": SKILL_ID,
            "LambdaRuntime": USER_CONFIG["runtime"],
            "LambdaHandler": USER_CONFIG["handler"],
            "CodeBucket": BUCKET,
            "CodeKey": "build.zip",
            "CodeVersion": self._upload(),
            **USER_CONFIG["cfn"]["parameters"],
            **changed,
        }
        cloud = self.client("cloudformation")
        known = {stack["StackName"] for stack in cloud.describe_stacks()["Stacks"]}
        deploy = cloud.update_stack if self.name in known else cloud.create_stack
        deploy(
            StackName=self.name,
            TemplateBody=TEMPLATE.read_text(encoding="utf-8"),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        (stack,) = cloud.describe_stacks(StackName=self.name)["Stacks"]
        assert stack["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def allowed(self, function: str) -> dict[str, tuple[list[str], str]]:
        """What a function's role may do, by policy: the actions and the resource."""
        functions = self.client("lambda").list_functions()["Functions"]
        (role,) = (f["Role"].rpartition("/")[2] for f in functions if f["FunctionName"] == function)
        iam = self.client("iam")
        found = {}
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            written = iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
            # moto keeps the document as Python writes it.
            document = ast.literal_eval(unquote(written)) if isinstance(written, str) else written
            (statement,) = document["Statement"]
            assert statement["Effect"] == "Allow"
            found[policy] = (statement["Action"], statement["Resource"])
        assert iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"] == []
        return found

    def _upload(self) -> str:
        s3 = self.client("s3")
        if BUCKET not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
            s3.create_bucket(Bucket=BUCKET)
            s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("lambda_function.py", "lambda_handler = print\n")
        version: str = s3.put_object(Bucket=BUCKET, Key="build.zip", Body=code.getvalue())["VersionId"]
        return version


@pytest.fixture
def stack(aws: str) -> Iterator[Stack]:
    made = Stack(aws, f"stack-{next(NUMBERS)}")
    yield made
    made.client("cloudformation").delete_stack(StackName=made.name)


def test_the_function_runs_what_the_project_asks_for(stack: Stack) -> None:
    outputs = stack.deploy()
    function = stack.client("lambda").get_function_configuration(FunctionName=outputs["FunctionName"])
    assert function["Runtime"] == "python3.13"
    assert function["Handler"] == "lambda_function.lambda_handler"
    assert function["MemorySize"] == int(USER_CONFIG["cfn"]["parameters"]["FunctionMegabytes"])
    assert function["Timeout"] == 7
    assert function["Environment"]["Variables"] == {"SKILL_ID": SKILL_ID, "LOG_LEVEL": "INFO"}


def test_the_endpoint_is_an_alias_of_the_published_version(stack: Stack) -> None:
    outputs = stack.deploy()
    functions = stack.client("lambda")
    alias = functions.get_alias(FunctionName=outputs["FunctionName"], Name="live")
    assert outputs["SkillEndpoint"] == alias["AliasArn"]
    assert outputs["SkillEndpoint"].endswith(":live")
    assert alias["FunctionVersion"] == outputs["FunctionVersion"] == "1"


def test_the_same_code_deployed_again_is_a_new_version_at_the_same_endpoint(stack: Stack) -> None:
    first = stack.deploy()
    second = stack.deploy()
    assert (first["FunctionVersion"], second["FunctionVersion"]) == ("1", "2")
    alias = stack.client("lambda").get_alias(FunctionName=second["FunctionName"], Name="live")
    assert alias["FunctionVersion"] == "2"
    assert first["SkillEndpoint"] == second["SkillEndpoint"] == alias["AliasArn"]


def test_only_alexa_and_only_for_this_skill_may_invoke(stack: Stack) -> None:
    outputs = stack.deploy()
    policy = stack.client("lambda").get_policy(FunctionName=outputs["FunctionName"], Qualifier="live")
    (statement,) = json.loads(policy["Policy"])["Statement"]
    assert statement["Principal"] == {"Service": "alexa-appkit.amazon.com"}
    assert statement["Action"] == "lambda:InvokeFunction"
    assert statement["Resource"] == outputs["SkillEndpoint"]
    assert statement["Condition"] == {"StringEquals": {"lambda:EventSourceToken": SKILL_ID}}


def test_without_memory_there_is_no_table_and_only_the_log_may_be_written(stack: Stack) -> None:
    outputs = stack.deploy()
    assert stack.client("dynamodb").list_tables()["TableNames"] == []
    ((actions, resource),) = stack.allowed(outputs["FunctionName"]).values()
    assert actions == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert resource.removesuffix(":*").endswith(f":log-group:{outputs['LogGroup']}")


def test_the_log_is_kept_for_a_limited_time(stack: Stack) -> None:
    outputs = stack.deploy(LogDays="14")
    groups = stack.client("logs").describe_log_groups(logGroupNamePrefix=outputs["LogGroup"])["logGroups"]
    assert [group["retentionInDays"] for group in groups] == [14]


def test_with_memory_there_is_one_table_and_no_other_may_be_used(stack: Stack) -> None:
    outputs = stack.deploy(Memory="on")
    function = stack.client("lambda").get_function_configuration(FunctionName=outputs["FunctionName"])
    variables = function["Environment"]["Variables"]
    tables = stack.client("dynamodb")
    (name,) = tables.list_tables()["TableNames"]
    table = tables.describe_table(TableName=name)["Table"]
    assert variables["MEMORY_TABLE"] == name
    assert len(variables["MEMORY_SALT"]) >= 32
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    actions, resource = stack.allowed(outputs["FunctionName"])["use-own-table"]
    assert resource == table["TableArn"]
    assert actions == ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"]


def test_an_address_gets_the_alarms(stack: Stack) -> None:
    stack.deploy(AlarmEmail="someone@example.com")
    (topic,) = stack.client("sns").list_topics()["Topics"]
    subscriptions = stack.client("sns").list_subscriptions_by_topic(TopicArn=topic["TopicArn"])
    assert [entry["Endpoint"] for entry in subscriptions["Subscriptions"]] == ["someone@example.com"]


@pytest.fixture(scope="module")
def template() -> Mapping[str, Any]:
    decoded, problems = decode(str(TEMPLATE))
    assert problems == []
    resources: Mapping[str, Any] = decoded["Resources"]
    return resources


def test_starts_from_a_snapshot_on_arm_with_its_own_log_and_no_tracing(template: Mapping[str, Any]) -> None:
    function = template["Function"]["Properties"]
    assert function["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert function["Architectures"] == ["arm64"]
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": "Logs"}}
    assert function["TracingConfig"] == {"Mode": {"Fn::If": ["Traces", "Active", "PassThrough"]}}
    assert USER_CONFIG["cfn"]["parameters"]["Tracing"] == "off"


def test_a_new_code_version_replaces_the_published_version(template: Mapping[str, Any]) -> None:
    fixed = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::Lambda::Version").schema
    assert "/properties/Description" in fixed["createOnlyProperties"]
    assert template["Version"]["Properties"]["Description"] == {"Ref": "CodeVersion"}
    assert template["Live"]["Properties"]["FunctionVersion"] == {"Fn::GetAtt": ["Version", "Version"]}
    # Lambda publishes nothing where nothing has changed, and CloudFormation calls that an error.
    assert "${CodeVersion}" in template["Function"]["Properties"]["Description"]["Fn::Sub"]


def test_alarms_watch_what_alexa_talks_to(template: Mapping[str, Any]) -> None:
    alarms = [part["Properties"] for part in template.values() if part["Type"] == "AWS::CloudWatch::Alarm"]
    assert {alarm["MetricName"] for alarm in alarms} == {"Errors", "Throttles", "Duration"}
    for alarm in alarms:
        watched = {entry["Name"]: entry["Value"] for entry in alarm["Dimensions"]}
        assert watched == {"FunctionName": {"Ref": "Function"}, "Resource": {"Fn::Sub": "${Function}:live"}}


def test_the_table_is_encrypted_expires_and_its_backups_are_short(template: Mapping[str, Any]) -> None:
    table = template["Table"]["Properties"]
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    backup = table["PointInTimeRecoverySpecification"]
    assert backup == {"PointInTimeRecoveryEnabled": True, "RecoveryPeriodInDays": 7}
