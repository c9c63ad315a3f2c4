/** The front door of the planning: resources down, time across, and the gestures on it. */
export { planning } from './planning.routes.tsx';
