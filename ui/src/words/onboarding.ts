import type { CloudView, ProviderKind } from '../ipc/client';
import { providers } from './common';
import { said, t } from './t';

const clouds: Readonly<Record<CloudView, string>> = said(() => ({
  global: t('onboarding-cloud-global'),
  'us-gov-high': t('onboarding-cloud-gcc-high'),
  'us-gov-dod': t('onboarding-cloud-dod'),
  china: t('onboarding-cloud-china'),
}));

/** Whose sign-in it is, as people call it. */
const issuer = (provider: ProviderKind, cloud: CloudView): string =>
  cloud === 'global' ? providers[provider] : clouds[cloud];

export const onboarding = said(() => ({
  title: t('onboarding-title'),
  lead: t('onboarding-lead'),
  addTitle: t('onboarding-add-title'),
  addLead: t('onboarding-add-lead'),
  steps: [t('onboarding-step-account'), t('onboarding-step-calendars'), t('onboarding-step-week')],
  stepsLabel: t('onboarding-steps-label'),
  goOn: t('onboarding-go-on'),
  weekTitle: t('onboarding-week-title'),
  weekLead: t('onboarding-week-lead'),
  workDays: t('onboarding-work-days'),
  workHours: t('onboarding-work-hours'),
  microsoft: t('onboarding-microsoft'),
  google: t('onboarding-google'),
  continueWith: (provider: ProviderKind): string =>
    t('onboarding-continue-with', { provider: providers[provider] }),
  look: t('onboarding-look'),
  lookHint: t('onboarding-look-hint'),
  waitingTitle: t('onboarding-waiting-title'),
  waitingBody: (provider: ProviderKind): string =>
    t('onboarding-waiting-body', { provider: providers[provider] }),
  adminQuestion: t('onboarding-admin-question'),
  adminCopy: t('onboarding-admin-copy'),
  national: t('onboarding-national'),
  cloud: (cloud: CloudView): string => clouds[cloud],
  failedTitle: t('onboarding-failed-title'),
  setupTitle: (provider: ProviderKind, cloud: CloudView): string =>
    t('onboarding-setup-title', { issuer: issuer(provider, cloud) }),
  setupBody: (provider: ProviderKind, cloud: CloudView): string =>
    cloud === 'global'
      ? t('onboarding-setup-body', { provider: providers[provider] })
      : t('onboarding-setup-body-cloud'),
  setupDocs: (provider: ProviderKind): string =>
    t('onboarding-setup-docs', { file: `docs/setup-${provider}.md` }),
  clientId: t('onboarding-client-id'),
  clientSecret: t('onboarding-client-secret'),
  save: t('onboarding-save'),
  chooseTitle: t('onboarding-choose-title'),
  chooseLead: t('onboarding-choose-lead'),
  addAnother: t('onboarding-add-another'),
  finish: t('onboarding-finish'),
  noCalendars: t('onboarding-no-calendars'),
  readOnly: t('onboarding-read-only'),
  keyring: t('onboarding-keyring'),
}));
