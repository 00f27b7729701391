// Which words of a path say that it holds data, and which that it holds something else.

export const dataWords =
  /(^|[\W_])(data|datasets?|train(ing)?|val(id|idation)?|dev|test|corpus|corpora|texts?|samples?|images?|imgs?|masks?|labels?|features?|feats?|emb(eddings?)?|records|sensors?|sequences?|sentences|tickets|reviews|frames|clips|audio|wavs?|patches|manifest|splits?|input)($|[\W_\d])|\.(csv|tsv|jsonl|parquet|npz|npy|h5|hdf5|txt|wav|tfrecords?)(\.gz)?$/i;
export const otherWords =
  /(^|[\W_])(config|configs|cfg|conf|settings|hparams|hyp|hyperparameters|results?|metrics?|history|logs?|checkpoints?|ckpts?|best|last|weights|models?|resume|pretrained|state|state_dict|optimizer|vocab|vocabulary|tokenizer|merges|prompts?|template|readme|version|requirements|license|submission|predictions?|outputs?|report|scaler|encoder|class_names|classes|run|runs|secrets?|credentials|token|key|args|params|meta|stats)($|[\W_\d])|\.(ya?ml|toml|cfg|ini|py|md|sh|lock|pth|ckpt|safetensors|html|log)$/i;
