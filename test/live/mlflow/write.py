"""Writes a file store and a database with MLflow, or to the server that is named, and says what MlflowClient reads back from each. A database
keeps ±Infinity as the largest doubles and its client returns those: the answer holds what was logged."""
import math
import os
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
import mlflow
from mlflow.entities import ViewType
from mlflow.tracking import MlflowClient

STATUS = {"FINISHED": "finished", "FAILED": "failed", "KILLED": "killed", "RUNNING": "running", "SCHEDULED": "unknown"}


def fill(uri):
    mlflow.set_tracking_uri(uri)
    client = MlflowClient()
    mlflow.set_experiment("live / größe")
    with mlflow.start_run(run_name="sweep"):
        for lr in (0.05, 0.5, 1e6):
            with mlflow.start_run(run_name=f"lr={lr}", nested=True):
                mlflow.log_params({"optimizer.lr": lr, "seed": 7, "model": {"act": "relu"}, "amp": False})
                mlflow.set_tags({"kind": "live", "作者": "研究者"})
                for step, metrics in lab.train(lr, 7):
                    mlflow.log_metrics(metrics, step=step)
    run = client.create_run(mlflow.get_experiment_by_name("live / größe").experiment_id, run_name="edge")
    for step, value in enumerate(lab.EDGE):
        client.log_metric(run.info.run_id, "edge/value", value, step=step)
    for step in (5, 3, 3):
        client.log_metric(run.info.run_id, "edge/back", step / 4, step=step)
    client.set_terminated(run.info.run_id, "KILLED")
    if uri.startswith("http"):
        client.log_text(run.info.run_id, "kept for later", "notes/kept.txt")
    gone = client.create_run(run.info.experiment_id, run_name="deleted")
    client.log_metric(gone.info.run_id, "loss", 1.5, step=2)
    client.delete_run(gone.info.run_id)
    return client


def logged(value):
    return math.copysign(math.inf, value) if abs(value) == sys.float_info.max else value


def read_back(client):
    runs = []
    for experiment in client.search_experiments(view_type=ViewType.ALL):
        for run in client.search_runs([experiment.experiment_id], run_view_type=ViewType.ALL, max_results=500):
            history = {key: client.get_metric_history(run.info.run_id, key) for key in run.data.metrics}
            runs.append(
                {
                    "id": run.info.run_id,
                    "name": run.info.run_name,
                    "experiment": experiment.name,
                    "parent": run.data.tags.get("mlflow.parentRunId"),
                    "status": STATUS[run.info.status],
                    "started_ms": run.info.start_time,
                    "ended_ms": run.info.end_time,
                    "params": run.data.params,
                    "tags": {key: value for key, value in run.data.tags.items() if not key.startswith("mlflow.")},
                    "series": [lab.series(key, [(one.step, logged(one.value), one.timestamp) for one in points]) for key, points in history.items()],
                    "facts": {"lifecycle_stage": run.info.lifecycle_stage} if run.info.lifecycle_stage != "active" else {},
                }
            )
    return runs


if len(sys.argv) > 2:
    # Nothing that was deleted is offered by a connection.
    runs = [run for run in read_back(fill(sys.argv[2])) if not run["facts"]]
    lab.answer(lab.case("mlflow-server"), "mlflow-server", runs)
else:
    for form, place in (("mlflow-file", "file:{}/mlruns"), ("mlflow-sqlite", "sqlite:///{}/mlflow.db")):
        folder = lab.case(form)
        os.chdir(folder)
        lab.answer(folder, form, read_back(fill(place.format(folder))))
