// The training code that is under review: in memory only, gone with the window.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../core/base/units';
import type { Run } from '../../core/model/run';
import type { RoleStatement } from '../../core/project/project';
import type { ReviewedCode } from '../../core/view/code-review';
import type { RunRef } from '../registry/jobs';
import type { ImportOrigin } from '../workers/importer';
import type { CodeInput, ReviewClient, ReviewListener } from '../workers/review-client';

export type CodeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly label: string; readonly origin: ImportOrigin; readonly done: number; readonly all: number }
  | ReadyCode
  | { readonly kind: 'failed'; readonly label: string; readonly message: string };

export interface ReadyCode {
  readonly kind: 'ready';
  readonly label: string;
  /** Where it was read from. */
  readonly origin: ImportOrigin;
  readonly code: ReviewedCode;
  /** Runs that it was judged with; null where it was judged alone. */
  readonly joined: readonly RunId[] | null;
}

/** Whether what is read or shown came from there. */
export const isOf = (state: CodeState, origin: ImportOrigin): boolean => (state.kind === 'reading' || state.kind === 'ready') && state.origin === origin;

/** Something that was imported in this window and holds Python. */
export interface CodeOffer {
  readonly label: string;
  readonly origin: ImportOrigin;
  /** Runs that were read from the same place. */
  readonly runs: readonly RunId[];
}

export interface Code {
  readonly store: StoreApi<CodeState>;
  /** Newest first. */
  readonly offers: StoreApi<readonly CodeOffer[]>;
  offer(one: CodeOffer): void;
  /** Reviews a project; one before it is let go of. */
  review(label: string, input: CodeInput, origin: ImportOrigin): void;
  /** Judges with runs of this code, again or as soon as it is read; null judges the code alone. */
  join(runs: readonly Run[] | null): void;
  /** Rules that a person set aside have no part in the patch of all findings. */
  waive(rules: readonly string[]): void;
  /** Ends what is under way, or takes the code off the screen. */
  close(): void;
}

export interface CodeDeps {
  readonly start: (input: CodeInput, listener: ReviewListener) => ReviewClient;
  readonly begin: (label: string) => () => void;
  readonly refOf: (run: Run) => RunRef;
  /** What people stated of metrics, now. */
  readonly roles: () => readonly RoleStatement[];
}

const nothing: CodeState = { kind: 'none' };
const mostOffers = 8;

export function createCode({ start, begin, refOf, roles }: CodeDeps): Code {
  const store = createStore<CodeState>(() => nothing);
  const offers = createStore<readonly CodeOffer[]>(() => []);
  let client: ReviewClient | null = null;
  let end: (() => void) | null = null;
  let waived: readonly string[] = [];
  const settle = (): void => {
    end?.();
    end = null;
  };
  const close = (): void => {
    client?.close();
    client = null;
    settle();
    store.setState(nothing, true);
  };
  return {
    store,
    offers,
    offer: (one) => offers.setState((before) => [one, ...before.filter(({ label }) => label !== one.label)].slice(0, mostOffers), true),
    close,
    review: (label, input, origin) => {
      close();
      end = begin('review of code');
      store.setState({ kind: 'reading', label, origin, done: 0, all: 0 }, true);
      client = start(input, {
        progress: (done, all) => store.setState({ kind: 'reading', label, origin, done, all }, true),
        reviewed: (code, joined) => {
          store.setState({ kind: 'ready', label, origin, code, joined }, true);
          settle();
        },
        failed: (message) => {
          client = null;
          store.setState({ kind: 'failed', label, message }, true);
          settle();
        },
      });
      client.waive(waived);
    },
    join: (runs) => {
      if (!client) return;
      end ??= begin('review of code');
      client.join(runs && { refs: runs.map(refOf), roles: roles() });
    },
    waive: (rules) => {
      if (rules.length === waived.length && rules.every((rule, at) => rule === waived[at])) return;
      waived = rules;
      client?.waive(rules);
    },
  };
}
