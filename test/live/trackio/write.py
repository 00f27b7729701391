"""Trains with Trackio on this machine only, and says what its own SQLiteStorage reads back."""
import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab

folder = lab.case("sweep")
os.environ.update(TRACKIO_DIR=folder, HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", GRADIO_ANALYTICS_ENABLED="False")
import trackio
from trackio.sqlite_storage import SQLiteStorage


def train(name, config, rows):
    trackio.init(project="live sweep", name=name, config=config, embed=False)
    for step, row in rows:
        trackio.log(row, step=step)
    trackio.finish()


for lr in (0.05, 0.5, 1e6):
    train(f"lr {lr}", {"optimizer": {"lr": lr}, "seed": 7, "layers": [24, 10], "note": "größe"}, lab.train(lr, 7))
train("edge", {"big": 2**53 + 1}, [(at, {"edge/value": value}) for at, value in enumerate(lab.EDGE)])


def ms(text):
    at = datetime.datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=datetime.timezone.utc)).timestamp() * 1000


runs = []
for project in SQLiteStorage.get_projects():
    for record in SQLiteStorage.get_run_records(project):
        logged = {}
        for row in SQLiteStorage.get_logs(project, record["name"], run_id=record["id"]):
            for key, value in row.items():
                if key not in ("step", "timestamp"):
                    logged.setdefault(key, []).append((row["step"], float(value), ms(row["timestamp"])))
        config = SQLiteStorage.get_run_config(project, record["name"], run_id=record["id"]) or {}
        runs.append(
            {
                "id": record["id"],
                "name": record["name"],
                "experiment": project,
                "params": lab.flat({key: value for key, value in config.items() if not key.startswith("_")}),
                "series": [lab.series(key, sorted(points, key=lambda point: point[0])) for key, points in logged.items()],
            }
        )
lab.answer(folder, "trackio", runs)
