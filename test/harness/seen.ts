/** Words as they are read: non-breaking spaces as plain ones, what only forbids a line break left out. */
export const seen = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('\u2060', '');
