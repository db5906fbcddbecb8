/**
 * Every sentence that the window shows, by the part of the window that shows it. The text stands
 * in `locales/`; a file here gives the messages of one area their arguments.
 */
import { agenda } from './agenda';
import { arrange } from './arrange';
import { changes } from './changes';
import { colleague } from './colleague';
import { commands } from './commands';
import { common } from './common';
import { details } from './details';
import { answer, event } from './event';
import { failed } from './failed';
import { failure } from './failure';
import { filters } from './filters';
import { goTo } from './go-to';
import { grid } from './grid';
import { health } from './health';
import { keys } from './keys';
import { month } from './month';
import { nav } from './nav';
import { onboarding } from './onboarding';
import { palette } from './palette';
import { push } from './push';
import { related } from './related';
import { reminders } from './reminders';
import { sample } from './sample';
import { savedViews } from './saved-views';
import { series } from './series';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { search } from './search';
import { sidebar } from './sidebar';
import { size } from './size';
import { status } from './status';
import { said } from './t';
import { time } from './time';
import { travel } from './travel';
import { upNext } from './up-next';
import { viewList } from './view-list';
import { views } from './views';
import { visit } from './visit';
import { year } from './year';
import { zones } from './zones';

export const words = said(() => ({
  ...common,
  agenda,
  answer,
  arrange,
  changes,
  colleague,
  commands,
  details,
  event,
  failed,
  failure,
  filters,
  goTo,
  grid,
  health,
  keys,
  month,
  nav,
  onboarding,
  palette,
  push,
  related,
  reminders,
  sample,
  savedViews,
  series,
  settings,
  shortcuts,
  search,
  sidebar,
  size,
  status,
  time,
  travel,
  upNext,
  viewList,
  views,
  visit,
  year,
  zones,
}));
