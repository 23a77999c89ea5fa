"""Letters: plain e-mail, to people of the partnership. A letter never says more than that something waits.

Without a mail server of the installation's own, letters are laid in a folder, where whoever runs it sees them.
"""

import mailbox
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from core.settings import Settings
from core.work import Harbour

_SECONDS = 10.0
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address."""

    to: str
    subject: str
    words: str


def post(harbour: Harbour, letter: Letter, letter_id: str) -> None:
    """Send a letter, under an id that is the same when it is sent again; OSError or SMTPException when it failed."""
    message = _message(harbour, letter, letter_id)
    if harbour.settings.mail_url:
        _send(harbour.settings, message)
    else:
        _lay_down(harbour.settings, message)


def _message(harbour: Harbour, letter: Letter, letter_id: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{harbour.settings.partnership} <{harbour.settings.mail_from}>"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(harbour.clock())
    message["Message-ID"] = f"<{letter_id}@{harbour.settings.mail_from.rpartition('@')[2]}>"
    # So that an answering machine does not write back to everybody on holiday.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.words)
    return message


def _send(settings: Settings, message: EmailMessage) -> None:
    server = urlsplit(settings.mail_url)
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    trusted = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=trusted)
    else:
        connection = smtplib.SMTP(host, port, timeout=_SECONDS)
    with connection:
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=trusted)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)


def _lay_down(settings: Settings, message: EmailMessage) -> None:
    settings.letter_folder.parent.mkdir(parents=True, exist_ok=True)
    mailbox.Maildir(settings.letter_folder).add(message)
