"""Adds many finished trials with intermediate values, in few statements: many.py URL COUNT."""
import datetime
import sys

import optuna
from optuna.storages._rdb import models
from sqlalchemy import insert

url, count = sys.argv[1], int(sys.argv[2])
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.RDBStorage(url)
study = optuna.create_study(storage=storage, study_name="many")
start = datetime.datetime(2026, 11, 2, 10, 0, 0)
with storage.engine.begin() as connection:
    rows = [{"study_id": study._study_id, "number": at, "state": "COMPLETE", "datetime_start": start, "datetime_complete": start} for at in range(count)]
    connection.execute(insert(models.TrialModel), rows)
    ids = [row[0] for row in connection.execute(models.TrialModel.__table__.select().where(models.TrialModel.study_id == study._study_id))]
    values = [{"trial_id": one, "objective": 0, "value": one / 3, "value_type": "FINITE"} for one in ids]
    connection.execute(insert(models.TrialValueModel), values)
    points = [{"trial_id": one, "step": step, "intermediate_value": step / 7, "intermediate_value_type": "FINITE"} for one in ids for step in range(20)]
    connection.execute(insert(models.TrialIntermediateValueModel), points)
