"""Which flow of unified identity is spoken: settings say it."""

from __future__ import annotations

from core.settings import Settings
from integrations.identity.base import IdentityProvider
from integrations.identity.oauth import OAuthIdentity
from integrations.identity.ticket import TicketIdentity


def identity_of(settings: Settings) -> IdentityProvider:
    """The platform that settings name, by the flow they name."""
    return (OAuthIdentity if settings.identity_flow == "oauth2" else TicketIdentity).from_settings(settings)
