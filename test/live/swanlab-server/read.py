"""Reads a SwanLab server with the official client and says what it read: the form of an answer (that of test/fixtures)."""
import json
import os
import sys
from datetime import datetime

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
import swanlab

STATE = {"FINISHED": "finished", "CRASHED": "failed", "ABORTED": "killed", "RUNNING": "running", "OFFLINE": "unknown"}


def milliseconds(text):
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000) if text else None


def curves(run):
    keys = [key for kind in ("CUSTOM", "SYSTEM") for key in run.series(metric_class=kind).json()["keys"]]
    for one in run.metrics(keys, all=True)["list"] if keys else []:
        yield lab.series(one["key"], [(point["step"], point["value"], point.get("timestamp")) for point in one["metrics"]])


def media(run):
    keys = run.series(metric_type="MEDIA").json()["keys"]
    for one in run.medias(keys, all=True)["list"] if keys else []:
        yield {"name": one["key"], "kind": "media", "count": sum(len(step["items"]) for step in one["metrics"])}


def facts(profile):
    metadata = profile.get("metadata") or {}
    if not metadata:
        return {}
    packages = dict(line.split("==") for line in profile["requirements"].splitlines() if "==" in line)
    runtime, hardware, git = metadata["runtime"], metadata["hardware"], metadata["git"]
    return {
        "python": runtime["python_version"],
        "os": runtime["os"],
        "command": runtime["command"],
        "cpu": hardware["cpu"]["brand"],
        "cpu_count": hardware["cpu"]["logical_count"],
        "gpu": hardware["accelerators"][0]["name"],
        "git_commit": git["commit"],
        "git_branch": git["branch"],
        "git_remote": git["remote_url"],
        "packages": packages,
        "seed": profile["config"]["seed"]["value"],
    }


api = swanlab.Api()
(project,) = [project for workspace in api.workspaces() for project in api.projects(workspace.username, all=True)]
runs = []
for listed in api.runs_get(project.path, all=True):
    run = api.run(f"{project.path}/{listed.run_id}")
    config = {name: entry["value"] for name, entry in run.profile.get("config", {}).items()}
    runs.append(
        {
            "id": run.run_id,
            "name": run.name,
            "experiment": project.name,
            "group": run.group,
            "status": STATE[run.state],
            "started_ms": milliseconds(run.created_at),
            "ended_ms": milliseconds(run.finished_at),
            "params": lab.flat(config),
            "tags": {label["name"]: True for label in run.labels},
            "series": list(curves(run)),
            "media": list(media(run)),
            "facts": facts(run.profile),
        }
    )
lab.answer(lab.case("swanlab-server"), "swanlab", runs)
found = {text: sorted(run.run_id for run in api.runs(project.path, filters=json.loads(text))) for text in json.loads(sys.argv[2])}
with open(os.path.join(sys.argv[1], "found.json"), "w", encoding="utf-8") as file:
    json.dump(found, file)
