import type { Module } from './core/module.ts';
import { accounts } from './modules/accounts/index.ts';
import { agenda, agendaOfSite, agendaSection } from './modules/agenda/index.ts';
import { appointments, helpOffer, homeSection as helpSection } from './modules/appointments/index.ts';
import { attendance } from './modules/attendance/index.ts';
import { board, boardSection } from './modules/board/index.ts';
import { bookingSentences } from './modules/booking/index.ts';
import { day } from './modules/day/index.ts';
import { desk } from './modules/desk/index.ts';
import { directory } from './modules/directory/index.ts';
import { enrolment } from './modules/enrolment/index.ts';
import { evidence } from './modules/evidence/index.ts';
import { feedback } from './modules/feedback/index.ts';
import { field } from './modules/field/index.ts';
import { figures } from './modules/figures/index.ts';
import { finding, homeSections, whenNothingIsFree } from './modules/finding/index.ts';
import { furnishing } from './modules/furnishing/index.ts';
import { guests } from './modules/guests/index.ts';
import { hours } from './modules/hours/index.ts';
import { journal } from './modules/journal/index.ts';
import { legal } from './modules/legal/index.ts';
import { mailbox } from './modules/mailbox/index.ts';
import { myappointments } from './modules/myappointments/index.ts';
import { mybookings } from './modules/mybookings/index.ts';
import { myregistrations } from './modules/myregistrations/index.ts';
import { notices } from './modules/notices/index.ts';
import { outages } from './modules/outages/index.ts';
import { networkSection, places, siteSections } from './modules/places/index.ts';
import { planning } from './modules/planning/index.ts';
import { posters, tourOfSite } from './modules/posters/index.ts';
import { preparing } from './modules/preparing/index.ts';
import { presence } from './modules/presence/index.ts';
import { privacy } from './modules/privacy/index.ts';
import { programme } from './modules/programme/index.ts';
import { publishing } from './modules/publishing/index.ts';
import { receiving } from './modules/receiving/index.ts';
import { registrations } from './modules/registrations/index.ts';
import { relays } from './modules/relays/index.ts';
import { reservations } from './modules/reservations/index.ts';
import { roll } from './modules/roll/index.ts';
import { seating } from './modules/seating/index.ts';
import { sessions } from './modules/sessions/index.ts';
import { setup } from './modules/setup/index.ts';
import { sheets } from './modules/sheets/index.ts';
import { sites } from './modules/sites/index.ts';
import { team } from './modules/team/index.ts';
import { territory } from './modules/territory/index.ts';
import { tidings } from './modules/tidings/index.ts';
import { tour } from './modules/tour/index.ts';
import { waiting, waitingOffer } from './modules/waiting/index.ts';
import { world } from './world/index.ts';

/** What Quai is made of, one line a module, in the order in which their routes are asked. */
export const modules: Module[] = [
  { name: 'booking', sentences: bookingSentences },
  sessions,
  evidence,
  figures,
  feedback,
  roll,
  attendance,
  seating,
  registrations,
  presence,
  appointments,
  myappointments,
  receiving,
  relays,
  tidings,
  enrolment,
  myregistrations,
  guests,
  // Before those whose addresses hold any name: its own are among them.
  publishing,
  posters,
  agenda,
  finding,
  reservations,
  mybookings,
  waiting,
  notices,
  places,
  day,
  desk,
  outages,
  sheets,
  field,
  journal,
  planning,
  preparing,
  programme,
  board,
  accounts,
  privacy,
  team,
  directory,
  setup,
  territory,
  sites,
  hours,
  furnishing,
  tour,
  legal,
  mailbox,
  world,
];

// The search belongs to finding too, which knows none of those who offer something when it finds nothing.
whenNothingIsFree.push(helpOffer, waitingOffer);

// The home page belongs to finding, which knows none of those who show something on it.
homeSections.push(
  { where: 'aside', rank: 10, render: boardSection },
  { where: 'below', rank: 5, render: agendaSection },
  { where: 'below', rank: 8, render: helpSection },
  { where: 'below', rank: 10, render: networkSection },
);

// A site's page belongs to places, which knows none of them either.
siteSections.push(agendaOfSite, tourOfSite);
