"""Reads a W&B server with the official client and says what it read: the form of an answer (that of test/fixtures)."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
import wandb

STATE = {"finished": "finished", "failed": "failed", "crashed": "failed", "killed": "killed", "running": "running"}
WORDS = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}


def numbers(value, name=""):
    """What can be charted in a row: numbers, below names joined with dots; a media object is none."""
    value = WORDS.get(value, value) if isinstance(value, str) else value
    if isinstance(value, bool):
        return
    if isinstance(value, (int, float)):
        yield name, value
    elif isinstance(value, dict) and "_type" not in value:
        for key, inner in value.items():
            yield from numbers(inner, f"{name}.{key}" if name else key)


def curves(run):
    found = {}
    for row in run.scan_history(page_size=1000):
        for name, value in numbers({key: value for key, value in row.items() if not key.startswith("_")}):
            found.setdefault(name, []).append((row["_step"], value, row["_timestamp"] * 1000))
    return [lab.series(name, points) for name, points in found.items()]


api = wandb.Api(timeout=60)
runs = []
for run in api.runs(sys.argv[2]):
    run.load_full_data()
    runs.append(
        {
            "id": run.id,
            "name": run.name,
            "experiment": run.project,
            "group": run.group,
            "status": STATE[run.state],
            "params": lab.flat(run.config),
            "tags": {tag: True for tag in run.tags},
            "summary": {key: value for key, value in lab.flat(run.summary._json_dict).items() if not key.startswith("_")},
            "series": curves(run),
            "artifacts": sorted(f"files/{file.name}" for file in run.files()),
        }
    )
lab.answer(lab.case("wandb-server"), "wandb", runs)
