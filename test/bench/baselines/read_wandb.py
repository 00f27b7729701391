"""Reads .wandb logs with W&B's own DataStore and protobuf, and every history value as JSON. Prints the number of points."""
import glob, json, sys

from wandb.proto import wandb_internal_pb2
from wandb.sdk.internal import datastore

points = 0
for path in sorted(glob.glob(sys.argv[1] + "/wandb/*/*.wandb")):
    store = datastore.DataStore()
    store.open_for_scan(path)
    rows = []
    while True:
        data = store.scan_data()
        if data is None:
            break
        record = wandb_internal_pb2.Record()
        record.ParseFromString(data)
        if record.WhichOneof("record_type") != "history":
            continue
        row = {"/".join(item.nested_key) or item.key: json.loads(item.value_json) for item in record.history.item}
        rows.append(row)
        points += sum(1 for key in row if not key.startswith("_"))
print(points)
