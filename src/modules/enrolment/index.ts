import type { Module } from '../../core/module.ts';
import { mineSections, scanners } from '../mybookings/index.ts';
import { onErase, personalData } from '../privacy/index.ts';
import { codeRoutes } from './code.routes.tsx';
import { enrolmentApi } from './enrolment.api.ts';
import { formRoutes } from './form.routes.tsx';
import { eraseHook, mineSection, personalDataPart, scanned } from './hooks.tsx';
import { mineRoutes } from './mine.routes.tsx';

mineSections.push(mineSection);
scanners.push(scanned);
personalData.push(personalDataPart);
onErase.push(eraseHook);

/** Registering as a person sees it: the form, the code, their registration and what they do with it; REST. */
export const enrolment: Module = {
  name: 'enrolment',
  routes: (app) => {
    formRoutes(app);
    codeRoutes(app);
    mineRoutes(app);
  },
  api: enrolmentApi,
};
