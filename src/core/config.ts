import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

/** Links are made by adding a path: an address with one, or with a name and a password in it, would give wrong ones. */
const isOrigin = (text: string): boolean => {
  const { username, password, pathname, search, hash } = new URL(text);
  return !username && !password && pathname === '/' && !search && !hash;
};

/** Whether a text is an address of the network, or a range of them such as 10.0.0.0/8. */
function isRange(text: string): boolean {
  const [address = '', bits] = text.split('/');
  if (!isIP(address)) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return /^\d{1,3}$/.test(bits);
  } catch {
    return false;
  }
}

const schema = z.object({
  QUAI_MODE: z.enum(['demo', 'production'], { error: 'must be "demo" or "production"' }).default('demo'),
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: url(['http:', 'https:'])
    .refine((text) => !URL.canParse(text) || isOrigin(text), {
      error: 'must be an address and nothing after it, such as https://hub.example',
    })
    .optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_DIRECT_URL: url(['postgres:', 'postgresql:']).optional(),
  DATA_DIR: z.string().min(1).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => /^[^@\s]*[^\r\n]*@[^@\s]+$/.test(text), { error: 'must hold an e-mail address' })
    .optional(),
  SECRET_KEY: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((proxies) => proxies.every(isRange), {
      error: 'must be addresses or ranges separated by commas, such as 127.0.0.1,10.0.0.0/8',
    }),
  WEB_CONCURRENCY: z.coerce.number({ error: 'must be a number of processes' }).int().min(1).max(64).default(1),
  QUAI_CLOCK: z.iso
    .datetime({ offset: true, error: 'must be an instant such as 2026-11-23T20:10:00+01:00' })
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    })
    .default('info'),
});

export type Config = {
  mode: 'demo' | 'production';
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string | undefined;
  databaseDirectUrl: string | undefined;
  dataDir: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: string | undefined;
  secret: string | undefined;
  trustedProxies: string[];
  processes: number;
  /** The instant the clock shows at start, to play a scene; demonstration only. */
  clock: Date | undefined;
  logLevel: string;
};

/** A wrong setting: the message names the variable and says what to write. */
export class ConfigError extends Error {}

/** Reads the settings from the environment; throws a ConfigError that names each variable at fault. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join('\n'));
  }
  const value = parsed.data;
  if (value.QUAI_MODE === 'production') refuseUnsafe(value);
  return {
    mode: value.QUAI_MODE,
    port: value.PORT,
    host: value.HOST ?? (value.QUAI_MODE === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    databaseUrl: value.DATABASE_URL,
    databaseDirectUrl: value.DATABASE_DIRECT_URL ?? value.DATABASE_URL,
    dataDir: value.DATA_DIR,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    secret: value.SECRET_KEY,
    trustedProxies: value.TRUSTED_PROXIES,
    processes: value.WEB_CONCURRENCY,
    clock: value.QUAI_CLOCK ? new Date(value.QUAI_CLOCK) : undefined,
    logLevel: value.LOG_LEVEL,
  };
}

function refuseUnsafe(value: z.infer<typeof schema>): void {
  const missing: string[] = [];
  if (!value.SMTP_URL) missing.push('SMTP_URL: production needs a mail server, for instance smtp://mail.example:587.');
  if (!value.PUBLIC_URL?.startsWith('https://'))
    missing.push('PUBLIC_URL: production needs the public https:// address.');
  if (!value.SECRET_KEY) missing.push('SECRET_KEY: production needs a secret of at least 32 characters.');
  if (value.TRUSTED_PROXIES.length === 0) {
    missing.push('TRUSTED_PROXIES: production needs the addresses of the proxies in front, for instance 127.0.0.1.');
  }
  if (value.QUAI_CLOCK) missing.push('QUAI_CLOCK: the clock can be set in demonstration only.');
  if (missing.length > 0) throw new ConfigError(missing.join('\n'));
}
