/** Cents of "12", "12,50" or "12.5 €"; undefined when it is no amount. */
export function parseCents(text: string): number | undefined {
  const amount = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f€]/g, ''));
  if (!amount) return undefined;
  return Number(amount[1]) * 100 + Number((amount[2] ?? '').padEnd(2, '0'));
}

/** Whether adding `contents` to `container` would make something contain itself. */
export function makesLoop(
  container: string,
  contents: readonly string[],
  edges: readonly { container_id: string; content_id: string }[],
): boolean {
  const seen = new Set<string>();
  const todo = [...contents];
  while (todo.length > 0) {
    const id = todo.pop()!;
    if (id === container) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    for (const edge of edges) if (edge.container_id === id) todo.push(edge.content_id);
  }
  return false;
}
