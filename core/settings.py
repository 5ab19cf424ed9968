"""Settings: every value from the environment (``YJS_...``), every default good for a laptop.

Secrets are never in a file of the repository: when none is given, the embedded default makes its own once and keeps
them in ``<data_dir>/secrets.env`` with mode 0600.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, IPvAnyNetwork, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import YijianshiError
from core.secret_file import kept_secrets


class Settings(BaseSettings):
    """One flat list; ``docs/reference/settings.md`` is generated from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="YJS_", extra="ignore")

    data_dir: Path = Field(Path("var"), description="Folder of the embedded database, uploads, models and secrets.")
    content_dir: Path | None = Field(None, description="A folder laid over the packaged content, of the same shape.")
    region: str = Field("330106", description="Default region (GB/T 2260, 6 digits) for cases and parameters.")

    host: str = Field("127.0.0.1", description="Address the app listens on.")
    port: int = Field(8000, description="Port the app listens on; the demo servers take the next three.")
    public_url: str = Field("", description="Address citizens reach the app at; http://host:port when empty.")
    trusted_proxies: int = Field(0, description="Number of proxies in front whose forwarded headers are believed.")
    secure_cookies: bool = Field(False, description="Mark cookies Secure; set it behind TLS.")

    database_url: str = Field("", description="Tortoise URL; SQLite in data_dir when empty.")
    redis_url: str = Field("", description="Redis URL; an in-process fake when empty.")
    worker_in_app: bool = Field(True, description="Run jobs and the sweep inside the app process.")

    demo: bool = Field(True, description="Start the demo exchange, province and WeChat beside the app.")
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

    sources_url: str = Field("", description="Base URL of the shared-data exchange; the demo exchange when empty.")
    sources_signer: Literal["gjzwfwpt", "tif", "xbg"] = Field(
        "gjzwfwpt", description="Signing convention of the exchange.",
    )
    sources_app: str = Field("s_demo_yijianshi", description="Our application id at the exchange.")
    sources_secret: SecretStr = Field(SecretStr(""), description="Our secret at the exchange; made once for the demo.")
    sources_timeout: float = Field(2.0, description="Seconds one look-up may take.")
    prefill_budget: float = Field(3.0, description="Seconds the whole prefill may take, whatever the sources do.")

    identity_url: str = Field(
        "", description="Base URL of unified identity, up to before /servlet or /oauth2; the demo's when empty.",
    )
    identity_service: str = Field("yijianshi", description="Our service code at unified identity.")
    identity_secret: SecretStr = Field(
        SecretStr(""), description="Our service password at unified identity; sources_secret when empty.",
    )

    identity_flow: Literal["ticket", "oauth2"] = Field(
        "ticket", description="How unified identity signs people in: by a ticket, or by OAuth2 (under /oauth2).",
    )
    identity_scope: str = Field("user_info", description="OAuth2: the scope that is asked for.")
    identity_pkce: bool = Field(True, description="OAuth2: send a PKCE challenge (S256).")
    identity_level: int = Field(
        2, ge=1, le=4, description="Lowest assurance level that may sign in; below it people are told how to raise it.",
    )
    identity_raise_url: str = Field(
        "", description="Page where people raise their level; the sign-in page when empty.",
    )

    platform_url: str = Field("", description="Base URL of the provincial platform; the demo province when empty.")
    platform_caller: str = Field("yijianshi", description="Our caller name at the platform.")
    platform_secret: SecretStr = Field(SecretStr(""), description="Our secret at the platform; made once for the demo.")
    platform_callback_key: SecretStr = Field(
        SecretStr(""), description="Key the platform signs its callbacks with; made once for the demo.",
    )
    platform_map: str = Field("demo", description="Field map of the platform: a file in integrations/platforms/maps/.")
    platform_timeout: float = Field(10.0, description="Seconds one hand-over may take.")

    platform_networks: tuple[IPvAnyNetwork, ...] = Field(
        (), description="Networks that may reach /api/v1/platform/, as a JSON list such as [\"10.0.0.0/8\"]; all when "
        "empty.",
    )
    package_file_days: int = Field(
        30, ge=0, le=3650, description="Days after the end of a case in which departments may still fetch its files.",
    )

    wechat_accounts: SecretStr = Field(
        SecretStr(""), description="WeChat accounts as a JSON list (see docs/how-to/connect-wechat.md); those of the "
        "demo when empty.",
    )
    wechat_api: str = Field(
        "", description="Base URL of WeChat's API; the demo WeChat when empty and in a demo, else the real one.",
    )

    speech_url: str = Field(
        "", description="Where recordings become words (see docs/how-to/hear-voice.md); the demo's when empty and in a "
        "demo, else voice is answered with the wish to type.",
    )
    speech_secret: SecretStr = Field(SecretStr(""), description="Bearer token of the recogniser of speech, if any.")
    speech_send: Literal["bytes", "form", "json"] = Field(
        "bytes", description="How a recording is sent: as the body, as a file in a form, or as base64 in JSON.",
    )
    speech_audio: str = Field("file", description="Name of the recording in a form or in JSON.")
    speech_fields: dict[str, str] = Field(
        {}, description="More to send, as a JSON object: in the query, the form or the JSON, as YJS_SPEECH_SEND says.",
    )
    speech_answer: str = Field("text", description="Where in the answer the words stand, such as result.0.text.")
    speech_formats: tuple[Literal["amr", "speex", "mp3", "wav", "m4a", "aac"], ...] = Field(
        ("mp3", "wav", "m4a", "aac"), description="Formats the recogniser takes; WeChat's voice comes as amr or speex.",
    )
    speech_timeout: float = Field(3.0, gt=0, le=30, description="Seconds a recording may take to become words.")

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

    confirm_days: int = Field(
        7, ge=1, le=90, description="Days a link holds by which somebody else may confirm for themselves.",
    )

    heard_days: int = Field(
        180, ge=1, le=1095, description="Days that masked utterances are kept for training the recogniser.",
    )
    act_errors: float = Field(
        0.08, ge=0.01, le=0.2, description="Share of wrong answers at which each intent has its bar: from there on a "
        "request is begun without asking. Lower means more questions and fewer mistakes.",
    )
    evaluation_folds: int = Field(
        5, ge=0, le=10, description="Parts of the cross-validation after a training; below 2 for none.",
    )
    gate_golden_drop: float = Field(
        0.01, ge=0, le=1, description="How far accuracy on the golden set may fall before publishing is refused.",
    )
    gate_recall_drop: float = Field(
        0.2, ge=0, le=1, description="How far the recall of one intent may fall before publishing is refused.",
    )
    gate_outside_rise: float = Field(
        0.05, ge=0, le=1, description="How far the acceptance of what is none of ours may rise before publishing is "
        "refused.",
    )
    keep_versions: int = Field(
        10, ge=1, le=1000, description="Versions of the recogniser that are kept beside the one in force and the one "
        "before it; older ones lose their files after a training, their record stays.",
    )
    publish_by_another: bool = Field(
        False, description="Whether somebody else than who trained a version has to publish it.",
    )
    nlu: Literal["local", "rasa"] = Field("local", description="Engine that understands sentences.")
    rasa_url: str = Field("http://127.0.0.1:5005", description="Base URL of the Rasa server, when YJS_NLU is rasa.")
    rasa_token: SecretStr = Field(SecretStr(""), description="Token the Rasa server asks for; made once if empty.")
    rasa_timeout: float = Field(
        0.3, gt=0, le=5, description="Seconds Rasa may take for a sentence; then the local engine reads it.",
    )

    log_level: str = Field("INFO", description="Lowest level that is logged.")
    log_json: bool = Field(False, description="Log JSON lines instead of text.")
    rate_per_person: int = Field(60, description="Messages one person may send in a minute.")
    rate_per_address: int = Field(600, description="Requests one address may make in a minute.")

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
    def exchange_url(self) -> str:
        """Where the shared-data exchange is."""
        return self.sources_url or f"http://{self.host}:{self.port + 1}"

    @property
    def sign_in_url(self) -> str:
        """Where unified identity is."""
        return self.identity_url or f"{self.exchange_url}/sso"

    @property
    def identity_password(self) -> str:
        """Our password at unified identity."""
        return (self.identity_secret or self.sources_secret).get_secret_value()

    @property
    def province_url(self) -> str:
        """Where the provincial platform is."""
        return self.platform_url or f"http://{self.host}:{self.port + 2}"

    @property
    def hears_at(self) -> str:
        """Where recordings become words; empty where they do not."""
        return self.speech_url or (f"{self.exchange_url}/speech" if self.demo and not self.sources_url else "")

    @property
    def hears_formats(self) -> tuple[str, ...]:
        """Formats of recordings that are sent there; the demo takes WeChat's too."""
        return self.speech_formats if self.speech_url else (*self.speech_formats, "amr", "speex")

    @property
    def wechat_url(self) -> str:
        """Where WeChat's API is."""
        demo = f"http://{self.host}:{self.port + 3}"
        return self.wechat_api or (demo if self.demo else "https://api.weixin.qq.com")

    @property
    def wechat_open_url(self) -> str:
        """Where browsers inside WeChat are sent to be recognised."""
        return self.wechat_url if self.demo or self.wechat_api else "https://open.weixin.qq.com"

    @property
    def db_url(self) -> str:
        """The Tortoise URL in force."""
        return self.database_url or f"sqlite://{self.data_dir / 'yijianshi.db'}?synchronous=NORMAL"


_MADE = {
    "secret_key": 32, "pii_key": 16, "index_key": 32, "sources_secret": 24, "platform_secret": 24,
    "platform_callback_key": 24, "rasa_token": 24,
}


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with missing secrets made once and kept in the data folder.

    Raises `YijianshiError` with one sentence for a value that cannot be used. The value itself may be a secret and is
    not repeated.
    """
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as problem:
        raise YijianshiError(_wrong(problem)) from problem
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
    return f"the setting {name} cannot be used: {first['msg'].lower()}. `yijianshi settings` says what each one means"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return load_settings()
