"""Fashion images with Keras; the history goes to a table, settings and commit beside it."""
import argparse
import json
import subprocess
from pathlib import Path

import keras
from keras import layers


def build_model(width, dropout):
    return keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Rescaling(1 / 255),
        layers.Conv2D(width, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dropout(dropout),
        layers.Dense(10, activation="softmax"),
    ])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, default=1e-3)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("out"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(args.seed)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
    settings = {key: str(value) for key, value in vars(args).items()}
    (args.out / "run.json").write_text(json.dumps({**settings, "commit": commit}))

    (train_x, train_y), (test_x, test_y) = keras.datasets.fashion_mnist.load_data()
    val_x, val_y = train_x[50000:], train_y[50000:]
    train_x, train_y = train_x[:50000], train_y[:50000]
    model = build_model(args.width, args.dropout)
    model.compile(optimizer=keras.optimizers.Adam(args.lr), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(
        train_x,
        train_y,
        batch_size=args.batch_size,
        epochs=args.epochs,
        validation_data=(val_x, val_y),
        callbacks=[
            keras.callbacks.CSVLogger(args.out / "history.csv"),
            keras.callbacks.ModelCheckpoint(args.out / "best.keras", monitor="val_loss", save_best_only=True),
        ],
    )
    best = keras.models.load_model(args.out / "best.keras")
    test_loss, test_accuracy = best.evaluate(test_x, test_y)
    (args.out / "test.json").write_text(json.dumps({"test_loss": test_loss, "test_accuracy": test_accuracy}))


if __name__ == "__main__":
    main()
