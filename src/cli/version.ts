// The version of the product; the build puts it in.

declare const __DIPTYCH_VERSION__: string | undefined;

export const version = typeof __DIPTYCH_VERSION__ === 'string' ? __DIPTYCH_VERSION__ : '0.0.0-source';
