/**
 * Time zones to choose from, found by the names of places. Pure.
 *
 * Names are IANA's. Engines list some under their old name (Asia/Calcutta), so places that were
 * renamed are found and shown by the new one. What a clock tells elsewhere now comes from Intl;
 * where events stand is the engine's business and not counted here.
 */
import { fold } from '../filters/terms';

/** A zone as people look for it. */
export interface Zone {
  /** IANA name. */
  id: string;
  /** "Kolkata". */
  city: string;
  /** "Asia"; empty for UTC. */
  region: string;
}

/** What a clock tells there, seen from here. */
export interface There {
  minute: number;
  /** How many days later it is there: -1, 0 or 1. */
  daysLater: number;
  /** How far it is ahead, in minutes. */
  ahead: number;
}

/** Places whose zone still has the name that they had before. */
const RENAMED: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Saigon: 'Ho Chi Minh City',
  Katmandu: 'Kathmandu',
  Rangoon: 'Yangon',
  Kiev: 'Kyiv',
  Godthab: 'Nuuk',
  Faeroe: 'Faroe',
  'Coral Harbour': 'Atikokan',
  Truk: 'Chuuk',
  Ponape: 'Pohnpei',
  Enderbury: 'Kanton',
};

/** Zones of engines that cannot list theirs: each offset, by places that most people know. */
const KNOWN = [
  'Africa/Cairo',
  'Africa/Johannesburg',
  'Africa/Lagos',
  'Africa/Nairobi',
  'America/Anchorage',
  'America/Argentina/Buenos_Aires',
  'America/Bogota',
  'America/Chicago',
  'America/Denver',
  'America/Halifax',
  'America/Los_Angeles',
  'America/Mexico_City',
  'America/New_York',
  'America/Phoenix',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Toronto',
  'Asia/Baghdad',
  'Asia/Bangkok',
  'Asia/Dhaka',
  'Asia/Dubai',
  'Asia/Hong_Kong',
  'Asia/Jakarta',
  'Asia/Jerusalem',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Riyadh',
  'Asia/Seoul',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tashkent',
  'Asia/Tehran',
  'Asia/Tokyo',
  'Asia/Yangon',
  'Atlantic/Azores',
  'Atlantic/Reykjavik',
  'Australia/Adelaide',
  'Australia/Brisbane',
  'Australia/Darwin',
  'Australia/Perth',
  'Australia/Sydney',
  'Europe/Athens',
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Helsinki',
  'Europe/Istanbul',
  'Europe/Kyiv',
  'Europe/Lisbon',
  'Europe/London',
  'Europe/Madrid',
  'Europe/Moscow',
  'Europe/Paris',
  'Europe/Rome',
  'Europe/Stockholm',
  'Europe/Warsaw',
  'Europe/Zurich',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Honolulu',
] as const;

/** Every zone that the engine knows, by city. */
export function allZones(list = listed()): Zone[] {
  const ids = new Set([...list, 'UTC']);
  return Array.from(ids, zoneOf).sort((a, b) => a.city.localeCompare(b.city));
}

function listed(): readonly string[] {
  try {
    // Older engines have no such function.
    return Intl.supportedValuesOf('timeZone');
  } catch {
    return KNOWN;
  }
}

export function zoneOf(id: string): Zone {
  const parts = id
    .replace(/^Etc\//, '')
    .replaceAll('_', ' ')
    .split('/');
  const last = parts.at(-1) ?? id;
  const region = parts.slice(0, -1).join(', ');
  return { id, city: RENAMED[last] ?? last, region };
}

/** "Kolkata", or "UTC". */
export function placeOf(id: string): string {
  return zoneOf(id).city;
}

/** Those of the same part of the world first. */
export function nearFirst(zones: readonly Zone[], own: string): Zone[] {
  const { region } = zoneOf(own);
  const far = (zone: Zone): number => (zone.region === region ? 0 : 1);
  return [...zones].sort((a, b) => far(a) - far(b));
}

/** The zones that every word is found in; those whose city begins with them first. */
export function searchZones(zones: readonly Zone[], query: string): Zone[] {
  const words = fold(query)
    .split(/[\s,/_]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [...zones];
  const found = zones.filter((zone) => {
    const text = fold(`${zone.city} ${zone.region} ${zone.id.replaceAll('_', ' ')}`);
    return words.every((word) => text.includes(word));
  });
  const typed = words.join(' ');
  const begins = (zone: Zone): number => (fold(zone.city).startsWith(typed) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b));
}

/** What clocks in `zone` tell while it is `ms` here in `own`. */
export function thereNow(zone: string, own: string, ms: number): There {
  const [there, here] = [wallMinute(zone, ms), wallMinute(own, ms)];
  return {
    minute: modulo(there, DAY),
    daysLater: Math.floor(there / DAY) - Math.floor(here / DAY),
    ahead: there - here,
  };
}

const DAY = 1440;
const modulo = (a: number, b: number): number => ((a % b) + b) % b;

/** Minutes since 1970-01-01 as the clocks of a zone count them. */
function wallMinute(zone: string, ms: number): number {
  const parts = new Map(
    formatter(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / MINUTE_MS;
}

const MINUTE_MS = 60_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Building one costs more than using it. */
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const fresh = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formatters.set(zone, fresh);
  return fresh;
}

/** The zones to offer before anything is typed: the newest first, each once. */
export function recently(zone: string, before: readonly string[], most = 5): string[] {
  return [zone, ...before.filter((one) => one !== zone)].slice(0, most);
}
