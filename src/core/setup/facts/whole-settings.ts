// Whether an expression is a whole set of settings: by its name, through what only turns it into text or a dictionary.

import type { PyModule } from '../python/module';
import { fieldOf, memberOf, type Syntax } from '../python/syntax';

/** Names of a set of settings. */
export const settingName =
  /^(args?|arguments|parameters|(parsed|cli|train|training|run|script|model|main|all|exp|experiment)_(args|opts|options|cfg|conf|config|params|parameters)|opts?|options|cfg|conf|config|configs|configuration|hparams?|hps?|hyper\w*|params?|prm|settings|flags|FLAGS|CFG|CONF|CONFIG|HP|HPARAMS|PARAMS)$/;

/** Calls that hand on what they are given, as text or as a dictionary. */
const passing =
  /(^|\.)(dumps|dump|safe_dump|dict|str|repr|pformat|vars|asdict|to_container|to_yaml|deepcopy|join|sorted|list|items|to_dict|to_json_string|model_dump|model_dump_json|as_dict|copy|encode|json)$/;

/** `json.dumps(config.to_dict())`, `vars(args)`, `" ".join(sys.argv)`: not `args.out`. */
export function isWholeSettings(value: Syntax, module: PyModule, depth = 0): boolean {
  if (depth > 6) return false;
  switch (value.type) {
    case 'identifier':
      return settingName.test(module.textOf(value));
    case 'attribute': {
      const member = memberOf(value);
      if (!member) return false;
      const { object, name } = member;
      if (name === '__dict__') return isWholeSettings(object, module, depth + 1);
      const of = module.textOf(object);
      return (of === 'sys' && name === 'argv') || (of === 'self' && settingName.test(name));
    }
    case 'call': {
      const [callee, list] = [fieldOf(value, 'function'), fieldOf(value, 'arguments')];
      if (!callee || !passing.test(module.textOf(callee))) return false;
      const [first] = list?.children.filter(({ type }) => type !== 'comment' && type !== 'keyword_argument') ?? [];
      const object = memberOf(callee)?.object;
      return [first, object].some((one) => one !== undefined && isWholeSettings(one, module, depth + 1));
    }
    default:
      return false;
  }
}
