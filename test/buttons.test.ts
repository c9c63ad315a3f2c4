import { expect, test } from 'vitest';
import { useHouse } from './harness/house.ts';

const house = useHouse();
/** The lists of the demonstration in which the same gesture is there for several. */
const paths = ['/fr/equipe/la-station', '/fr/equipe/la-station/avis', '/fr/gestion/equipe'];

/** The buttons of a page by their name, as it is read out, with what the form of each sends. */
function gestures(html: string): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const [form, action] of html.matchAll(/<form[^>]*action="([^"]*)"[\s\S]*?<\/form>/g)) {
    const said = [...form.matchAll(/<input type="hidden"[^>]*>/g)].join('');
    for (const [, text] of form.matchAll(/<button(?![^>]*hidden)[^>]*>([\s\S]*?)<\/button>/g)) {
      const name = text!
        .replace(/<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim();
      named.set(name, (named.get(name) ?? new Set()).add(`${action} ${said}`));
    }
  }
  return named;
}

test('Two buttons of one name never do two things: who listens to a list knows which is which', async () => {
  const admin = await house.signedIn('admin@quai.example');
  const alike: Record<string, string[]> = {};
  for (const path of paths) {
    const { status, text } = await admin.get(path);
    expect(status, path).toBe(200);
    const named = gestures(text);
    expect(named.size, path).toBeGreaterThan(3);
    alike[path] = [...named].filter(([, forms]) => forms.size > 1).map(([name]) => name);
  }
  expect(alike).toEqual(Object.fromEntries(paths.map((path) => [path, []])));
});
