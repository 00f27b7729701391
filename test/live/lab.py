"""What every writer shares: a small real training, numbers at the edge, and the form of an answer (that of test/fixtures)."""
import json
import math
import os
import random
import sys

EDGE = [-0.0, 5e-324, 1e308, 1 / 3, math.nan, math.inf, -math.inf, float(2**53 + 2)]


def train(lr, seed, steps=40, points=200):
    """Logistic regression by stochastic gradient descent on two noisy clouds; yields (step, metrics). A huge lr diverges by itself."""
    draw = random.Random(seed)
    cloud = [([draw.gauss(1 if label else -1, 1.5), draw.gauss(0.5 if label else -0.5, 1.5), 1.0], label) for label in (0, 1) for _ in range(points)]
    draw.shuffle(cloud)
    held, seen = cloud[: points // 2], cloud[points // 2 :]
    weights = [0.0, 0.0, 0.0]

    def judge(rows):
        loss = right = 0.0
        for x, label in rows:
            z = sum(w * v for w, v in zip(weights, x))
            loss += max(z, 0.0) - z * label + math.log1p(math.exp(-abs(z))) if math.isfinite(z) else math.nan
            right += (z > 0) == (label == 1)
        return loss / len(rows), right / len(rows)

    for step in range(steps):
        batch = draw.sample(seen, 32)
        slope = [0.0, 0.0, 0.0]
        for x, label in batch:
            z = sum(w * v for w, v in zip(weights, x))
            error = (1 / (1 + math.exp(-max(min(z, 500.0), -500.0)))) - label
            slope = [s + error * v / len(batch) for s, v in zip(slope, x)]
        weights = [w - lr * s for w, s in zip(weights, slope)]
        (train_loss, _), (val_loss, val_accuracy) = judge(batch), judge(held)
        yield step, {"train/loss": train_loss, "val/loss": val_loss, "val/accuracy": val_accuracy}


def number(value):
    """JSON form of a number: non-finite ones and integers beyond 2^53 are strings."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return str(value) if isinstance(value, int) and abs(value) > 2**53 else value


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else number(value)


def flat(tree, before=""):
    """Nested settings as one level, names joined with dots."""
    out = {}
    for key, value in tree.items():
        out.update(flat(value, f"{before}{key}.") if isinstance(value, dict) and value else {f"{before}{key}": value})
    return out


def series(name, points, context=None):
    """`points` are (step or None, value, milliseconds or None), in the order in which the tracker's own reader gives them."""
    whole = lambda column: None if any(one is None for one in column) else [number(one) for one in column]
    steps, values, times = ([point[at] for point in points] for at in range(3))
    return {"name": name, "context": context or {}, "count": len(points), "steps": whole(steps), "values": [number(v) for v in values], "times_ms": whole(times)}


def case(name):
    """A fresh folder for what a user would drop; below the folder that the writer was given."""
    folder = os.path.join(os.path.abspath(sys.argv[1]), name, "input")
    os.makedirs(folder)
    return folder


def answer(folder, form, runs):
    """Puts down what the tracker's own software says about a case."""
    with open(os.path.join(folder, "..", "expected.json"), "w", encoding="utf-8") as file:
        json.dump({"format": form, "runs": plain(runs)}, file, ensure_ascii=False, allow_nan=False)
