// Scripts that train, in the ways that people write them, for drawn projects.

import type { Random } from '../../src/core/base/random';

/** The `at`-th way to train, with faults that the seed chooses. @param modules dotted names that the script imports from */
export function scriptOf(at: number, modules: readonly string[], random: Random): string {
  const write = ways[at % ways.length] as (typeof ways)[number];
  const chosen = modules.filter((_, one) => one % 6 === at % 6);
  const imports = chosen.map((one) => `from ${one} import ${one.slice(one.lastIndexOf('.') + 1)}_all`);
  const calls = chosen.map((one) => `    ${one.slice(one.lastIndexOf('.') + 1)}_all([1.0, 2.0], size=3)`);
  return write(imports.join('\n'), calls.length > 0 ? calls.join('\n') : '    pass', (text) => (random.integer(3) > 0 ? text : ''));
}

/** @param some keeps a line, or leaves it out */
type Write = (imports: string, calls: string, some: (text: string) => string) => string;

const torchLoop = (
  imports: string,
  calls: string,
  some: (text: string) => string,
  head: string,
  open: string,
  log: (name: string, value: string) => string,
): string => `${head}
import argparse
import random
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, random_split
from torchvision import datasets, transforms
${imports}


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


@torch.no_grad()
def evaluate(model, loader, loss_fn, device):
${some('    model.eval()\n')}    total, hits, seen = 0.0, 0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        out = model(x)
        total += loss_fn(out, y).item() * len(y)
        hits += (out.argmax(1) == y).sum().item()
        seen += len(y)
    return total / seen, hits / seen


def train_epoch(model, loader, opt, loss_fn, device):
    model.train()
    total, seen = 0.0, 0
    for x, y in loader:
        x, y = x.to(device), y.to(device)
${some('        opt.zero_grad()\n')}        loss = loss_fn(model(x), y)
        loss.backward()
        opt.step()
        total += loss.item() * len(y)
        seen += len(y)
    return total / seen


def prepare():
${calls}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
${some('    seed_all(args.seed)\n')}    prepare()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    full = datasets.MNIST("data", train=True, download=True, transform=transforms.ToTensor())
    train_set, val_set = random_split(full, [55000, 5000]${some(', generator=torch.Generator().manual_seed(args.seed)')})
    train_loader = DataLoader(train_set, batch_size=args.batch_size, shuffle=True, num_workers=2)
    val_loader = DataLoader(val_set, batch_size=512)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.1), nn.Linear(128, 10)).to(device)
    opt = torch.optim.AdamW(model.parameters(), lr=args.lr)
    sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=args.epochs)
    loss_fn = nn.CrossEntropyLoss()
${open}
    best = 0.0
    for epoch in range(args.epochs):
        train_loss = train_epoch(model, train_loader, opt, loss_fn, device)
        val_loss, val_acc = evaluate(model, val_loader, loss_fn, device)
${log('train/loss', 'train_loss')}
${some(`${log('val/loss', 'val_loss')}\n`)}${some(`${log('lr', 'sched.get_last_lr()[0]')}\n`)}        sched.step()
        if val_acc > best:
            best = val_acc
            torch.save({"model": model.state_dict(), "optimizer": opt.state_dict(), "epoch": epoch}, "best.pt")
    print("best", best)


if __name__ == "__main__":
    main()
`;

const ways: readonly Write[] = [
  (imports, calls, some) =>
    torchLoop(
      imports,
      calls,
      some,
      'from torch.utils.tensorboard import SummaryWriter',
      '    writer = SummaryWriter("runs/a")',
      (name, value) => `        writer.add_scalar("${name}", ${value}, epoch)`,
    ),
  (imports, calls, some) =>
    torchLoop(
      imports,
      calls,
      some,
      'import wandb',
      `    wandb.init(project="acme"${some(', config=vars(args)')})`,
      (name, value) => `        wandb.log({"${name}": ${value}, "epoch": epoch})`,
    ),
  (imports, calls, some) =>
    torchLoop(
      imports,
      calls,
      some,
      'import mlflow',
      `    mlflow.start_run()\n${some('    mlflow.log_params(vars(args))')}`,
      (name, value) => `        mlflow.log_metric("${name}", ${value}, step=epoch)`,
    ),
  (imports, calls, some) => `import lightning as L
import torch
import torch.nn.functional as F
from torch import nn
from lightning.pytorch.loggers import CSVLogger
from lightning.pytorch.callbacks import ModelCheckpoint
${imports}


class Lit(L.LightningModule):
    def __init__(self, lr=1e-3):
        super().__init__()
${some('        self.save_hyperparameters()\n')}        self.net = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))
        self.lr = lr

    def training_step(self, batch, index):
        x, y = batch
        loss = F.cross_entropy(self.net(x.flatten(1)), y)
        self.log("train/loss", loss)
        return loss

    def validation_step(self, batch, index):
        x, y = batch
        self.log("val/loss", F.cross_entropy(self.net(x.flatten(1)), y))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=self.lr)


def main():
${some('    L.seed_everything(7, workers=True)\n')}${calls}
    train = torch.utils.data.DataLoader(torch.load("train.pt"), batch_size=64, shuffle=True)
    val = torch.utils.data.DataLoader(torch.load("val.pt"), batch_size=64)
    trainer = L.Trainer(max_epochs=10, logger=CSVLogger("runs"), callbacks=[ModelCheckpoint(monitor="val/loss")])
    trainer.fit(Lit(), train, val)


main()
`,
  (imports, calls, some) => `import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
${imports}


def main():
${calls}
    frame = pd.read_csv("data/table.csv")
    x, y = frame.drop(columns=["target"]), frame["target"]
    x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2${some(', random_state=0')})
    scaler = StandardScaler().fit(x_train)
    model = RandomForestClassifier(n_estimators=300${some(', random_state=0')})
    model.fit(scaler.transform(x_train), y_train)
    print("accuracy", accuracy_score(y_test, model.predict(scaler.transform(x_test))))


if __name__ == "__main__":
    main()
`,
  (imports, calls, some) => `import keras
import numpy as np
from keras import layers
${imports}


def build():
    model = keras.Sequential([layers.Dense(64, activation="relu"), layers.Dropout(0.2), layers.Dense(10, activation="softmax")])
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def main():
${some('    keras.utils.set_random_seed(3)\n')}${calls}
    (x, y), (x_test, y_test) = keras.datasets.mnist.load_data()
    model = build()
    model.fit(x, y, epochs=5, validation_split=0.1${some(', callbacks=[keras.callbacks.CSVLogger("log.csv")]')})
    print(model.evaluate(x_test, y_test))


main()
`,
  (imports, calls, some) => `from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments
${imports}


def main():
${calls}
    data = load_dataset("imdb"${some(', revision="e6281661ce1c48d982bc483cf8a173c1bbeb5d31"')})
    tokenizer = AutoTokenizer.from_pretrained("distilbert-base-uncased")
    data = data.map(lambda batch: tokenizer(batch["text"], truncation=True), batched=True)
    model = AutoModelForSequenceClassification.from_pretrained("distilbert-base-uncased", num_labels=2)
    args = TrainingArguments(output_dir="out", num_train_epochs=2, learning_rate=2e-5, seed=1${some(', evaluation_strategy="epoch"')})
    trainer = Trainer(model=model, args=args, train_dataset=data["train"], eval_dataset=data["test"], tokenizer=tokenizer)
    trainer.train()


if __name__ == "__main__":
    main()
`,
  (imports, calls, some) => `import xgboost as xgb
import pandas as pd
from sklearn.model_selection import train_test_split
${imports}


def main():
${calls}
    frame = pd.read_parquet("data/table.parquet")
    x_train, x_val, y_train, y_val = train_test_split(frame.drop(columns=["y"]), frame["y"], random_state=0)
    params = {"max_depth": 6, "eta": 0.1, "objective": "binary:logistic"${some(', "seed": 0')}}
    booster = xgb.train(params, xgb.DMatrix(x_train, y_train), num_boost_round=200, evals=[(xgb.DMatrix(x_val, y_val), "val")])
    booster.save_model("model.json")


main()
`,
];
