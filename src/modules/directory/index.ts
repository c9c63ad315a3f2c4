import { has } from '../../core/access.ts';
import type { Module } from '../../core/module.ts';
import { directoryMessages } from './directory.messages.ts';
import { directoryRoutes } from './directory.routes.tsx';
import { directorySentences } from './directory.sentences.ts';
import { tellErased } from './forget.ts';

export { personPath } from './way.ts';

/** The people as the team finds them: their record, corrected, made one with another, erased. */
export const directory: Module = {
  name: 'directory',
  routes: directoryRoutes,
  sentences: directorySentences,
  handlers: { 'directory.erased': tellErased },
  // Who administers comes through the door of the administration; the team has no other way in.
  menu: ({ actor, locale }) =>
    has(actor, 'team') && !has(actor, 'administrator') && !actor.deviceId
      ? [{ href: '/gestion/personnes', label: directoryMessages[locale].menu, rank: 85 }]
      : [],
};
