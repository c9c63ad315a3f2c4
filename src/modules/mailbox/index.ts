/** The front door of the mailbox: the mails of a demonstration, read instead of being sent. Not there in production. */
import type { Module } from '../../core/module.ts';
import { mailboxRoutes } from './mailbox.routes.tsx';

export const mailbox: Module = { name: 'mailbox', routes: mailboxRoutes };
