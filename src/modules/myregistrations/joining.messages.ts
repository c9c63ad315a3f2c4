import { defineMessages } from '../../core/i18n.ts';

/** What becomes of the registrations of two persons who are one; `what` is a session and when it is. */
export const joiningMessages = defineMessages({
  fr: {
    given: (what: string) =>
      `${what} : les deux fiches y figurent. Une seule inscription reste, la mieux placée ; s’il y a une place en trop, elle est proposée à qui attend.`,
    moved: (what: string) =>
      `${what} : les deux fiches y sont inscrites. Une seule inscription reste, avec toutes les personnes qui viennent ; s’il y a une place en trop, elle est proposée à qui attend.`,
    apart: (what: string) =>
      `${what} : l’une des fiches y a sa place, l’autre attend pour d’autres personnes. Celles-ci continuent d’attendre à leur tour.`,
    left: (what: string) =>
      `${what} : les deux inscriptions restent, car une présence y est déjà notée ou parce qu’elles viennent de deux organismes.`,
    more: (count: number) => `Et de même pour ${count === 1 ? 'une autre séance' : `${count} autres séances`}.`,
    forGood: '« Séparer de nouveau » ne rend pas une inscription en double.',
    reason: 'Deux fiches réunies',
    told: 'Vos deux fiches n’en font plus qu’une, et cette inscription y était en double. L’autre reste comme elle est.',
  },
  nl: {
    given: (what: string) =>
      `${what}: beide fiches staan er op de lijst. Er blijft één inschrijving over, de best geplaatste; is er een plaats te veel, dan gaat ze naar wie wacht.`,
    moved: (what: string) =>
      `${what}: beide fiches zijn er ingeschreven. Er blijft één inschrijving over, met alle personen die komen; is er een plaats te veel, dan gaat ze naar wie wacht.`,
    apart: (what: string) =>
      `${what}: de ene fiche heeft er een plaats, de andere wacht voor andere personen. Zij blijven op hun beurt wachten.`,
    left: (what: string) =>
      `${what}: beide inschrijvingen blijven, omdat er al een aanwezigheid genoteerd is of omdat ze van twee organisaties komen.`,
    more: (count: number) => `En net zo voor ${count === 1 ? 'één andere sessie' : `${count} andere sessies`}.`,
    forGood: '“Opnieuw scheiden” geeft een dubbele inschrijving niet terug.',
    reason: 'Twee fiches samengevoegd',
    told: 'Uw twee fiches zijn er nu één, en deze inschrijving stond er dubbel in. De andere blijft zoals ze is.',
  },
  en: {
    given: (what: string) =>
      `${what}: both records are on its list. One registration is kept, the one that stands best; a seat too many is offered to whoever waits.`,
    moved: (what: string) =>
      `${what}: both records are registered. One registration is kept, with everybody who comes; a seat too many is offered to whoever waits.`,
    apart: (what: string) =>
      `${what}: one record has its seat, the other waits for other people. They go on waiting in their turn.`,
    left: (what: string) =>
      `${what}: both registrations stay, because somebody is already marked there or because they come from two organisations.`,
    more: (count: number) => `And the same for ${count === 1 ? 'one other session' : `${count} other sessions`}.`,
    forGood: '“Part again” does not give back a registration held twice.',
    reason: 'Two records made one',
    told: 'Your two records are now one, and this registration was in it twice. The other stays as it is.',
  },
});
