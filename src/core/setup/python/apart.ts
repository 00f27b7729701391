// Names that are kept for good.

/** A text of its own: a part of another text, as slices are, would keep the whole of that alive. */
export const apart = (text: string): string => (text.length < shortest ? text : (JSON.parse(JSON.stringify(text)) as string));

/** Shorter parts are copied by engines themselves. */
const shortest = 13;
