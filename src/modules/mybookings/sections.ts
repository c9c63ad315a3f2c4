import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';

/** What another module shows below one's bookings. */
export type MineSection = { rank: number; render: (ctx: Ctx, past: boolean) => Promise<Child | null> };

/** Filled when modules are loaded, at the top level of a module's index: `mineSections.push(…)`. */
export const mineSections: MineSection[] = [];

/** Where the permanent address /r/… leads this reader, without its locale; undefined when it is not known here, or not theirs. */
export const scanners: ((ctx: Ctx, code: string) => Promise<string | undefined>)[] = [];
