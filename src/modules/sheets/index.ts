import type { Locale } from '../../core/i18n.ts';
import type { Module } from '../../core/module.ts';
import { sheetMessages } from './sheet.messages.ts';
import { sheetRoutes } from './sheet.routes.tsx';

/** A booking as the team reads it: its sheet, its gestures, its story, the slip handed over. */
export const sheets: Module = { name: 'sheets', routes: sheetRoutes };

/** What each kind of event of a booking is called, by its kind in the journal. */
export const bookingEvents = (locale: Locale): Record<string, string> => sheetMessages[locale].events;
