"""House prices by a small network; curves go to TensorBoard, settings and commit into a file beside them."""
import argparse
import json
import subprocess
from pathlib import Path

import torch
from sklearn.datasets import fetch_california_housing
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.tensorboard import SummaryWriter


def commit():
    return subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()


@torch.no_grad()
def score(model, loader):
    model.eval()
    errors = [(model(x).squeeze(1) - y).abs() for x, y in loader]
    return torch.cat(errors).mean().item()


def train_epoch(model, loader, optimizer):
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nn.functional.smooth_l1_loss(model(x).squeeze(1), y)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(y)
    return total / len(loader.dataset)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--weight-decay", type=float, default=1e-4)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("runs/housing"))
    parser.add_argument("--resume", type=Path)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.backends.cudnn.benchmark = False

    data = fetch_california_housing()
    train_x, rest_x, train_y, rest_y = train_test_split(data.data, data.target, test_size=0.2, random_state=args.seed)
    val_x, test_x, val_y, test_y = train_test_split(rest_x, rest_y, test_size=0.5, random_state=args.seed)
    train_set = TensorDataset(torch.tensor(train_x, dtype=torch.float32), torch.tensor(train_y, dtype=torch.float32))
    val_set = TensorDataset(torch.tensor(val_x, dtype=torch.float32), torch.tensor(val_y, dtype=torch.float32))
    test_set = TensorDataset(torch.tensor(test_x, dtype=torch.float32), torch.tensor(test_y, dtype=torch.float32))
    train_loader = DataLoader(train_set, batch_size=args.batch_size, shuffle=True)
    val_loader = DataLoader(val_set, batch_size=512)
    test_loader = DataLoader(test_set, batch_size=512)

    model = nn.Sequential(nn.BatchNorm1d(8), nn.Linear(8, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.lr, weight_decay=args.weight_decay)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.5)
    start = 0
    if args.resume:
        state = torch.load(args.resume, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        scheduler.load_state_dict(state["scheduler"])
        start = state["epoch"] + 1

    args.out.mkdir(parents=True, exist_ok=True)
    settings = {key: str(value) for key, value in vars(args).items()}
    (args.out / "run.json").write_text(json.dumps({"params": {**settings, "dropout": 0.1}, "commit": commit()}))
    best = float("inf")
    with SummaryWriter(args.out) as writer:
        for epoch in range(start, args.epochs):
            train_loss = train_epoch(model, train_loader, optimizer)
            val_mae = score(model, val_loader)
            writer.add_scalar("train/loss", train_loss, epoch)
            writer.add_scalar("val/mae", val_mae, epoch)
            writer.add_scalar("train/lr", scheduler.get_last_lr()[0], epoch)
            scheduler.step()
            state = {"epoch": epoch, "model": model.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()}
            torch.save(state, args.out / "last.pt")
            if val_mae < best:
                best = val_mae
                torch.save(state, args.out / "best.pt")
        model.load_state_dict(torch.load(args.out / "best.pt", weights_only=True)["model"])
        writer.add_scalar("test/mae", score(model, test_loader), args.epochs)


if __name__ == "__main__":
    main()
