import { describe, expect, test } from 'vitest';
import { allDay, MONDAY, timed } from '../../ipc/fake-data';
import { isLong, isPast, partsOn, segmentOn } from './segments';

describe('segmentOn', () => {
  const night = timed('c', 'Night train', 0, '21:30', '6:40', { days: 2 });

  test('an event over midnight stands in both days', () => {
    expect(segmentOn(night, MONDAY)).toMatchObject({ start: 1290, end: 1440 });
    expect(segmentOn(night, MONDAY + 1)).toMatchObject({ start: 0, end: 400 });
    expect(segmentOn(night, MONDAY + 2)).toBeNull();
    expect(segmentOn(night, MONDAY - 1)).toBeNull();
  });

  test('what lasts a day or more stands above the hours', () => {
    const trip = timed('c', 'Trip', 0, '9:00', '9:00', { days: 2 });
    expect(isLong(trip)).toBe(true);
    expect(segmentOn(trip, MONDAY)).toBeNull();
    expect(isLong(allDay('c', 'Holiday', 0, 1))).toBe(true);
    expect(isLong(night)).toBe(false);
    const midnights = { ...timed('c', 'On call', 0, '0:00', '23:59'), endMinute: 1440 };
    expect(isLong(midnights)).toBe(true);
    expect(isLong({ ...midnights, endMinute: 1439 })).toBe(false);
  });
});

test('the parts of every day are those that each occurrence has in it', () => {
  const occurrences = [
    timed('c', 'Yesterday', -1, '9:00', '10:00'),
    timed('c', 'Standup', 0, '9:00', '9:30'),
    timed('c', 'Night train', 0, '21:30', '6:40', { days: 2 }),
    timed('c', 'Trip', -400, '9:00', '9:00', { days: 800 }),
    allDay('c', 'Holiday', 0, 2),
    timed('c', 'Review', 4, '9:00', '10:00'),
    timed('c', 'Over the week', 6, '23:00', '1:00', { days: 2 }),
  ];
  for (const days of [
    [MONDAY],
    [0, 1, 2, 3, 4, 5, 6].map((day) => MONDAY + day),
    [MONDAY, MONDAY + 4],
  ]) {
    const parts = partsOn(occurrences, days);
    expect([...parts.keys()]).toEqual(days);
    for (const day of days) {
      const each = occurrences.map((occurrence) => ({
        occurrence,
        slot: segmentOn(occurrence, day),
      }));
      expect(parts.get(day)).toEqual(each.filter(({ slot }) => slot !== null));
    }
  }
  expect(partsOn(occurrences, []).size).toBe(0);
});

test('over the date line, the date that was left out holds nothing', () => {
  // Apia: on 29 December 2011 from 23:50 until 0:15 on the 31st, 25 minutes later.
  const party = {
    ...timed('c', 'Party', 0, '23:50', '0:15', { days: 3 }),
    startUtc: '2011-12-30T09:50:00Z',
    endUtc: '2011-12-30T10:15:00Z',
  };
  expect(isLong(party)).toBe(false);
  expect(segmentOn(party, MONDAY)).toMatchObject({ start: 1430, end: 1440 });
  expect(segmentOn(party, MONDAY + 1)).toBeNull();
  expect(segmentOn(party, MONDAY + 2)).toMatchObject({ start: 0, end: 15 });
});

describe('isPast', () => {
  const meeting = timed('c', 'Meeting', 0, '9:00', '10:00');

  test.each([
    [MONDAY, 599, false],
    [MONDAY, 600, true],
    [MONDAY + 1, 0, true],
    [MONDAY - 1, 1439, false],
  ])('on day %i at minute %i: %s', (day, minute, past) => {
    expect(isPast(meeting, day, minute)).toBe(past);
  });

  test('an all-day event is over when its last day is', () => {
    const holiday = allDay('c', 'Holiday', 0, 2);
    expect(isPast(holiday, MONDAY + 1, 1439)).toBe(false);
    expect(isPast(holiday, MONDAY + 2, 0)).toBe(true);
  });
});
