import type { Module } from '../../core/module.ts';
import { onErase } from '../privacy/index.ts';
import { deviceRoutes, invitationRoutes } from './device.routes.tsx';
import { withdrawAll } from './roles.ts';
import { sendInvitation } from './team.jobs.ts';
import { teamRoutes } from './team.routes.tsx';
import { teamSentences } from './team.sentences.ts';

export { findDevice } from './devices.ts';
export { grantRole } from './roles.ts';

onErase.push({ name: 'team', erase: withdrawAll });

export const team: Module = {
  name: 'team',
  routes: (app) => {
    teamRoutes(app);
    deviceRoutes(app);
    invitationRoutes(app);
  },
  sentences: teamSentences,
  handlers: { 'team.invitation': sendInvitation },
};
