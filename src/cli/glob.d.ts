// Vite's glob as the command line uses it: each verb is loaded when it is named.

interface ImportMeta {
  glob<T>(pattern: string, options: { import: string }): Record<string, () => Promise<T>>;
}
