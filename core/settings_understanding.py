"""Settings of understanding: what is kept of utterances, the bars, the gate before publishing, and the engine."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class UnderstandingSettings(BaseSettings):
    """How sentences are read, and what a new version of the recogniser has to show before it is published."""

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
    gate_golden_erosion: float = Field(
        0.02, ge=0, le=1, description="How far accuracy on the golden set may lie below the best of the last ten "
        "publications, step by step on the same sentences, before publishing is refused.",
    )
    gate_golden_changed: float = Field(
        0.01, ge=0, le=1, description="Share of the golden set that may be taken out or given another meaning after a "
        "publication before the next one is refused.",
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
