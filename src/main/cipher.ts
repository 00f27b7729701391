// The system's key for secrets, by Electron's safeStorage; it says where that key is no secret.
import type { Handlers } from '../wire/peer';
import type { Protection } from '../wire/secrets';
import type { shellApi } from '../wire/shell-api';
import type { ElectronApi } from './electron-api';

type Part = 'secretProtection' | 'seal' | 'unseal';

const memory: Protection = {
  kind: 'memory',
  words: 'This system offers no keyring, so it is kept in memory only, until Diptych ends.',
};
const obfuscated: Protection = {
  kind: 'obfuscated',
  words:
    'This system has no keyring that Diptych can use (GNOME Keyring or KWallet). If it is remembered, it is only obfuscated on disk: whoever can read your files can read it.',
};
const keyrings: Readonly<Record<string, string>> = { darwin: 'the macOS Keychain', win32: 'Windows data protection' };

/** Handlers for the host; to be called when the program is ready, as the key is. */
export function cipherHandlers({ safeStorage }: ElectronApi): Pick<Required<Handlers<typeof shellApi>>, Part> {
  return {
    async secretProtection() {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return memory;
      if (process.platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return obfuscated;
      return { kind: 'system', words: `If it is remembered, it is encrypted with a key in ${keyrings[process.platform] ?? 'the keyring of this desktop'}.` };
    },
    seal: async ({ text }) => new Uint8Array(await safeStorage.encryptStringAsync(text)),
    async unseal({ bytes }) {
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
        return { text: result, stale: shouldReEncrypt };
      } catch {
        // Another keyring, or another user's file. The error may quote what it could not read, so it goes no further.
        return null;
      }
    },
  };
}
