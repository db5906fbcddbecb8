import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOW } from '../ipc/fake-data';
import { allZones, nearFirst, placeOf, recently, searchZones, thereNow, zoneOf } from './zones';

const zones = allZones();
const ids = (query: string): string[] => searchZones(zones, query).map((zone) => zone.id);

describe('searching', () => {
  test.each([
    ['berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['america new', 'America/New_York'],
    ['utc', 'UTC'],
  ])('%s finds %s', (query, id) => expect(ids(query)).toContain(id));

  test('places are found by the name they have now and the one they had', () => {
    expect(placeOf('Asia/Calcutta')).toBe('Kolkata');
    expect(searchZones([zoneOf('Asia/Calcutta')], 'kolkata')).toHaveLength(1);
    expect(searchZones([zoneOf('Asia/Calcutta')], 'calcutta')).toHaveLength(1);
  });

  test('a city that begins with the words comes first', () => {
    expect(searchZones([zoneOf('America/Indiana/Paris'), zoneOf('Europe/Paris')], 'par')).toEqual([
      zoneOf('America/Indiana/Paris'),
      zoneOf('Europe/Paris'),
    ]);
    expect(ids('lon')[0]).toBe('Europe/London');
  });

  test('nothing typed leaves all, and nonsense none', () => {
    expect(ids(' ')).toHaveLength(zones.length);
    expect(ids('qqqq')).toEqual([]);
  });
});

test('an engine that cannot list its zones still has those that people know', () => {
  const list = Intl.supportedValuesOf;
  Reflect.deleteProperty(Intl, 'supportedValuesOf');
  try {
    const known = allZones().map((zone) => zone.id);
    expect(known).toContain('Asia/Kathmandu');
    expect(known.length).toBeGreaterThan(50);
  } finally {
    Intl.supportedValuesOf = list;
  }
});

describe('now there', () => {
  test.each([
    ['Europe/Berlin', { minute: 638, daysLater: 0, ahead: 0 }],
    ['Asia/Kolkata', { minute: 908, daysLater: 0, ahead: 270 }],
    ['America/Los_Angeles', { minute: 98, daysLater: 0, ahead: -540 }],
    ['Pacific/Auckland', { minute: 1358, daysLater: 0, ahead: 720 }],
    ['Pacific/Kiritimati', { minute: 1418, daysLater: 0, ahead: 780 }],
    ['Pacific/Pago_Pago', { minute: 1358, daysLater: -1, ahead: -720 }],
  ])('%s', (zone, expected) => expect(thereNow(zone, 'Europe/Berlin', NOW)).toEqual(expected));

  test('the way there and the way back are as far', () => {
    const zone = fc.constantFrom(...zones.map((one) => one.id));
    const ms = fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(zone, zone, ms, (a, b, at) => {
        const [to, back] = [thereNow(a, b, at), thereNow(b, a, at)];
        expect(to.ahead).toBe(-back.ahead === 0 ? 0 : -back.ahead);
        expect(Math.abs(to.daysLater)).toBeLessThanOrEqual(2);
        expect(to.minute).toBeGreaterThanOrEqual(0);
        expect(to.minute).toBeLessThan(1440);
      }),
    );
  });
});

test('places of the same part of the world are offered first', () => {
  const near = nearFirst(zones, 'Europe/Berlin');
  const europe = near.filter((zone) => zone.region === 'Europe');
  expect(near.slice(0, europe.length)).toEqual(europe);
  expect(near).toHaveLength(zones.length);
});

test('the zone chosen last is offered first, and none twice', () => {
  expect(recently('A', ['B', 'A', 'C'])).toEqual(['A', 'B', 'C']);
  expect(recently('A', ['B', 'C', 'D', 'E', 'F'])).toHaveLength(5);
});
