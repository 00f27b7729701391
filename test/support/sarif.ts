// Checks a SARIF log against the JSON schema of SARIF 2.1.0.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

// The schema names draft 4, of which it uses nothing that draft 7 reads differently.
const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync('test/diagnostics/sarif/sarif-2.1.0-rtm.5.json', 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
(addFormats as unknown as (ajv: Ajv) => void)(ajv);
const validate = ajv.compile(schema);

/** What is wrong, as one line each; empty for a valid log. */
export function sarifErrors(log: unknown): readonly string[] {
  // As it would be read: members that are undefined are not there.
  validate(JSON.parse(JSON.stringify(log)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
