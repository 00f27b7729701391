// Between the old preload script and the old main: what stands in for a port that is sent to a page.
export const pageChannels = { message: 'old:message' } as const;
