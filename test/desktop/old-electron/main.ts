// The shell's entry under Electron 9: the product's own shell, given an Electron with today's names.
import './shims';
import { startShell } from '../../../src/main/shell';
import { electron } from './electron';

// Electron 9 does not let NODE_OPTIONS say what is to be loaded first.
const first = process.env.DIPTYCH_TEST_FIRST;
if (first) process.mainModule?.require(first);
startShell(electron);
