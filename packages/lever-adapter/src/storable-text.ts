/** Postgres stores neither NUL nor half a surrogate pair: such a text would be refused for ever. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** The text without what Postgres refuses. */
export const toStorable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
