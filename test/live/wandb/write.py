"""Trains with wandb offline. The package has no reader of its own logs any more, so the answer is what was handed to `run.log`,
and what `run.config` and `run.summary` held when the run ended."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab

folder = lab.case("offline")
os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DIR=folder, WANDB_CONFIG_DIR=os.path.join(folder, "..", "config"), WANDB_CACHE_DIR=os.path.join(folder, "..", "cache"))
import wandb

runs = []


def train(name, config, rows, tags=(), code=0):
    run = wandb.init(project="live", name=name, config=config, tags=list(tags), settings=wandb.Settings(x_disable_stats=True, console="off"))
    logged = {}
    for step, row in rows:
        run.log(row, step=step)
        for key, value in row.items():
            logged.setdefault(key, []).append((step, value, None))
    summary = {key: points[-1][1] for key, points in logged.items()}
    runs.append(
        {
            "id": run.id,
            "name": name,
            "experiment": "live",
            "status": "finished" if code == 0 else "failed",
            "params": lab.flat(config),
            "tags": {tag: True for tag in tags},
            "summary": summary,
            "series": [lab.series(key, points) for key, points in logged.items()],
        }
    )
    run.finish(exit_code=code)


for lr in (0.05, 0.5, 1e6):
    train(f"lr {lr}", {"optimizer": {"lr": lr, "name": "sgd"}, "seed": 7, "layers": [24, 10], "amp": False}, lab.train(lr, 7), tags=("live", "größe"))
train("edge", {"none": None}, [(3 * at, {"edge/value": value}) for at, value in enumerate(lab.EDGE)], code=1)
lab.answer(folder, "wandb", runs)
