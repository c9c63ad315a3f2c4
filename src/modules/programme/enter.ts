import { notFound } from '../../core/errors.ts';
import type { Web } from '../../core/web.ts';
import { enterSite, type Pen } from '../day/index.ts';
import { type Scope, scopes } from '../sessions/index.ts';
import type { Form } from '../setup/index.ts';
import { type SessionView, sessionByReference } from '../timetable/index.ts';

/** The path of a session's own pages. */
export const own = '/:locale/equipe/:site/programme/:reference{[2-9A-Za-z]{10}}';

/** A session of the site of the address, for its team; for anybody else it is not there. Appointments have pages of their own. */
export async function enterSession(c: Web): Promise<{ pen: Pen; view: SessionView }> {
  const found = await enterAny(c);
  if (found.view.kind === 'appointment') throw notFound();
  return found;
}

/** The same, appointments among them. */
export async function enterAny(c: Web): Promise<{ pen: Pen; view: SessionView }> {
  const pen = await enterSite(c);
  const view = await sessionByReference(pen.ctx, c.req.param('reference') ?? '');
  if (!view || view.site.id !== pen.site.id) throw notFound();
  return { pen, view };
}

/** Which dates a form is for. */
export const scopeOf = (form: Form): Scope => scopes.find((scope) => scope === form.values.portee) ?? 'one';

/** The version a form was opened on; one that is not a number is never current. */
export function versionOf(form: Form): number {
  const version = Number(form.values.version);
  return Number.isSafeInteger(version) && version > 0 ? version : 0;
}

/** The address of a session's page, without its locale. */
export const homeOf = (pen: Pen, view: SessionView, done?: string): string =>
  `/equipe/${pen.site.slug}/programme/${view.reference}${done ? `?fait=${done}` : ''}`;
