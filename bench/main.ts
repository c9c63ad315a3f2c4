import { cpus, release, totalmem } from 'node:os';
import { benchAgenda } from './agenda.ts';
import { benchAgendaScale } from './agenda-scale.ts';
import { benchBookings, benchRace } from './bookings.ts';
import { makeGround } from './ground.ts';
import { benchFirstPage, benchPages, benchStart } from './pages.ts';
import { benchRegistrations, benchSeats } from './registrations.ts';
import { benchScale } from './scale.ts';

// npm run bench [-- name …]: each figure beside its limit, in one run, on a PostgreSQL of its own that fsyncs.
const parts = {
  bookings: benchBookings,
  race: benchRace,
  pages: benchPages,
  first: benchFirstPage,
  start: benchStart,
  agenda: benchAgenda,
  registrations: benchRegistrations,
  seats: benchSeats,
  scale: () => benchScale(),
  'agenda-scale': () => benchAgendaScale(),
};

const asked = process.argv.slice(2);
const chosen = Object.entries(parts).filter(([name]) => asked.length === 0 || asked.includes(name));
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
);
for (const [name, part] of chosen) {
  const ground = await makeGround();
  try {
    for (const line of await part(ground)) console.log(`- ${line}`);
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    await ground.end();
  }
}
