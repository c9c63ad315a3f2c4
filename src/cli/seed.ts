import { ensureTerritory, listHosted, readTerritory } from '../core/territories.ts';
import { seedDemonstration } from '../world/index.ts';
import { type Command, CommandError, readOptions } from './command.ts';
import { chooseTerritory, withHouse, withTables } from './open.ts';

/** Loads the demonstration into an empty territory. */
export const seed: Command = {
  help: `
npm run quai -- seed [--territory SHORT_NAME]

Loads the demonstration (the files of data/) into an empty territory; on a new database it makes
the territory "demo" for it. Refuses a territory that already has something in it.`,
  async run(shell, args) {
    const { values } = readOptions(args, { territory: { type: 'string' } });
    await withHouse(shell, async (house) => {
      const { directUrl, secret } = house.ground;
      if ((await listHosted(directUrl)).length === 0)
        await ensureTerritory(directUrl, secret, { slug: values.territory ?? 'demo', hosts: [] }, house.now);
      const hosted = await chooseTerritory(house, values.territory);
      const there = await withTables(house, hosted, readTerritory);
      if (there)
        throw new CommandError(
          `The territory "${hosted.slug}" is not empty: it is ${there.name}. Nothing was changed.`,
        );
      shell.note('Loading the demonstration.');
      await seedDemonstration(house.ground, hosted, house.now);
      shell.say(`The demonstration is in "${hosted.slug}". A server that was already running shows it once restarted.`);
    });
  },
};
