// What a bundle is, for its writer and its reader: a zip with packed runs and a manifest.

export const bundleFormat = 'diptych-bundle';
export const bundleVersion = 1;
export const manifestName = 'diptych-bundle.json';

export interface BundleManifest {
  readonly format: typeof bundleFormat;
  readonly version: number;
  readonly runs: readonly { readonly id: string; readonly name: string | null; readonly format: string; readonly file: string }[];
}
