import type { Module } from '../../core/module.ts';
import { codeRoutes } from './code.routes.ts';
import { enrolmentApi } from './enrolment.api.ts';
import { formRoutes } from './form.routes.tsx';

export { enrolmentMessages } from './enrolment.messages.ts';
export { rowSchema } from './form.input.ts';
export { LineMark, StateTag } from './parts.tsx';
export { PersonRow } from './who.pages.tsx';

/** Registering as a person does it: the form, the code of the mail, REST. */
export const enrolment: Module = {
  name: 'enrolment',
  routes: (app) => {
    formRoutes(app);
    codeRoutes(app);
  },
  api: enrolmentApi,
};
