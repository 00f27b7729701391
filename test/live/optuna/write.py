"""Runs studies with Optuna in a database and in a journal, and says what `load_study` reads back from each."""
import math
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import lab
import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
STATE = {"COMPLETE": "finished", "PRUNED": "killed", "FAIL": "failed", "RUNNING": "running", "WAITING": "unknown"}


def objective(trial):
    lr = trial.suggest_float("optimizer.lr", 1e-3, 1e3, log=True)
    trial.suggest_categorical("momentum", [None, 0.9, "nesterov", True])
    trial.set_user_attr("note", "größe")
    if trial.number == 4:
        raise RuntimeError("out of memory")
    for step, metrics in lab.train(lr, trial.suggest_int("seed", 0, 3), steps=12):
        trial.report(metrics["val/loss"], step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return math.nan if trial.number == 6 else metrics["val/loss"]


def read_back(storage):
    runs = []
    for summary in optuna.get_all_study_summaries(storage=storage):
        study = optuna.load_study(study_name=summary.study_name, storage=storage)
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
                    "summary": {"value": trial.value} if trial.values else {},
                    "series": [lab.series("intermediate_values", [(step, value, None) for step, value in reported])] if reported else [],
                    "facts": {"state": trial.state.name},
                }
            )
    return runs


for name in ("rdb", "journal"):
    folder = lab.case(name)
    storage = f"sqlite:///{folder}/optuna.db" if name == "rdb" else JournalStorage(JournalFileBackend(os.path.join(folder, "optuna_journal.log")))
    pruner = optuna.pruners.MedianPruner(n_startup_trials=3, n_warmup_steps=3)
    study = optuna.create_study(storage=storage, study_name="live", direction="minimize", sampler=optuna.samplers.TPESampler(seed=0), pruner=pruner)
    study.optimize(objective, n_trials=12, catch=(RuntimeError,))
    study.ask().report(math.inf, 0)
    study.enqueue_trial({"optimizer.lr": 0.5})
    lab.answer(folder, "optuna", read_back(storage))
