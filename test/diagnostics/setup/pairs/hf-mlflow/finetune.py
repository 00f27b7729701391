"""Sentiment of short texts: a pretrained encoder, fine-tuned with the Trainer and logged to MLflow."""
import numpy as np
from datasets import load_dataset
from sklearn.metrics import accuracy_score, f1_score
from transformers import AutoModelForSequenceClassification, AutoTokenizer, DataCollatorWithPadding, Trainer, TrainingArguments

BASE = "distilbert/distilroberta-base"
BASE_REVISION = "fa8239aadc095e9164941d05878b98afe9b953c3"
DATA = "cornell-movie-review-data/rotten_tomatoes"
DATA_REVISION = "aa13bc287fa6fcab6daf52f0dfb9994269ffea28"


def compute_metrics(prediction):
    labels = prediction.label_ids
    guesses = np.argmax(prediction.predictions, axis=-1)
    return {"accuracy": accuracy_score(labels, guesses), "f1": f1_score(labels, guesses)}


def main():
    tokenizer = AutoTokenizer.from_pretrained(BASE, revision=BASE_REVISION)
    data = load_dataset(DATA, revision=DATA_REVISION)
    data = data.map(lambda batch: tokenizer(batch["text"], truncation=True), batched=True)
    model = AutoModelForSequenceClassification.from_pretrained(BASE, revision=BASE_REVISION, num_labels=2)
    settings = TrainingArguments(
        output_dir="out",
        run_name="distilroberta-lr3e-5",
        report_to=["mlflow"],
        learning_rate=3e-5,
        per_device_train_batch_size=32,
        num_train_epochs=3,
        seed=17,
        eval_strategy="epoch",
        save_strategy="epoch",
        load_best_model_at_end=True,
        metric_for_best_model="f1",
        logging_steps=20,
    )
    trainer = Trainer(
        model=model,
        args=settings,
        train_dataset=data["train"],
        eval_dataset=data["validation"],
        data_collator=DataCollatorWithPadding(tokenizer),
        compute_metrics=compute_metrics,
    )
    trainer.train()
    trainer.log_metrics("test", trainer.evaluate(data["test"], metric_key_prefix="test"))
    trainer.save_model("out/best")


if __name__ == "__main__":
    main()
