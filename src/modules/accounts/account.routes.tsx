import type { Hono } from 'hono';
import { z } from 'zod';
import { has } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { notFound, Refusal, refusalStatus } from '../../core/errors.ts';
import { type FieldErrors, type FormValues, parse } from '../../core/input.ts';
import { type Explained, explainAll } from '../../core/sentences.ts';
import { type Env, readForm, readQuery, seeOther, type Web } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { accountMessages } from './account.messages.ts';
import { AccountPage } from './account.pages.tsx';
import { localPath } from './accounts.rules.ts';
import { liveFeeds, openSessions, organisationsOf, readProfile } from './accounts.store.ts';
import { keyRoutes } from './keys.routes.tsx';
import { idOf, own, root } from './own.tsx';
import { pinInput, setPin } from './pin.ts';
import {
  createFeed,
  profileInput,
  revokeFeeds,
  revokeOtherSessions,
  revokeSession,
  self,
  updateProfile,
} from './profile.ts';
import { accountSections } from './sections.ts';

type Shown = {
  values?: FormValues;
  errors?: FieldErrors;
  pinRefused?: Explained[];
  pinError?: string;
  newFeed?: string;
  welcome?: boolean;
  saved?: boolean;
  returnTo?: string | undefined;
  status?: number;
};

async function showAccount(c: Web, ctx: Ctx, shown: Shown = {}): Promise<Response> {
  const { personId, accountId, sessionId } = self(ctx);
  const profile = await readProfile(ctx, personId);
  const feeds = await liveFeeds(ctx, personId);
  const sections = [];
  for (const section of accountSections.toSorted((a, b) => a.rank - b.rank)) sections.push(await section.render(ctx));
  const m = accountMessages[ctx.locale];
  return page(
    c,
    { title: m.title, status: shown.status ?? 200 },
    <AccountPage
      view={{
        locale: ctx.locale,
        timeZone: ctx.territory.timeZone,
        email: profile.email,
        values: shown.values ?? {
          name: profile.name,
          language: profile.language,
          telephone: profile.telephone ?? '',
        },
        errors: shown.errors ?? {},
        pinRefused: shown.pinRefused ?? [],
        pinError: shown.pinError,
        returnTo: shown.returnTo,
        welcome: shown.welcome ?? false,
        saved: shown.saved ?? false,
        sections,
        organisations: await organisationsOf(ctx, personId),
        sessions: await openSessions(ctx, accountId),
        currentSession: sessionId,
        feedSince: feeds[0]?.created_at,
        newFeed: shown.newFeed,
        isTeam: has(ctx.actor, 'team'),
      }}
    />,
  );
}

/** The pages of one's own account. */
export function accountRoutes(app: Hono<Env>): void {
  app.get(
    root,
    own((c, ctx) => {
      const query = readQuery(c);
      const returnTo = localPath(query.retour);
      return showAccount(c, ctx, { welcome: query.bienvenue === '1', saved: query.fait === '1', returnTo });
    }),
  );
  app.post(
    root,
    own(async (c, ctx) => {
      const form = await readForm(c);
      const input = parse(profileInput, form, ctx.locale);
      const returnTo = localPath(form.retour);
      const welcome = form.bienvenue === '1';
      if (!input.ok) {
        return showAccount(c, ctx, { values: form, errors: input.errors, returnTo, welcome, status: 422 });
      }
      await updateProfile(ctx, input.data);
      // In the language just chosen, unless the visitor was on the way somewhere.
      return c.redirect(returnTo ?? `/${welcome ? ctx.locale : input.data.language}/compte?fait=1`, 303);
    }),
  );
  app.post(
    `${root}/code`,
    own(async (c, ctx) => {
      if (!has(ctx.actor, 'team')) throw notFound();
      const input = z.safeParse(pinInput, await readForm(c));
      if (!input.success) return showAccount(c, ctx, { pinError: accountMessages[ctx.locale].pinError, status: 422 });
      try {
        await setPin(ctx, input.data);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return showAccount(c, ctx, { pinRefused: explainAll(ctx, error), status: refusalStatus[error.kind] });
      }
      return seeOther(c, '/compte?fait=1');
    }),
  );
  sessionRoutes(app);
  keyRoutes(app);
}

function sessionRoutes(app: Hono<Env>): void {
  app.post(
    `${root}/connexions/retrait`,
    own(async (c, ctx) => {
      await revokeOtherSessions(ctx);
      return seeOther(c, '/compte?fait=1');
    }),
  );
  app.post(
    `${root}/connexions/:id/retrait`,
    own(async (c, ctx) => {
      await revokeSession(ctx, idOf(c));
      return seeOther(c, '/compte?fait=1');
    }),
  );
  app.post(
    `${root}/agenda`,
    own(async (c, ctx) => {
      const token = await createFeed(ctx);
      return showAccount(c, ctx, { newFeed: `${ctx.publicUrl}/agenda/${token}.ics` });
    }),
  );
  app.post(
    `${root}/agenda/retrait`,
    own(async (c, ctx) => {
      await revokeFeeds(ctx);
      return seeOther(c, '/compte?fait=1');
    }),
  );
}
