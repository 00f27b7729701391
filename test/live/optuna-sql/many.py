"""Adds many finished trials with a hundred intermediate values each: many.py URL COUNT."""
import sys

import optuna
from optuna.trial import create_trial

storage, count = sys.argv[1:]
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.create_study(storage=storage, study_name="many")
points = {step: step / 7 for step in range(100)}
study.add_trials([create_trial(value=number / 3, intermediate_values=points) for number in range(int(count))])
