// The communes of a territory and around it: which one a text means, how a form writes it, around which one a search looks.
export { type Around, type Near, nearOf, readAround } from './around.ts';
export { type Commune, type CommuneFound, communeLabel, findCommune } from './communes.store.ts';
export { NearField, WhichCommune } from './which.tsx';
