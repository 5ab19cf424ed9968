"""Guides that a province has published, read beside our own content: nothing here changes a content file."""
