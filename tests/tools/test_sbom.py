"""The bills of materials."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools.release import dependencies, sbom
from tools.setup import locks


def test_every_group_of_packages_has_a_bill() -> None:
    assert set(sbom.LOCKS) == set(locks.groups()) == set(dependencies.GROUPS.values())


@pytest.mark.slow
@pytest.mark.parametrize("name", sbom.LOCKS)
def test_a_bill_lists_every_pinned_package_with_its_hashes(name: str, tmp_path: Path) -> None:
    lock = sbom.LOCKS[name].read_text(encoding="utf-8")
    pinned = {
        (name.lower(), version) for name, version in re.findall(r"^([\w.-]+)==([^ \\;]+)", lock, re.MULTILINE)
    }
    bill = json.loads(sbom.write(name, tmp_path).read_text(encoding="utf-8"))
    listed = bill["components"]
    assert bill["bomFormat"] == "CycloneDX"
    assert {(each["name"].lower(), each["version"]) for each in listed} == pinned
    assert all(
        {found["alg"] for found in reference["hashes"]} == {"SHA-256"}
        for each in listed
        for reference in each["externalReferences"]
        if reference["type"] == "distribution"
    )


def test_a_bill_that_breaks_the_schema_is_refused(tmp_path: Path) -> None:
    bill = sbom.write("runtime", tmp_path).read_text(encoding="utf-8")
    assert sbom.problem(bill) is None
    assert "libary" in (sbom.problem(bill.replace('"library"', '"libary"')) or "")


def test_the_same_lock_makes_the_same_bill(tmp_path: Path) -> None:
    one, other = (sbom.write("lambda", tmp_path / folder).read_bytes() for folder in ("a", "b"))
    assert one == other
