// Code on which E-07 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'gradients of JAX, and nothing that is held out',
      files: {
        'train.py':
          'import jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\n',
      },
      at: 'train.py:8',
    },
    {
      title: 'a runner of segmentation_models_pytorch whose validation is not stored',
      files: {
        'train.py':
          'import torch\nimport segmentation_models_pytorch as smp\nnet = smp.Unet()\nopt = torch.optim.Adam(net.parameters(), lr=1e-4)\ntrain_epoch = smp.utils.train.TrainEpoch(net, loss=loss, metrics=[], optimizer=opt)\nvalid_epoch = smp.utils.train.ValidEpoch(net, loss=loss, metrics=[])\nwriter = torch.utils.tensorboard.SummaryWriter("runs")\nfor epoch in range(40):\n    train_logs = train_epoch.run(train_loader)\n    valid_logs = valid_epoch.run(valid_loader)\n    writer.add_scalar("train/iou", train_logs["iou_score"], epoch)\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'an evaluator of Ignite whose scores are only printed',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\ndef keep(engine):\n    writer.add_scalar("train/loss", engine.state.output, engine.state.iteration)\ntrainer.add_event_handler(Events.ITERATION_COMPLETED, keep)\n@trainer.on(Events.EPOCH_COMPLETED)\ndef score(engine):\n    evaluator.run(val_loader)\n    print(evaluator.state.metrics)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
      at: 'train.py:20',
    },
    {
      title: 'settings of LLaMA-Factory that hold nothing out',
      files: {
        'sft.yaml': 'model_name_or_path: Qwen/Qwen2.5-7B-Instruct\nstage: sft\ndo_train: true\nfinetuning_type: lora\ndataset: alpaca_en_demo\n',
      },
      at: 'sft.yaml:1',
    },
    {
      title: 'settings of Axolotl that hold nothing out',
      files: {
        'config.yml':
          'base_model: NousResearch/Llama-2-7b-hf\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\nval_set_size: 0\nadapter: lora\nmicro_batch_size: 2\nnum_epochs: 4\n',
      },
      at: 'config.yml:1',
    },
    {
      title: 'a trainer of Detectron2 without anything that scores',
      files: {
        'train.py':
          'from detectron2.config import get_cfg\nfrom detectron2.engine import DefaultTrainer\ncfg = get_cfg()\ncfg.TEST.EVAL_PERIOD = 100\ntrainer = DefaultTrainer(cfg)\ntrainer.train()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a Trainer of SetFit, which scores when it is asked to',
      files: {
        'train.py':
          'from setfit import SetFitModel, SetFitTrainer\ntrainer = SetFitTrainer(model=SetFitModel.from_pretrained("a", revision="b"), train_dataset=rows, eval_dataset=held)\ntrainer.train()\nprint(trainer.evaluate())\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'one loader for a module that is not in view',
      files: {
        'train.py':
          'import lightning as L\nfrom model import Net\nfrom torch.utils.data import DataLoader\nloader = DataLoader(rows, shuffle=True)\ntrainer = L.Trainer(max_epochs=5)\ntrainer.fit(Net(classes=10), loader)\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'an Estimator that is never scored',
      files: {
        'train.py': 'import tensorflow as tf\nnet = tf.estimator.DNNClassifier([8], columns, model_dir="out")\nnet.train(input_fn=rows, steps=1000)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'no held-out data in the loop',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\n',
      },
      at: 'train.py:3',
    },
    {
      title: 'a place for the evaluation that holds nothing',
      files: {
        'train.py':
          'import torch, wandb\nwandb.init(config=vars(args))\nnet = torch.nn.Linear(2, 1)\nfor step in range(99):\n    loss = net(batch(train_rows)).mean()\n    loss.backward()\n    wandb.log({"train_loss": loss.item()}, step=step)\n    if step % args.eval_steps == 0:\n        # evaluate (to do)\n        pass\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'Keras without validation data',
      files: {
        'fit.py':
          'import keras\nmodel = keras.Sequential([])\nmodel.compile("adam", "mse")\nmodel.fit(x, y, epochs=9, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
      at: 'fit.py:4',
    },
    {
      title: 'eval_strategy is "no" by default',
      files: {
        'train.py':
          'from transformers import Trainer, TrainingArguments\nargs = TrainingArguments(output_dir="out", report_to="wandb")\ntrainer = Trainer(model, args, train_dataset=a, eval_dataset=b)\ntrainer.train()\n',
      },
      at: 'train.py:4',
    },
    {
      title: 'a Runner of MMEngine that only trains',
      files: {
        'train.py':
          'from mmengine.runner import Runner\nrunner = Runner(model=model, work_dir="out", train_dataloader=loader, train_cfg=dict(max_epochs=9), randomness=dict(seed=0))\nrunner.train()\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'scored in every epoch, printed only',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\ndef validate(net, loader):\n    with torch.no_grad():\n        return sum(((net(x) - y) ** 2).mean().item() for x, y in loader)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\n    print(validate(net, val_loader))\n',
      },
      at: 'train.py:11',
    },
  ],
  silent: [
    {
      title: 'a loop of JAX that scores validation rows',
      files: {
        'train.py':
          'import jax, optax\nfrom jax import random\nimport numpy as np\nimport wandb\nwandb.init(config={"lr": 0.1, "subkeys": True})\nkey = random.PRNGKey(0)\nparams = model.init(key, x)\nfor epoch in range(9000):\n    loss, grads = jax.value_and_grad(loss_fn)(params, x)\n    updates, opt = tx.update(grads, opt)\n    params = optax.apply_updates(params, updates)\n    wandb.log({"loss": loss})\n    wandb.log({"val_loss": loss_fn(params, x_val)})\n',
      },
    },
    {
      title: 'a callback of its own that plays episodes',
      files: {
        'train.py':
          'from stable_baselines3 import PPO\nfrom stable_baselines3.common.callbacks import BaseCallback\nclass Watch(BaseCallback):\n    def _on_step(self):\n        action, _ = self.model.predict(env.reset())\n        reward = env.step(action)[1]\n        with open("reward.csv", "a") as f:\n            f.write(f"{reward}\\n")\n        return True\nmodel = PPO("MlpPolicy", env, tensorboard_log="logs")\nmodel.learn(1000, callback=Watch())\n',
      },
    },
    {
      title: 'the way without validation that a setting chooses',
      files: {
        'train.py':
          'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nlog = keras.callbacks.CSVLogger("log.csv")\nif share > 0:\n    model.fit(x_train, y_train, epochs=9, validation_data=(x_val, y_val), callbacks=[log])\nelse:\n    model.fit(x, y, epochs=9, callbacks=[log])\n',
      },
    },
    {
      title: 'metric objects, and a writer for each split',
      files: {
        'train.py':
          'import tensorflow as tf\ntest_loss = tf.keras.metrics.Mean()\ntrain_loss = tf.keras.metrics.Mean()\ndef train_step(x, y):\n    with tf.GradientTape() as tape:\n        loss = loss_of(model(x), y)\n    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))\n    train_loss(loss)\ndef test_step(x, y):\n    test_loss(loss_of(model(x), y))\ntrain_writer = tf.summary.create_file_writer("logs/train")\ntest_writer = tf.summary.create_file_writer("logs/test")\nfor epoch in range(5):\n    for x, y in train_ds:\n        train_step(x, y)\n    for x, y in val_ds:\n        test_step(x, y)\n    with train_writer.as_default():\n        tf.summary.scalar("loss", train_loss.result(), step=epoch)\n    with test_writer.as_default():\n        tf.summary.scalar("loss", test_loss.result(), step=epoch)\n',
      },
    },
    {
      title: 'settings of Axolotl that hold a part out',
      files: {
        'config.yml':
          'base_model: NousResearch/Llama-2-7b-hf\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\nval_set_size: 0.05\nadapter: lora\nmicro_batch_size: 2\nnum_epochs: 4\n',
      },
    },
    {
      title: 'a trainer of Detectron2 that is given an evaluator',
      files: {
        'train.py':
          'from detectron2.config import get_cfg\nfrom detectron2.engine import DefaultTrainer\ncfg = get_cfg()\nclass Trainer(DefaultTrainer):\n    @classmethod\n    def build_evaluator(cls, cfg, name):\n        return COCOEvaluator(name)\ntrainer = Trainer(cfg)\ntrainer.train()\n',
      },
    },
    {
      title: 'one step that only makes variables',
      files: {
        'fit.py':
          'import keras\nmodel = keras.Sequential([])\nmodel.fit(rows, steps_per_epoch=1, epochs=1)\nmodel.fit(rows, epochs=9, validation_data=held, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n',
      },
    },
    {
      title: 'an Estimator that is scored between rounds',
      files: {
        'train.py':
          'import tensorflow as tf\nnet = tf.estimator.DNNClassifier([8], columns, model_dir="out")\nfor _ in range(9):\n    net.train(input_fn=rows, steps=100)\n    net.evaluate(input_fn=held)\n',
      },
    },
    {
      title: 'validated and logged in every epoch',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\ndef validate(net, loader):\n    with torch.no_grad():\n        return sum(((net(x) - y) ** 2).mean().item() for x, y in loader)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    score = validate(net, val_loader)\n    mlflow.log_metrics({"train/loss": loss.item(), "score": score}, step=epoch)\n',
      },
    },
    {
      title: 'arguments of the fit that cannot be seen',
      files: { 'fit.py': 'import keras\nmodel = keras.Sequential([])\nmodel.fit(x, y, **settings, callbacks=[keras.callbacks.CSVLogger("log.csv")])\n' },
    },
  ],
};
