import type { CommandGroup, CommandId } from '../commands/commands';
import { said, t } from './t';

const titles: Readonly<Record<CommandId, string>> = said(() => ({
  today: t('commands-today'),
  next: t('commands-next'),
  previous: t('commands-previous'),
  'go-to': t('commands-go-to'),
  'view-day': t('commands-view-day'),
  'view-week': t('commands-view-week'),
  'view-month': t('commands-view-month'),
  'view-agenda': t('commands-view-agenda'),
  'view-year': t('commands-view-year'),
  'view-work-week': t('commands-view-work-week'),
  'view-days': t('commands-view-days'),
  'zoom-in': t('commands-zoom-in'),
  'zoom-out': t('commands-zoom-out'),
  zone: t('commands-zone'),
  'next-event': t('commands-next-event'),
  'previous-event': t('commands-previous-event'),
  join: t('commands-join'),
  changes: t('changes-title'),
  search: t('commands-search'),
  filter: t('commands-filter'),
  'clear-filter': t('commands-clear-filter'),
  palette: t('commands-palette'),
  sync: t('commands-sync'),
  sidebar: t('commands-sidebar'),
  settings: t('commands-settings'),
  health: t('commands-health'),
  print: t('commands-print'),
  help: t('commands-help'),
  back: t('commands-back'),
}));

const groups: Readonly<Record<CommandGroup, string>> = said(() => ({
  move: t('commands-group-move'),
  views: t('commands-group-views'),
  events: t('commands-group-events'),
  find: t('commands-group-find'),
  window: t('commands-group-window'),
}));

/** What keys and the palette can do. */
export const commands = {
  title: (command: CommandId): string => titles[command],
  group: (group: CommandGroup): string => groups[group],
};
