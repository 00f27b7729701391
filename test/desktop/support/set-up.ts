// Before the tests: the build that the Electron at hand can run.
import { resolve } from 'node:path';
import { buildForOld } from './build-old';

export default async function setUp(): Promise<void> {
  process.env.DIPTYCH_TEST_APP = process.env.DIPTYCH_TEST_ELECTRON_OLD ? await buildForOld(resolve('.cache/desktop/app')) : resolve('.');
}
