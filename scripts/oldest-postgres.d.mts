/** The folder of its binaries, whether they are there or not. */
export const oldestPostgres: string;
/** What to install where it is not there; undefined where it is. */
export function oldestPostgresMissing(): string | undefined;
/** Installs it unless it is there; returns what to install where it could not be. */
export function installOldestPostgres(): Promise<string | undefined>;
