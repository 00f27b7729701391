"""Writes studies into a storage by Optuna's own hands, and says what Optuna reads back: write.py first|more URL FOLDER."""
import math
import os
import sys

what, storage, folder = sys.argv[1:]
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import json

import lab
import optuna
from optuna.trial import TrialState, create_trial

optuna.logging.set_verbosity(optuna.logging.ERROR)
STATE = {"COMPLETE": "finished", "PRUNED": "killed", "FAIL": "failed", "RUNNING": "running", "WAITING": "unknown"}
NAME = "größe 50%_'\"\\ ✓"


def objective(trial):
    lr = trial.suggest_float("optimizer.lr", 1e-3, 1e3, log=True)
    trial.suggest_categorical("momentum", [None, 0.9, "nesterov", True])
    trial.set_user_attr("note", "größe ✓ \\ '")
    trial.set_user_attr("nested", {"a": [1, 2.5, None], "b": {"c": "d"}})
    if trial.number == 4:
        raise RuntimeError("out of memory")
    for step, metrics in lab.train(lr, trial.suggest_int("seed", 0, 3), steps=12):
        trial.report(metrics["val/loss"], step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return math.nan if trial.number == 6 else metrics["val/loss"]


def first():
    pruner = optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=3)
    study = optuna.create_study(storage=storage, study_name=NAME, direction="minimize", sampler=optuna.samplers.TPESampler(seed=0), pruner=pruner)
    study.optimize(objective, n_trials=12, catch=(RuntimeError,))
    edge = study.ask()
    for step, value in enumerate(lab.EDGE):
        edge.report(value, step * 1000)
    study.enqueue_trial({"optimizer.lr": 0.5})
    study.add_trial(create_trial(value=math.inf, user_attrs={"how": "diverged"}))
    study.add_trial(create_trial(value=-math.inf))
    two = optuna.create_study(storage=storage, study_name="two", directions=["maximize", "minimize"], sampler=optuna.samplers.RandomSampler(seed=0))
    two.set_metric_names(["accuracy", "seconds"])
    two.optimize(lambda trial: (trial.suggest_float("x", 0, 1, step=0.25), trial.suggest_int("y", 1, 64, log=True)), n_trials=7)
    optuna.create_study(storage=storage, study_name="empty")


def more():
    study = optuna.load_study(study_name=NAME, storage=storage)
    running = next(trial for trial in study.get_trials() if trial.state == TrialState.RUNNING)
    optuna.trial.Trial(study, running._trial_id).report(0.125, 99_000)
    study.add_trial(create_trial(value=0.25))


def read_back():
    runs = []
    for summary in optuna.get_all_study_summaries(storage=storage):
        study = optuna.load_study(study_name=summary.study_name, storage=storage)
        names = study.metric_names or (["value"] if len(study.directions) == 1 else [f"value_{i}" for i in range(len(study.directions))])
        for trial in study.get_trials(deepcopy=False):
            reported = sorted(trial.intermediate_values.items())
            runs.append(
                {
                    "id": str(trial._trial_id),
                    "name": f"#{trial.number}",
                    "experiment": summary.study_name,
                    "status": STATE[trial.state.name],
                    "started_ms": trial.datetime_start and trial.datetime_start.timestamp() * 1000,
                    "ended_ms": trial.datetime_complete and trial.datetime_complete.timestamp() * 1000,
                    "params": trial.params,
                    "tags": trial.user_attrs,
                    "summary": dict(zip(names, trial.values)) if trial.values else {},
                    "series": [lab.series("intermediate_values", [(step, value, None) for step, value in reported])] if reported else [],
                    "facts": {"state": trial.state.name, "directions": [direction.name.lower() for direction in study.directions]},
                }
            )
    return runs


{"first": first, "more": more}[what]()
lab.answer(folder, "optuna", read_back())
