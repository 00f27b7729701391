// The shell's entry under Electron 9: the product's own shell, given an Electron with today's names.
import './shims';
import { startShell } from '../../../src/main/shell';
import { electron } from './electron';

// Electron 9 does not heed what is to be loaded first.
const [, first] = /--require "([^"]+)"/.exec(process.env.NODE_OPTIONS ?? '') ?? [];
if (first) process.mainModule?.require(first);
startShell(electron);
