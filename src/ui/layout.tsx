import type { Child, FC } from 'hono/jsx';
import { asset } from '../core/assets.ts';
import { type Locale, locales } from '../core/i18n.ts';
import { Button } from './components/buttons.tsx';
import { LocaleContext } from './locale-context.ts';
import { uiMessages } from './ui.messages.ts';

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'quai-forget': {
        class: string;
        role: string;
        hidden: boolean;
        'data-cookie': string;
        'data-secure': string | undefined;
        'data-unsent': string;
      };
    }
  }
}

/** What every page knows about the visit: gathered once by the web layer, passed to `Layout`. */
export type PageFrame = {
  locale: Locale;
  territory: { name: string; telephone: string | null; email: string | null };
  viewer: null | { name: string; isTeam: boolean; isAdmin: boolean };
  /** Path and query of this page, language prefix included. */
  path: string;
  menu: { href: string; label: string; current?: boolean }[];
  demo: boolean;
  /** What a phone keeps of the day is to be forgotten: its reader has left. */
  leftBehind?: { cookie: string; secure: boolean } | undefined;
};

const languageNames: Record<Locale, string> = { fr: 'Français', nl: 'Nederlands', en: 'English' };

/** The same page in another language. */
export const pathIn = (path: string, locale: Locale): string =>
  /^\/[a-z]{2}(?=[/?#]|$)/.test(path) ? path.replace(/^\/[a-z]{2}/, `/${locale}`) : `/${locale}`;

/** A telephone number as a link target: digits and the leading plus only. */
export const telHref = (telephone: string): string => `tel:${telephone.replace(/[^\d+]/g, '')}`;

const Mark: FC = () => (
  <svg class="brand-mark" viewBox="0 0 38 38" aria-hidden="true">
    <rect class="brand-ground" width="38" height="38" rx="7" />
    <circle class="brand-stop" cx="19" cy="13.5" r="5.4" />
    <rect class="brand-strip" y="25" width="38" height="5.5" />
  </svg>
);

const Languages: FC<{ frame: PageFrame }> = ({ frame }) => (
  <nav class="languages" aria-label={uiMessages[frame.locale].languages}>
    {locales.map((locale) =>
      locale === frame.locale ? (
        <span aria-current="true" lang={locale} title={languageNames[locale]}>
          {locale}
        </span>
      ) : (
        <a href={pathIn(frame.path, locale)} lang={locale} hreflang={locale} title={languageNames[locale]}>
          {locale}
        </a>
      ),
    )}
  </nav>
);

/** The narrow strip above: what is not the main thing, the account and the language. */
const Strip: FC<{ frame: PageFrame; wide: boolean }> = ({ frame, wide }) => {
  const words = uiMessages[frame.locale];
  const { locale, viewer } = frame;
  return (
    <div class="strip">
      <div class={`wrap strip-row${wide ? ' wrap-wide' : ''}`}>
        {frame.demo ? (
          <a class="strip-demo" href="/dev/mails">
            {words.demo}
          </a>
        ) : null}
        <Languages frame={frame} />
        {viewer ? (
          <>
            <a class="strip-name" href={`/${locale}/compte`}>
              {viewer.name || words.account}
            </a>
            <form method="post" action={`/${locale}/deconnexion`}>
              <Button kind="quiet">{words.signOut}</Button>
            </form>
          </>
        ) : (
          <a href={`/${locale}/connexion`}>{words.signIn}</a>
        )}
      </div>
    </div>
  );
};

const Header: FC<{ frame: PageFrame; wide: boolean }> = ({ frame, wide }) => {
  const words = uiMessages[frame.locale];
  return (
    <header class="top">
      <Strip frame={frame} wide={wide} />
      <div class={`wrap top-row${wide ? ' wrap-wide' : ''}`}>
        <a class="brand" href={`/${frame.locale}`}>
          <Mark />
          quai <span class="brand-place">{frame.territory.name}</span>
          <span class="hidden">{words.home}</span>
        </a>
        {frame.menu.length > 0 ? (
          <nav class={frame.menu.length < 5 ? 'menu menu-short' : 'menu'} aria-label={words.mainMenu}>
            {frame.menu.map((item) => (
              <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                {item.label}
              </a>
            ))}
          </nav>
        ) : null}
      </div>
      <div class="edge" />
    </header>
  );
};

const Footer: FC<{ frame: PageFrame; wide: boolean }> = ({ frame, wide }) => {
  const words = uiMessages[frame.locale];
  const { locale, territory } = frame;
  const wrap = `wrap${wide ? ' wrap-wide' : ''}`;
  return (
    <footer class="bottom">
      <div class={`${wrap} bottom-row`}>
        <p class="bottom-help">
          {territory.name}
          {territory.telephone || territory.email ? ` · ${words.question} ` : ''}
          {territory.telephone ? (
            <a class="bottom-phone" href={telHref(territory.telephone)}>
              {territory.telephone}
            </a>
          ) : null}
          {territory.telephone && territory.email ? ' · ' : ''}
          {territory.email ? <a href={`mailto:${territory.email}`}>{territory.email}</a> : null}
        </p>
        <nav class="bottom-links" aria-label={words.footer}>
          <a href={`/${locale}/accessibilite`}>{words.accessibility}</a>
          <a href={`/${locale}/mentions-legales`}>{words.legal}</a>
          <a href={`/${locale}/confidentialite`}>{words.privacy}</a>
        </nav>
        <p class="bottom-quai">{words.software}</p>
      </div>
    </footer>
  );
};

/** With a script on the page the script refreshes: only a browser without JavaScript reloads. */
const Refresh: FC<{ seconds: number | undefined; scripted: boolean }> = ({ seconds, scripted }) => {
  if (!seconds) return null;
  const meta = <meta http-equiv="refresh" content={String(seconds)} />;
  return scripted ? <noscript>{meta}</noscript> : meta;
};

export type LayoutProps = {
  frame: PageFrame;
  title: string;
  description?: string | undefined;
  /** Team pages use the full width. */
  wide?: boolean | undefined;
  /** Logical names of scripts ("planning.js"), loaded after the page. */
  islands?: string[] | undefined;
  /** The hall's board: neither header nor footer. */
  bare?: boolean | undefined;
  /** The address of what one may follow of it elsewhere: an Atom feed. */
  feed?: string | undefined;
  /** A page that anybody may open first, without a script: only the first style sheet. */
  light?: boolean | undefined;
  /** Reloads the page by itself, for a board without JavaScript. */
  refreshSeconds?: number | undefined;
  children?: Child;
};

/** The frame of every page: head, header, platform edge, main, footer. */
export const Layout: FC<LayoutProps> = ({ frame, title, description, wide = false, islands = [], bare, ...rest }) => {
  const words = uiMessages[frame.locale];
  return (
    <LocaleContext.Provider value={frame.locale}>
      <html lang={frame.locale} class={bare ? 'bare' : undefined}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{`${title} · ${frame.territory.name}`}</title>
          {description ? <meta name="description" content={description} /> : null}
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#fbfaf6" media="(prefers-color-scheme: light)" />
          <meta name="theme-color" content="#0f1524" media="(prefers-color-scheme: dark)" />
          <Refresh seconds={rest.refreshSeconds} scripted={islands.length > 0} />
          <link rel="stylesheet" href={asset('quai.css')} />
          {rest.light ? null : <link rel="stylesheet" href={asset('work.css')} />}
          <link rel="icon" type="image/svg+xml" href={asset('icon.svg')} />
          {locales
            .filter((locale) => locale !== frame.locale)
            .map((locale) => (
              <link rel="alternate" hreflang={locale} href={pathIn(frame.path, locale)} />
            ))}
          {rest.feed ? <link rel="alternate" type="application/atom+xml" href={rest.feed} /> : null}
          {[...islands, ...(frame.leftBehind ? ['forget.js'] : [])].map((name) => (
            <script type="module" src={asset(name)} />
          ))}
        </head>
        <body>
          {bare ? (
            <main id="main" class="bare-main">
              {rest.children}
            </main>
          ) : (
            <>
              <a class="skip" href="#main">
                {words.skip}
              </a>
              <Header frame={frame} wide={wide} />
              <main id="main" class={`main wrap${wide ? ' wrap-wide' : ''}`} tabindex={-1}>
                {frame.leftBehind ? (
                  <quai-forget
                    class="notice notice-warning"
                    role="status"
                    hidden
                    data-cookie={frame.leftBehind.cookie}
                    data-secure={frame.leftBehind.secure ? '1' : undefined}
                    data-unsent={words.unsent}
                  />
                ) : null}
                {rest.children}
              </main>
              <Footer frame={frame} wide={wide} />
            </>
          )}
        </body>
      </html>
    </LocaleContext.Provider>
  );
};

/** A whole document as text, its doctype included (JSX emits none). */
export const renderDocument = (node: unknown): string => `<!doctype html>${String(node)}`;
