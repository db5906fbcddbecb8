/** What the fake tells beside the days shown: the ledger, search, threads, health. */
import { fold } from '../filters/terms';
import { CLOCK, MONDAY } from './fake-data';
import type {
  AccountView,
  ChangesView,
  ChangeView,
  HealthReport,
  OccurrenceView,
  SearchItem,
  SearchResults,
  ThreadReport,
  WhenView,
} from './client';

const whenOf = ({ day, days, startMinute, endMinute, allDay }: OccurrenceView): WhenView => ({
  day,
  days,
  startMinute,
  endMinute,
  allDay,
});

const calendarOf = (accounts: readonly AccountView[], id: string) => {
  for (const account of accounts) {
    const calendar = account.calendars.find((one) => one.id === id);
    if (calendar !== undefined) return { account, calendar };
  }
  return null;
};

/** Titles and places that hold every word. */
export function searchIn(
  occurrences: readonly OccurrenceView[],
  accounts: readonly AccountView[],
  text: string,
  limit: number,
): SearchResults {
  const words = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = occurrences.filter((one) => {
    const all = fold(`${one.title} ${one.location ?? ''}`);
    return words.length > 0 && words.every((word) => all.includes(word));
  });
  const items = found.slice(0, limit).map((one): SearchItem => {
    const owner = calendarOf(accounts, one.calendarId);
    return {
      ...whenOf(one),
      occurrenceId: one.id,
      title: one.title,
      start: '',
      end: '',
      recurring: one.recurring,
      location: one.location,
      organizer: null,
      calendarId: one.calendarId,
      calendar: owner?.calendar.name ?? '',
      color: one.color,
      account: owner?.account.email ?? '',
      provider: owner?.account.provider ?? 'microsoft',
      importance: one.importance,
      status: one.status,
      response: one.response,
      field: 'title',
      excerpt: one.title,
    };
  });
  const rest = found.length - items.length;
  return { items, more: rest > 0, moreCount: rest, indexing: 0 };
}

/** Four things that happened since yesterday: moved, called off, answered, renamed. */
export function sampleChanges(
  occurrences: readonly OccurrenceView[],
  accounts: readonly AccountView[],
): ChangesView {
  const titled = (title: string): OccurrenceView | undefined =>
    occurrences.find((one) => one.title === title);
  const items: ChangeView[] = [];
  const add = (title: string, minutesAgo: number, change: Partial<ChangeView>): void => {
    const one = titled(title);
    if (one === undefined) return;
    const owner = calendarOf(accounts, one.calendarId);
    items.push({
      id: String(100 - items.length),
      changedAt: new Date(Date.parse('2026-11-20T09:38:00Z') - minutesAgo * 60_000).toISOString(),
      changedClock: { day: CLOCK.day, minute: CLOCK.minute - minutesAgo },
      isNew: true,
      title,
      stood: '',
      stoodWhen: whenOf(one),
      occurrenceId: one.id,
      calendarId: one.calendarId,
      calendar: owner?.calendar.name ?? '',
      color: one.color,
      account: owner?.account.email ?? '',
      field: 'time',
      before: null,
      after: null,
      beforeWhen: null,
      afterWhen: null,
      person: null,
      words: '',
      ...change,
    });
  };
  const planning = titled('Sprint planning');
  if (planning !== undefined) {
    add('Sprint planning', 4, {
      beforeWhen: { ...whenOf(planning), startMinute: 600, endMinute: 660 },
      afterWhen: whenOf(planning),
    });
  }
  add('Old roadmap review', 31, { field: 'status', before: 'confirmed', after: 'cancelled' });
  add('Design review', 52, {
    field: 'attendee',
    before: 'tentative grace.hopper@contoso.com',
    after: 'accepted grace.hopper@contoso.com',
    person: 'Grace Hopper',
  });
  add('Quarterly planning', 84, { field: 'location', before: 'Room 2', after: 'Room 4A' });
  return { items, unseen: items.length };
}

/** Events with the same title count as a series. */
export function threadOf(
  occurrence: OccurrenceView,
  occurrences: readonly OccurrenceView[],
  accounts: readonly AccountView[],
  limit: number,
): ThreadReport {
  const all = occurrences.filter((one) => one.title === occurrence.title);
  const items = all.slice(0, limit).map((one) => ({
    occurrenceId: one.id,
    title: one.title,
    when: whenOf(one),
    calendarId: one.calendarId,
    calendar: calendarOf(accounts, one.calendarId)?.calendar.name ?? '',
    color: one.color,
    series: true,
    current: one.id === occurrence.id,
    status: one.status,
    response: one.response,
  }));
  return { items, more: all.length - items.length };
}

/** Thirty days that look like real ones: weekends are quiet, one day failed. */
export function sampleHealth(accounts: readonly AccountView[]): HealthReport {
  const fromDay = CLOCK.day - 29;
  const days = Array.from({ length: 30 }, (_, index) => fromDay + index);
  const isWeekend = (day: number): boolean => (day - MONDAY + 700) % 7 >= 5;
  return {
    fromDay,
    accounts: accounts.map((account, which) => ({
      id: account.id,
      email: account.email,
      provider: account.provider,
      state: account.state,
      problemCode: account.problemCode,
      problem: account.problem,
      remedy: account.remedy,
      lastSuccess: account.lastSyncedAt,
      rounds: 30 * 240,
      ok: 30 * 240 - 12,
      calls: 30 * 260,
      medianMs: 180 + which * 60,
      p95Ms: 640 + which * 200,
      days: days.map((day, index) => ({
        day,
        rounds: 240,
        failed: index === 17 && which === 0 ? 12 : 0,
        calls: 220 + ((index * 37) % 90),
        changes: isWeekend(day) ? 1 : 6 + ((index * 5) % 17),
        medianMs: 150 + ((index * 29) % 120),
      })),
    })),
    calendars: accounts.flatMap((account) =>
      account.calendars
        .filter((one) => one.isConnected)
        .map((one, index) => ({
          id: one.id,
          accountId: account.id,
          name: one.name,
          color: one.color,
          events: 1240 - index * 310,
          teamsMeetings: account.provider === 'microsoft' ? 410 - index * 120 : 0,
          lastSuccess: one.lastSyncedAt,
          problem: one.problem,
          rounds: 2400,
          ok: 2396,
          calls: 2610,
          medianMs: 160 + index * 20,
        })),
    ),
    teamsDays: days.map((day, index) => {
      const meetings = isWeekend(day) ? 0 : 3 + ((index * 7) % 5);
      return { day, meetings, teams: Math.max(0, meetings - (index % 3)) };
    }),
  };
}
