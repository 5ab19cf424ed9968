"""Settings of the world outside: sources, unified identity, the platform, WeChat and speech; and where each is."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, IPvAnyNetwork, SecretStr
from pydantic_settings import BaseSettings


class OutsideSettings(BaseSettings):
    """Who is asked, where, and with which secret. In a demo the addresses count up from the app's own port."""

    host: str = Field("127.0.0.1", description="Address the app listens on.")
    port: int = Field(8000, description="Port the app listens on; the demo servers take the next three.")
    demo: bool = Field(True, description="Start the demo exchange, province and WeChat beside the app.")

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

    identity_leave_url: str = Field(
        "", description="Where browsers end their session at unified identity when somebody signs out; not sent when "
        "empty.",
    )
    identity_again_hours: int = Field(
        24, ge=1, le=168, description="OAuth2: hours after which unified identity is asked again whether a sign-in "
        "still stands.",
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

    @property
    def exchange_url(self) -> str:
        """Where the shared-data exchange is."""
        return self.sources_url or f"http://{self.host}:{self.port + 1}"

    @property
    def sign_in_url(self) -> str:
        """Where unified identity is."""
        return self.identity_url or f"{self.exchange_url}/sso"

    @property
    def sign_out_url(self) -> str:
        """Where browsers end their session there; empty where they do not."""
        own = self.demo and not self.identity_url and not self.sources_url
        return self.identity_leave_url or (f"{self.sign_in_url}/logout" if own else "")

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
