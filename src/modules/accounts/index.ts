/** The front door of accounts: who people are, how they sign in, what is theirs. */
import type { Module } from '../../core/module.ts';
import { accountRoutes } from './account.routes.tsx';
import { sendSignInCode } from './accounts.jobs.ts';
import { accountSentences } from './accounts.sentences.ts';
import { signInRoutes } from './sign-in.routes.tsx';

export { agentLabel, localPath, type TokenScope, tokenScopes } from './accounts.rules.ts';
export { accountOf, among, confirmPerson, organisationsOf, personByEmail, readProfile } from './accounts.store.ts';
export { belongTo, organisationOf } from './membership.ts';
export { checkRegistration, checkSiret, countries, isSiret } from './organisation.rules.ts';
export { findOrCreateOrganisation, type OrganisationInput } from './organisation.ts';
export { countryOptions } from './organisation.words.ts';
export { own, root } from './own.tsx';
export { checkPin, pinFailuresAtMost } from './pin.ts';
export { insertToken, self } from './profile.ts';
export { type AccountSection, accountSections } from './sections.ts';
export { isHttps, welcome } from './sign-in.routes.tsx';
export { askForCode, closeSession, enter, type SignedIn } from './sign-in.ts';

export const accounts: Module = {
  name: 'accounts',
  routes: (app) => {
    signInRoutes(app);
    accountRoutes(app);
  },
  sentences: accountSentences,
  handlers: { 'accounts.sign_in_code': sendSignInCode },
};
