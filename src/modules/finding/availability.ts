import type { Span } from '../../core/clock.ts';
import type { Ctx } from '../../core/context.ts';
import type { I18nText } from '../../core/i18n.ts';
import { type Answer, answersOf, type SlotQuery } from './slots.ts';

/** A thing that is free, told once: `stop` is where it stands then if it travels, its distance that of the nearest such stop. */
export type Available = Omit<Answer, 'slots'> & { slots: (Span & { stop: I18nText | null })[] };
type Question = Omit<SlotQuery, 'limit' | 'offset'>;
type Page = { found: Available[]; next: number | null };

/** How many times a call looks for more candidates when too few are free, before it leaves the rest to the next. */
const mostTurns = 10;
const chunk = 24;
const stops = 60;

/** The free ones among the candidates from `offset` on, and where to go on. */
export async function availableFrom(ctx: Ctx, query: Question, limit: number, offset: number): Promise<Page> {
  const found: Available[] = [];
  const tours = new Map<string, Available[]>();
  let next = offset;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const answers = await answersOf(ctx, { ...query, limit: chunk, offset: next });
    for (const answer of answers) {
      if (found.length === limit) return { found, next };
      next += 1;
      if (answer.stopStart && !tours.has(answer.id)) tours.set(answer.id, await tourOf(ctx, query, answer.id));
      const one = answer.stopStart ? onceOnItsTour(answer, tours.get(answer.id)!) : told(answer, query);
      if (one && one.slots.length > 0) found.push(one);
    }
    if (answers.length < chunk) return { found, next: null };
  }
  return { found, next };
}

/** A slot must end within the window too. */
function told({ slots, ...answer }: Answer, { to }: Question): Available {
  return { ...answer, slots: slots.filter(({ end }) => end <= to).map((one) => ({ ...one, stop: answer.stopPlace })) };
}

/** Every stop where a thing that travels is free, nearest first: all of them, whichever page of the list is asked. */
async function tourOf(ctx: Ctx, query: Question, only: string): Promise<Available[]> {
  const tour: Available[] = [];
  for (let offset = 0; ; offset += stops) {
    const some = await answersOf(ctx, { ...query, only, limit: stops, offset });
    tour.push(...some.map((answer) => told(answer, query)).filter(({ slots }) => slots.length > 0));
    if (some.length < stops) return tour;
  }
}

/** All its times in order, told at the nearest stop where it is free; nothing at the others. */
function onceOnItsTour(answer: Answer, tour: readonly Available[]): Available | undefined {
  if (tour[0]?.stopStart?.getTime() !== answer.stopStart?.getTime()) return undefined;
  return { ...answer, slots: tour.flatMap(({ slots }) => slots).sort((a, b) => a.start.getTime() - b.start.getTime()) };
}
