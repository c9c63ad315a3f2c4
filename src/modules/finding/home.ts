import type { Child } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';

/** Something another module shows on the home page, below the search or beside it. */
export type HomeSection = {
  where: 'aside' | 'below';
  rank: number;
  /** Null where there is nothing to show today. */
  render: (ctx: Ctx) => Promise<Child>;
};

/** What stands on the home page; modules add theirs when they are loaded, so that finding knows none of them. */
export const homeSections: HomeSection[] = [];

/** The home page's sections, read side by side. */
export async function renderSections(ctx: Ctx): Promise<{ aside: Child[]; below: Child[] }> {
  const sections = [...homeSections].sort((a, b) => a.rank - b.rank);
  const shown = await Promise.all(sections.map((section) => section.render(ctx)));
  const of = (where: HomeSection['where']) => shown.filter((child, index) => child && sections[index]!.where === where);
  return { aside: of('aside'), below: of('below') };
}
