"""Settings: every value from the environment (``YJS_...``), every default good for a laptop.

Secrets are never in a file of the repository: when none is given, the embedded default makes its own once and keeps
them in ``<data_dir>/secrets.env`` with mode 0600.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from core.errors import YijianshiError
from core.secret_file import kept_secrets
from core.settings_outside import OutsideSettings
from core.settings_understanding import UnderstandingSettings

REGION = r"^[0-9]{6}$"


class Settings(OutsideSettings, UnderstandingSettings):
    """One flat list; ``docs/reference/settings.md`` is generated from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="YJS_", extra="ignore")

    data_dir: Path = Field(Path("var"), description="Folder of the embedded database, uploads, models and secrets.")
    content_dir: Path | None = Field(None, description="A folder laid over the packaged content, of the same shape.")
    region: str = Field(
        "330106", pattern=REGION, description="Default region (GB/T 2260, 6 digits) for cases and parameters.",
    )
    regions: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="All regions that are served, with commas between: 330106,330108. YJS_REGION must be one of "
        "them; only YJS_REGION when empty.",
    )

    public_url: str = Field("", description="Address citizens reach the app at; http://host:port when empty.")
    trusted_proxies: int = Field(0, description="Number of proxies in front whose forwarded headers are believed.")
    secure_cookies: bool = Field(False, description="Mark cookies Secure; set it behind TLS.")

    database_url: str = Field("", description="Tortoise URL; SQLite in data_dir when empty.")
    redis_url: str = Field("", description="Redis URL; an in-process fake when empty.")
    worker_in_app: bool = Field(True, description="Run jobs and the sweep inside the app process.")

    demo_login: bool = Field(True, description="Let anyone sign in as one of the invented demo people; in a demo only.")
    demo_speed: float = Field(
        2400.0, description="Demo province: how many times faster than real its departments work; at 2400 a working "
        "day of 8 hours lasts 12 seconds and a month of them about four minutes.",
    )

    secret_key: SecretStr = Field(SecretStr(""), description="Key of cookies and action tags; made once if empty.")
    pii_key: SecretStr = Field(
        SecretStr(""), description="Hex key of 16 bytes that encrypts personal data at rest; made once if empty.",
    )
    index_key: SecretStr = Field(SecretStr(""), description="Hex key of blind indexes; made once if empty.")

    delivery_pauses: tuple[float, ...] = Field(
        (1, 5, 30, 120, 600, 3600), description="Seconds between attempts to deliver a leg; the last one repeats.",
    )
    delivery_give_up_hours: float = Field(24.0, description="Hours of trying after which a person takes a leg over.")
    sweep_seconds: float = Field(5.0, description="Seconds between sweeps for rows that nobody nudged.")
    notice_minutes: float = Field(
        10.0, ge=0, le=1440, description="Minutes that news of departments wait for others, to be told together; what "
        "a citizen must act on is told at once. Five seconds with the demo province.",
    )
    talk_minutes: float = Field(
        10.0, gt=0, le=1440, description="Minutes somebody's words may wait for a person; then the talk is anybody's "
        "again, and the citizen is told that nobody has come yet.",
    )
    talk_idle_hours: float = Field(
        2.0, gt=0, le=168, description="Hours without a word after a person's answer; then the bot has the talk back.",
    )
    draft_days: int = Field(30, description="Days a draft is kept after its last change.")
    case_days: int = Field(
        1095, ge=0, le=36500, description="Days after its end in which what was signed in a case is kept, with its "
        "files and results; then only number, states and days stay. 0 keeps it until the citizen asks to be forgotten.",
    )
    talk_days: int = Field(
        365, ge=0, le=36500, description="Days that what was said in a talk is kept; 0 keeps it until the citizen "
        "asks to be forgotten.",
    )

    confirm_days: int = Field(
        7, ge=1, le=90, description="Days a link holds by which somebody else may confirm for themselves.",
    )

    log_level: str = Field("INFO", description="Lowest level that is logged.")
    log_json: bool = Field(False, description="Log JSON lines instead of text.")
    rate_per_person: int = Field(60, description="Messages one person may send in a minute.")
    rate_per_address: int = Field(600, description="Requests one address may make in a minute.")

    @field_validator("regions", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return tuple(re.findall(r"[^\s,，;；\[\]\"']+", given)) if isinstance(given, str) else given

    @field_validator("regions")
    @classmethod
    def _with_default(cls, given: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for region in given:
            if not re.fullmatch(REGION, region):
                raise ValueError(f"{region} is no region: write 6 digits, such as 330106")
        default = info.data.get("region")
        if given and default is not None and default not in given:
            raise ValueError(f"YJS_REGION {default} is not among them: add it, or set YJS_REGION to one of them")
        return tuple(dict.fromkeys(given))

    @property
    def served(self) -> tuple[str, ...]:
        """The regions this deployment serves."""
        return self.regions or (self.region,)

    @property
    def url(self) -> str:
        """Where citizens reach the app."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def cookies_secure(self) -> bool:
        """Whether cookies are for encrypted connections only: when told so, or when citizens come by https."""
        return self.secure_cookies or self.url.startswith("https://")

    @property
    def demo_people(self) -> bool:
        """Whether anyone may sign in as an invented person: in a demo only."""
        return self.demo and self.demo_login

    @property
    def db_url(self) -> str:
        """The Tortoise URL in force."""
        return self.database_url or f"sqlite://{self.data_dir / 'yijianshi.db'}?synchronous=NORMAL"


_MADE = {
    "secret_key": 32, "pii_key": 16, "index_key": 32, "sources_secret": 24, "platform_secret": 24,
    "platform_callback_key": 24, "rasa_token": 24,
}


def read_settings(**overrides: object) -> Settings:
    """Settings from the environment as they are, with no folder made and no secret. Raises like `load_settings`."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as problem:
        raise YijianshiError(_wrong(problem)) from problem


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with missing secrets made once and kept in the data folder.

    Raises `YijianshiError` with one sentence for a value that cannot be used. The value itself may be a secret and is
    not repeated.
    """
    settings = read_settings(**overrides)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        kept = kept_secrets(settings.data_dir / "secrets.env", _MADE)
    except OSError as problem:
        raise YijianshiError(
            f"the data folder {settings.data_dir} cannot be written ({problem.strerror}): set YJS_DATA_DIR to another"
        ) from problem
    found = {
        name: SecretStr(kept[name]) for name in _MADE if not getattr(settings, name).get_secret_value()
    }
    return settings.model_copy(update=found)


def _wrong(problem: ValidationError) -> str:
    first = problem.errors()[0]
    name = "YJS_" + "_".join(str(part) for part in first["loc"][:1]).upper()
    says = str(first["msg"]).removeprefix("Value error, ")
    says = says if says.startswith("YJS_") else says[:1].lower() + says[1:]
    return f"the setting {name} cannot be used: {says}. `yijianshi settings` says what each one means"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()
