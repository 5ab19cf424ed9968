"""The demo exchange: invented people and companies behind the calling conventions of real ones."""
