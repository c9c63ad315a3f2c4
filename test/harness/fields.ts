/** The fields of the form on a page, as a browser would send them untouched. */
export function fieldsOf(html: string, action: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? '';
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const get = (name: string) => plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
    if (/type="(radio|checkbox)"/.test(tag)) {
      if (!/\schecked/.test(tag)) continue;
      if (/type="checkbox"/.test(tag)) {
        found[get('name')] = [...[found[get('name')] ?? []].flat(), get('value')];
        continue;
      }
    }
    found[get('name')] = get('value');
  }
  for (const [, name, text] of form.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</g))
    found[name!] = plain(text!);
  for (const [, name, list] of form.matchAll(/<select[^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/gs)) {
    const values = [...list!.matchAll(/<option value="([^"]*)"([^>]*)>/g)];
    const chosen = values.find((one) => one[2]!.includes('selected')) ?? values[0];
    found[name!] = plain(chosen?.[1] ?? '');
  }
  return found;
}
