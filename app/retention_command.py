"""`safeharbour retention`: destroy now what is over, or only count it."""

import click

from app.installation import open_installation
from app.retention import count_all_over, destroy_all_over
from core.settings import Settings


@click.command("retention")
@click.option("--check", is_flag=True, help="Count what would be destroyed now, and destroy nothing.")
def retention_command(check: bool) -> None:
    """Destroy what was kept for its time. The worker does so by itself; it can be stopped and run again."""
    with open_installation(Settings.from_env()) as harbour:
        if check:
            tell(count_all_over(harbour), "Nothing is over.")
            return
        tell(destroy_all_over(harbour), "Nothing was over.")


def tell(counts: dict[str, int], none: str) -> None:
    """A line for each kind of which there is any; a sentence where there is none of any."""
    for name, many in counts.items():
        if many:
            click.echo(f"{many:>7,} {name}")
    if not any(counts.values()):
        click.echo(none)
