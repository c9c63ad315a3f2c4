/** The front door of the board: what is on, read in passing. */
export { board, boardSection } from './board.routes.tsx';
