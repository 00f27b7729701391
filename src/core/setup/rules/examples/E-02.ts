// Code on which E-02 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a function that scores the test data at the end only prints',
      files: {
        'train.py':
          'import swanlab, torch\nswanlab.init()\nnet = torch.nn.Linear(2, 2)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    swanlab.log({"train/loss": loss.item()})\ndef evaluate(net, test_loader):\n    correct = sum((net(x).argmax(1) == y).sum().item() for x, y in test_loader)\n    accuracy = correct / len(test_loader.dataset)\n    print("Test Accuracy: {:.2f}".format(accuracy))\n    return accuracy\nevaluate(net, test_loader)\n',
      },
      at: 'train.py:12',
    },
    {
      title: 'the line says what is counted',
      files: {
        'train.py':
          'import swanlab, torch\nswanlab.init()\nnet = torch.nn.Linear(2, 2)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    swanlab.log({"train/loss": loss.item()})\ncorrect = sum((net(x).argmax(1) == y).sum().item() for x, y in testloader)\nprint(f"Accuracy of the network on the test images: {100 * correct / 10000}")\n',
      },
      at: 'train.py:10',
    },
    {
      title: 'one of three scores of a fit is not stored',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.linear_model import ElasticNet\nfrom sklearn.metrics import mean_squared_error, r2_score, mean_absolute_error\ndef eval_metrics(a, p):\n    return mean_squared_error(a, p), mean_absolute_error(a, p), r2_score(a, p)\nwith mlflow.start_run():\n    lr = ElasticNet(alpha=0.5, random_state=42)\n    lr.fit(train_x, train_y)\n    (rmse, mae, r2) = eval_metrics(test_y, lr.predict(test_x))\n    print("RMSE: %s" % rmse)\n    print("MAE: %s" % mae)\n    print("R2: %s" % r2)\n    mlflow.log_metric("rmse", rmse)\n    mlflow.log_metric("r2", r2)\n\n',
      },
      at: 'train.py:11',
    },
    {
      title: 'a logger of its own that puts the names of training and validation',
      files: {
        'train.py':
          'import torch, wandb\nfrom torch.utils.tensorboard import SummaryWriter\nclass Log:\n    def __init__(self):\n        self.writer = SummaryWriter()\n    def log_scalar(self, tag, value, step):\n        self.writer.add_scalar(tag, value, step)\n        wandb.log({tag: value}, step)\nlog = Log()\nnet = torch.nn.Linear(2, 2)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    log.log_scalar("Loss/train", loss.item(), epoch)\ndef evaluate(net, test_loader):\n    correct = sum((net(x).argmax(1) == y).sum().item() for x, y in test_loader)\n    accuracy = correct / len(test_loader.dataset)\n    print("Test Accuracy: {:.2f}".format(accuracy))\n    return accuracy\nevaluate(net, test_loader)\n',
      },
      at: 'train.py:19',
    },
    {
      title: 'what each step of an engine gives back',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\n@trainer.on(Events.EPOCH_COMPLETED)\ndef score(engine):\n    evaluator.run(val_loader)\n    writer.add_scalar("val/mse", evaluator.state.metrics["mse"], engine.state.epoch)\n@trainer.on(Events.ITERATION_COMPLETED(every=50))\ndef tell(engine):\n    print(engine.state.output)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
      at: 'train.py:21',
    },
    {
      title: 'the loss is printed, a score at the end is logged',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    print("loss", loss.item())\nmlflow.log_metric("score", net(z).mean().item())\n',
      },
      at: 'train.py:7',
    },
    {
      title: 'the score of the test data is only told at the end',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\ntest_acc = score(net, test_loader)\nprint(f"accuracy {test_acc:.3f}")\n',
      },
      at: 'train.py:9',
    },
  ],
  silent: [
    {
      title: 'what a function prints of the test data, its caller stores',
      files: {
        'train.py':
          'import swanlab, torch\nswanlab.init()\nnet = torch.nn.Linear(2, 2)\nfor epoch in range(9):\n    for x, y in data:\n        loss = torch.nn.functional.cross_entropy(net(x), y)\n        loss.backward()\n    swanlab.log({"train/loss": loss.item()})\ndef evaluate(net, test_loader):\n    correct = sum((net(x).argmax(1) == y).sum().item() for x, y in test_loader)\n    accuracy = correct / len(test_loader.dataset)\n    print("Test Accuracy: {:.2f}".format(accuracy))\n    return accuracy\nfinal = evaluate(net, test_loader)\nswanlab.log({"final": final})\n',
      },
    },
    {
      title: 'every score of a fit is stored',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.linear_model import ElasticNet\nfrom sklearn.metrics import mean_squared_error, r2_score, mean_absolute_error\ndef eval_metrics(a, p):\n    return mean_squared_error(a, p), mean_absolute_error(a, p), r2_score(a, p)\nwith mlflow.start_run():\n    lr = ElasticNet(alpha=0.5, random_state=42)\n    lr.fit(train_x, train_y)\n    (rmse, mae, r2) = eval_metrics(test_y, lr.predict(test_x))\n    print("RMSE: %s" % rmse)\n    print("MAE: %s" % mae)\n    print("R2: %s" % r2)\n    mlflow.log_metric("rmse", rmse)\n    mlflow.log_metric("r2", r2)\n    mlflow.log_metric("mae", mae)\n',
      },
    },
    {
      title: 'the best of what is printed is stored',
      files: {
        'train.py':
          'import mlflow\nfrom sklearn.svm import SVC\nfrom sklearn.metrics import accuracy_score, f1_score\nbest = 0\nfor c in (0.1, 1, 10):\n    m = SVC(C=c).fit(X, y)\n    acc = accuracy_score(yv, m.predict(Xv))\n    print("C", c, "acc", acc)\n    if acc > best:\n        best = acc\nwith mlflow.start_run():\n    mlflow.log_metric("best", best)\n    mlflow.log_param("C", c)\n',
      },
    },
    {
      title: 'what is printed goes into a metric that gathers it',
      files: {
        'train.py':
          'import tensorflow as tf\nnet = tf.keras.Sequential([])\nmean = tf.keras.metrics.Mean()\nwriter = tf.summary.create_file_writer("logs")\nfor epoch in range(9):\n    for x, y in data:\n        with tf.GradientTape() as tape:\n            loss = loss_fn(y, net(x))\n        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))\n        mean(loss)\n        print("loss", float(loss))\n    with writer.as_default():\n        tf.summary.scalar("average", mean.result(), step=epoch)\n',
      },
    },
    {
      title: 'what each step of an engine gives back is stored by another handler',
      files: {
        'train.py':
          'import torch\nfrom ignite.engine import Engine, Events, create_supervised_evaluator\nfrom torch.utils.tensorboard import SummaryWriter\nnet = torch.nn.Linear(2, 1)\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\ndef update(engine, batch):\n    opt.zero_grad()\n    loss = net(batch).mean()\n    loss.backward()\n    opt.step()\n    return loss.item()\ntrainer = Engine(update)\nevaluator = create_supervised_evaluator(net, metrics={"mse": mse})\nwriter = SummaryWriter("runs")\n@trainer.on(Events.EPOCH_COMPLETED)\ndef score(engine):\n    evaluator.run(val_loader)\n    writer.add_scalar("val/mse", evaluator.state.metrics["mse"], engine.state.epoch)\n@trainer.on(Events.ITERATION_COMPLETED(every=50))\ndef tell(engine):\n    print(engine.state.output)\ndef keep(engine):\n    writer.add_scalar("train/loss", engine.state.output, engine.state.iteration)\ntrainer.add_event_handler(Events.ITERATION_COMPLETED, keep)\ntrainer.run(train_loader, max_epochs=9)\n',
      },
    },
    {
      title: 'the score of the test data at the end is stored too',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n    mlflow.log_metric("train/loss", loss.item(), step=epoch)\ntest_acc = score(net, test_loader)\nprint(f"accuracy {test_acc:.3f}")\nmlflow.log_metric("test/accuracy", test_acc)\n',
      },
    },
    {
      title: 'what is logged is derived from it',
      files: {
        'train.py':
          'import mlflow, torch\nnet = torch.nn.Linear(2, 1)\nfor epoch in range(9):\n    total = 0\n    for x, y in data:\n        loss = ((net(x) - y) ** 2).mean()\n        loss.backward()\n        total += loss.item()\n        print("loss", loss.item())\n    mlflow.log_metric("loss", total, step=epoch)\n',
      },
    },
  ],
};
