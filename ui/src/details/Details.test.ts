import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import App from '../App.svelte';
import type { AttendeeView, DetailsView } from '../ipc/client';
import { fakeClient } from '../ipc/fake';
import { MONDAY, NOW } from '../ipc/fake-data';
import { built } from '../shared/testing/built';

const bare: Partial<DetailsView> = {
  ownZone: null,
  places: [],
  reminders: { own: [], fromCalendar: null },
  attachments: [],
  hasAttachments: false,
  organizer: null,
  attendees: [],
  descriptionHtml: null,
};

/** Opens the details of an event of the sample week, which say `details` beside the sample's. */
async function open(details: Partial<DetailsView>, title = 'Sprint planning') {
  const client = fakeClient({ details: { ...bare, ...details } });
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  const button = await screen.findByRole('button', { name: new RegExp(`^${title},`) });
  await built();
  await fireEvent.click(button);
  const panel = await screen.findByTestId('details');
  await within(panel).findByRole('heading', { name: new RegExp(title) });
  const called = (command: string) =>
    client.calls.filter((call) => call.command === command).map((call) => call.args);
  return { panel: within(panel), words: panel.textContent ?? '', called };
}

function person(more: Partial<AttendeeView>): AttendeeView {
  return {
    person: { name: 'Grace Hopper', email: 'grace@contoso.com' },
    response: 'accepted',
    optional: false,
    resource: false,
    organizer: false,
    comment: null,
    additionalGuests: 0,
    answered: null,
    ...more,
  };
}

test.each([
  [{ kind: 'focus_time' }, 'Focus time'],
  [{ kind: 'working_location' }, 'Working location'],
  [{ kind: 'birthday' }, 'Birthday'],
  [{ kind: 'from_gmail' }, 'From Gmail'],
  [{ sensitivity: 'private' }, 'Private'],
  [{ sensitivity: 'personal' }, 'Personal'],
  [{ sensitivity: 'confidential' }, 'Confidential'],
] as const)('%o is said as “%s”', async (details, word) => {
  const { panel } = await open(details);
  expect(panel.getByText(word)).toBeTruthy();
});

test('out of office is said once, though kind and availability both say it', async () => {
  const { panel } = await open({ kind: 'out_of_office' }, 'Conference, Lisbon');
  expect(panel.getAllByText('Out of office')).toHaveLength(1);
  expect(panel.getByText('Thursday 19 November – Friday 20 November · all day')).toBeTruthy();
});

test('places stand with their address, and those with a link open by index', async () => {
  const { panel, called } = await open({
    places: [
      { name: 'Room 4A', address: 'Main St 1', email: 'room@contoso.com', host: null },
      { name: 'Café Nord', address: null, email: null, host: 'maps.example.com' },
    ],
  });
  expect(panel.getByText('Main St 1')).toBeTruthy();
  expect(panel.getByText('room@contoso.com')).toBeTruthy();
  expect(panel.queryByRole('button', { name: /Room 4A/ })).toBeNull();
  await fireEvent.click(panel.getByRole('button', { name: 'Open Café Nord on maps.example.com' }));
  expect(called('openPlace').map((args) => args[1])).toEqual([1]);
});

test('reminders are said in words, the calendar’s apart from its own', async () => {
  const { panel } = await open({
    reminders: {
      own: [
        { method: 'popup', minutes: 15 },
        { method: 'email', minutes: 1440 },
      ],
      fromCalendar: [{ method: 'popup', minutes: 10 }],
    },
  });
  expect(panel.getByText('15 minutes before, by mail 1 day before')).toBeTruthy();
  expect(panel.getByText('Calendar’s default: 10 minutes before')).toBeTruthy();
});

test('a default that is empty says so, and no reminders say nothing', async () => {
  const { panel } = await open({ reminders: { own: [], fromCalendar: [] } });
  expect(panel.getByText('Calendar’s default: none')).toBeTruthy();
});

test('an event without reminders has no row for them', async () => {
  const { panel } = await open({});
  expect(panel.queryByText('Reminders')).toBeNull();
});

test('attachments have name and size; with a link they open, the others through the page', async () => {
  const { panel, called } = await open({
    hasAttachments: true,
    attachments: [
      { name: 'Mail.eml', mediaType: null, size: null, host: null },
      { name: 'Plan.pdf', mediaType: 'application/pdf', size: 24_700, host: 'drive.example.com' },
    ],
  });
  expect(panel.getByText('24 KB')).toBeTruthy();
  expect(panel.queryByRole('button', { name: 'Open Mail.eml' })).toBeNull();
  await fireEvent.click(panel.getByRole('button', { name: 'Open Plan.pdf' }));
  expect(called('openAttachment').map((args) => args[1])).toEqual([1]);
  await fireEvent.click(panel.getByRole('button', { name: 'See it on the event’s page' }));
  expect(called('openEventPage')).toHaveLength(1);
});

test('attachments that nobody listed are announced', async () => {
  const { panel } = await open({ hasAttachments: true });
  expect(panel.getByText('Something is attached to this event.')).toBeTruthy();
  expect(panel.getByRole('button', { name: 'See it on the event’s page' })).toBeTruthy();
});

test('answers come with comment, guests and when they were given', async () => {
  const { panel, words } = await open({
    attendees: [
      person({
        comment: 'With two from the lab.',
        additionalGuests: 2,
        answered: { day: MONDAY + 1, minute: 552 },
      }),
    ],
  });
  expect(panel.getByText('“With two from the lab.”')).toBeTruthy();
  expect(words).toContain('1 accepted · +2 guests');
  expect(panel.getByTitle('Answered Tuesday, 17 November 2026, 9:12').textContent).toContain(
    'accepted, Answered Tuesday, 17 November 2026, 9:12',
  );
});

test('the organizer is named where the list of people does not', async () => {
  const { panel } = await open({ organizer: { name: 'Katherine Johnson', email: 'k@x.example' } });
  expect(panel.getByText('Organizer').nextElementSibling?.textContent).toBe('Katherine Johnson');
});

test('one’s own account is no organizer worth naming', async () => {
  const { panel } = await open({ organizer: { name: 'Ada', email: 'ADA@contoso.com' } });
  expect(panel.queryByText('Organizer')).toBeNull();
});

test.each([
  [
    { ownZone: { name: 'Pacific/Auckland', start: '23:30', daysLater: 1 } },
    '23:30 the day after in Pacific/Auckland',
  ],
  [
    { ownZone: { name: 'America/New_York', start: '22:30', daysLater: -1 } },
    '22:30 the day before in America/New York',
  ],
  [{ ownEnd: { name: 'Asia/Kolkata', end: '17:00', daysLater: 0 } }, 'Ends 17:00 in Asia/Kolkata'],
  [
    { ownZone: { name: 'Mars/Olympus', start: null, daysLater: 0 } },
    'Its zone “Mars/Olympus” is unknown; times are shown as if in UTC.',
  ],
  [
    { ownZone: { name: '', start: null, daysLater: 0 } },
    'Its zone is not named; times are shown as if in UTC.',
  ],
])('%o is said as “%s”', async (details, sentence) => {
  const { panel } = await open(details);
  expect(panel.getByText(sentence)).toBeTruthy();
});

test('a comment without end is cut, and shown whole on demand', async () => {
  const comment = 'word '.repeat(200).trim();
  const { panel } = await open({ attendees: [person({ comment })] });
  const all = panel.getByRole('button', { name: 'Show all' });
  expect(all.getAttribute('aria-expanded')).toBe('false');
  await fireEvent.click(all);
  expect(panel.getByRole('button', { name: 'Show less' })).toBeTruthy();
});

test('other links show by the name of their service, also one that the user named', async () => {
  const { panel, called } = await open({
    join: [
      { service: 'Microsoft Teams', host: 'teams.microsoft.com' },
      { service: 'Campus rooms', host: 'rooms.example.edu' },
    ],
  });
  const others = within(panel.getByRole('list', { name: 'Other links in this event' }));
  expect(others.getByText('rooms.example.edu')).toBeTruthy();
  await fireEvent.click(others.getByRole('button', { name: 'Join with Campus rooms' }));
  expect(called('join')[0]?.[1]).toBe(1);
});
