// Vite's glob as the command line uses it: each verb is loaded when it is named, the tools of `mcp` all at once.

interface ImportMeta {
  glob<T>(pattern: string, options: { import: string; eager?: never }): Record<string, () => Promise<T>>;
  glob<T>(pattern: string, options: { import: string; eager: true }): Record<string, T>;
}
