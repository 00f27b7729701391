"""Clicks by boosted trees; every round goes to W&B."""
import argparse

import pandas as pd
import wandb
import xgboost as xgb
from sklearn.metrics import average_precision_score, roc_auc_score
from wandb.integration.xgboost import WandbCallback


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--learning-rate", type=float, default=0.05)
    parser.add_argument("--max-depth", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=800)
    parser.add_argument("--patience", type=int, default=50)
    parser.add_argument("--seed", type=int, default=13)
    args = parser.parse_args()

    with wandb.init(project="clicks", name=f"xgb-d{args.max_depth}-s{args.seed}", tags=["baseline"], config=vars(args)) as run:
        folder = run.use_artifact("clicks:v7").download()
        frames = {split: pd.read_parquet(f"{folder}/{split}.parquet") for split in ("train", "val", "test")}
        train, val, test = (xgb.DMatrix(frame.drop(columns="click"), frame["click"]) for frame in frames.values())
        params = {
            "objective": "binary:logistic",
            "eval_metric": ["logloss", "auc"],
            "learning_rate": args.learning_rate,
            "max_depth": args.max_depth,
            "seed": args.seed,
        }
        booster = xgb.train(
            params,
            train,
            num_boost_round=args.rounds,
            evals=[(train, "train"), (val, "val")],
            early_stopping_rounds=args.patience,
            callbacks=[WandbCallback()],
        )
        booster.save_model("model.ubj")
        run.log_artifact("model.ubj", name="clicks-xgb", type="model")
        prob = booster.predict(test, iteration_range=(0, booster.best_iteration + 1))
        run.summary.update({"test/auc": roc_auc_score(frames["test"]["click"], prob)})
        run.summary.update({"test/ap": average_precision_score(frames["test"]["click"], prob)})


if __name__ == "__main__":
    main()
