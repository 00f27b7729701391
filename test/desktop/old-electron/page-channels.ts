// Between the old preload script, the old main and the old page: what stands in for what could not be sent then.
export const pageChannels = { message: 'old:message' } as const;
/** Where the preload script's object is, for the page's to be made of. */
export const oldBridge = 'diptychOld';
/** The field in which a file is handed to the preload script. */
export const fileField = 'old-file';
