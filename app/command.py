"""`safeharbour`: every command of the platform, each with its errors in one line."""

from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from accounts.services import EnrolmentRefused
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from app.geography_command import geography_group
from app.installation import ForeignKeyFile, offer_set_up, open_installation
from app.locate_command import locate_command
from app.migrate import MigrationError, migrate
from app.people import Newcomer, NewTeam, VoucherRefused, found_with, join
from app.placing import NoSuchVintage, extent, leave_to_worker, place_all, still_to_come, wanted_vintage
from app.replay import Tally, WrongFile, replay
from app.retention_command import retention_command
from app.running import RunError, load_only, reset_demo, run
from app.serving import serve
from app.worker import run_worker
from core import audit
from core.clock import local_day
from core.db import db, reading
from core.keyring import KeyFileError, load_keyring, make_server_key
from core.sealing import Secret
from core.settings import Settings, SettingsError
from core.valkey import ValkeyError
from core.work import SYSTEM, Harbour, begin_work
from geography.installed import pack_in_use
from geography.locating import City
from geography.pack import BrokenPackError
from reporting.locating import city
from reporting.services import NobodyToRead
from reporting.vocabulary import AgencyKind

ROLES = {role.name.lower().replace("_", "-"): role for role in Role}
KINDS = [kind.value for kind in AgencyKind] + [kind.value for kind in TeamKind if kind is not TeamKind.AGENCY]
_TOLD_AS_THEY_ARE = (
    SettingsError, KeyFileError, ForeignKeyFile, MigrationError, ValkeyError, RunError, EnrolmentRefused, WrongFile,
    BrokenPackError,
    NoSuchVintage,
)  # fmt: skip


class PlainErrors(click.Group):
    """A group whose foreseen errors are one clear line, never a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; tell what went wrong in words."""
        try:
            return super().invoke(ctx)
        except _TOLD_AS_THEY_ARE as error:
            raise click.ClickException(str(error)) from error
        except NobodyToRead as error:
            raise click.ClickException(
                "There is no desk yet, so nobody could read a report. Set it up first."
            ) from error
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(
                "The database does not answer, or has no tables yet. Check HARBOUR_DATABASE_URL, "
                "then run: safeharbour migrate"
            ) from error


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Safe Harbour: hate crime and anti-social behaviour reporting for a city partnership."""


main.add_command(geography_group)
main.add_command(locate_command)
main.add_command(retention_command)


@main.command("run")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--empty", is_flag=True, help="Without the demo: a service of your own.")
def run_command(port: int, empty: bool) -> None:
    """Start everything on this machine."""
    run(Settings.from_env(), port, empty, click.echo)


@main.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Where to listen, behind a TLS proxy.")
def serve_command(bind: str) -> None:
    """Serve the pages, and nothing else."""
    settings = Settings.from_env()
    pack_in_use(settings.geography_folder, settings.council)
    with open_installation(settings):
        code = offer_set_up(settings)
    if code:
        click.echo(f"There is no desk yet. Open /set-up with this code: {code}", err=True)
    serve(settings, bind)


@main.command("worker")
def worker_command() -> None:
    """Do the jobs that are waiting, and sweep."""
    settings = Settings.from_env()
    pack_in_use(settings.geography_folder, settings.council)
    with open_installation(settings):
        pass
    run_worker(settings)


@main.command("migrate")
def migrate_command() -> None:
    """Bring the database to the tables of this version."""
    migrate(Settings.from_env())
    click.echo("The database is up to date.")


@main.group("keys")
def keys_group() -> None:
    """The server key."""


@keys_group.command("make")
def make_keys_command() -> None:
    """Make a server key, unless there is one."""
    settings = Settings.from_env()
    make_server_key(settings.key_folder)
    load_keyring(settings.key_folder)
    click.echo(f"The server key is in {settings.key_folder}. Keep a copy of it apart from the database's backups.")


@main.group("audit")
def audit_group() -> None:
    """The audit trail."""


@audit_group.command("verify")
def verify_command() -> None:
    """Walk the trail from its start, and hold it against its anchors."""
    with open_installation(Settings.from_env()) as harbour, reading():
        verdict = audit.verify(db.session(), harbour.keyring.audit, harbour.settings.anchor_folder)
    click.echo(f"{verdict.checked} entries checked, {verdict.waiting} not chained yet, {len(verdict.faults)} faults.")
    for fault in verdict.faults:
        click.echo(f"  {fault}")
    if verdict.faults:
        raise click.ClickException("The audit trail is not what was written.")


@main.group("people")
def people_group() -> None:
    """Who signs in."""


@people_group.command("add")
@click.option("--role", required=True, type=click.Choice(sorted(ROLES)))
@click.option("--team", required=True, help="The team's name.")
@click.option("--name", prompt="Name", help="The person's name.")
@click.option("--email", prompt="Email address", help="What they sign in with.")
@click.option("--new-team", type=click.Choice(KINDS), help="Found the team, of this kind, with this first person.")
@click.option("--vouched-by", metavar="EMAIL", help="A colleague of the team, who hands over its key.")
@click.option("--address", default="", help="Of a new centre.")
@click.option("--postcode", default="", help="Of a new centre.")
def add_person_command(
    role: str, team: str, name: str, email: str, new_team: str | None, vouched_by: str | None,
    address: str, postcode: str,
) -> None:  # fmt: skip
    """Add a person to a team, or as the first of a new one. A centre's people are noted as trained today."""
    if (new_team is None) == (vouched_by is None):
        raise click.UsageError("Say either --new-team KIND or --vouched-by EMAIL.")
    with open_installation(Settings.from_env()) as harbour:
        voucher = _ask_password(f"Password of {vouched_by}") if vouched_by else None
        newcomer = Newcomer(ROLES[role], name, email, _ask_password(f"Password for {name}", confirm=True))
        if vouched_by and voucher:
            _join(harbour, newcomer, team, vouched_by, voucher)
        else:
            _found(harbour, newcomer, NewTeam(team, _agency_kind(ROLES[role], new_team or ""), address, postcode))
    click.echo(f"{name} can sign in now.")


@main.command("replay")
@click.argument("file", type=click.Path(path_type=Path))
def replay_command(file: Path) -> None:
    """Take a month of data.police.uk in: each row of anti-social behaviour as a report."""
    size = file.stat().st_size if file.is_file() else 1
    settings = Settings.from_env()
    with open_installation(settings) as harbour, click.progressbar(length=size, label=file.name) as bar:
        tally = replay(harbour, file, bar.update)
    _tell_tally(tally)


@main.command("place-again")
@click.option("--vintage", metavar="YEAR", help="Whose ward boundaries; those in force today when left out.")
@click.option("--by-worker", is_flag=True, help="Leave it to the workers, and come back at once.")
def place_again_command(vintage: str | None, by_worker: bool) -> None:
    """Place every stored report in a vintage of wards, from its protected place. Can be stopped and run again."""
    with open_installation(Settings.from_env()) as harbour:
        found = city()
        wanted = wanted_vintage(found, vintage)
        if vintage is None:
            _tell_of_wards_to_come(found, local_day(harbour.clock(), harbour.settings.desk_time_zone))
        if by_worker:
            leave_to_worker(harbour, wanted)
            click.echo(f"The workers place every report on the wards of {wanted}.")
            return
        before = extent(harbour, found, wanted)
        label = f"On the wards of {wanted}"
        with click.progressbar(length=before.reports - before.placed_before, label=label, show_pos=True) as bar:
            placed = place_all(harbour, found, wanted, bar.update)
    click.echo(f"{placed:,} reports looked at.")
    if placed + before.placed_before < before.reports:
        click.echo("The others were taken by another run at the same time.")
    if before.placed_before:
        click.echo(f"{before.placed_before:,} were placed already, before the last run stopped.")


@main.group("demo")
def demo_group() -> None:
    """The demonstration of an embedded installation."""


@demo_group.command("load")
def load_demo_command() -> None:
    """Make the demo in a new folder, without starting anything."""
    load_only(Settings.from_env(), click.echo)


@demo_group.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset_demo_command(yes: bool) -> None:
    """Throw the demo away, with whatever was added to it, and make it again."""
    settings = Settings.from_env()
    if not yes:
        click.confirm(f"Delete everything in {settings.instance} and make the demo again?", abort=True)
    reset_demo(settings, click.echo)


def _tell_of_wards_to_come(found: City, today: date) -> None:
    for wards in still_to_come(found, today):
        click.echo(
            f"The wards of {wards.vintage} are in force from {wards.valid_from}. To place every report on them: "
            f"place-again --vintage {wards.vintage}"
        )


def _ask_password(words: str, confirm: bool = False) -> Secret:
    return Secret(click.prompt(words, hide_input=True, confirmation_prompt=confirm))


def _agency_kind(role: Role, kind: str) -> AgencyKind | None:
    if TEAM_OF_ROLE[role] is TeamKind.AGENCY:
        if kind not in set(AgencyKind):
            raise click.UsageError(f"An agency is of the kind {', '.join(AgencyKind)}.")
        return AgencyKind(kind)
    if kind != TEAM_OF_ROLE[role].value:
        raise click.UsageError(f"A {role.value} belongs to a team of the kind {TEAM_OF_ROLE[role].value}.")
    return None


def _found(harbour: Harbour, newcomer: Newcomer, new: NewTeam) -> None:
    found_with(begin_work(harbour, db.session(), SYSTEM), newcomer, new)
    db.session.commit()


def _join(harbour: Harbour, newcomer: Newcomer, team: str, voucher: str, password: Secret) -> None:
    try:
        join(begin_work(harbour, db.session(), SYSTEM), newcomer, team, voucher, password)
    except VoucherRefused:
        # The try itself stays on record.
        db.session.commit()
        raise
    db.session.commit()


def _tell_tally(tally: Tally) -> None:
    for number, why in tally.skipped:
        click.echo(f"Row {number} skipped: {why}.")
    click.echo(
        f"{tally.taken} reports taken in, {tally.other_types} rows of other types, {len(tally.skipped)} rows skipped."
    )
    if tally.resumed_at:
        click.echo(f"The rows before {tally.resumed_at} were in already.")
