import type { FC } from 'hono/jsx';
import type { Ctx } from '../../core/context.ts';
import { LineBullet, type LineColour, Tag, type TagKind } from '../../ui/components/index.ts';
import type { RegistrationView } from '../registrations/index.ts';
import { type ReadState, readState, words } from '../tidings/index.ts';
import type { SessionView } from '../timetable/index.ts';

const tones: Record<ReadState, TagKind> = {
  held: 'warning',
  registered: 'good',
  waiting: 'warning',
  offered: 'info',
  invited: 'info',
  cancelled: 'plain',
  done: 'plain',
};

/** The state of a registration in words, its mark doubling the colour. */
export const StateTag: FC<{ ctx: Ctx; view: RegistrationView; session: SessionView }> = ({ ctx, view, session }) => {
  const state = readState(view, session, ctx.now);
  return <Tag kind={tones[state]}>{words[ctx.locale].states[state]}</Tag>;
};

/** The line of a session: its letter in its colour. */
export const LineMark: FC<{ session: Pick<SessionView, 'line'> }> = ({ session: { line } }) =>
  line ? <LineBullet letter={line.letter} colour={line.colour as LineColour} /> : null;
