import type { Module } from './core/module.ts';
import { accounts } from './modules/accounts/index.ts';
import { board } from './modules/board/index.ts';
import { finding } from './modules/finding/index.ts';

/** What Quai is made of, one line a module, in the order in which their routes are asked. */
export const modules: Module[] = [finding, board, accounts];
