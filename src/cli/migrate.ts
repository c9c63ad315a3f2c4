import { listHosted } from '../core/territories.ts';
import { migrateAll } from '../house.ts';
import { type Command, readOptions } from './command.ts';
import { pendingMigrations, withHouse, withTables } from './open.ts';

/** Brings the tables of every territory up to date. */
export const migrate: Command = {
  help: `
npm run quai -- migrate

Brings the tables of every territory up to date with this version of Quai.
Starting Quai does the same; run it first where several servers share a database.`,
  async run(shell, args) {
    readOptions(args, {});
    await withHouse(shell, async (house) => {
      const hosted = await listHosted(house.ground.directUrl);
      if (hosted.length === 0) {
        shell.say('This database holds no territory yet: there is nothing to migrate.');
        return;
      }
      const pending = new Map<string, string[]>();
      // Also proves that the secret is the right one, before the roles are touched.
      for (const one of hosted) pending.set(one.slug, await withTables(house, one, pendingMigrations));
      await migrateAll(house.ground, house.now);
      for (const [slug, names] of pending)
        shell.say(`${slug}: ${names.length === 0 ? 'already up to date.' : `applied ${names.join(', ')}.`}`);
    });
  },
};
