import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env, Web } from './core/web.ts';
import { page } from './ui/page.tsx';

type Operation = {
  summary?: string;
  description?: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema?: { type?: string | string[]; enum?: string[] };
  }[];
  responses?: Record<string, { description?: string }>;
};

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The description of the API as a page to read, made from the same document as /openapi.json. */
export function apiReference(c: Web, api: OpenAPIHono<Env>): Response {
  const document = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Quai', version: '1' } });
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = (item as Record<string, unknown>)[method] as Operation | undefined;
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
  return page(
    c,
    { title: 'API' },
    <div class="stack" lang="en">
      <h1>The API, version 1</h1>
      <p>
        Everything below is under <code>{c.var.ctx.publicUrl}/api/v1</code> and is described in{' '}
        <a href="/api/v1/openapi.json">OpenAPI 3.1</a>. Send a token with <code>Authorization: Bearer …</code>; make one
        on your account page. Instants are RFC 3339 with an offset. A refusal is <code>application/problem+json</code>{' '}
        with a <code>code</code> and all its <code>reasons</code>. Repeat a POST safely with the same{' '}
        <code>Idempotency-Key</code>.
      </p>
      {operations.map(({ method, path, operation }) => (
        <section class="stack">
          <h2>
            <code>
              {method} {path}
            </code>
          </h2>
          {operation.summary ? <p>{operation.summary}</p> : null}
          {operation.description ? <p>{operation.description}</p> : null}
          {operation.parameters?.length ? (
            <ul>
              {operation.parameters.map((parameter) => (
                <li>
                  <code>{parameter.name}</code> ({parameter.in}
                  {parameter.required ? ', required' : ''}
                  {parameter.schema?.enum ? `: ${parameter.schema.enum.join(', ')}` : ''}) {parameter.description ?? ''}
                </li>
              ))}
            </ul>
          ) : null}
          <p>
            {Object.entries(operation.responses ?? {})
              .map(([status, response]) => `${status} ${response.description ?? ''}`)
              .join(' · ')}
          </p>
        </section>
      ))}
    </div>,
  );
}
