"""Reads a file store with the MLflow client: every run, every metric's whole history. Prints the number of points."""
import sys

from mlflow.tracking import MlflowClient

client = MlflowClient(tracking_uri=sys.argv[1] + "/mlruns")
points = 0
for experiment in client.search_experiments():
    for run in client.search_runs([experiment.experiment_id], max_results=50000):
        for key in run.data.metrics:
            points += len(client.get_metric_history(run.info.run_id, key))
print(points)
