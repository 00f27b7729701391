"""Demand for bicycles by boosted trees; every round goes to MLflow, and so does the digest of the table."""
import argparse

import lightgbm as lgb
import mlflow
import pandas as pd
from sklearn.metrics import mean_absolute_error
from sklearn.model_selection import train_test_split


def log_rounds(env):
    for split, metric, value, *_ in env.evaluation_result_list:
        mlflow.log_metric(f"{split}/{metric}", value, step=env.iteration)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--csv", default="data/hours.csv")
    parser.add_argument("--learning_rate", type=float, default=0.05)
    parser.add_argument("--num_leaves", type=int, default=31)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=8)
    args = parser.parse_args()

    mlflow.set_experiment("bicycles")
    frame = pd.read_csv(args.csv)
    with mlflow.start_run(run_name=f"lgb-l{args.num_leaves}-s{args.seed}", tags={"owner": "demand"}):
        mlflow.log_params(vars(args))
        mlflow.log_input(mlflow.data.from_pandas(frame, source=args.csv, name="hours"), context="training")
        x, y = frame.drop(columns="count"), frame["count"]
        train_x, rest_x, train_y, rest_y = train_test_split(x, y, test_size=0.3, random_state=args.seed)
        val_x, test_x, val_y, test_y = train_test_split(rest_x, rest_y, test_size=0.5, random_state=args.seed)
        train_set, val_set = lgb.Dataset(train_x, train_y), lgb.Dataset(val_x, val_y)
        params = {"objective": "mae", "learning_rate": args.learning_rate, "num_leaves": args.num_leaves, "seed": args.seed}
        booster = lgb.train(
            params,
            train_set,
            num_boost_round=args.rounds,
            valid_sets=[train_set, val_set],
            valid_names=["train", "val"],
            callbacks=[lgb.early_stopping(30), log_rounds],
        )
        booster.save_model("model.txt")
        mlflow.log_artifact("model.txt")
        mlflow.log_metric("test/mae", mean_absolute_error(test_y, booster.predict(test_x)))


if __name__ == "__main__":
    main()
