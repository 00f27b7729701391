// Code on which E-17 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a word model of a sentence model',
      files: {
        'train.py':
          'from sentence_transformers import SentenceTransformer, models\nwords = models.Transformer("distilbert-base-uncased")\nmodel = SentenceTransformer(modules=[words, models.Pooling(768)])\nmodel.fit(train_objectives=[(loader, loss)], epochs=3)\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'settings of Axolotl',
      files: {
        'config.yml':
          'base_model: NousResearch/Llama-2-7b-hf\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\nval_set_size: 0.05\nadapter: lora\nmicro_batch_size: 2\nnum_epochs: 4\n',
      },
      at: 'config.yml:1',
    },
    {
      title: 'a model of Simple Transformers',
      files: {
        'train.py':
          'from simpletransformers.classification import ClassificationModel\nmodel = ClassificationModel("albert", "albert-base-v2", num_labels=3)\nmodel.train_model(rows)\n',
      },
      at: 'train.py:2',
    },
    {
      title: 'from_pretrained without a revision, the model before its tokenizer',
      files: {
        'train.py':
          'from transformers import AutoModel, AutoTokenizer, Trainer\ntok = AutoTokenizer.from_pretrained("bert-base-cased")\n\n\n\nmodel = AutoModel.from_pretrained("bert-base-cased")\nTrainer(model=model).train()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'a class of a file that is not in view, by a name on the hub',
      files: {
        'train.py':
          'import argparse\nfrom lab.net import Summariser\nparser = argparse.ArgumentParser()\nparser.add_argument("--version", default="google/flan-t5-base")\nargs = parser.parse_args()\nnet = Summariser.from_pretrained(args.version)\nnet(x).loss.backward()\nopt.step()\n',
      },
      at: 'train.py:6',
    },
    {
      title: 'torchvision’s default',
      files: { 'train.py': 'import torch\nfrom torchvision import models\nnet = models.resnet18(weights="DEFAULT")\nnet(x).sum().backward()\nopt.step()\n' },
      at: 'train.py:3',
    },
    {
      title: 'timm without a tag',
      files: { 'train.py': 'import timm\nnet = timm.create_model("vit_small_patch16_224", pretrained=True)\nnet(x).sum().backward()\nopt.step()\n' },
      at: 'train.py:2',
    },
    {
      title: 'torch.hub without a tag',
      files: { 'train.py': 'import torch\nnet = torch.hub.load("pytorch/vision", "resnet18")\nnet(x).sum().backward()\nopt.step()\n' },
      at: 'train.py:2',
    },
  ],
  silent: [
    {
      title: 'settings of Axolotl with a commit of the weights',
      files: {
        'config.yml':
          'revision_of_model: 0123abc\nbase_model: NousResearch/Llama-2-7b-hf\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\nval_set_size: 0.05\nadapter: lora\nmicro_batch_size: 2\nnum_epochs: 4\n',
      },
    },
    {
      title: 'a revision',
      files: {
        'train.py':
          'from transformers import AutoModel, Trainer\nmodel = AutoModel.from_pretrained("bert-base-cased", revision=REV)\nTrainer(model=model).train()\n',
      },
    },
    {
      title: 'named weights, a tag, from scratch',
      files: {
        'train.py':
          'import timm\nfrom torchvision import models\na = models.resnet18(weights="IMAGENET1K_V1")\nb = models.resnet18(weights=models.ResNet18_Weights.IMAGENET1K_V1)\nc = timm.create_model("vit_small_patch16_224.augreg_in21k", pretrained=True)\nd = models.resnet18(weights=None)\nd(x).sum().backward()\nopt.step()\n',
      },
    },
    {
      title: 'a try at the end of a file that is only imported',
      files: {
        'train.py':
          'import torch\nfrom net import Net\nnet = Net()\nopt = torch.optim.SGD(net.parameters(), 0.1)\nfor epoch in range(9):\n    net(x).sum().backward()\n    opt.step()\n',
        'net.py':
          'import torch\nfrom transformers import AutoModel\nclass Net(torch.nn.Linear):\n    pass\nif __name__ == "__main__":\n    print(AutoModel.from_pretrained("bert-base-cased"))\n',
      },
    },
    {
      title: 'a checkpoint of its own',
      files: {
        'train.py':
          'from transformers import AutoModel, Trainer\nTrainer(model=model).train()\nAutoModel.from_pretrained("./out/best")\nAutoModel.from_pretrained(args.output_dir)\n',
      },
    },
  ],
};
