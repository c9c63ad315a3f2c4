export const bookingSentences = { fr: {}, nl: {}, en: {} };
