// Keys and passwords in what cells printed.

import type { SetupRule } from '../rule';

/** Keys that services mark as theirs, and passwords in addresses. */
const secrets = [
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bsk-(proj-|ant-)?[A-Za-z0-9_-]{32,}/,
  /\b(ghp|gho|ghs|ghu)_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bAIza[\w-]{35}/,
  /\bxox[abp]-\d[\w-]{15,}/,
  /\bglpat-[\w-]{20,}/,
  /\beyJhcGlfYWRkcmVzcyI6[\w+/=]{20,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@'"]{1,64}:(?!\*)[^/\s@'"*<>]{6,64}@[\w.-]+/i,
];

export const rule: SetupRule = {
  meta: {
    id: 'N-04',
    title: 'Outputs of a notebook hold no secrets',
    severity: 'critical',
    why: 'Outputs are part of the file: who can read the notebook can use the key.',
    source: 'OWASP, “Secrets management”; nbstripout',
  },
  *check({ project }) {
    for (const [file, { cells }] of project.notebooks)
      for (const { cell, output } of cells)
        if (secrets.some((secret) => secret.test(output)))
          yield {
            kind: 'finding',
            confidence: 0.9,
            places: [{ place: { file, line: 1, endLine: 1, cell } }],
            summary: 'What this cell printed holds a key or a password.',
            fix: { text: 'Revoke the key, then clear the outputs and rewrite the history of the file.', code: 'nbstripout notebook.ipynb', edits: [] },
          };
  },
};
