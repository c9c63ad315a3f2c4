import type { Module } from '../../core/module.ts';
import { accountSections } from '../accounts/index.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { accountSection, eraseHook, personalDataPart } from './hooks.tsx';
import { forgetOver, look } from './look.ts';
import { handlers } from './waiting.mails.ts';
import { waitingRoutes } from './waiting.routes.tsx';
import { waitingSentences } from './waiting.sentences.ts';

export { waitingOffer } from './offer.tsx';

accountSections.push(accountSection);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** The waiting step: who found nothing is told by mail, once, when what they searched becomes free. */
export const waiting: Module = {
  name: 'waiting',
  routes: waitingRoutes,
  sentences: waitingSentences,
  handlers,
  schedules: [
    { name: 'waiting-look', everyMinutes: 5, run: async (ctx) => void (await look(ctx)) },
    { name: 'waiting-over', everyMinutes: 24 * 60, run: forgetOver },
  ],
};
