"""Progress of diabetes by a linear model in PyTorch; every epoch goes to MLflow."""
import argparse

import mlflow
import torch
from sklearn.datasets import load_diabetes
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split


def mean_error(model, loader):
    with torch.no_grad():
        errors = [nn.functional.mse_loss(model(x).squeeze(1), y, reduction="none") for x, y in loader]
    return torch.cat(errors).mean().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.5)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    x, y = load_diabetes(return_X_y=True)
    full = TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32))
    train_set, val_set = random_split(full, [0.8, 0.2], generator=torch.Generator().manual_seed(args.seed))
    torch.manual_seed(args.seed)
    train_loader = DataLoader(train_set, batch_size=args.batch_size, shuffle=True)
    val_loader = DataLoader(val_set, batch_size=256)
    model = nn.Linear(10, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=args.lr)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.95)

    mlflow.set_experiment("diabetes")
    with mlflow.start_run(run_name=f"linear-lr{args.lr}"):
        mlflow.log_params(vars(args))
        for epoch in range(args.epochs):
            total = 0.0
            for batch, target in train_loader:
                optimizer.zero_grad()
                loss = nn.functional.mse_loss(model(batch).squeeze(1), target)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(target)
            val_loss = mean_error(model, val_loader)
            mlflow.log_metrics({"train/loss": total / len(train_set), "val/loss": val_loss, "lr": scheduler.get_last_lr()[0]}, step=epoch)
            scheduler.step()
        torch.save(model.state_dict(), "model.pt")
        mlflow.log_artifact("model.pt")


if __name__ == "__main__":
    main()
