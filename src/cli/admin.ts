import { atomically } from '../core/db.ts';
import { type Command, readOptions } from './command.ts';
import { withTerritory } from './open.ts';
import { makeAdministrator, readEmail } from './people.ts';

/** Makes someone an administrator of the territory. */
export const admin: Command = {
  help: `
npm run quai -- admin EMAIL [--name "First Last"] [--territory SHORT_NAME]

Makes the person with this address an administrator of the whole territory; makes the person and
the account when they are not there. They sign in with the code sent to that address.`,
  async run(shell, args) {
    const options = { name: { type: 'string' }, territory: { type: 'string' } } as const;
    const { values, positionals } = readOptions(args, options, ['EMAIL']);
    const email = readEmail(positionals[0]!);
    await withTerritory(shell, values.territory, async (ctx) => {
      const made = await atomically(ctx, (inside) => makeAdministrator(inside, email, values.name));
      shell.say(
        made ? `${email} is now an administrator.` : `${email} is already an administrator: nothing was changed.`,
      );
      shell.say(`To enter: ${ctx.publicUrl}/${ctx.territory.mainLanguage}/connexion`);
    });
  },
};
