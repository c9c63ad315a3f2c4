import { sql } from 'kysely';
import type { Ctx } from '../core/context.ts';
import type { Locale } from '../core/i18n.ts';
import { newId } from '../core/ids.ts';
import { email as emailSchema, telephone as telephoneSchema } from '../core/input.ts';
import { record } from '../core/journal.ts';
import { normaliseName } from '../core/names.ts';
import type { Row } from './csv.ts';
import { importCommand, type Report } from './import.ts';
import { ensureRole, findPerson } from './people.ts';
import { findSite, readSites, type SiteRef } from './places.ts';

const columns = [
  {
    name: 'name',
    headers: ['nom', 'nom complet', 'full name', 'last name', 'naam'],
    required: true,
    help: 'the name people read; with a column first_name, the last name',
  },
  { name: 'first_name', headers: ['prénom', 'voornaam'], help: 'put before the name' },
  {
    name: 'email',
    headers: ['e-mail', 'mail', 'courriel', 'adresse e-mail', 'adresse mail'],
    help: 'who they are from one import to the next',
  },
  {
    name: 'telephone',
    headers: ['téléphone', 'tel', 'phone', 'mobile', 'portable', 'telefoon', 'gsm'],
    help: 'one of e-mail and telephone is wanted',
  },
  { name: 'language', headers: ['langue', 'taal'], help: "fr, nl or en; the territory's own when empty" },
  { name: 'role', headers: ['rôle', 'statut', 'rol'], help: 'member or team (membre, équipe); none when empty' },
  {
    name: 'site',
    headers: ['lieu', 'place', 'plaats'],
    help: 'where the role holds: short name or name of a site; everywhere when empty',
  },
  {
    name: 'organisation',
    headers: ['organization', 'structure', 'entreprise', 'company', 'organisatie', 'bedrijf'],
    help: 'name of an organisation they belong to; made when new',
  },
] as const;

type Line = Row<(typeof columns)[number]['name']>;

/** Brings in people, with their roles and organisations. */
export const importPeople = importCommand({
  what: 'people',
  about: `Brings in people. Someone already here (same e-mail, else same name and telephone) is completed, never overwritten.
No mail is sent; each signs in with a code sent to their address.`,
  columns,
  most: 50_000,
  work: async (ctx, rows, report, { step }) => {
    const sites = await readSites(ctx);
    const seen = new Map<string, number>();
    for (const [index, row] of rows.entries()) {
      const entry = readEntry(row, sites, report);
      if (entry && isNew(row, entry, seen, report)) await write(ctx, entry, report);
      step(index + 1);
    }
  },
});

type Entry = {
  name: string;
  email: string | null;
  telephone: string | null;
  language: Locale | undefined;
  role: 'member' | 'team' | undefined;
  siteId: string | null;
  organisation: string | undefined;
};

const languages: Record<string, Locale> = {
  fr: 'fr',
  francais: 'fr',
  french: 'fr',
  nl: 'nl',
  neerlandais: 'nl',
  nederlands: 'nl',
  dutch: 'nl',
  en: 'en',
  anglais: 'en',
  english: 'en',
};
const roles: Record<string, 'member' | 'team'> = {
  member: 'member',
  membre: 'member',
  adherent: 'member',
  adherente: 'member',
  lid: 'member',
  team: 'team',
  equipe: 'team',
  staff: 'team',
};

function readEntry(row: Line, sites: readonly SiteRef[], report: Report): Entry | undefined {
  const before = report.faults.length;
  const name = [row.get('first_name'), row.get('name')].filter(Boolean).join(' ');
  if (!name || name.length > 120) report.fault(row, 'name', name ? 'longer than 120 characters' : 'it is empty');
  const email = emailSchema.safeParse(row.get('email'));
  if (row.get('email') && !email.success) report.fault(row, 'email', `"${row.get('email')}" is not an e-mail address`);
  const telephone = telephoneSchema.safeParse(row.get('telephone'));
  if (row.get('telephone') && !telephone.success)
    report.fault(row, 'telephone', `"${row.get('telephone')}" is not a telephone number`);
  if (!row.get('email') && !row.get('telephone'))
    report.fault(row, 'email', 'neither an e-mail nor a telephone number');
  const language = languages[normaliseName(row.get('language'))];
  if (row.get('language') && !language) report.fault(row, 'language', `"${row.get('language')}": write fr, nl or en`);
  const role = roles[normaliseName(row.get('role'))];
  if (row.get('role') && !role) {
    report.fault(
      row,
      'role',
      `"${row.get('role')}": write member or team (an administrator is made with: npm run quai -- admin)`,
    );
  }
  const site = row.get('site') ? findSite(sites, row.get('site')) : undefined;
  if (row.get('site') && !site) report.fault(row, 'site', `there is no site "${row.get('site')}"`);
  if (report.faults.length > before) return undefined;
  return {
    name,
    email: email.success ? email.data : null,
    telephone: telephone.success ? telephone.data : null,
    language,
    role,
    siteId: site?.id ?? null,
    organisation: row.get('organisation') || undefined,
  };
}

function isNew(row: Line, entry: Entry, seen: Map<string, number>, report: Report): boolean {
  const key = entry.email ?? `${entry.name}\n${entry.telephone}`;
  const earlier = seen.get(key);
  if (earlier !== undefined) report.fault(row, entry.email ? 'email' : 'name', `the same person is on line ${earlier}`);
  else seen.set(key, row.line);
  return earlier === undefined;
}

async function write(ctx: Ctx, entry: Entry, report: Report): Promise<void> {
  const known = entry.email ? await findPerson(ctx, entry.email) : await findByTelephone(ctx, entry);
  const personId = known?.id ?? newId();
  if (known) {
    report.did('people already here');
    await complete(ctx, known.id, entry);
  } else {
    report.did('people new');
    await ctx.db
      .insertInto('person')
      .values({
        id: personId,
        name: entry.name,
        email: entry.email,
        telephone: entry.telephone,
        language: entry.language ?? ctx.territory.mainLanguage,
        created_at: ctx.now,
      })
      .execute();
    await record(ctx, { kind: 'person.imported', subjectKind: 'person', subjectId: personId });
  }
  if (entry.role && (await ensureRole(ctx, personId, entry.role, entry.siteId)))
    report.did(`roles given: ${entry.role}`);
  if (entry.organisation) await join(ctx, personId, entry.organisation, report);
}

const findByTelephone = (ctx: Ctx, { name, telephone }: Entry): Promise<{ id: string } | undefined> =>
  ctx.db
    .selectFrom('person')
    .select('id')
    .where('name', '=', name)
    // Figures alone: one number may have been typed in other groups.
    .where(sql`regexp_replace(telephone, '[^0-9]', '', 'g')`, '=', telephone?.replace(/\D/g, '') ?? null)
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst();

/** What the person has said of themselves stands; only what is missing is filled in. */
async function complete(ctx: Ctx, personId: string, { name, telephone }: Entry): Promise<void> {
  await ctx.db.updateTable('person').set({ name }).where('id', '=', personId).where('name', '=', '').execute();
  if (telephone)
    await ctx.db
      .updateTable('person')
      .set({ telephone })
      .where('id', '=', personId)
      .where('telephone', 'is', null)
      .execute();
}

async function join(ctx: Ctx, personId: string, name: string, report: Report): Promise<void> {
  const known = await ctx.db
    .selectFrom('organisation')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .orderBy('created_at')
    .executeTakeFirst();
  const id = known?.id ?? newId();
  if (!known) {
    report.did('organisations new');
    const country = ctx.territory.country;
    await ctx.db.insertInto('organisation').values({ id, name, country, created_at: ctx.now }).execute();
    await record(ctx, { kind: 'organisation.created', subjectKind: 'organisation', subjectId: id });
  }
  await ctx.db
    .insertInto('organisation_member')
    .values({ organisation_id: id, person_id: personId, created_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
