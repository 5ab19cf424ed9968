"""The demo of speech recognition: recordings that carry their words with them."""
