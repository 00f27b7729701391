// Code on which E-02 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
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
