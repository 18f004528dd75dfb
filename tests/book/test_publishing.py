"""What runs elsewhere is what a person can type here: workflows, and the folder that Binder reads."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from book import digest, serve
from book.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TOLD = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def jobs(file: Path) -> dict[str, dict]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"]


def commands(file: Path) -> list[str]:
    """Return every line that the steps of a workflow run."""
    runs = [step["run"] for job in jobs(file).values() for step in job["steps"] if "run" in step]
    return [line for run in runs for line in run.splitlines()]


def typed(command: str) -> bool:
    """Tell whether a command is a target of the Makefile, or stands in README or CONTRIBUTING."""
    made = re.fullmatch(r"make ([a-z]+)( [A-Z]+=\S+)?( > canary\.txt)?", command)
    return made[1] in TARGETS if made else command in TOLD


def test_there_are_four_workflows():
    assert [file.stem for file in WORKFLOWS] == ["canary", "ci", "pages", "release"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_every_command_is_one_a_person_can_type(file):
    assert [command for command in commands(file) if not typed(command)] == []


@pytest.mark.skipif(shutil.which("check-jsonschema") is None, reason="needs check-jsonschema")
def test_workflows_follow_the_schema_of_github_and_a_fault_is_noticed(tmp_path):
    command = ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"]
    subprocess.run([*command, *map(str, WORKFLOWS)], check=True, capture_output=True)
    planted = tmp_path / "planted.yml"
    planted.write_text(WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on", "run-on"), encoding="utf-8")
    assert subprocess.run([*command, str(planted)], check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("command", ["make nonsense", "make book; rm -rf .", "curl -s example.org"])
def test_another_command_is_noticed(command):
    assert not typed(command)


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_an_action_has_a_version_and_a_job_a_limit_and_no_more_rights_than_named(file):
    workflow = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert workflow["permissions"]["contents"] in ("read", "write")
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_the_site_follows_a_release_and_has_the_default_branch_at_its_root():
    """GitHub starts no workflow for a release that was made with its token."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    started = workflow[True]  # YAML reads `on` as yes
    release = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    assert "release" not in started
    assert started["workflow_run"] == {"workflows": [release["name"]], "types": ["completed"]}
    assert "workflow_run.conclusion == 'success'" in workflow["jobs"]["pages"]["if"]
    checkout = workflow["jobs"]["pages"]["steps"][0]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"


def test_what_needs_other_programs_is_run_by_a_workflow():
    skipped = [file for file in (ROOT / "tests").rglob("test_*.py") if "pysimlin" in file.read_text(encoding="utf-8")]
    assert skipped
    assert "make peers" in [command for file in WORKFLOWS for command in commands(file)]


def test_ci_runs_the_pythons_of_the_makefile_and_marks_the_untried():
    ci = jobs(ROOT / ".github" / "workflows" / "ci.yml")
    named = re.search(r"^PYTHONS \?= (.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert ci["linux"]["strategy"]["matrix"]["python"] == named
    assert "untried" in ci["untried"]["name"]
    assert ci["untried"]["continue-on-error"]


def test_every_target_is_declared_and_explained():
    declared = set(" ".join(re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)).split())
    assert declared == TARGETS
    explained = set(re.findall(r"^([a-z-]+):.* ## ", MAKEFILE, re.MULTILINE))
    assert declared - explained <= {"numerical"}


def test_a_folder_with_a_blank_is_one_word_to_verify():
    command = ["make", "--no-print-directory", "-n", "verify", "AGAINST=an older run", f"VENV={Path(sys.prefix)}"]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert shlex.split(told.strip().splitlines()[-1])[-2:] == ["--against", "an older run"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_tells_the_line_that_makes_the_kernel_known(readme, tmp_path):
    (line,) = re.findall(
        r"^\.venv/bin/python -m ipykernel .*$", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE
    )
    command = [sys.executable, *line.split()[1:], "--prefix", str(tmp_path)]
    command.remove("--user")
    subprocess.run(command, check=True, capture_output=True)
    (kernel,) = tmp_path.rglob("kernel.json")
    assert (kernel.parent.name, json.loads(kernel.read_text(encoding="utf-8"))["argv"][0]) == ("gum", sys.executable)


def test_binder_reads_a_python_that_we_support():
    """Its Python buildpack matches this pattern, and reads the lock because the folder has no environment.yml."""
    (version,) = re.fullmatch(r"python-(\d+\.\d+)\n", (ROOT / "binder" / "runtime.txt").read_text()).groups()
    project = re.search(r'requires-python = "(.*)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))[1]
    assert f"{version}.1" in SpecifierSet(project)
    assert {file.name for file in (ROOT / "binder").iterdir()} == {"postBuild", "requirements.txt", "runtime.txt"}
    option, lock = (ROOT / "binder" / "requirements.txt").read_text().split()
    assert (option, (ROOT / "binder" / lock).resolve()) == ("-r", ROOT / "requirements" / "book.txt")


def test_binder_can_run_what_it_runs_last():
    script = ROOT / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)
    last = script.read_text(encoding="utf-8").splitlines()[-1]
    assert last in TOLD


def test_the_book_is_built_when_a_source_is_saved_and_only_then(monkeypatch):
    built = []
    monkeypatch.setattr(serve.subprocess, "run", lambda command, **_: built.append(command[1:]))
    monkeypatch.setattr(digest, "inputs", lambda: "one")
    seen = serve.renew(serve.renew())
    assert built == [["-m", "book.build"]]
    monkeypatch.setattr(digest, "inputs", lambda: "two")
    assert serve.renew(seen) == "two"
    assert len(built) == 2
