// The shell's entry under Electron 9: the product's own shell, given an Electron with today's names.
import './shims';
import { startShell } from '../../../src/main/shell';
import { electron } from './electron';

startShell(electron);
