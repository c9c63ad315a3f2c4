import type { Module } from '../../core/module.ts';
import { newRoutes } from './new.routes.tsx';

export { apartFrom, onlyChanged, readChanges } from './changes.rules.ts';
export type { FormProps } from './fold.tsx';
export { AudienceFields, PriceFields, QuestionFields, TeamFields, WordFields } from './form.folds.tsx';
export { PlaceFields, RoomFields, WhatFields, WhenFields } from './form.parts.tsx';
export { readEdit, readMove, readSent } from './form.read.ts';
export { moveValues, valuesOf } from './form.values.ts';
export { CommonWays, DateList, type DateView, errorsOf, Kept, Verdict, type Way } from './new.pages.tsx';
export { readOptions } from './options.store.ts';
export { commonWays, dateViews } from './preview.ts';
export { labelsOf, programmeMessages } from './programme.messages.ts';
export { takingsOf } from './taken.ts';

/** Preparing a session: the form, what stands in the way date by date, then it is kept. */
export const preparing: Module = { name: 'preparing', routes: newRoutes };
