// The examples of all set-up rules, by the id of the rule. Only tests import this folder: it is no part of the product.

import { fileId } from '../../../base/registry';
import type { SetupExamples } from '../../rule';

const files = import.meta.glob<SetupExamples>('./{E,N}-*.ts', { eager: true, import: 'examples' });

export const setupExamples: ReadonlyMap<string, SetupExamples> = new Map(Object.entries(files).map(([path, examples]) => [fileId(path) ?? path, examples]));
