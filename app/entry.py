"""Where `safeharbour` starts: a command that needs little is not kept waiting for the whole platform."""

import sys


def main() -> None:
    """Run the command that was asked for."""
    if sys.argv[1:2] == ["locate"]:
        from app.locate_command import locate_command

        locate_command(sys.argv[2:], prog_name="safeharbour locate")
    else:
        from app.command import main as every_command

        every_command()
