"""Trains with the Neptune client offline, and says what the client's own operation log holds, read by the client's own classes."""
import os
import sys
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
import neptune
from neptune.core.components.queue.json_file_splitter import JsonFileSplitter
from neptune.internal.operation import Operation
from neptune.utils import stringify_unsupported

folder = lab.case("offline")
os.chdir(folder)


def train(name, params, rows):
    run = neptune.init_run(project="lab/live", mode="offline", name=name, tags=["live"], git_ref=False, capture_stdout=False, capture_stderr=False, capture_hardware_metrics=False)
    run["parameters"] = stringify_unsupported(params)
    for step, row in rows:
        for key, value in row.items():
            run[key].append(value, step=step)
    run.stop()


for lr in (0.05, 0.5, 1e6):
    train(f"lr {lr}", {"lr": lr, "seed": 7, "model": {"act": "größe"}, "amp": False}, lab.train(lr, 7))
train("edge", {"seed": 1}, [(at / 2, {"edge/value": value}) for at, value in enumerate(lab.EDGE)])


def operations(leaf):
    for file in sorted(leaf.glob("data-*.log"), key=lambda path: int(path.stem.split("-")[1])):
        splitter = JsonFileSplitter(str(file))
        while (found := splitter.get()) is not None:
            yield Operation.from_dict(found["obj"])
        splitter.close()


runs = []
for leaf in sorted((Path(folder) / ".neptune" / "offline").iterdir()):
    values, floats, tags = {}, {}, set()
    for operation in operations(leaf):
        path, kind = "/".join(operation.path), type(operation).__name__
        if kind in ("AssignFloat", "AssignInt", "AssignBool", "AssignString"):
            values[path] = operation.value
        elif kind == "LogFloats":
            floats.setdefault(path, []).extend((one.step, one.value, one.ts * 1000) for one in operation.values)
        elif kind == "AddStrings" and path == "sys/tags":
            tags.update(operation.values)
    runs.append(
        {
            "path": f".neptune/offline/{leaf.name}",
            "name": values.get("sys/name"),
            "params": {path: value for path, value in values.items() if path.startswith("parameters/")},
            "tags": {tag: True for tag in tags},
            "series": [lab.series(path, sorted(points, key=lambda point: point[0])) for path, points in floats.items()],
        }
    )
lab.answer(folder, "neptune-offline", runs)
