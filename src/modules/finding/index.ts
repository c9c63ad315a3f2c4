export { fits, type Room, type SlotQuestion, slotStarts } from './finding.rules.ts';
export { type Freedom, type FreedomQuery, freedom } from './finding.store.ts';
