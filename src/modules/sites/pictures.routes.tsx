import type { Hono } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { pictureSizes, pictureUrl } from '../../core/files.ts';
import { type Locale, say } from '../../core/i18n.ts';
import { type Env, formFile, readForm, type Web } from '../../core/web.ts';
import {
  Button,
  bind,
  ErrorSummary,
  Field,
  type LineColour,
  PageHead,
  Placeholder,
  PostButton,
} from '../../ui/components/index.ts';
import {
  allLines,
  blank,
  doneNotice,
  type Form,
  type Found,
  find,
  I18nField,
  type OwnerKind,
  ownerRoots,
  Refusals,
  setupPage,
  submit,
  textValues,
  version,
} from '../setup/index.ts';
import { pictureInput, removePicture, setPicture } from './set-picture.ts';
import { sitesMessages } from './sites.messages.ts';

/** The pictures themselves, and the page where one is given to a place, a space or a thing. */
export function pictureRoutes(app: Hono<Env>): void {
  app.get('/files/:sha256{[0-9a-f]{64}}/:name{(?:1200|400)\\.webp}', async (c) => {
    const size = pictureSizes.find((one) => `${one}.webp` === c.req.param('name'));
    const body = size && (await c.var.ctx.files.read(c.req.param('sha256'), size));
    if (!body) return c.notFound();
    c.header('Content-Type', 'image/webp');
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(new Uint8Array(body));
  });

  for (const kind of Object.keys(ownerRoots) as OwnerKind[]) {
    const root = `${ownerRoots[kind]}/photo`;
    app.get(root, async (c) => {
      const found = await find(c, kind);
      return show(c, found, blank({ version: String(found.version), ...textValues('alt', found.photoAlt ?? {}) }));
    });
    app.post(root, async (c) => {
      const found = await find(c, kind);
      const file = await formFile(c, 'photo');
      const form = blank(await readForm(c));
      const run = async (data: Parameters<typeof setPicture>[2]) => {
        await setPicture(c.var.ctx, found.owner, data, file && new Uint8Array(await file.arrayBuffer())).catch(
          besideField,
        );
        return `${found.path}?fait=photo`;
      };
      const schema = pictureInput(c.var.ctx.territory.mainLanguage);
      return submit(c, schema, form, run, (shown) => show(c, found, shown));
    });
    app.post(`${root}/retrait`, async (c) => {
      const found = await find(c, kind);
      const run = async (data: { version: number }) => {
        await removePicture(c.var.ctx, found.owner, data.version);
        return `${found.path}?fait=photo_retiree`;
      };
      return submit(c, z.object({ version }), blank(await readForm(c)), run, (shown) => show(c, found, shown));
    });
  }
}

/** What is wrong with a picture is said beside the field it came from. */
function besideField(error: unknown): never {
  if (!(error instanceof Refusal) || !error.code.startsWith('file.')) throw error;
  throw new Refusal(error.code, error.kind, { ...error.reasons[0]!.params, field: 'photo' });
}

async function show(c: Web, found: Found, form: Form): Promise<Response> {
  const { ctx } = c.var;
  const line = (await allLines(ctx)).find((one) => one.id === found.lineId);
  const drawn = { letter: line?.letter ?? 'Q', colour: (line?.colour ?? 'slate') as LineColour };
  const content = (
    <PicturePage locale={ctx.locale} main={ctx.territory.mainLanguage} found={found} form={form} line={drawn} />
  );
  return setupPage(c, sitesMessages[ctx.locale].photo, [doneNotice(c), content], { status: form.status });
}

type PictureProps = {
  locale: Locale;
  main: Locale;
  found: Found;
  form: Form;
  line: { letter: string; colour: LineColour };
};

const PicturePage: FC<PictureProps> = ({ locale, main, found, form, line }) => {
  const m = sitesMessages[locale];
  const own = `/${locale}${found.path}`;
  const errors = Object.entries(form.errors).map(([field, message]) => ({ field, message }));
  return (
    <>
      <PageHead title={m.photo} back={{ href: own, label: say(found.name, locale, main) }} lead={m.photoLead} />
      <div class="sites-photo">
        {found.photo ? (
          <img src={pictureUrl(found.photo, 400)} alt={say(found.photoAlt ?? {}, locale, main)} />
        ) : (
          <Placeholder line={line} />
        )}
      </div>
      <ErrorSummary title={m.errorsTitle} errors={errors} />
      <Refusals locale={locale} form={form} />
      <form class="form" method="post" action={`${own}/photo`} enctype="multipart/form-data">
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        <Field
          name="photo"
          label={found.photo ? m.photoOther : m.photoFile}
          hint={m.photoHint}
          error={form.errors.photo}
          type="file"
          accept="image/jpeg,image/png,image/webp,image/avif"
          required={!found.photo}
        />
        <I18nField {...{ form, locale, main }} name="alt" label={m.photoAlt} hint={m.photoAltHint} required max={300} />
        <div class="cluster">
          <Button>{m.photoVerb}</Button>
        </div>
      </form>
      {found.photo ? (
        <PostButton
          kind="danger"
          action={`${own}/photo/retrait`}
          version={bind(form)('version').value}
          label={m.photoRemove}
        />
      ) : null}
    </>
  );
};
