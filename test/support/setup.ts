// Runs before every test file: tests never touch the user's own settings.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.DIPTYCH_HOME ??= join(tmpdir(), `diptych-test-${process.pid}`);
