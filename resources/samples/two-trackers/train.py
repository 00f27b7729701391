"""A small MLP on scikit-learn's digits in plain NumPy, logged to two trackers at once: an MLflow file store and TensorBoard event files."""
import hashlib, os, sys, time
import mlflow, numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tensorboardX import SummaryWriter

lr, seed, hidden, epochs, batch = float(sys.argv[1]), int(sys.argv[2]), 64, 15, 64
rng = np.random.default_rng(seed)
X, y = load_digits(return_X_y=True); X = X / 16.0
Xt, Xv, yt, yv = train_test_split(X, y, test_size=0.25, random_state=0, stratify=y)
W1 = rng.normal(0, 0.2, (64, hidden)); b1 = np.zeros(hidden); W2 = rng.normal(0, 0.2, (hidden, 10)); b2 = np.zeros(10)

def forward(X):
    h = np.maximum(0, X @ W1 + b1); z = h @ W2 + b2; z = z - z.max(1, keepdims=True)
    p = np.exp(z); return h, p / p.sum(1, keepdims=True)
def evaluate(X, y):
    _, p = forward(X); return float(-np.log(p[np.arange(len(y)), y] + 1e-12).mean()), float((p.argmax(1) == y).mean())

mlflow.set_tracking_uri("file:" + os.path.abspath("out/mlruns")); mlflow.set_experiment("digits in two trackers")
params = {"model": "mlp", "hidden": hidden, "optimizer": "sgd", "lr": lr, "scheduler": "constant", "batch_size": batch, "epochs": epochs, "seed": seed, "test_size": 0.25, "split_seed": 0}
w = SummaryWriter(f"out/tensorboard/mlp-lr{lr}")
with mlflow.start_run(run_name=f"mlp lr={lr}"):
    mlflow.log_params(params); mlflow.set_tag("mlflow.note.content", "The same training was logged to TensorBoard as well.")
    w.add_text("params", str(params))
    step = 0
    for epoch in range(epochs):
        order = rng.permutation(len(Xt))
        for i in range(0, len(order), batch):
            b = order[i:i + batch]; h, p = forward(Xt[b]); loss = float(-np.log(p[np.arange(len(b)), yt[b]] + 1e-12).mean())
            p[np.arange(len(b)), yt[b]] -= 1; p /= len(b); dh = (p @ W2.T) * (h > 0)
            g = [Xt[b].T @ dh, dh.sum(0), h.T @ p, p.sum(0)]
            gn = float(np.sqrt(sum((x ** 2).sum() for x in g)))
            for q, d in zip((W1, b1, W2, b2), g): q -= lr * d
            if step % 4 == 0:
                for k, v in (("train/loss", loss), ("train/grad_norm", gn)): mlflow.log_metric(k, v, step=step); w.add_scalar(k, v, step)
            step += 1
        vl, va = evaluate(Xv, yv)
        for k, v in (("val/loss", vl), ("val/acc", va)): mlflow.log_metric(k, v, step=step); w.add_scalar(k, v, step)
w.close()
