"""The tables of the recogniser. What citizens said is masked before it is stored."""

from intents.models.sentences import GoldenSentence, Heard, Label
from intents.models.versions import ModelPart, ModelVersion, Publication
from intents.models.work import EvaluationRow, TrainingRun

__all__ = [
    "EvaluationRow", "GoldenSentence", "Heard", "Label", "ModelPart", "ModelVersion", "Publication", "TrainingRun",
]
