"""Trains with Aim into a repository, and says what its own Repo and Run read back."""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab

folder = lab.case("sweep")
os.chdir(folder)
os.environ["AIM__TELEMETRY_DISABLED"] = "1"
from aim import Repo, Run

Repo.from_path(folder, init=True)
for lr in (0.05, 0.5, 1e6):
    run = Run(repo=folder, experiment="live", system_tracking_interval=None, capture_terminal_logs=False, log_system_params=False)
    run["hparams"] = {"lr": lr, "seed": 7, "model": {"act": "relu"}, "layers": [24, 10], "amp": False}
    run.name, run.description = f"lr {lr}", "größe"
    run.add_tag("live")
    for step, metrics in lab.train(lr, 7):
        for name, value in metrics.items():
            subset, _, metric = name.partition("/")
            run.track(value, name=metric, step=step, context={"subset": subset})
    if lr == 0.05:
        for step, value in enumerate(lab.EDGE):
            run.track(value, name="edge/value", step=3 * step, context={"a": 1, "b": {"c": "x"}})
    run.close()

# Aim reads through an index that its page makes: the answer comes from a copy that has one.
copy = os.path.join(folder, "..", "copy")
shutil.copytree(folder, copy)
repo = Repo(copy)
repo._recreate_index()
runs = []
for digest in repo.list_all_runs():
    run = Run(digest, repo=repo, read_only=True)
    metrics = []
    for metric in run.metrics():
        points = [(int(step), float(value), float(time) * 1000) for step, (value, _, time) in metric.data.items()]
        metrics.append(lab.series(metric.name, sorted(points, key=lambda point: point[0]), metric.context.to_dict()))
    runs.append(
        {
            "id": digest,
            "name": run.name,
            "experiment": run.experiment,
            "status": "finished" if run.end_time else "unknown",
            "started_ms": run.creation_time * 1000,
            "ended_ms": run.end_time and run.end_time * 1000,
            "params": lab.flat(dict(run.meta_run_attrs_tree.collect())),
            "tags": {tag: True for tag in run.tags},
            "series": metrics,
        }
    )
lab.answer(folder, "aim", runs)
