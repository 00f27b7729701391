"""Breast cancer by a forest of trees; one MLflow run for each call."""
import argparse
from pathlib import Path

import joblib
import mlflow
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trees", type=int, default=50)
    parser.add_argument("--depth", type=int, default=6)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, default=Path("out"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)

    x, y = load_breast_cancer(return_X_y=True)
    train_x, test_x, train_y, test_y = train_test_split(x, y, test_size=0.25, stratify=y, random_state=args.seed)
    forest = RandomForestClassifier(args.trees, max_depth=args.depth, random_state=args.seed)
    model = make_pipeline(StandardScaler(), forest)

    mlflow.set_experiment("cancer")
    with mlflow.start_run(run_name=f"forest-d{args.depth}-s{args.seed}"):
        mlflow.log_params(vars(args))
        scores = cross_val_score(model, train_x, train_y, cv=5, scoring="roc_auc")
        mlflow.log_metrics({"cv/auc_mean": scores.mean(), "cv/auc_std": scores.std()})
        model.fit(train_x, train_y)
        prob = model.predict_proba(test_x)[:, 1]
        mlflow.log_metrics({"test/auc": roc_auc_score(test_y, prob), "test/f1": f1_score(test_y, prob > 0.5)})
        joblib.dump(model, args.out / "model.joblib")
        mlflow.log_artifact(args.out / "model.joblib")


if __name__ == "__main__":
    main()
