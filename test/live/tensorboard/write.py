"""Writes event files with tensorboardX, a restart among them, and says what TensorBoard's own EventAccumulator reads back."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboardX import SummaryWriter

folder = lab.case("sweep")
for lr in (0.05, 0.5, 1e6):
    with SummaryWriter(os.path.join(folder, "runs", f"lr={lr}")) as writer:
        for step, metrics in lab.train(lr, 7):
            for tag, value in metrics.items():
                writer.add_scalar(tag, value, step)
        writer.add_text("note", "größe")
with SummaryWriter(os.path.join(folder, "runs", "edge")) as writer:
    for step, value in enumerate(lab.EDGE):
        writer.add_scalar("edge/value", value, step * 2**30)
# A training that was killed at step 39 and began again at its checkpoint of step 20.
for first in (0, 20):
    with SummaryWriter(os.path.join(folder, "runs", "restarted"), purge_step=first or None, filename_suffix=f".{first}") as writer:
        for step, metrics in lab.train(0.1, first):
            if step >= first:
                writer.add_scalar("val/loss", metrics["val/loss"], step)

runs = []
for name in sorted(os.listdir(os.path.join(folder, "runs"))):
    events = EventAccumulator(os.path.join(folder, "runs", name), size_guidance={"scalars": 0, "tensors": 0})
    events.Reload()
    scalars = {tag: [(one.step, one.value, one.wall_time * 1000) for one in events.Scalars(tag)] for tag in events.Tags()["scalars"]}
    runs.append({"id": None, "path": f"runs/{name}", "name": f"runs/{name}", "series": [lab.series(tag, points) for tag, points in scalars.items()]})
lab.answer(folder, "tensorboard", runs)
