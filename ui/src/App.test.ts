import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import App from './App.svelte';
import type { FakeOptions } from './ipc/fake';
import { fakeClient } from './ipc/fake';
import { NOW, pushing, sampleAccounts, sampleOccurrences } from './ipc/fake-data';
import { built } from './shared/testing/built';
import { askFirst } from './state/first';
import { speak, t } from './words/t';

function show(options: FakeOptions = {}) {
  const client = fakeClient(options);
  render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
  const called = (command: string) => client.calls.filter((call) => call.command === command);
  return { client, called };
}

const event = (name: RegExp) => screen.findByRole('button', { name });
const shown = () => screen.queryAllByTestId('event');

async function showWeek(options: FakeOptions = {}) {
  const app = show(options);
  await screen.findAllByTestId('event');
  await built();
  return app;
}

describe('the week', () => {
  test('shows both accounts in one grid, and tells once that it is painted', async () => {
    const { called } = await showWeek();
    expect(screen.getByRole('grid', { name: /November 2026/ })).toBeTruthy();
    await event(
      /^Sprint planning, Friday 20 November, 11:30 to 12:30, Platform team, accepted, high importance, Client A$/,
    );
    await event(/^Football, .* Family/);
    await waitFor(() => expect(called('painted')).toHaveLength(1));
    await fireEvent.click(screen.getByTestId('next'));
    await fireEvent.click(screen.getByTestId('today'));
    expect(called('painted')).toHaveLength(1);
  });

  test('has one tab stop in the grid', async () => {
    await showWeek();
    const grid = screen.getByRole('grid');
    expect(grid.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    const buttons = Array.from(grid.querySelectorAll('button'));
    expect(buttons.filter((button) => button.tabIndex !== -1)).toHaveLength(1);
  });

  test('Join on a chip opens the best link, without opening details', async () => {
    const { called } = await showWeek();
    const join = within(screen.getByRole('grid')).getByRole('button', {
      name: 'Join Sprint planning',
    });
    await fireEvent.click(join);
    const planning = sampleOccurrences().find((one) => one.title === 'Sprint planning');
    expect(called('join').map((call) => call.args)).toEqual([[planning?.id, 0]]);
    expect(screen.queryByTestId('details')).toBeNull();
  });

  test('offers Join neither on what is over nor on what was declined or called off', async () => {
    await showWeek();
    const joins = within(screen.getByRole('grid')).getAllByTestId('join');
    const titles = joins.map((join) => join.getAttribute('aria-label'));
    expect(titles).toContain('Join Design review');
    for (const title of ['Stand-up', 'Demo day', 'Old roadmap review']) {
      expect(titles).not.toContain(`Join ${title}`);
    }
  });

  test('a failed read is said in words, with a way to try again', async () => {
    const { client } = show({
      failing: { range: { code: 'disk', message: 'The disk cannot be read.' } },
    });
    await screen.findByText('The disk cannot be read.');
    client.fail('range', null);
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findAllByTestId('event');
    expect(screen.queryByText('The disk cannot be read.')).toBeNull();
  });
});

describe('details', () => {
  test('open on a click, with Join first, and close with Escape', async () => {
    const { called } = await showWeek();
    await fireEvent.click(await event(/^Sprint planning,/));
    const details = await screen.findByTestId('details');
    await within(details).findByText('227 921 734 315 · Passcode Wi6P69');
    const actions = within(details)
      .getAllByRole('button')
      .map((button) => button.textContent?.trim());
    expect(actions.indexOf('Join Teams meeting')).toBeLessThan(actions.indexOf('Copy link'));
    expect(within(details).getByText('Every 2 weeks on Friday')).toBeTruthy();
    expect(within(details).getByText('10:30 in Europe/London')).toBeTruthy();
    expect(within(details).getByText('High importance')).toBeTruthy();
    await fireEvent.click(within(details).getByTestId('details-join'));
    expect(called('join')).toHaveLength(1);
    await fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.queryByTestId('details')).toBeNull();
  });

  test('name the people with their answers', async () => {
    await showWeek();
    await fireEvent.click(await event(/^Sprint planning,/));
    const people = await screen.findByRole('region', { name: 'People' });
    expect(within(people).getAllByRole('listitem')[2]?.textContent).toMatch(
      /Margaret H\.\s*optional\s*tentative/,
    );
    expect(people.textContent).toContain('2 accepted · 1 tentative · 1 declined · 1 not answered');
  });

  test('open the page of the event at its provider', async () => {
    const { called } = await showWeek();
    await fireEvent.click(await event(/^Dentist,/));
    await fireEvent.click(await screen.findByRole('button', { name: 'Open in Google Calendar' }));
    expect(called('openEventPage')).toHaveLength(1);
  });

  test('an event that is gone says so', async () => {
    await showWeek({ failing: { details: { code: 'not_found', message: 'This event is gone.' } } });
    await fireEvent.click(await event(/^Dentist,/));
    await screen.findByText('This event is gone.');
  });
});

describe('filters', () => {
  test('High leaves exactly the high ones, and Clear brings the rest back', async () => {
    await showWeek();
    const all = shown().length;
    await fireEvent.click(screen.getByTestId('filter-high'));
    await waitFor(() => expect(shown()).toHaveLength(3));
    expect(shown().every((one) => one.dataset.importance === 'high')).toBe(true);
    expect(screen.getByTestId('filter-high').getAttribute('aria-pressed')).toBe('true');
    expect(await screen.findByText('28 hidden by filters')).toBeTruthy();
    await fireEvent.click(screen.getByTestId('filters-clear'));
    await waitFor(() => expect(shown()).toHaveLength(all));
  });

  test('Teams only and a category combine', async () => {
    await showWeek();
    await fireEvent.click(screen.getByTestId('filter-teams'));
    await fireEvent.click(await screen.findByRole('button', { name: 'Client A 3' }));
    await waitFor(() =>
      expect(shown().map((one) => one.dataset.title)).toEqual([
        'Client A weekly',
        'Sprint planning',
      ]),
    );
    expect(shown().every((one) => one.dataset.teams === 'true')).toBe(true);
  });
});

describe('the sidebar', () => {
  test('a calendar is switched off and its events go', async () => {
    const { called } = await showWeek();
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Family' }));
    await waitFor(() =>
      expect(shown().some((one) => one.dataset.title === 'Football')).toBe(false),
    );
    expect(called('setCalendarsVisible')[0]?.args).toEqual([[], ['go/Family']]);
  });

  test('a problem stands in words beside its account, with one action', async () => {
    const accounts = sampleAccounts().map((account, index) =>
      index === 1
        ? {
            ...account,
            state: 'needs_sign_in' as const,
            problem: 'Google wants you to sign in again.',
          }
        : account,
    );
    const { called } = await showWeek({ accounts });
    const account = screen.getByRole('region', { name: 'ada.l@gmail.com' });
    expect(within(account).getByText('Google wants you to sign in again.')).toBeTruthy();
    expect(screen.getByTestId('status').dataset.state).toBe('needs_sign_in');
    await fireEvent.click(within(account).getByRole('button', { name: 'Sign in again' }));
    await waitFor(() => expect(called('signInAgain')[0]?.args).toEqual(['go']));
  });

  test.each([
    ['sign_in', 'Sign in again'],
    ['ask_admin', 'Copy the link for your administrator'],
    ['choose_account', 'Use another account'],
    ['check_registration', 'Check the registration'],
    ['try_again', 'Sync now'],
    ['wait', null],
    ['nothing', null],
  ] as const)('what helps against a problem is one button: %s', async (remedy, label) => {
    const accounts = sampleAccounts().map((account) => ({
      ...account,
      state: 'failing' as const,
      problem: 'Something is wrong.',
      remedy: account.id === 'ms' ? remedy : ('wait' as const),
    }));
    await showWeek({ accounts });
    const account = screen.getByRole('region', { name: 'ada@contoso.com' });
    const told = within(account).getByText('Something is wrong.').parentElement;
    const buttons = told?.querySelectorAll('button') ?? [];
    expect([...buttons].map((button) => button.textContent.trim())).toEqual(
      label === null ? [] : [label],
    );
  });

  test('a national cloud is named beside its account and chosen behind one more click', async () => {
    const accounts = sampleAccounts().map((account) =>
      account.id === 'ms' ? { ...account, cloud: 'us-gov-high' as const } : account,
    );
    const { called } = await showWeek({ accounts });
    const account = screen.getByRole('region', { name: 'ada@contoso.com' });
    within(account).getByText('GCC High');
    await fireEvent.click(screen.getByTestId('add-account'));
    const more = screen.getByRole('button', { name: 'Government or China cloud' });
    expect(more.getAttribute('aria-expanded')).toBe('false');
    await fireEvent.click(more);
    expect(more.getAttribute('aria-expanded')).toBe('true');
    await fireEvent.click(screen.getByTestId('signin-us-gov-high'));
    // It has no registration here: the form asks for one, by name.
    screen.getByText('Microsoft 365 GCC High needs a client ID first');
    expect(called('startSignIn')).toHaveLength(0);
  });

  test('a colleague’s calendar comes once the permission for it was given', async () => {
    const { client, called } = await showWeek();
    client.fail('addSharedMailbox', { code: 'needs_consent', message: 'Permission first.' });
    await fireEvent.click(screen.getByRole('button', { name: 'Options for ada@contoso.com' }));
    await fireEvent.click(
      await screen.findByRole('menuitem', { name: 'Add a colleague’s calendar…' }),
    );
    const address = await screen.findByLabelText('Their address');
    await fireEvent.input(address, { target: { value: ' carol@contoso.com ' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Add calendar' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
    await screen.findByText('Finish signing in with your browser');
    expect(called('signInAgain')[0]?.args).toEqual(['ms']);
    client.fail('addSharedMailbox', null);
    client.tell('signInFinished', {
      attempt: 'attempt-1',
      accountId: 'ms',
      error: null,
      adminConsentLink: null,
    });
    await screen.findByText('Shared by carol@contoso.com');
    expect(called('addSharedMailbox').map((call) => call.args)).toEqual([
      ['ms', 'carol@contoso.com'],
      ['ms', 'carol@contoso.com'],
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('a calendar that is not shared is said where it was asked for', async () => {
    const { client } = await showWeek();
    client.fail('addSharedMailbox', { code: 'not_found', message: 'It is not shared with you.' });
    await fireEvent.click(screen.getByRole('button', { name: 'Options for ada@contoso.com' }));
    await fireEvent.click(
      await screen.findByRole('menuitem', { name: 'Add a colleague’s calendar…' }),
    );
    const address = await screen.findByLabelText('Their address');
    await fireEvent.input(address, { target: { value: 'bob@contoso.com' } });
    await fireEvent.click(screen.getByRole('button', { name: 'Add calendar' }));
    await screen.findByText('It is not shared with you.');
  });

  test('where changes arrive at once it shows, and how each calendar’s do is one step away', async () => {
    const push = pushing(sampleAccounts());
    await showWeek({ push });
    const account = screen.getByRole('region', { name: 'ada@contoso.com' });
    expect(
      await within(account).findAllByRole('img', { name: 'Changes arrive at once' }),
    ).toHaveLength(2);
    await fireEvent.click(screen.getByRole('button', { name: 'Options for ada@contoso.com' }));
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'How changes arrive…' }));
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText('Connected to relay.example.org.');
    within(dialog).getByText('Its provider does not tell of changes; asked every 5 minutes');
    expect(within(dialog).getAllByText('Last told 2 min ago, here 1 second later')).toHaveLength(2);
    expect(within(dialog).queryByText('Family')).toBeNull();
  });

  test('without a relay nothing says that there could be one until somebody asks', async () => {
    await showWeek();
    expect(screen.queryByRole('img', { name: 'Changes arrive at once' })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Options for ada@contoso.com' }));
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'How changes arrive…' }));
    const dialog = await screen.findByRole('dialog');
    within(dialog).getByText(/No relay is set, so calendars are asked every 5 minutes/);
  });

  test('an account is removed only after a question', async () => {
    const { called } = await showWeek();
    await fireEvent.click(screen.getByRole('button', { name: 'Options for ada@contoso.com' }));
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Remove account…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove ada@contoso.com?' });
    expect(called('removeAccount')).toHaveLength(0);
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Remove account' }));
    await waitFor(() => expect(screen.getAllByTestId('account')).toHaveLength(1));
    expect(called('removeAccount')[0]?.args).toEqual(['ms']);
  });

  test('shows how far a first sync is', async () => {
    const { client } = await showWeek();
    client.tell('syncProgress', {
      accountId: 'ms',
      calendarId: 'ms/Platform team',
      stored: 120,
      finished: false,
    });
    await screen.findByText('Syncing Platform team: 120 events');
  });
});

describe('the status line', () => {
  test.each([
    ['ready', 'Up to date · 2 min ago'],
    ['offline', 'Offline, showing what was synced 2 min ago'],
    ['syncing', 'Syncing…'],
    ['failing', 'ada@contoso.com could not be synced'],
  ] as const)('%s is said as "%s"', async (state, words) => {
    await showWeek({ accounts: sampleAccounts().map((account) => ({ ...account, state })) });
    const status = screen.getByTestId('status');
    expect(status.dataset.state).toBe(state);
    expect(status.textContent?.trim()).toBe(words);
  });
});

describe('keys', () => {
  const press = (key: string, more = {}) =>
    fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

  test('T, J and K move by weeks, and Mod+R syncs', async () => {
    const { called } = await showWeek();
    await press('j');
    await screen.findByRole('heading', { name: /23\D+29 November 2026/ });
    await press('k');
    await press('k');
    await screen.findByRole('heading', { name: /9\D+15 November 2026/ });
    await press('t');
    await screen.findByRole('heading', { name: /16\D+22 November 2026/ });
    await press('r', { ctrlKey: true });
    expect(called('syncNow').map((call) => call.args)).toEqual([[null]]);
  });

  test('Mod+J joins the meeting that is on', async () => {
    const { called } = await showWeek();
    await press('j', { ctrlKey: true });
    const review = sampleOccurrences().find((one) => one.title === 'Design review');
    expect(called('join').map((call) => call.args)).toEqual([[review?.id, 0]]);
  });

  test('the grid is walked with the arrows: into a day, along its events, and back', async () => {
    await showWeek();
    const friday = screen.getByRole('button', { name: 'Friday 20 November, 7 events' });
    friday.focus();
    await press('Enter');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Stand-up, Friday/);
    await press('ArrowDown');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Design review/);
    await press('ArrowRight');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Join Design review');
    await press('ArrowLeft');
    await press('Escape');
    expect(document.activeElement).toBe(friday);
    await press('ArrowLeft');
    await waitFor(() =>
      expect(document.activeElement?.getAttribute('aria-label')).toMatch(/^Thursday 19/),
    );
  });

  test('N and B walk the events of the week, and take open details along', async () => {
    await showWeek();
    await fireEvent.click(await event(/^Design review,/));
    await screen.findByRole('dialog', { name: /^Design review/ });
    await press('n');
    await screen.findByRole('dialog', { name: /^Sprint planning/ });
    await press('b');
    await screen.findByRole('dialog', { name: /^Design review/ });
  });

  test('Mod+J says so when there is nothing to join', async () => {
    const occurrences = sampleOccurrences().filter((one) => one.title === 'Football');
    const { called } = await showWeek({ occurrences });
    await press('j', { ctrlKey: true });
    await screen.findByText('The next meeting has no link to join.');
    expect(called('join')).toHaveLength(0);
    await press('Escape');
    expect(screen.queryByText('The next meeting has no link to join.')).toBeNull();
  });

  test('Mod+J asks which when two meetings compete', async () => {
    const [one] = sampleOccurrences().filter((other) => other.title === 'Design review');
    if (one === undefined) throw new Error('the sample has a design review');
    const occurrences = [one, { ...one, id: 'other', title: 'Incident call' }];
    const { called } = await showWeek({ occurrences });
    await press('j', { ctrlKey: true });
    expect(called('join')).toHaveLength(0);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Join Design review');
    const both = screen.getByRole('region', { name: 'Now and next' });
    expect(within(both).getAllByTestId('join-next')).toHaveLength(2);
  });

  test('a link that is refused is said in words', async () => {
    await showWeek({
      failing: { join: { code: 'link_refused', message: 'That link leads to an unknown host.' } },
    });
    await press('j', { ctrlKey: true });
    const notice = await screen.findByRole('alert');
    expect(within(notice).getByText('That link leads to an unknown host.')).toBeTruthy();
    expect(within(notice).queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  test('? shows the list of keys', async () => {
    await showWeek();
    await press('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  });
});

describe('the first run', () => {
  const [microsoft] = sampleAccounts();

  test('goes from sign-in over the calendars to the week', async () => {
    const { called } = show({ accounts: [], ...(microsoft && { signsInAs: microsoft }) });
    await fireEvent.click(await screen.findByTestId('signin-microsoft'));
    await screen.findByTestId('choose-calendars');
    const choices = await screen.findAllByTestId('calendar-choice');
    expect(choices).toHaveLength(3);
    await fireEvent.click(within(choices[2] as HTMLElement).getByRole('checkbox'));
    expect(called('setCalendarConnected')[0]?.args).toEqual(['ms/Grace Hopper', false]);
    await fireEvent.click(screen.getByTestId('first-run-done'));
    await fireEvent.click(await screen.findByTestId('your-week-done'));
    await screen.findAllByTestId('event');
  });

  test('waits for the browser, and Cancel gives up', async () => {
    const { called } = show({ accounts: [] });
    await fireEvent.click(await screen.findByTestId('signin-google'));
    await screen.findByText('Finish signing in with your browser');
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(called('cancelSignIn')).toHaveLength(1);
    await screen.findByTestId('signin-google');
  });

  test('a refused sign-in is said in words and can be tried again', async () => {
    const { client, called } = show({ accounts: [] });
    await fireEvent.click(await screen.findByTestId('signin-google'));
    await screen.findByText('Finish signing in with your browser');
    const error = {
      code: 'sign_in_denied',
      remedy: 'try_again',
      message: 'Google says that you declined.',
      retryAfterMs: null,
    } as const;
    client.tell('signInFinished', {
      attempt: 'attempt-1',
      accountId: null,
      error,
      adminConsentLink: null,
    });
    await screen.findByText('Google says that you declined.');
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(called('startSignIn')).toHaveLength(2));
  });

  test('without a client ID it says how to get one, and asks for it', async () => {
    const { called } = show({ accounts: [], configured: false });
    await fireEvent.click(await screen.findByTestId('signin-google'));
    expect(screen.getByText(/docs\/setup-google\.md/)).toBeTruthy();
    await fireEvent.input(screen.getByLabelText('Client ID'), { target: { value: ' my-id ' } });
    const save = screen.getByRole('button', { name: 'Save and sign in' }) as HTMLButtonElement;
    expect(save.disabled).toBe(true);
    await fireEvent.input(screen.getByLabelText('Client secret'), {
      target: { value: 'my-secret' },
    });
    await fireEvent.click(save);
    await waitFor(() =>
      expect(called('setClient')[0]?.args).toEqual(['google', 'global', 'my-id', 'my-secret']),
    );
    await screen.findByText('Finish signing in with your browser');
  });

  test('looks around in sample data, and leaves it again', async () => {
    show({ accounts: [] });
    await fireEvent.click(await screen.findByTestId('look-around'));
    await screen.findAllByTestId('event');
    await fireEvent.click(screen.getByRole('button', { name: 'Use my own accounts' }));
    await screen.findByTestId('first-run');
  });

  test('a locked keyring is explained, and nobody is sent to the browser', async () => {
    const options: FakeOptions = { accounts: [], keyringProblem: 'The keyring is locked.' };
    show(options);
    await screen.findByText('The keyring is locked.');
    const google = screen.getByTestId('signin-google') as HTMLButtonElement;
    expect(google.disabled).toBe(true);
    options.keyringProblem = null;
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(google.disabled).toBe(false));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('what is on now', () => {
  /** The window over a client whose second answer about days is held back. */
  function held(options: FakeOptions) {
    const client = fakeClient(options);
    let release = (): void => {};
    const second = new Promise<void>((resolve) => (release = resolve));
    const range = client.range.bind(client);
    const asked = vi.spyOn(client, 'range').mockImplementation(async (query) => {
      if (asked.mock.calls.length > 1) await second;
      return range(query);
    });
    render(App, { props: { client, now: () => NOW, locale: 'en-GB' } });
    return { asked, release };
  }

  test('is in the first picture with nothing but the days asked for', async () => {
    const { release } = held({});
    await screen.findByTestId('screen');
    expect(screen.queryByTestId('now-bar')).not.toBeNull();
    release();
  });

  test('is waited for where the days do not tell: it would move them', async () => {
    const { asked, release } = held({ preferences: { filter: 'title:football' } });
    await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
    expect(screen.queryByTestId('screen')).toBeNull();
    release();
    await screen.findByTestId('screen');
    expect(screen.queryByTestId('now-bar')).not.toBeNull();
  });
});

test('a failed start is said in the language that is chosen after it failed', async () => {
  const failing = { bootstrap: { code: 'database_newer', message: 'Made by a newer Dayline.' } };
  const client = fakeClient({ failing } as FakeOptions);
  const first = askFirst(client);
  await expect(first).rejects.toThrow('Made by a newer Dayline.');
  await speak('de');
  try {
    render(App, { props: { client, first, now: () => NOW, locale: 'de-DE' } });
    await screen.findByText(t('failure-database-newer'));
  } finally {
    await speak('en');
  }
});
