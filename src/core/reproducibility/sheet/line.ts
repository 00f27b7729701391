// Makes the lines of a sheet.

import type { Evidence } from '../../model/facts';
import type { SheetLine } from './sheet';

export const command = (text: string, line: string, evidence: readonly Evidence[] = []): SheetLine => ({ kind: 'command', text, command: line, evidence });
export const recorded = (text: string, line: string, evidence: readonly Evidence[] = []): SheetLine => ({ kind: 'recorded', text, command: line, evidence });
export const note = (text: string, evidence: readonly Evidence[] = []): SheetLine => ({ kind: 'note', text, evidence });
export const gap = (text: string, evidence: readonly Evidence[] = []): SheetLine => ({ kind: 'gap', text, evidence });
