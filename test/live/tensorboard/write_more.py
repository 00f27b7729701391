"""Logs on while TensorBoard is watching: one more tag of a run that was there, and a run that is longer than TensorBoard gives whole."""
import os
import sys

from tensorboardX import SummaryWriter

folder = sys.argv[1]
with SummaryWriter(os.path.join(folder, "edge"), filename_suffix=".late") as writer:
    writer.add_scalar("late", 7.5, 9)
with SummaryWriter(os.path.join(folder, "long")) as writer:
    for step in range(1500):
        writer.add_scalar("loss", step, step)
    writer.add_hparams({"lr": 0.1, "opt": "adam", "n": 64, "flag": True}, {"hp/acc": 0.5}, name="trial")
