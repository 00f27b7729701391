// Secrets that last as long as the program: for the server and the command line, which have no keyring.
import type { Secret, SecretKey, SecretStore } from './secrets';

const words =
  'Kept in memory only, until Diptych ends. To give it each time: an environment variable that the tracker’s own client reads, or --token-file on the command line.';

const nameOf = ({ kind, origin }: SecretKey): string => `${kind} ${origin}`;

export function memorySecrets(): SecretStore {
  const secrets = new Map<string, Secret>();
  return {
    protection: async () => ({ kind: 'memory', words }),
    get: async (key) => secrets.get(nameOf(key)) ?? null,
    set: async (key, secret) => void secrets.set(nameOf(key), secret),
    delete: async (key) => void secrets.delete(nameOf(key)),
  };
}
