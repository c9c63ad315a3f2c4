/** The front door of visitors: who asks without an account says who they are, and confirms it by a mail's code or link. */
export { DemoMail } from './code.pages.tsx';
export { confirmingRoutes } from './code.routes.tsx';
export { type Confirming, leftOf, type ToConfirm } from './confirming.ts';
export { VisitorFields, visitorLabels } from './visitor.fields.tsx';
export { askerOf, isNameless, keepName, ownShape, visitorShape } from './visitor.input.ts';
