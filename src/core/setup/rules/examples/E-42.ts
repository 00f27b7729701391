// Code on which E-42 fires, and code on which it stays silent.

import type { SetupExamples } from '../../rule';

const keras = 'from tensorflow import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\n';

export const examples: SetupExamples = {
  fires: [
    { title: 'the same rows', files: { 'a.py': `${keras}model.fit(x_train, y_train, validation_data=(x_train, y_train), epochs=9)\n` }, at: 'a.py:3' },
    {
      title: 'fitted on what was split',
      files: {
        'a.py': `from sklearn.model_selection import train_test_split\n${keras}X_train, X_val, y_train, y_val = train_test_split(X, y, random_state=0)\nmodel.fit(X, y, validation_data=(X_val, y_val), epochs=9)\n`,
      },
    },
    { title: 'slices that overlap', files: { 'a.py': 'train = rows[:800]\nval = rows[700:]\n' }, at: 'a.py:2' },
  ],
  silent: [
    {
      title: 'apart',
      files: { 'a.py': `${keras}model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=9)\ntrain = rows[:800]\nval = rows[800:]\n` },
    },
  ],
};
