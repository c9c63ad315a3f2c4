import { sql } from 'kysely';
import { addMinutes, type Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import type { SessionKind } from '../../core/schema.ts';
import { loadClaims } from './booking.store.ts';
import { loadHelpers, loadThings } from './thing.store.ts';

/** What holds something; `site` is whose team answers for it and may read of it. A closure is of nobody. */
export type Holder = Span & {
  causeId: string;
  booking: { reference: string; who: string } | null;
  session: { reference: string; title: I18nText; kind: SessionKind } | null;
  site: { id: string; slug: string } | null;
};

type Want = Span & { resourceId?: string | undefined; helperId?: string | undefined };

/** For each want, what holds it then, in the order of time; `except` are causes that would give back what they hold. */
export async function heldBy(ctx: Ctx, wants: readonly Want[], except: readonly string[]): Promise<Holder[][]> {
  if (wants.length === 0) return [];
  const things = new Map([
    ...(await loadThings(ctx.db, [...new Set(wants.flatMap((want) => want.resourceId ?? []))])),
    ...(await loadHelpers(ctx.db, [...new Set(wants.flatMap((want) => want.helperId ?? []))])),
  ]);
  const spans = wants.map((want) => {
    const units = things.get(want.resourceId ?? want.helperId ?? '')?.units ?? [];
    // What ends just before may still stand in the way: it is put in order first.
    const gap = Math.max(0, ...units.map((unit) => unit.gap));
    return {
      start: addMinutes(want.start, -gap),
      end: addMinutes(want.end, gap),
      units: new Set(units.map((unit) => unit.id)),
    };
  });
  const claims = await loadClaims(ctx.db, [...new Set(spans.flatMap(({ units }) => [...units]))], spans);
  const alive = claims.filter(
    (claim) => (claim.expiresAt === null || claim.expiresAt > ctx.now.getTime()) && !except.includes(claim.causeId),
  );
  const causes = await causesOf(ctx, [...new Set(alive.map((claim) => claim.causeId))]);
  return spans.map(({ start, end, units }) => {
    const found = new Map<string, Holder>();
    for (const claim of alive) {
      if (!units.has(claim.unitId) || claim.start >= end.getTime() || claim.end <= start.getTime()) continue;
      const nobody = { booking: null, session: null, site: null };
      const span = { start: new Date(claim.start), end: new Date(claim.end) };
      found.set(claim.causeId, { causeId: claim.causeId, ...span, ...(causes.get(claim.causeId) ?? nobody) });
    }
    return [...found.values()].sort((a, b) => a.start.getTime() - b.start.getTime());
  });
}

type Cause = Pick<Holder, 'booking' | 'session' | 'site'>;

async function causesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Cause>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string } & Cause>`
    select b.id, null as session, json_build_object('id', s.id, 'slug', s.slug) as site,
      json_build_object('reference', b.reference, 'who', coalesce(o.name, kept.name, p.name)) as booking
    from booking b join resource r on r.id = b.resource_id join site s on s.id = r.site_id
      join person p on p.id = b.person_id left join person kept on kept.id = p.merged_into
      left join organisation o on o.id = b.organisation_id
    where b.id = any(${[...ids]}::uuid[])
    union all
    select e.id, json_build_object('reference', e.reference, 'title', e.title, 'kind', e.kind),
      json_build_object('id', s.id, 'slug', s.slug), null
    from session e join site s on s.id = e.site_id where e.id = any(${[...ids]}::uuid[])`.execute(ctx.db);
  return new Map(rows.map(({ id, ...cause }) => [id, cause]));
}
