// A sentence with names in backticks, as readers and trackers write them: set as code.

export const withCode = (text: string) => text.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part));
