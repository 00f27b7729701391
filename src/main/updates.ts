// Whether there is a newer release: off by default, one GET to the release feed when it is wanted, and the answer is shown. Nothing is downloaded.
import * as v from 'valibot';
import type { Release, UpdateAnswer, UpdateState } from '../wire/page-words';
import { ask } from './dialogs';
import type { ElectronApi } from './electron-api';
import { onlineSession } from './offline';
import { releaseFeedOf } from './release-feed';
import type { SettingsFile } from './settings';
import type { Windows } from './windows';

const version = v.pipe(
  v.string(),
  v.regex(/^v?\d{1,6}(\.\d{1,6}){1,3}$/),
  v.transform((tag) => tag.replace(/^v/, '')),
);
/** As much of a release as GitHub, Gitea and Forgejo tell, which is what is used. */
const answer = v.object({ tag_name: version, html_url: v.pipe(v.string(), v.maxLength(2000), v.startsWith('https://')) });
const waitMs = 10_000;
const mostBytes = 1_000_000;
/** The start has better things to do first. */
const afterStartMs = 5_000;

export interface Updates {
  state(): UpdateState;
  setAtStart(on: boolean): UpdateState;
  /** Asks the feed after the person has agreed. */
  check(): Promise<UpdateAnswer>;
  /** Asks where the setting says so; only something newer is told. */
  checkAtStart(): void;
}

export function createUpdates(electron: ElectronApi, settings: SettingsFile, windows: Pick<Windows, 'front' | 'say'>): Updates {
  const { app } = electron;
  const feed = releaseFeedOf(process.env);

  const look = async (address: string): Promise<Release | null> => {
    const online = await onlineSession(electron, address);
    const response = await online.fetch(address, {
      method: 'GET',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(waitMs),
    });
    if (!response.ok) throw new Error(`the answer was ${response.status}`);
    const text = await response.text();
    if (text.length > mostBytes) throw new Error('the answer was too long');
    const { tag_name: newest, html_url: page } = v.parse(answer, JSON.parse(text));
    return isNewer(newest, app.getVersion()) ? { version: newest, page } : null;
  };
  const state = (): UpdateState => ({ available: feed !== null, atStart: feed !== null && settings.now().updatesAtStart });

  const check = async (): Promise<UpdateAnswer> => {
    if (feed === null) return { kind: 'failed', message: 'This build of Diptych does not know where its releases are.' };
    if (!settings.now().updatesAtStart) {
      const agreed = await ask(electron, windows.front(), {
        type: 'question',
        message: `Ask ${new URL(feed).host} for the newest release?`,
        detail: 'The address is asked once. Nothing about you or your runs is sent, and nothing is downloaded.',
        buttons: ['Ask', 'Cancel'],
      });
      if (!agreed) return { kind: 'not-asked' };
    }
    try {
      const release = await look(feed);
      return release ? { kind: 'newer', release } : { kind: 'newest', version: app.getVersion() };
    } catch (error) {
      const reason = error instanceof v.ValiError ? 'the answer was not understood' : error instanceof Error ? error.message : String(error);
      return { kind: 'failed', message: `The release feed could not be asked: ${reason}.` };
    }
  };

  return {
    state,
    setAtStart(on) {
      settings.change({ updatesAtStart: on });
      return state();
    },
    check,
    checkAtStart() {
      if (feed === null || !settings.now().updatesAtStart) return;
      setTimeout(() => {
        // Without a network there is nothing to tell.
        look(feed).then(
          (release) => release && windows.say({ kind: 'newer', release }),
          () => {},
        );
      }, afterStartMs);
    },
  };
}

/** By numbers, part by part; what is not there counts as zero. */
export function isNewer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => text.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0));
  for (let at = 0; at < 4; at++) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
