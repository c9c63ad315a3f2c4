import { stat, statfs } from 'node:fs/promises';
import nodemailer from 'nodemailer';
import type pg from 'pg';
import { type Config, ConfigError, readConfig } from '../core/config.ts';
import { readMigrations } from '../core/migrate.ts';
import { listHosted } from '../core/territories.ts';
import { connectPlain } from './catalogue.ts';
import { type Command, CommandError, count, readOptions, type Shell } from './command.ts';
import { type House, urlOf, withHouse } from './open.ts';

type Verdict = { name: string; ok: boolean; text: string };

/** Checks what Quai stands on, a line each. */
export const doctor: Command = {
  help: `
npm run quai -- doctor

Checks what Quai stands on: Node.js, the settings, the database and its extension, each territory's tables,
disk, clock, mail server, and the work left for later. One line each, "ok" or "ko" with what to do; 1 on any ko.`,
  async run(shell, args) {
    readOptions(args, {});
    const found: Verdict[] = [];
    const tell = (name: string, ok: boolean, text: string): void => {
      found.push({ name, ok, text });
      shell.say(`${ok ? 'ok' : 'ko'}  ${name}: ${text}`);
    };
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    tell(
      'Node.js',
      major > 22 || (major === 22 && minor >= 12),
      `${process.version}${major < 22 ? ': 22.12 or later is needed' : ''}`,
    );
    const config = checkSettings(shell, tell);
    if (config) {
      await checkMail(config, tell);
      await withHouse(shell, (house) => checkHouse(house, tell)).catch((error: Error) => {
        tell('database', false, error.message);
      });
    }
    const bad = found.filter((one) => !one.ok).length;
    if (bad > 0) throw new CommandError(`${bad} of ${found.length} checks failed.`);
    shell.say(`All ${found.length} checks passed.`);
  },
};

type Tell = (name: string, ok: boolean, text: string) => void;

function checkSettings(shell: Shell, tell: Tell): Config | undefined {
  try {
    const config = readConfig(shell.env);
    tell('settings', true, `mode ${config.mode}`);
    const address = new URL(config.publicUrl);
    const local = ['localhost', '127.0.0.1'].includes(address.hostname);
    tell(
      'PUBLIC_URL',
      config.mode === 'demo' || !local,
      local && config.mode !== 'demo' ? `${config.publicUrl}: nobody else can reach that` : config.publicUrl,
    );
    tell('secret', true, config.secret ? 'given by SECRET_KEY' : 'drawn once, kept beside the data');
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const line of error.message.split('\n')) tell('settings', false, line);
    return undefined;
  }
}

async function checkMail(config: Config, tell: Tell): Promise<void> {
  if (!config.smtpUrl) {
    tell(
      'mail',
      config.mode === 'demo',
      'SMTP_URL is not set: mails are kept, readable at /dev/mails, and sent to nobody',
    );
    return;
  }
  const { host } = new URL(config.smtpUrl);
  const transport = nodemailer.createTransport({
    url: config.smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 5_000,
  });
  try {
    await transport.verify();
    tell('mail', true, `${host} answers`);
  } catch (error) {
    tell('mail', false, `${host}: ${(error as Error).message}`);
  } finally {
    transport.close();
  }
}

async function checkHouse(house: House, tell: Tell): Promise<void> {
  await checkDisk(house, tell);
  const owner = await connectPlain(house.ground.directUrl);
  try {
    await checkServer(owner, tell);
    await checkJobs(owner, tell);
  } finally {
    await owner.end();
  }
  const hosted = await listHosted(house.ground.directUrl);
  tell(
    'territories',
    hosted.length > 0,
    hosted.map((one) => one.slug).join(', ') || 'none yet: start Quai, or npm run quai -- territory create --help',
  );
  for (const one of hosted) {
    const name = `territory ${one.slug}`;
    const client = await connectPlain(urlOf(house, one)).catch((error: Error) => {
      tell(name, false, `${error.message}: is SECRET_KEY the one Quai was started with?`);
    });
    if (!client) continue;
    try {
      await checkTables(client, name, tell);
      await checkOutbox(client, name, house.now, tell);
    } finally {
      await client.end();
    }
  }
}

async function checkDisk({ ground }: House, tell: Tell): Promise<void> {
  const folder = (await stat(ground.folder).catch(() => undefined)) ? ground.folder : process.cwd();
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  tell(
    'disk',
    free > 2 ** 30,
    `${count(Math.round(free / 2 ** 20))} MB free in ${folder}${free > 2 ** 30 ? '' : ': make room, 1 GB is wanted'}`,
  );
}

async function checkServer(owner: pg.Client, tell: Tell): Promise<void> {
  const before = Date.now();
  const { rows } = await owner.query<{
    number: number;
    version: string;
    at: number;
    extension: boolean;
    offered: boolean;
  }>(`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
      extract(epoch from clock_timestamp())::float8 * 1000 as at,
      exists (select from pg_extension where extname = 'btree_gist') as extension,
      exists (select from pg_available_extensions where name = 'btree_gist') as offered`);
  const { number, version, at, extension, offered } = rows[0]!;
  const tooOld = number < 150_000;
  tell('database', !tooOld, `PostgreSQL ${version}${tooOld ? ': 15 or later is needed' : ''}`);
  const installed = extension ? 'installed' : 'installed at the first start';
  tell(
    'btree_gist',
    extension || offered,
    extension || offered ? installed : 'missing: install the contrib extensions of PostgreSQL',
  );
  const apart = Math.round(Math.abs(at - (before + Date.now()) / 2) / 1000);
  tell(
    'clock',
    apart < 5,
    apart < 5 ? 'the same as the database’s' : `${count(apart)} s apart from the database’s: set both by NTP`,
  );
}

/** Jobs that gave up in the last day; the queue is made at the first start. */
async function checkJobs(owner: pg.Client, tell: Tell): Promise<void> {
  const { rows } = await owner.query<{ there: boolean }>("select to_regclass('pgboss.job') is not null as there");
  if (!rows[0]!.there) {
    tell('jobs', true, 'no queue yet: it is made at the first start');
    return;
  }
  const failed = await owner.query<{ topic: string; number: number }>(`
    select coalesce(data->>'topic', data->>'schedule', name) as topic, count(*)::int as number from pgboss.job
    where state = 'failed' and completed_on > clock_timestamp() - interval '1 day' group by 1 order by 2 desc limit 5`);
  const text = failed.rows.map((row) => `${row.topic}: ${count(row.number)}`).join(', ');
  tell(
    'jobs and mails',
    failed.rows.length === 0,
    text ? `gave up in the last day: ${text}; the reasons are in pgboss.job` : 'none gave up in the last day',
  );
}

async function checkTables(client: pg.Client, name: string, tell: Tell): Promise<void> {
  const known = await client.query<{ name: string; checksum: string }>('select name, checksum from migration');
  const applied = new Map(known.rows.map((row) => [row.name, row.checksum]));
  const migrations = await readMigrations();
  const pending = migrations.filter((one) => !applied.has(one.name)).map((one) => one.name);
  const changed = migrations
    .filter((one) => applied.has(one.name) && applied.get(one.name) !== one.checksum)
    .map((one) => one.name);
  const later = [...applied.keys()].filter((one) => !migrations.some((migration) => migration.name === one));
  if (changed.length > 0) tell(name, false, `${changed.join(', ')} was changed after it had been applied`);
  else if (later.length > 0) tell(name, false, `its tables are of a later version of Quai (${later.join(', ')})`);
  else
    tell(
      name,
      pending.length === 0,
      pending.length === 0 ? 'its tables are up to date' : `${pending.join(', ')} to apply: npm run quai -- migrate`,
    );
}

const lateMinutes = 10;

async function checkOutbox(client: pg.Client, name: string, now: Date, tell: Tell): Promise<void> {
  const { rows } = await client.query<{ waiting: number; oldest: Date | null }>(
    'select count(*)::int as waiting, min(due_at) as oldest from outbox where taken_at is null and due_at <= $1',
    [now],
  );
  const { waiting, oldest } = rows[0]!;
  const minutes = oldest ? Math.floor((now.getTime() - oldest.getTime()) / 60_000) : 0;
  tell(
    `${name}, work left`,
    minutes < lateMinutes,
    waiting === 0
      ? 'nothing waits'
      : `${count(waiting)} due, the oldest for ${count(minutes)} min${minutes < lateMinutes ? '' : ': is Quai running?'}`,
  );
}
