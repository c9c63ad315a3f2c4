import type { Hono } from 'hono';
import type { Env } from '../../core/web.ts';
import { page } from '../../ui/page.tsx';
import { legalMessages } from './legal.messages.ts';
import { AccessibilityPage, LegalPage, PrivacyPage } from './legal.pages.tsx';

/** The three pages every footer leads to. */
export function legalRoutes(app: Hono<Env>): void {
  for (const [path, title, Page] of [
    ['accessibilite', 'accessibility', AccessibilityPage],
    ['mentions-legales', 'legal', LegalPage],
    ['confidentialite', 'privacy', PrivacyPage],
  ] as const) {
    app.get(`/:locale{(?:fr|nl|en)}/${path}`, (c) => {
      const { locale, territory } = c.var.ctx;
      return page(c, { title: legalMessages[locale][title] }, <Page locale={locale} territory={territory} />);
    });
  }
}
