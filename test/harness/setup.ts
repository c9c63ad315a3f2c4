import { afterEach, beforeEach, vi } from 'vitest';

const said: string[] = [];

// What the code says on console.error is a fault nobody was meant to see: the test that caused it fails.
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    said.push(parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '));
  });
});

afterEach(() => {
  vi.mocked(console.error).mockRestore?.();
  if (said.length > 0) throw new Error(`console.error was called:\n${said.join('\n')}`);
});
