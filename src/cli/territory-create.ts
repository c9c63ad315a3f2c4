import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isTimeZone } from '../core/clock.ts';
import { type Ctx, system } from '../core/context.ts';
import { atomically } from '../core/db.ts';
import { isLocale, type Locale } from '../core/i18n.ts';
import { newId } from '../core/ids.ts';
import { optionalTelephone } from '../core/input.ts';
import { projectRoot } from '../core/root.ts';
import { ensureTerritory, listHosted, readTerritory } from '../core/territories.ts';
import { type Command, CommandError, plural, readOptions, required } from './command.ts';
import { loadCommunes, readCommunesFile } from './communes.ts';
import { withHouse, withTables } from './open.ts';
import { makeAdministrator, readEmail } from './people.ts';

function telephoneOf(text: string | undefined): string | null {
  const read = optionalTelephone.safeParse(text);
  if (!read.success) throw new CommandError(`--telephone: "${text}" is not a telephone number.`);
  return read.data ?? null;
}

/** Makes a territory, empty but for its services and its first administrator. */
export const territoryCreate: Command = {
  help: `
npm run quai -- territory create --slug SHORT_NAME --name NAME --admin EMAIL [options]

Makes a territory: its place in the database, its name, and its first administrator.
Run before the very first npm start, it takes the place of the demonstration.

  --slug        short name, small letters, digits and "_": names its place in the database
  --name        the name people read
  --admin       e-mail of the first administrator, who signs in with a code sent there
  --admin-name  their name
  --language    main language: fr (default), nl or en
  --country     two letters, FR by default; decides public holidays
  --time-zone   such as Europe/Brussels; Europe/Paris by default
  --telephone   shown wherever someone may need help
  --email       the territory's own address, shown on the pages and in mails
  --host        host name that leads to it, such as quai.example.org; may be given several times
  --communes    CSV of the places people live in, to search near them: insee (or code), name, lat, lon;
                also postcodes (parted by spaces), population_municipal, country
  --lines       JSON of the services, as data/lines.json (the default); "none" for none`,
  async run(shell, args) {
    const { values } = readOptions(args, {
      slug: { type: 'string' },
      name: { type: 'string' },
      admin: { type: 'string' },
      'admin-name': { type: 'string' },
      language: { type: 'string', default: 'fr' },
      country: { type: 'string', default: 'FR' },
      'time-zone': { type: 'string', default: 'Europe/Paris' },
      telephone: { type: 'string' },
      email: { type: 'string' },
      host: { type: 'string', multiple: true, default: [] },
      communes: { type: 'string' },
      lines: { type: 'string', default: join(projectRoot, 'data', 'lines.json') },
    });
    const slug = required(values.slug, 'slug');
    if (!/^[a-z][a-z0-9_]{1,40}$/.test(slug))
      throw new CommandError('--slug: 2 to 41 small letters, digits or "_", a letter first.');
    const language = values.language;
    if (!isLocale(language)) throw new CommandError('--language: fr, nl or en.');
    if (!/^[A-Z]{2}$/.test(values.country)) throw new CommandError('--country: two capital letters, such as FR or BE.');
    if (!isTimeZone(values['time-zone'])) throw new CommandError('--time-zone: a name such as Europe/Brussels.');
    const wanted = {
      name: required(values.name, 'name'),
      language,
      country: values.country,
      timeZone: values['time-zone'],
      telephone: telephoneOf(values.telephone),
      email: values.email === undefined ? null : readEmail(values.email),
      admin: readEmail(required(values.admin, 'admin')),
      adminName: values['admin-name']?.trim(),
    };
    const hosts = values.host.map(readHost);
    const communes = values.communes === undefined ? [] : await readCommunesFile(values.communes, wanted.country);
    const lines = values.lines === 'none' ? [] : await readLines(values.lines);
    await withHouse(shell, async (house) => {
      const { directUrl, secret } = house.ground;
      const there = await listHosted(directUrl);
      const clash = there.find((one) => one.slug !== slug && one.hosts.some((host) => hosts.includes(host)));
      if (clash)
        throw new CommandError(`The territory "${clash.slug}" already answers to that host name. Nothing was changed.`);
      const known = there.find((one) => one.slug === slug);
      if (known && (await withTables(house, known, readTerritory)))
        throw new CommandError(`There is already a territory "${slug}". Nothing was changed.`);
      const hosted = await ensureTerritory(directUrl, secret, { slug, hosts }, house.now);
      await withTables(house, hosted, (db) =>
        atomically({ db, now: house.now, actor: system }, async (inside) => {
          const id = newId();
          await inside.db
            .insertInto('territory')
            .values({ id, slug, ...rowOf(wanted) })
            .execute();
          if (lines.length > 0)
            await inside.db
              .insertInto('line')
              .values(lines.map((line, rank) => ({ id: newId(), ...line, name: JSON.stringify(line.name), rank })))
              .execute();
          await loadCommunes(inside.db, communes);
          const territory = (await readTerritory(inside.db))!;
          await makeAdministrator({ ...inside, territory } as Ctx, wanted.admin, wanted.adminName);
        }),
      );
      const { publicUrl, mode } = house.config;
      shell.say(
        `${wanted.name} ("${slug}") is made, with ${plural(lines.length, 'service', 'services')} and ${plural(communes.length, 'commune', 'communes')}.`,
      );
      shell.say(`Next:\n  1. npm start (a server that already runs must be restarted)`);
      shell.say(
        `  2. sign in as ${wanted.admin} at ${publicUrl}/${language}/connexion${mode === 'demo' ? `; the code is at ${publicUrl}/dev/mails` : ''}`,
      );
      shell.say('  3. make the first site in the browser, or: npm run quai -- import spaces --help');
      if (communes.length === 0)
        shell.say('     (it knows no commune yet: add them there, or with the sites you import)');
      if (there.length > 0 && hosts.length === 0)
        shell.say(
          `Other territories live here (${there.map((one) => one.slug).join(', ')}): without --host, the first one answers.`,
        );
    });
  },
};

type Wanted = {
  name: string;
  language: Locale;
  country: string;
  timeZone: string;
  telephone: string | null;
  email: string | null;
};

const rowOf = (wanted: Wanted) => ({
  name: wanted.name,
  main_language: wanted.language,
  country: wanted.country,
  time_zone: wanted.timeZone,
  telephone: wanted.telephone,
  email: wanted.email,
  publisher: JSON.stringify({ name: wanted.name }),
});

function readHost(text: string): string {
  const host = text.trim().toLowerCase();
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host))
    throw new CommandError(`--host: "${text}" is not a host name: write it without https:// and without a port.`);
  return host;
}

const linesFile = z.array(
  z.object({
    letter: z.string().regex(/^[A-Z0-9]{1,2}$/),
    slug: z.string().regex(/^[a-z0-9-]+$/),
    colour: z.string(),
    name: z.object({ fr: z.string(), nl: z.string(), en: z.string() }).partial(),
  }),
);

async function readLines(path: string): Promise<z.output<typeof linesFile>> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError(`--lines: ${path} cannot be read: ${error.message}.`);
  });
  try {
    return linesFile.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    throw new CommandError(
      `--lines: ${path}: ${issue ? `${issue.path.join('.')}: ${issue.message}` : (error as Error).message}.`,
    );
  }
}
