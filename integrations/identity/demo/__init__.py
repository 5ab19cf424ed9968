"""The demo of unified identity: everybody on the cards may sign in."""

from integrations.identity.demo.provider import DemoIdentity
from integrations.identity.demo.tickets import Card, Tickets

__all__ = ["Card", "DemoIdentity", "Tickets"]
