"""The gateway: a provincial platform reached over HTTP through a field map in configuration."""

from integrations.platforms.gateway.platform import GatewayPlatform

__all__ = ["GatewayPlatform"]
