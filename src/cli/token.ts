import { atomically } from '../core/db.ts';
import { insertToken, type TokenScope, tokenScopes } from '../modules/accounts/index.ts';
import { type Command, CommandError, readOptions, required } from './command.ts';
import { withTerritory } from './open.ts';
import { ensureAccount, findPerson, readEmail } from './people.ts';

/** Makes a token for the API. */
export const token: Command = {
  help: `
npm run quai -- token --email EMAIL [--scopes ${tokenScopes.join(',')}] [--name TEXT] [--territory SHORT_NAME]

Makes a token with which a program calls the API as this person, who must be known. The token is the last line
of the output; it is shown this once and stored nowhere. All scopes unless --scopes says otherwise.
It is listed, and can be revoked, on the person's account page.`,
  async run(shell, args) {
    const { values } = readOptions(args, {
      email: { type: 'string' },
      scopes: { type: 'string' },
      name: { type: 'string' },
      territory: { type: 'string' },
    });
    const email = readEmail(required(values.email, 'email'));
    const scopes = readScopes(values.scopes);
    const name = values.name?.trim().slice(0, 80) || 'Command line';
    await withTerritory(shell, values.territory, async (ctx) => {
      const made = await atomically(ctx, async (inside) => {
        const person = await findPerson(inside, email);
        if (!person) throw new CommandError(`Nobody here has the address ${email}.`);
        const account = await ensureAccount(inside, person.id);
        if (account.disabled) throw new CommandError(`The account of ${email} is disabled: its tokens would not work.`);
        return insertToken(inside, account.id, person.id, { name, scopes });
      });
      shell.say(`A token for ${email}, with the scopes ${scopes.join(', ')}; it is not shown again:`);
      shell.say(made);
    });
  },
};

function readScopes(text: string | undefined): TokenScope[] {
  if (text === undefined) return [...tokenScopes];
  const asked = text.split(/[\s,]+/).filter(Boolean);
  const unknown = asked.find((one) => !tokenScopes.includes(one as TokenScope));
  if (unknown) throw new CommandError(`--scopes: "${unknown}" is not one of ${tokenScopes.join(', ')}.`);
  if (asked.length === 0) throw new CommandError(`--scopes: name at least one of ${tokenScopes.join(', ')}.`);
  return asked as TokenScope[];
}
