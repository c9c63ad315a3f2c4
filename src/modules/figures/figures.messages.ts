import { defineMessages } from '../../core/i18n.ts';

/** The words of the month's figures that sheets do not have. */
export const figuresMessages = defineMessages({
  fr: {
    service: 'Service',
    byService: 'Par service',
    noService: 'Sans service',
    only: (service: string) => `Ce service seulement : ${service}.`,
    all: 'Voir tous les services',
    visitsFile: 'Passages hors séance, ligne par ligne (CSV)',
    rowsFile: 'Présences, ligne par ligne (CSV)',
  },
  nl: {
    service: 'Dienst',
    byService: 'Per dienst',
    noService: 'Zonder dienst',
    only: (service: string) => `Alleen deze dienst: ${service}.`,
    all: 'Alle diensten bekijken',
    visitsFile: 'Bezoeken buiten een sessie, regel per regel (CSV)',
    rowsFile: 'Aanwezigheden, regel per regel (CSV)',
  },
  en: {
    service: 'Service',
    byService: 'By service',
    noService: 'Without a service',
    only: (service: string) => `This service only: ${service}.`,
    all: 'See all services',
    visitsFile: 'Visits outside a session, row by row (CSV)',
    rowsFile: 'Attendance, row by row (CSV)',
  },
});
