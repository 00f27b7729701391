"""`fill URL RUNS METRICS STEPS` logs runs; `read URL` reads every metric history of every run by MLflow's own client and prints seconds and points."""
import random
import sys
import time

from mlflow.entities import Metric, Param
from mlflow.tracking import MlflowClient

client = MlflowClient(sys.argv[2])
if sys.argv[1] == "fill":
    runs, metrics, steps = map(int, sys.argv[3:])
    experiment = client.create_experiment("bench")
    draw = random.Random(1)
    for at in range(runs):
        run = client.create_run(experiment, run_name=f"run {at}")
        points = [Metric(f"m{key}", draw.random(), 1_700_000_000_000 + step, step) for step in range(steps) for key in range(metrics)]
        for begin in range(0, len(points), 1000):
            client.log_batch(run.info.run_id, points[begin : begin + 1000])
        client.log_batch(run.info.run_id, params=[Param("lr", str(at))])
        client.set_terminated(run.info.run_id)
else:
    experiment = client.get_experiment_by_name("bench")
    began = time.time()
    points = 0
    for run in client.search_runs([experiment.experiment_id], max_results=1000):
        for key in run.data.metrics:
            points += len(client.get_metric_history(run.info.run_id, key))
    print(f"{time.time() - began:.2f} {points}")
