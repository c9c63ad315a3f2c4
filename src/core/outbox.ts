import type { Ctx } from './context.ts';
import { newId } from './ids.ts';

export type Message = { topic: string; payload: Record<string, unknown>; dueAt?: Date };

/** A row of the outbox, ready to be inserted beside what caused it. */
export function outboxRow(ctx: Pick<Ctx, 'now'>, message: Message) {
  return {
    id: newId(),
    topic: message.topic,
    payload: JSON.stringify(message.payload),
    created_at: ctx.now,
    due_at: message.dueAt ?? ctx.now,
  };
}

/** Leaves work for later in this transaction: it is done if, and only if, the transaction is kept. */
export async function later(ctx: Ctx, ...messages: Message[]): Promise<void> {
  if (messages.length === 0) return;
  await ctx.db
    .insertInto('outbox')
    .values(messages.map((message) => outboxRow(ctx, message)))
    .execute();
}
