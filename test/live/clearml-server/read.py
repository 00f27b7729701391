"""Reads a ClearML server with the official client and says what it read: the form of an answer (that of test/fixtures)."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
from clearml import Task
from clearml.backend_api.session.client import APIClient

STATE = {"completed": "finished", "published": "finished", "closed": "finished", "failed": "failed", "stopped": "killed", "in_progress": "running"}
SINGLE = -(2**31)
client = APIClient()


def times(task):
    """Milliseconds by title, series and iteration: `get_all_reported_scalars` gives iterations or times, but not both."""
    found, scroll = {}, None
    while True:
        page = client.events.get_task_events(task=task.id, event_type="training_stats_scalar", batch_size=5000, scroll_id=scroll)
        for event in page.events:
            found[event["metric"], event["variant"], event["iter"]] = event["timestamp"]
        if page.returned < 5000:
            return found
        scroll = page.scroll_id


def curves(task):
    told = times(task)
    sampled = task.get_reported_scalars()
    for title, group in task.get_all_reported_scalars(x_axis="iter").items():
        for name, curve in group.items():
            points = [(x, y, told[title, name, x]) for x, y in zip(curve["x"], curve["y"]) if x != SINGLE]
            if points:
                assert len(sampled[title][name]["x"]) == len(points)
                yield lab.series(f"{title}/{name}", points)


def media(task):
    counts = {}
    for kind, event_type in (("plot", "plot"), ("image", "training_debug_image")):
        for event in client.events.get_task_events(task=task.id, event_type=event_type, batch_size=1000).events:
            name = f"{event['metric']}/{event['variant']}"
            counts[name] = {"name": name, "kind": kind, "count": counts.get(name, {"count": 0})["count"] + 1}
    return list(counts.values())


def milliseconds(moment):
    return None if moment is None else moment.timestamp() * 1000


def facts(task):
    script, runtime = task.data.script, task._get_runtime_properties()
    told = {"git_commit": script.version_num, "git_branch": script.branch, "git_remote": script.repository, "os": runtime.get("OS"), "cpu_count": runtime.get("cpu_cores")}
    return {kind: value for kind, value in told.items() if value}


runs = []
# As its page lists them: without what was put away.
for task in Task.get_tasks(allow_archived=False):
    params = task.get_parameters(backwards_compatibility=False)
    params.update({f"configuration/{name}": text for name, text in task.get_configuration_objects().items()})
    models = task.get_models()
    runs.append(
        {
            "id": task.id,
            "name": task.name,
            "experiment": task.get_project_name(),
            "parent": task.parent,
            "status": STATE.get(task.get_status(), "unknown"),
            "started_ms": milliseconds(task.data.started),
            "ended_ms": milliseconds(task.data.completed),
            "params": params,
            "tags": {tag: True for tag in task.get_tags()},
            "summary": task.get_reported_single_values(),
            "series": list(curves(task)),
            "media": media(task),
            "artifacts": sorted([*task.artifacts, *(model.url.rsplit("/", 1)[1] for side in ("input", "output") for model in models[side])]),
            "facts": facts(task),
        }
    )
lab.answer(lab.case("clearml-server"), "clearml", runs)
