// The communes of a territory and around it: which one a text means, and how a form writes it.
export { type Commune, type CommuneFound, communeLabel, findCommune } from './communes.store.ts';
