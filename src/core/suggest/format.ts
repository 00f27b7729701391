// The contract of a format that suggestions are copied in: a pure function to text that another program reads.

import { fileId, registryOf } from '../base/registry';
import type { Suggestion } from './suggestion';

export interface FormatContext {
  readonly metric: string;
  readonly direction: 'min' | 'max';
}

export interface SuggestionFormat {
  readonly meta: { readonly id: string; readonly title: string };
  /** Ends with a line break; '' for no suggestions. */
  text(suggestions: readonly Suggestion[], context: FormatContext): string;
}

export const formats: readonly SuggestionFormat[] = registryOf(import.meta.glob<SuggestionFormat>('./formats/*.ts', { eager: true, import: 'format' }), fileId);
