import type { Module } from '../../core/module.ts';
import { onErase } from '../privacy/index.ts';
import { fieldRoutes } from './field.routes.tsx';
import { fieldSentences } from './field.sentences.ts';
import { eraseField, forgetUnsettled } from './privacy.ts';

onErase.push(eraseField);

/** The day on the team's phone, which goes on without a network: what was noted is received once each, and settled by people. */
export const field: Module = {
  name: 'field',
  routes: fieldRoutes,
  sentences: fieldSentences,
  schedules: [{ name: 'field-unsettled', everyMinutes: 24 * 60, run: forgetUnsettled }],
};
