"""Trains with ClearML offline. Its package reads no session, so the answer is what was handed to `report_scalar`, with 0 for what is not finite,
and what the task itself says of its parameters, tags and artifacts."""
import glob
import math
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab

folder = lab.case("offline")
conf = os.path.join(folder, "..", "clearml.conf")
with open(conf, "w") as file:
    # Its process for reports is forked while its thread for git starts others: on a busy machine the two may wait for each other without end.
    file.write("sdk { development { report_use_subprocess: false } }\n")
os.environ.update(CLEARML_CACHE_DIR=folder, CLEARML_CONFIG_FILE=conf, CLEARML_LOG_LEVEL="ERROR")
from clearml import Task

Task.set_offline(True)
runs = []


def train(name, config, rows, tags=()):
    task = Task.init(project_name="live", task_name=name, tags=list(tags), auto_connect_frameworks=False, auto_resource_monitoring=False, reuse_last_task_id=False)
    task.connect(config, name="General")
    task.set_configuration_object("model", config_text="layers: [24, 10]\n")
    logged = {}
    for step, row in rows:
        for key, value in row.items():
            title, series = key.split("/")
            task.get_logger().report_scalar(title, series, value, step)
            logged.setdefault(key, []).append((step, value if math.isfinite(value) else 0.0, None))
    task.get_logger().report_single_value("best", 0.5)
    task.upload_artifact("notes", {"ok": True}, wait_on_upload=True)
    runs.append(
        {
            "id": task.id,
            "name": name,
            "experiment": "live",
            "status": "unknown",
            "params": {**task.get_parameters(), "configuration/model": "layers: [24, 10]\n"},
            "tags": {tag: True for tag in tags},
            "summary": {"best": 0.5},
            "series": [lab.series(key, points) for key, points in logged.items()],
            "artifacts": ["notes"],
        }
    )
    task.close()


for lr in (0.05, 0.5, 1e6):
    train(f"lr {lr}", {"optimizer": {"lr": lr, "name": "sgd"}, "seed": 7, "amp": False, "note": "größe"}, lab.train(lr, 7), tags=("live", "größe"))
train("edge", {"big": 2**53 + 1}, [(at, {"edge/value": value}) for at, value in enumerate(lab.EDGE)])
assert all(run["params"]["General/optimizer/lr"] for run in runs[:3])
for name in os.listdir(folder):
    if name != "offline":
        shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
# A session is zipped when it ends; one is kept as the folder that it was.
for session in sorted(glob.glob(os.path.join(folder, "offline", "*.zip")))[1:]:
    shutil.rmtree(session[: -len(".zip")], ignore_errors=True)
os.remove(sorted(glob.glob(os.path.join(folder, "offline", "*.zip")))[0])
lab.answer(folder, "clearml", runs)
