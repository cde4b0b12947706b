"""What an operator may choose: what each setting means and expects, and why its default is so."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "FINGERPOST_"


def _setting(default: object, expected: str, meaning: str, **limits: Any) -> Any:
    """Return a field that can say both what it means and what it expects."""
    return Field(
        default=default,
        description=meaning,
        json_schema_extra={"expected": expected},
        **limits,
    )


class Settings(BaseSettings):
    """What an operator may choose. Made by `load_settings`, which says what is wrong in one line.

    An empty variable counts as not set.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    database_url: Annotated[str, Field(repr=False)] = _setting(
        "sqlite:///var/fingerpost.sqlite3",
        "an SQLAlchemy URL: sqlite:///FILE or postgresql+psycopg://NAME:PASSWORD@HOST/DATABASE",
        "where pages are kept: a file of SQLite, or a PostgreSQL server",
        pattern=r"^(?:sqlite|postgresql)(?:\+\w+)?://",
    )
    model: str = _setting(
        "small",
        "the name of a folder under models/, or a path to one",
        "the trained model: the name of a folder under models/, or any path",
        min_length=1,
    )
    model_revision: str | None = _setting(
        None,
        "twelve hexadecimal digits, as `model.revision` in an answer has them",
        "the revision that the model must have, or nothing starts; any where not set",
        pattern="^[0-9a-f]{12}$",
    )
    threads: int | None = _setting(
        None,
        "a whole number from 1 to 256",
        "processor threads of the model; all that there are where not set",
        ge=1,
        le=256,
    )
    device: Literal["cpu", "cuda"] = _setting(
        "cpu",
        "cpu or cuda",
        "where the model runs: on the processor, compiled, or on a GPU that torch can use",
    )
    host: str = _setting(
        "127.0.0.1", "an address or name of this machine", "where `serve` listens", min_length=1
    )
    port: int = _setting(
        8000,
        "a whole number from 0 to 65535",
        "the port on which `serve` listens; 0 takes a free one",
        ge=0,
        le=65535,
    )
    # Container platforms kill what has not left some time after they asked; 30 s is Kubernetes'.
    grace_s: int = _setting(
        25,
        "a whole number from 0 to 3600",
        "seconds that `serve`, told to stop, gives requests under way until they are broken off",
        ge=0,
        le=3_600,
    )
    # 32 callers at once, and as many again: some two seconds of short comments on two cores.
    queue_limit: int = _setting(
        64,
        "a whole number from 1 to 10000",
        "requests that may wait for the model before others are sent away (429)",
        ge=1,
        le=10_000,
    )
    # 8 MB: two thousand long comments; a larger page is an archive and goes in parts.
    max_body_bytes: int = _setting(
        8_000_000,
        "a whole number from 1000 to 16000000",
        "the largest request body, and the largest file that `mine` reads",
        ge=1_000,
        le=16_000_000,  # parsing reads no more than 16 MiB, and a job's page is a little longer
    )
    max_comments: int = _setting(
        5_000,
        "a whole number from 1 to 1000000",
        "the most comments of one page",
        ge=1,
        le=1_000_000,
    )
    max_actors: int = _setting(
        64,
        "a whole number from 1 to 1000",
        "the longest list of actors that a page may bring along",
        ge=1,
        le=1_000,
    )
    max_targets: int = _setting(
        64,
        "a whole number from 1 to 1000",
        "the most targets of one stance request",
        ge=1,
        le=1_000,
    )
    # A 100,000-word text has about 600,000 characters, and asking about one is allowed.
    max_text_chars: int = _setting(
        1_000_000,
        "a whole number from 100 to 100000000",
        "the longest text, or context, of one stance request",
        ge=100,
        le=100_000_000,
    )
    max_target_chars: int = _setting(
        2_000,
        "a whole number from 10 to 100000",
        "the longest target of one stance request, and the longest name of an actor",
        ge=10,
        le=100_000,
    )
    sync_comments: int = _setting(
        200,
        "a whole number from 0 to 1000000",
        "a page with more comments is answered with a job (202)",
        ge=0,
        le=1_000_000,
    )
    sync_chars: int = _setting(
        200_000,
        "a whole number from 0 to 1000000000",
        "a page with more characters in all is answered with a job (202)",
        ge=0,
        le=1_000_000_000,
    )
    # Long enough for a machine that swaps or a database that fails over; a job waits no longer.
    job_lease_s: int = _setting(
        30,
        "a whole number from 1 to 3600",
        "seconds without a sign of life after which a job is taken from the process that ran it",
        ge=1,
        le=3_600,
    )
    archives_folder: str | None = _setting(
        None,
        "a folder",
        "the folder whose archives may be named in POST /v1/jobs; none where not set",
    )
    max_archive_bytes: int = _setting(
        256_000_000,
        "a whole number from 1000 to 4000000000",
        "the largest archive that may be sent to POST /v1/jobs; larger ones go in archives_folder",
        ge=1_000,
        le=4_000_000_000,
    )
    webhook_url: Annotated[str | None, Field(repr=False)] = _setting(
        None,
        "an address that begins with https:// or http://",
        "where a POST tells of each job that ended; nobody is told where not set",
        pattern=r"^https?://[^\s/]+\S*$",
    )
    webhook_secret: Annotated[str | None, Field(repr=False)] = _setting(
        None,
        "at least 16 characters",
        "what signs the webhook's messages; needed where there is a webhook",
        min_length=16,
    )
    require_keys: bool = _setting(
        False,  # noqa: FBT003 - a default, by its place
        "true or false",
        "whether requests need an API key on the loopback too, as elsewhere they always do",
    )
    trusted_hosts: str = _setting(
        "",
        "names of hosts with commas between them",
        "names other than localhost under which the loopback may be asked as long as no key is "
        "needed, such as that of a proxy on this machine",
        pattern=r"^[A-Za-z0-9.,:\[\] _-]*$",
    )
    key_per_minute: int = _setting(
        600,
        "a whole number from 1 to 1000000",
        "requests a minute that a key may send, where the key itself has no limit",
        ge=1,
        le=1_000_000,
    )
    coral_secret: SecretStr | None = _setting(
        None,
        "the signing secrets of Coral's phase, with commas between them",
        "what signs what Coral sends; two while one is rotated; without any Coral is refused",
    )
    coral_action: Literal["flag", "premod"] = _setting(
        "flag", "flag or premod", "what Coral is told to do with a comment that is flagged"
    )
    coral_graphql_url: str | None = _setting(
        None,
        "an address that begins with https:// or http://",
        "where Coral is asked for the titles and parents of what it names; it is not where not set",
        pattern=r"^https?://[^\s/]+\S*$",
    )
    coral_token: SecretStr | None = _setting(
        None, "a token of Coral's", "what Coral is asked with, where it needs a token"
    )
    flag_threshold: float = _setting(
        0.8,
        "a number from 0 to 1",
        "probability of an accusation from which a comment is flagged",
        ge=0,
        le=1,
    )
    pseudonym_secret: SecretStr | None = _setting(
        None,
        "at least 16 characters",
        "what makes pseudonyms of comments' authors before anything is stored; authors stay as "
        "they are where not set",
        min_length=16,
    )
    retention_days: int | None = _setting(
        None,
        "a whole number from 1 to 36500",
        "days after its last change that a page is removed, and feedback; kept where not set",
        ge=1,
        le=36_500,
    )
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "info", "debug, info, warning or error", "how much is logged, to standard error"
    )
    log_format: Literal["json", "console"] = _setting(
        "json", "json or console", "one JSON object a line, or lines for people"
    )
