import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';

/** A part of the account page that another module fills in ("my bookings"); nothing is shown for null. */
export type AccountSection = { name: string; rank: number; render: (ctx: Ctx) => Promise<Child> };

/** Filled when modules are loaded: `accountSections.push(…)` at the top level of a module's index. */
export const accountSections: AccountSection[] = [];
