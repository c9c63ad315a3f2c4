import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import type { SessionView } from '../timetable/index.ts';

/**
 * What others show the team below the list of a session (what people said of it). Filled when modules are loaded:
 * `aboutSession.push(…)`.
 */
export const aboutSession: ((ctx: Ctx, session: SessionView) => Promise<Child>)[] = [];
