"""Lets a sampler of Optuna choose runs on tables, from the same first runs and with the same noise as everyone else.

  run_optuna.py TABLES_FOLDER tpe|gp < WALKS.json > CELLS.json

WALKS: [{"table", "repeat", "first": [[cell, seed], …], "noise": [seed, …]}]; one further run for each noise. CELLS: [[cell, …], …], the cells
chosen. Numbers are given to Optuna as places on the grid of levels, which is what suits it best: it knows the range, and nothing is rounded.
"""
import json, os, sys, warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


class Table:
    def __init__(self, folder, name):
        with open(os.path.join(folder, name + ".json")) as file:
            self.info = json.load(file)
        self.names = list(self.info["params"])
        self.sizes = [len(self.info["params"][n]) for n in self.names]
        self.values = np.fromfile(os.path.join(folder, name + ".f64"), dtype="<f8").reshape(-1, self.info["seeds"])
        self.space = {
            n: optuna.distributions.CategoricalDistribution(levels) if isinstance(levels[0], str) else optuna.distributions.IntDistribution(0, len(levels) - 1)
            for n, levels in self.info["params"].items()
        }

    def params(self, cell):
        at = np.unravel_index(cell, self.sizes)
        return {n: self.info["params"][n][int(k)] if isinstance(self.info["params"][n][0], str) else int(k) for n, k in zip(self.names, at)}

    def cell(self, params):
        at = [self.info["params"][n].index(params[n]) if isinstance(params[n], str) else params[n] for n in self.names]
        return int(np.ravel_multi_index(at, self.sizes))


def walk(table, sampler, job):
    study = optuna.create_study(direction="minimize" if table.info["direction"] == "min" else "maximize", sampler=sampler(job["repeat"]))
    for cell, seed in job["first"]:
        value = float(table.values[cell, seed])
        failed = not np.isfinite(value)
        study.add_trial(
            optuna.trial.create_trial(
                params=table.params(cell),
                distributions=table.space,
                value=None if failed else value,
                state=optuna.trial.TrialState.FAIL if failed else optuna.trial.TrialState.COMPLETE,
            )
        )
    cells = []
    for seed in job["noise"]:
        trial = study.ask(table.space)
        cell = table.cell(trial.params)
        value = float(table.values[cell, seed])
        study.tell(trial, value) if np.isfinite(value) else study.tell(trial, state=optuna.trial.TrialState.FAIL)
        cells.append(cell)
    return cells


samplers = {
    "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "gp": lambda seed: optuna.samplers.GPSampler(seed=seed, deterministic_objective=False),
}
if sys.argv[2] == "gp":
    import torch

    torch.set_num_threads(1)
tables = {}
out = []
for job in json.load(sys.stdin):
    if job["table"] not in tables:
        tables[job["table"]] = Table(sys.argv[1], job["table"])
    out.append(walk(tables[job["table"]], samplers[sys.argv[2]], job))
json.dump(out, sys.stdout)
