"""The rules that keep the house easy to read, looked up in its files."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("app", "core", "geography", "accounts", "reporting", "centres", "triage", "trends")
CODE = (*ROOMS, "bench", "drills", "scripts", "tests", "migrations")
OURS = (*CODE, "templates", "static", "docs", "requirements", "translations", ".ci")
NOT_OURS = {"build", "__pycache__", "node_modules"}
LONGEST_FILE, LONGEST_FUNCTION = 300, 45
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:work|root|home|Users|mnt|opt)/\w")
TEXT = {".py", ".html", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".scss", ".js", ".po", ".svg", ""}


def files(folders: tuple[str, ...], kinds: set[str]) -> Iterator[Path]:
    """Our own files of these kinds, and those at the top."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in kinds and not NOT_OURS & set(path.relative_to(ROOT).parts):
                yield path


def python_files() -> list[Path]:
    """Every Python file but generated migrations."""
    found = [path for path in files(CODE, {".py"}) if "versions" not in path.parts]
    return [*found, *ROOT.glob("*.py")]


def named(path: Path) -> str:
    """How a file is called in a message."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_is_code_to_look_at() -> None:
    assert len(python_files()) > 30


def test_files_are_short() -> None:
    sizes = {named(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: lines for name, lines in sizes.items() if lines >= LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    sizes = {
        f"{named(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files()
        for function in functions(path)
    }
    assert {name: lines for name, lines in sizes.items() if lines >= LONGEST_FUNCTION} == {}


def test_names_say_something() -> None:
    modules = [named(path) for path in python_files() if SAYS_NOTHING & {path.stem, path.parent.name}]
    called = [
        f"{named(path)}:{function.name}"
        for path in python_files()
        for function in functions(path)
        if function.name.strip("_") in SAYS_NOTHING
    ]
    assert modules + called == []


def test_tests_never_sleep() -> None:
    waits = {
        f"{named(path)}:{number}"
        for path in files(("tests",), {".py"})
        if "stack" not in path.parts and path != Path(__file__)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\bsleep\(|wait_for_timeout\(", line)
    }
    assert waits == set()


BLOCKED_BY_THE_CONTENT_POLICY = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style(?![^>]*\bnonce=)[^>]*>", re.IGNORECASE),
    "a script without a nonce": re.compile(r"<script(?![^>]*\bnonce=)[^>]*>", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("what", BLOCKED_BY_THE_CONTENT_POLICY)
def test_templates_hold_nothing_the_content_policy_blocks(what: str) -> None:
    pattern = BLOCKED_BY_THE_CONTENT_POLICY[what]
    pages = {named(path): pattern.search(path.read_text()) for path in files(("templates",), {".html", ".jinja"})}
    assert {name: match.group() for name, match in pages.items() if match} == {}


def test_nothing_names_a_folder_of_some_machine() -> None:
    top = [path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT]
    found = {
        f"{named(path)}:{number}": line.strip()
        for path in [*files(OURS, TEXT), *top]
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    }
    assert found == {}


def test_package_locks_name_no_host_and_carry_hashes() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert [path.name for path in locks] == ["node.txt", "run.txt", "setup.txt", "test.txt"]
    for path in locks:
        text = path.read_text()
        assert "://" not in text, named(path)
        pinned = re.findall(r"^[a-z0-9][\w.\[\]-]*==", text, re.MULTILINE)
        assert pinned, named(path)
        assert len(re.findall(r"^\S.*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(pinned), named(path)


def test_the_node_lock_names_no_host_and_carries_hashes() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in text
    assert '"integrity"' in text


def test_every_package_of_a_run_has_the_same_version_in_a_test() -> None:
    versions = {
        name: set(re.findall(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements/run.txt", "requirements/test.txt")
    }
    assert versions["requirements/run.txt"] <= versions["requirements/test.txt"]


def test_every_package_we_name_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "run.txt": project["project"]["dependencies"],
        "test.txt": project["project"]["optional-dependencies"]["test"],
        "node.txt": project["dependency-groups"]["node"],
        "setup.txt": project["dependency-groups"]["setup"],
    }
    for lock, packages in wanted.items():
        locked = set(re.findall(r"^([a-z0-9][\w.-]*)", (ROOT / "requirements" / lock).read_text(), re.MULTILINE))
        names = {re.split(r"[\[<>=!~; ]", package)[0].lower() for package in packages}
        assert names - locked == set(), f"{lock} is older than pyproject.toml. Run: make lock"
