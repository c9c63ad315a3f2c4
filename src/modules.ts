import type { Module } from './core/module.ts';

/** What Quai is made of, one line a module, in the order in which their routes are asked. */
export const modules: Module[] = [];
