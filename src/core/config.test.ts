import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

/** What a wrong setting says; undefined when it is accepted. */
function fault(env: Record<string, string>): string | undefined {
  try {
    readConfig(env);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

const production = {
  QUAI_MODE: 'production',
  PUBLIC_URL: 'https://hub.example',
  SMTP_URL: 'smtp://mail.example:587',
  SECRET_KEY: 'x'.repeat(32),
  TRUSTED_PROXIES: '127.0.0.1',
  DATABASE_URL: 'postgres://quai@db.example/quai',
};

describe('Settings', () => {
  test.each([
    ['QUAI_MODE', 'test'],
    ['PORT', 'abc'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3.5'],
    ['PUBLIC_URL', 'hub.example'],
    ['PUBLIC_URL', 'ftp://hub.example'],
    ['PUBLIC_URL', 'https://hub.example/quai'],
    ['PUBLIC_URL', 'https://name:password@hub.example'],
    ['PUBLIC_URL', 'https://hub.example/?x'],
    ['DATABASE_URL', 'mysql://db.example/quai'],
    ['DATABASE_URL', 'db.example'],
    ['DATABASE_DIRECT_URL', 'http://db.example'],
    ['SMTP_URL', 'http://mail.example'],
    ['MAIL_FROM', 'nobody'],
    ['SECRET_KEY', 'short'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '127.0.0.1,10.0.0.0/99'],
    ['TRUSTED_PROXIES', '10.0.0.0/x'],
    ['WEB_CONCURRENCY', '0'],
    ['WEB_CONCURRENCY', 'many'],
    ['QUAI_CLOCK', 'now'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused with its name', (name, value) => {
    expect(fault({ [name]: value })).toMatch(new RegExp(`^${name}: must .+\\.$`));
  });

  test('all wrong ones are named at once; empty ones are as if not given', () => {
    expect(fault({ PORT: 'x', LOG_LEVEL: 'x' })?.split('\n')).toHaveLength(2);
    expect(fault({ PORT: '', PUBLIC_URL: '', SECRET_KEY: '' })).toBeUndefined();
  });

  test.each(['SMTP_URL', 'PUBLIC_URL', 'SECRET_KEY', 'TRUSTED_PROXIES'] as const)('production wants %s', (name) => {
    const { [name]: _, ...rest } = production;
    expect(fault(rest)).toMatch(new RegExp(`^${name}: `));
  });

  test('production refuses http and a clock that is set, and accepts the rest', () => {
    expect(fault({ ...production, PUBLIC_URL: 'http://hub.example' })).toContain('PUBLIC_URL');
    expect(fault({ ...production, QUAI_CLOCK: '2026-11-23T20:10:00+01:00' })).toContain('QUAI_CLOCK');
    expect(readConfig(production)).toMatchObject({
      mode: 'production',
      host: '0.0.0.0',
      publicUrl: 'https://hub.example',
    });
    expect(readConfig({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,fd00::/8' }).trustedProxies).toHaveLength(3);
    expect(readConfig({ MAIL_FROM: 'Le hub <bonjour@hub.example>' }).mailFrom).toContain('@');
  });
});
