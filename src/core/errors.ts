export type RefusalKind =
  | 'unprocessable'
  | 'conflict'
  | 'forbidden'
  | 'not_found'
  | 'stale'
  | 'too_many'
  | 'unavailable';

/** What a sentence is filled with: dates stay Dates and are written in the reader's language and the site's zone. */
export type Params = Record<string, string | number | Date | null | undefined>;

/** A way out offered with a refusal; `code` is a message key, `href` a path without its locale prefix. */
export type NextStep = { code: string; params?: Params; href?: string };

/** One reason why something is refused. */
export type Reason = { code: string; params: Params; next?: NextStep | undefined };

/**
 * The domain says no. It carries every reason, each with its next step; `code` is a message key shared by page, API and mail.
 * `not_found` also stands for what one may not see.
 */
export class Refusal extends Error {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly reasons: readonly Reason[];

  constructor(code: string, kind: RefusalKind, params: Params = {}, next?: NextStep) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.kind = kind;
    this.reasons = [{ code, params, next }];
  }

  /** One refusal for several reasons; the first gives the code. */
  static all(kind: RefusalKind, reasons: readonly Reason[]): Refusal {
    const first = reasons[0]!;
    const refusal = new Refusal(first.code, kind, first.params, first.next);
    return Object.assign(refusal, { reasons });
  }
}

export const notFound = (): Refusal => new Refusal('not_found', 'not_found');

/** The HTTP status that says what kind of refusal it is. */
export const refusalStatus = {
  unprocessable: 422,
  conflict: 409,
  forbidden: 403,
  not_found: 404,
  stale: 412,
  too_many: 429,
  unavailable: 503,
} as const satisfies Record<RefusalKind, number>;

/** The SQLSTATE of a database error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
