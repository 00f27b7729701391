"""Digits with Lightning; its CSV logger keeps the curves and the settings."""
import argparse
import subprocess
from pathlib import Path

import lightning as L
import torch
from lightning.pytorch.callbacks import LearningRateMonitor, ModelCheckpoint
from lightning.pytorch.loggers import CSVLogger
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split


class Classifier(L.LightningModule):
    def __init__(self, lr: float, width: int, dropout: float, seed: int):
        super().__init__()
        self.save_hyperparameters()
        self.net = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(dropout), nn.Linear(width, 10))
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x):
        return self.net(x)

    def score(self, batch, split):
        x, y = batch
        logits = self(x)
        loss = self.loss(logits, y)
        self.log(f"{split}/loss", loss, on_step=False, on_epoch=True)
        self.log(f"{split}/accuracy", (logits.argmax(1) == y).float().mean(), on_step=False, on_epoch=True)
        return loss

    def training_step(self, batch, index):
        return self.score(batch, "train")

    def validation_step(self, batch, index):
        self.score(batch, "val")

    def test_step(self, batch, index):
        self.score(batch, "test")

    def configure_optimizers(self):
        optimizer = torch.optim.Adam(self.parameters(), lr=self.hparams.lr)
        return [optimizer], [torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.9)]


def loaders(batch_size, seed):
    images, labels = load_digits(return_X_y=True)
    full = TensorDataset(torch.as_tensor(images / 16.0, dtype=torch.float32), torch.as_tensor(labels))
    train, val, test = random_split(full, [0.7, 0.15, 0.15], generator=torch.Generator().manual_seed(seed))
    return DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(val, batch_size=256), DataLoader(test, batch_size=256)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1e-2)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("out"))
    args = parser.parse_args()
    L.seed_everything(args.seed, workers=True)
    train_loader, val_loader, test_loader = loaders(args.batch_size, args.seed)
    model = Classifier(lr=args.lr, width=args.width, dropout=args.dropout, seed=args.seed)
    logger = CSVLogger(args.out, name="digits")
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
    logger.log_hyperparams({**vars(args), "commit": commit})
    trainer = L.Trainer(
        max_epochs=args.epochs,
        logger=logger,
        accelerator="cpu",
        enable_progress_bar=False,
        callbacks=[ModelCheckpoint(monitor="val/loss"), LearningRateMonitor()],
    )
    trainer.fit(model, train_loader, val_loader)
    trainer.test(model, test_loader, ckpt_path="best")


if __name__ == "__main__":
    main()
