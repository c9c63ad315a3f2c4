import type { Module } from '../../core/module.ts';
import { accountSections } from '../accounts/index.ts';
import { ledSection } from './led.tsx';
import { ownRoutes } from './own.routes.tsx';
import { rollRoutes } from './roll.routes.tsx';

export { aboutSession } from './hooks.ts';
export { SignaturePad, Strokes } from './pad.tsx';
export { enterRoll } from './roll.routes.tsx';

accountSections.push(ledSection);

/** The list of a session on the team's phone, signatures, the poster on the door, and those who say themselves that they are there. */
export const roll: Module = {
  name: 'roll',
  routes: (app) => {
    ownRoutes(app);
    rollRoutes(app);
  },
};
