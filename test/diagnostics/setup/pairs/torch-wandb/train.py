"""A small network on handwritten digits; curves, settings and the best model go to W&B."""
import argparse
import random
from pathlib import Path

import numpy as np
import torch
import wandb
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Digits(Dataset):
    """Images of 8 by 8; those for training are shifted by up to one pixel."""

    def __init__(self, images, labels, shift):
        self.images = torch.as_tensor(images / 16.0, dtype=torch.float32)
        self.labels = torch.as_tensor(labels)
        self.shift = shift

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        image = self.images[index].view(8, 8)
        if self.shift:
            image = torch.roll(image, random.randint(-1, 1), dims=1)
        return image.flatten(), self.labels[index]


def set_seeds(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def build_model(width, dropout):
    return nn.Sequential(nn.Linear(64, width), nn.BatchNorm1d(width), nn.ReLU(), nn.Dropout(dropout), nn.Linear(width, 10))


def evaluate(model, loader, criterion):
    model.eval()
    loss_sum = hits = seen = 0.0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            loss_sum += criterion(logits, labels).item() * len(labels)
            hits += (logits.argmax(1) == labels).sum().item()
            seen += len(labels)
    return loss_sum / seen, hits / seen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=0.05)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--clip", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=Path("out"))
    args = parser.parse_args()
    set_seeds(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    images, labels = load_digits(return_X_y=True)
    train_x, rest_x, train_y, rest_y = train_test_split(images, labels, test_size=0.3, random_state=args.seed, stratify=labels)
    val_x, test_x, val_y, test_y = train_test_split(rest_x, rest_y, test_size=0.5, random_state=args.seed, stratify=rest_y)
    train_loader = DataLoader(Digits(train_x, train_y, shift=True), batch_size=args.batch_size, shuffle=True)
    val_loader = DataLoader(Digits(val_x, val_y, shift=False), batch_size=256)
    test_loader = DataLoader(Digits(test_x, test_y, shift=False), batch_size=256)

    model = build_model(args.width, args.dropout)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=args.epochs)

    run = wandb.init(project="digits", name=f"mlp-w{args.width}-s{args.seed}", config=vars(args))
    best = 0.0
    for epoch in range(args.epochs):
        model.train()
        total = 0.0
        for images, labels in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            grad_norm = nn.utils.clip_grad_norm_(model.parameters(), args.clip)
            optimizer.step()
            total += loss.item() * len(labels)
            wandb.log({"train/batch_loss": loss.item(), "train/grad_norm": grad_norm.item()})
        train_loss = total / len(train_loader.dataset)
        val_loss, val_accuracy = evaluate(model, val_loader, criterion)
        wandb.log({
            "epoch": epoch,
            "train/loss": train_loss,
            "val/loss": val_loss,
            "val/accuracy": val_accuracy,
            "train/lr": optimizer.param_groups[0]["lr"],
        })
        scheduler.step()
        if val_accuracy > best:
            best = val_accuracy
            torch.save(model.state_dict(), args.out / "best.pt")
    model.load_state_dict(torch.load(args.out / "best.pt", weights_only=True))
    test_loss, test_accuracy = evaluate(model, test_loader, criterion)
    run.summary.update({"test/loss": test_loss, "test/accuracy": test_accuracy})
    run.finish()


if __name__ == "__main__":
    main()
