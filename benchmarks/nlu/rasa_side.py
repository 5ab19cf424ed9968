"""Runs in Rasa's own environment: train on a job's sentences, read the others, write rankings and what it cost.

``python rasa_side.py JOB.json OUT.json``; a job is ``{"config": {...}, "train": [[text, label]], "read": [text]}``.
"""

import asyncio
import json
import logging
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.update(RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="CRITICAL", TF_CPP_MIN_LOG_LEVEL="3")
logging.disable(logging.ERROR)
TOP = 8
"""How far down a ranking is kept: further than there are kinds of out of scope."""


def main(job_file, out_file):
    """Do one job."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    job = json.loads(Path(job_file).read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="yijianshi-rasa-") as folder:
        os.chdir(folder)
        Path("config.yml").write_text(json.dumps(job["config"]), "utf-8")
        Path("nlu.yml").write_text(training_data(job["train"]), "utf-8")
        began, spent = time.perf_counter(), time.process_time()
        model = train_nlu("config.yml", "nlu.yml", "models")
        cost = {"train_seconds": time.perf_counter() - began, "train_cpu": time.process_time() - spent}
        agent = Agent.load(model)
        rankings, times = asyncio.run(read(agent, job["read"]))
        cost["model_mb"] = Path(model).stat().st_size / 2**20
    cost["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(out_file).write_text(json.dumps({**cost, "rankings": rankings, "ms": times}, ensure_ascii=False), "utf-8")


def training_data(pairs):
    """The same sentences in Rasa's format, which takes no JSON here."""
    by_label = {}
    for text, label in pairs:
        by_label.setdefault(label, []).append(text)
    blocks = (f"- intent: {label}\n  examples: |\n" + "".join(f"    - {plain(text)}\n" for text in texts)
              for label, texts in by_label.items())
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


def plain(text):
    """Square brackets mark entities in Rasa's format; a sentence may hold them for other reasons."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


async def read(agent, texts):
    """Rankings, and milliseconds of processor time each took."""
    rankings, times = [], []
    for text in texts:
        spent = time.process_time()
        found = await agent.parse_message(text)
        times.append(round((time.process_time() - spent) * 1000, 3))
        rankings.append([[one["name"], one["confidence"]] for one in found["intent_ranking"][:TOP]])
    return rankings, times


if __name__ == "__main__":
    main(*map(os.path.abspath, sys.argv[1:]))
