import type { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { mustHave } from '../../core/access.ts';
import type { Ctx } from '../../core/context.ts';
import { Refusal } from '../../core/errors.ts';
import { pictureUrl } from '../../core/files.ts';
import type { I18nText } from '../../core/i18n.ts';
import { newId } from '../../core/ids.ts';
import { parse } from '../../core/input.ts';
import { type Env, formFile, seeOther, type Web } from '../../core/web.ts';
import { Button, ErrorSummary, Field, PageHead } from '../../ui/components/index.ts';
import { page } from '../../ui/page.tsx';
import type { Pen } from '../day/index.ts';
import { errorsOf, moveValues, programmeMessages, readSent } from '../preparing/index.ts';
import { editSession } from '../sessions/index.ts';
import { type Form, I18nField, i18nFields, Refusals, refused, textFrom, textValues } from '../setup/index.ts';
import type { SessionView } from '../timetable/index.ts';
import { ScopeField } from './change.pages.tsx';
import { enterSession, homeOf, own, scopeOf, versionOf } from './enter.ts';

/** The picture of a session: given in words too, or taken away. */
export function pictureRoutes(app: Hono<Env>): void {
  app.get(`${own}/photo`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = moveValues(pen, view);
    return show(c, pen, view, { ...form, values: { ...form.values, ...textValues('alt', view.photoAlt ?? {}) } });
  });
  app.post(`${own}/photo`, async (c) => {
    const { pen, view } = await enterSession(c);
    const form = await readSent(c);
    const { ctx } = pen;
    const target = { session: view.id, version: versionOf(form), scope: scopeOf(form) };
    if (form.values.geste === 'retirer') {
      return attempt(
        c,
        pen,
        view,
        form,
        async () => void (await editSession(ctx, { ...target, fields: { photoId: null } })),
      );
    }
    const words = parse(z.object(i18nFields('alt', 300, ctx.territory.mainLanguage)), form.values, ctx.locale);
    const file = await formFile(c, 'photo');
    const m = programmeMessages[ctx.locale];
    const errors = { ...(words.ok ? {} : words.errors), ...(file || view.photo ? {} : { photo: m.pictureMissing }) };
    if (!words.ok || Object.keys(errors).length > 0) return show(c, pen, view, { ...form, errors, status: 422 });
    const alt = textFrom(words.data, 'alt');
    return attempt(c, pen, view, form, async () => {
      const photoId = await keepPicture(ctx, view, alt, file && new Uint8Array(await file.arrayBuffer()));
      await editSession(ctx, { ...target, fields: { photoId } });
    });
  });
}

async function attempt(c: Web, pen: Pen, view: SessionView, form: Form, work: () => Promise<void>): Promise<Response> {
  try {
    await work();
  } catch (error) {
    const shown = refused(c, form, error);
    const beside = error instanceof Refusal && error.code.startsWith('file.');
    const said = beside ? { ...shown, refusals: [], errors: { photo: shown.refusals[0]?.text ?? '' } } : shown;
    return show(c, pen, view, said);
  }
  return seeOther(c, homeOf(pen, view, 'photo'));
}

/** A file nobody points at yet; without a new picture, the one there is said anew. */
async function keepPicture(ctx: Ctx, view: SessionView, alt: I18nText, bytes: Uint8Array | undefined): Promise<string> {
  mustHave(ctx.actor, 'team', view.site.id);
  const kept = bytes && (await ctx.files.keepPicture(bytes));
  const before = kept
    ? undefined
    : await ctx.db.selectFrom('file').selectAll().where('sha256', '=', view.photo!).limit(1).executeTakeFirstOrThrow();
  const id = newId();
  await ctx.db
    .insertInto('file')
    .values({
      id,
      sha256: kept?.sha256 ?? before!.sha256,
      media_type: kept?.mediaType ?? before!.media_type,
      byte_size: kept?.byteSize ?? before!.byte_size,
      width: kept?.width ?? before?.width ?? null,
      height: kept?.height ?? before?.height ?? null,
      created_at: ctx.now,
      alt: JSON.stringify(alt),
    })
    .execute();
  return id;
}

function show(c: Web, pen: Pen, view: SessionView, form: Form): Response {
  const title = programmeMessages[pen.ctx.locale].picture;
  return page(
    c,
    { title, ...(form.status > 200 ? { status: form.status } : {}) },
    <PicturePage pen={pen} view={view} form={form} />,
  );
}

const PicturePage: FC<{ pen: Pen; view: SessionView; form: Form }> = ({ pen, view, form }) => {
  const m = programmeMessages[pen.ctx.locale];
  const home = pen.href(`/programme/${view.reference}`);
  const texts = { locale: pen.ctx.locale, main: pen.ctx.territory.mainLanguage };
  return (
    <>
      <PageHead title={m.picture} lead={m.pictureLead} back={{ href: home, label: pen.say(view.title) }} />
      {view.photo ? (
        <img class="programme-photo" src={pictureUrl(view.photo, 400)} alt={pen.say(view.photoAlt)} />
      ) : null}
      <ErrorSummary title={m.errorsTitle} errors={errorsOf(form)} />
      <Refusals locale={pen.ctx.locale} form={form} />
      <form class="form" method="post" action={`${home}/photo`} enctype="multipart/form-data">
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        <Field
          name="photo"
          label={m.pictureFile}
          hint={m.pictureHint}
          error={form.errors.photo}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/avif"
          required={!view.photo}
        />
        <I18nField {...texts} form={form} name="alt" label={m.pictureAlt} hint={m.pictureAltHint} required max={300} />
        <ScopeField pen={pen} view={view} form={form} />
        <div class="cluster">
          <Button>{m.pictureVerb}</Button>
          {view.photo ? (
            <Button kind="danger" name="geste" value="retirer" formnovalidate>
              {m.pictureRemove}
            </Button>
          ) : null}
        </div>
      </form>
    </>
  );
};
