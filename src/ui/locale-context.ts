import { createContext } from 'hono/jsx';
import type { Locale } from '../core/i18n.ts';

/** The page's language, for the few words components say by themselves; set by `Layout`. */
export const LocaleContext = createContext<Locale>('fr');
