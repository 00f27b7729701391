"""Reads a Comet server with the official client and says what it read: the form of an answer (that of test/fixtures)."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
from comet_ml.api import API, Environment, Metadata, Metric, Other, Parameter, Tag

OWN = {"Name", "offline_experiment", "hasNestedParams", "Created from"}


def curves(experiment):
    found = {}
    for row in experiment.get_metrics():
        found.setdefault((row["metricName"], row["runContext"]), []).append((row["step"], float(row["metricValue"]), row["timestamp"]))
    for (name, context), points in found.items():
        whole = experiment.get_metric_total_df(name, fallback_to_sampled_data=False)
        if whole is not None and len(whole) > len(points):
            points = [(int(row.step), float(row.value), row.timestamp * 1000) for row in whole.itertuples()]
        points.sort(key=lambda point: float("inf") if point[0] is None else point[0])
        yield lab.series(name, points, {"context": context} if context else {})


def facts(experiment):
    system, git = experiment.get_system_details() or {}, experiment.get_git_metadata() or {}
    packages = dict(line.split("==") for line in system.get("installedPackages", []) if "==" in line)
    named = {
        "python": system.get("pythonVersion"),
        "os": system.get("os"),
        "cpu": system.get("processor"),
        "gpu": next((gpu["name"] for gpu in system.get("gpuStaticInfoList", [])), None),
        "command": " ".join(system["command"]) if "command" in system else None,
        "packages": packages or None,
        "git_commit": git.get("parent"),
        "git_remote": git.get("origin"),
        "git_branch": git["branch"].replace("refs/heads/", "") if git else None,
        "git_dirty": True if experiment.get_git_patch() else None,
    }
    return {name: value for name, value in named.items() if value is not None}


api = API(cache=False)
workspace = next(name for name in api.get_workspaces() if api.get_projects(name))
(project,) = api.get_projects(workspace)
runs = []
for experiment in [*api.get_experiments(workspace, project), *api.get_archived_experiments(workspace, project)]:
    others = {one["name"]: one["valueCurrent"] for one in experiment.get_others_summary()}
    runs.append(
        {
            "id": experiment.id,
            "name": experiment.name,
            "experiment": experiment.project_name,
            "status": {"finished": "finished", "crashed": "failed", "running": "running"}[experiment.get_state()],
            "started_ms": experiment.start_server_timestamp,
            "ended_ms": experiment.end_server_timestamp,
            "params": {one["name"]: one["valueCurrent"] for one in experiment.get_parameters_summary()},
            "tags": {**{name: value for name, value in others.items() if name not in OWN}, **{tag: True for tag in experiment.get_tags()}},
            "series": list(curves(experiment)),
            "artifacts": sorted({f"{asset['type']}/{asset['fileName']}" for asset in experiment.get_asset_list() if asset["type"] != "audio" and ".." not in asset["fileName"]}),
            "facts": facts(experiment),
        }
    )
lab.answer(lab.case("comet-server"), "comet", runs)
found = {text: sorted(one.id for one in api.search(workspace, project, eval(text))) for text in json.loads(sys.argv[2])}
with open(os.path.join(sys.argv[1], "found.json"), "w", encoding="utf-8") as file:
    json.dump(found, file)
