// Code on which E-35 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

export const examples: SetupExamples = {
  fires: [
    {
      title: 'a short password in the address of a database',
      files: {
        'load.py': 'DB_USER = "motor"\nDB_PASSWORD = "Admin"\nengine = create_engine(f"postgresql://{DB_USER}:{DB_PASSWORD}@localhost/motor")\n',
      },
      at: 'load.py:2',
    },
    {
      title: 'a folder of projects of an account that is called “user”',
      files: { 'train.py': 'root = "C:\\\\Users\\\\user\\\\PycharmProjects\\\\cats\\\\images"\ndata = load(root)\n' },
      at: 'train.py:1',
    },
    {
      title: 'a database of a tracker in a home',
      files: { 'train.py': 'import mlflow\nmlflow.set_tracking_uri("sqlite:////Users/benjamin/work/mlflow.db")\n' },
      at: 'train.py:2',
    },
    {
      title: 'a key for a tracker',
      files: { 'train.py': 'import wandb\n\nwandb.login(key="9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c")\n' },
      at: 'train.py:3',
    },
    {
      title: 'a password in an address',
      files: { 'train.py': 'import os\nimport mlflow\nmlflow.set_tracking_uri("http://admin:S3cretPw!@10.2.0.15:5000")\n' },
      at: 'train.py:3',
    },
    {
      title: 'a home folder',
      files: { 'train.py': 'import pandas as pd\ndf = pd.read_csv("/home/mlab/energy/final.csv")\nother = r"C:\\Users\\mlab\\final.csv"\n' },
      at: 'train.py:2',
    },
    {
      title: 'through the environment',
      files: { 'train.py': 'import os\nos.environ["WANDB_API_KEY"] = "9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c"\n' },
      at: 'train.py:2',
    },
  ],
  silent: [
    {
      title: 'the token of the next page of a list',
      files: { 'app.py': 'import os\n\nexample = {"routes": [], "next_page_token": "eyJpbmRleCI6IDEx0fQ9aB"}\nprint(example)\n' },
    },
    {
      title: 'placeholders, documentation, the environment',
      files: {
        'train.py':
          '"""wandb.login(key="9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c")"""\nimport os\nimport wandb\nwandb.login(key=os.environ["WANDB_API_KEY"])\nother(api_key="<your key>", token="YOUR_TOKEN")\nprint("password:")\n',
      },
    },
    {
      title: 'relative paths, and keys that are names',
      files: {
        'train.py':
          'path = "~/data"\nroot = "/data/images"\nkey = "validation_accuracy"\npad_token = "<pad>"\ntoken = "end_of_sequence"\nsort(key="learning_rate_schedule_name")\n',
      },
    },
  ],
};
