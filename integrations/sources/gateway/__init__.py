"""The gateway adapter to a shared-data exchange."""

from integrations.sources.gateway.adapter import Gateway

__all__ = ["Gateway"]
