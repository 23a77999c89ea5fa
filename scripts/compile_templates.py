"""Compiles every template, for processes that start later."""

import shutil
import sys
import tempfile
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.pages import install_pages  # noqa: E402
from app.templates import COMPILED, install_templates  # noqa: E402
from core.settings import Settings  # noqa: E402


def main() -> None:
    """Compile into a new folder, then put it in the place of the old one."""
    app = Flask(__name__)
    install_templates(app)
    install_pages(app, Settings.from_env({}))
    COMPILED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=COMPILED.parent, prefix=".templates-") as making:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(making, "%s")
        for name in app.jinja_env.list_templates():
            app.jinja_env.get_template(name)
        shutil.rmtree(COMPILED, ignore_errors=True)
        shutil.copytree(making, COMPILED)


if __name__ == "__main__":
    main()
