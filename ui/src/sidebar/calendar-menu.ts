/** What the menus of calendars and groups offer. */
import type { CalendarView } from '../ipc/client';
import { words } from '../words';
import type { MenuItem } from './menu';
import { groupOf, type GroupSection } from './order';
import type { Side } from './side.svelte';

export function calendarMenu(side: Side, calendar: CalendarView): MenuItem[] {
  const { desk } = side;
  const { id, name } = calendar;
  const alone = side.isAlone([id]);
  return [
    {
      label: alone ? words.arrange.showBefore : words.arrange.showOnly,
      onselect: () => side.showOnly([id], name),
    },
    {
      label: words.arrange.moveUp,
      disabled: !side.canStep(id, -1),
      onselect: () => void side.step(id, -1),
    },
    {
      label: words.arrange.moveDown,
      disabled: !side.canStep(id, 1),
      onselect: () => void side.step(id, 1),
    },
    { label: words.arrange.toGroup, items: groupItems(side, calendar) },
    ...pushItems(side, calendar),
    {
      label: words.arrange.stopSync,
      onselect: () => void desk.session.setConnected(id, false),
    },
  ];
}

function groupItems(side: Side, { id, accountId }: CalendarView): MenuItem[] {
  const { groups } = side.sections;
  const own = groupOf(side.sections, id);
  const account = side.desk.session.accounts.find((one) => one.id === accountId);
  const into = (group: number | null): void => {
    if (group !== own) side.place(id, { group, before: null });
  };
  return [
    ...groups.map(({ index, name }) => ({
      label: name,
      checked: index === own,
      onselect: () => into(index),
    })),
    ...(own === null || account === undefined
      ? []
      : [{ label: words.arrange.backTo(account.email), onselect: () => into(null) }]),
    {
      label: words.arrange.newGroupMenu,
      onselect: () => (side.naming = { kind: 'new-group', calendarId: id }),
    },
  ];
}

/** Only where there is a relay to hear from and a provider that tells. */
function pushItems({ desk }: Side, { id, canPush }: CalendarView): MenuItem[] {
  const { session, client } = desk;
  const report = session.push;
  const pushed = report?.calendars.find((one) => one.id === id);
  if (!canPush || report === null || report.relayUrl === null || pushed === undefined) return [];
  const wanted = !pushed.active;
  return [
    {
      label: words.push.atOnce,
      checked: pushed.active,
      isSwitch: true,
      onselect: () =>
        void session.attempt(async () => {
          await client.setPushWanted(id, wanted);
          await session.reload();
        }),
    },
  ];
}

export function groupMenu(side: Side, { index, name, calendars }: GroupSection): MenuItem[] {
  const ids = calendars.map((one) => one.id);
  const last = side.desk.settings.now.groups.length - 1;
  return [
    {
      label: side.isAlone(ids) ? words.arrange.showBefore : words.arrange.showOnlyGroup,
      disabled: ids.length === 0,
      onselect: () => side.showOnly(ids, name),
    },
    {
      label: words.arrange.rename,
      onselect: () => (side.naming = { kind: 'group', index }),
    },
    {
      label: words.arrange.moveUp,
      disabled: index === 0,
      onselect: () => side.stepGroup(index, -1),
    },
    {
      label: words.arrange.moveDown,
      disabled: index === last,
      onselect: () => side.stepGroup(index, 1),
    },
    { label: words.arrange.removeGroup, onselect: () => side.removeGroup(index) },
  ];
}
