import type { Module } from '../../core/module.ts';
import { accountSections } from '../accounts/index.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { grantRoutes } from './grant.routes.tsx';
import { accountSection, eraseHook, personalDataPart } from './hooks.tsx';
import { relaysMessages } from './relays.messages.ts';
import { relayRoutes } from './relays.routes.tsx';
import { relaysSentences } from './relays.sentences.ts';

accountSections.push(accountSection);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** Somebody of a town hall who makes appointments and registers for the residents of one commune, and sees no other. */
export const relays: Module = {
  name: 'relays',
  routes: (app) => {
    relayRoutes(app);
    grantRoutes(app);
  },
  sentences: relaysSentences,
  menu: (ctx) => (ctx.actor.relay ? [{ href: '/relais', label: relaysMessages[ctx.locale].menu, rank: 70 }] : []),
};
