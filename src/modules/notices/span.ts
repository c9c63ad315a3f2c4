import { z } from 'zod';
import { type Span, toRfc3339 } from '../../core/clock.ts';
import { instant } from '../../core/input.ts';
import type { ResourceView } from './view.store.ts';

/** A time as an address or a hidden field carries it; undefined for anything else. */
export function readSpan(start: string | undefined, end: string | undefined): Span | undefined {
  const parsed = z.object({ start: instant, end: instant }).safeParse({ start, end });
  return parsed.success && parsed.data.end > parsed.data.start ? parsed.data : undefined;
}

/** What an address or a hidden field says of a time. */
export const writeSpan = (span: Span, resource: ResourceView): { debut: string; fin: string } => ({
  debut: toRfc3339(span.start, resource.site.timeZone),
  fin: toRfc3339(span.end, resource.site.timeZone),
});
