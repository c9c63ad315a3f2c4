import type { Locale } from '../../core/i18n.ts';
import { en } from './setup.en.ts';
import { fr } from './setup.fr.ts';
import { nl } from './setup.nl.ts';

/** French settles the keys and their parameters: a language that lacks one does not compile. */
export type Words = typeof fr;

/** The words of the administration of places. */
export const setupMessages: Record<Locale, Words> = { fr, nl, en };
