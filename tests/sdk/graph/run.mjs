// @microsoft/microsoft-graph-client against the simulator.
//
// Requests are made by the SDK's own request builder, page iterator and batch content. Prints a
// line for each failure and ends with `N passed, N failed`.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

import graphClient from '@microsoft/microsoft-graph-client';

const { BatchRequestContent, BatchResponseContent, Client, MiddlewareFactory, PageIterator } =
  graphClient;

const base = new URL(process.env.SIM_GRAPH);
const authProvider = { getAccessToken: async () => process.env.SIM_TOKEN_MICROSOFT };

/**
 * The SDK's own chain. Without TLS it would neither send the token nor know that a link is
 * absolute, so its first part is ours there.
 */
function chain() {
  const [authentication, ...rest] = MiddlewareFactory.getDefaultMiddlewareChain(authProvider);
  if (base.protocol === 'https:') return [authentication, ...rest];
  const bearer = {
    async execute(context) {
      const headers = new Headers(context.options.headers);
      headers.set('Authorization', `Bearer ${await authProvider.getAccessToken()}`);
      context.options.headers = Object.fromEntries(headers);
      context.request = context.request.slice(context.request.lastIndexOf('http://'));
      await this.next.execute(context);
    },
    setNext(next) {
      this.next = next;
    },
  };
  return [bearer, ...rest];
}

const client = Client.initWithMiddleware({
  middleware: chain(),
  baseUrl: base.origin,
  defaultVersion: base.pathname.slice(1),
  // The SDK gives its token to Microsoft's hosts alone unless it is told of others.
  customHosts: new Set([base.hostname]),
});

const window = { startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-12-01T00:00:00Z' };
const cases = new Map();

function moment(dateTime, timeZone = 'W. Europe Standard Time') {
  return { dateTime, timeZone };
}

function timed(subject, start, end, more = {}) {
  return { subject, start: moment(start), end: moment(end), ...more };
}

/** All items of a list by the SDK's page iterator. */
async function every(page) {
  const found = [];
  const iterator = new PageIterator(client, page, (item) => {
    found.push(item);
    return true;
  });
  await iterator.iterate();
  return found;
}

/** Status and code of a refusal. */
async function refused(promise) {
  try {
    await promise;
  } catch (error) {
    return [error.statusCode, error.code];
  }
  throw new Error('the request was not refused');
}

/** All items of a delta round, and the link of the next one. */
async function round(request) {
  const items = [];
  let page = await request.get();
  for (;;) {
    items.push(...page.value);
    if (page['@odata.deltaLink']) return [items, page['@odata.deltaLink']];
    page = await client.api(page['@odata.nextLink']).get();
  }
}

const created = (body) => client.api('/me/events').post(body);
const event = (id) => client.api(`/me/events/${id}`);

cases.set('calendars are listed, made, changed and deleted', async () => {
  const calendars = await every(await client.api('/me/calendars').top(2).get());
  assert.ok(calendars.length >= 3 && calendars.some((one) => one.isDefaultCalendar));
  const made = await client.api('/me/calendars').post({ name: 'Rowing', color: 'lightTeal' });
  const changed = await client.api(`/me/calendars/${made.id}`).patch({ name: 'Sailing' });
  assert.deepEqual([changed.name, changed.color], ['Sailing', 'lightTeal']);
  await client.api(`/me/calendars/${made.id}`).delete();
  assert.deepEqual(await refused(client.api(`/me/calendars/${made.id}`).get()), [
    404,
    'ErrorItemNotFound',
  ]);
});

cases.set('events come page by page', async () => {
  const first = await client.api('/me/events').top(5).orderby('start/dateTime').count(true).get();
  assert.equal(first.value.length, 5);
  const events = await every(first);
  assert.equal(events.length, first['@odata.count']);
  assert.equal(new Set(events.map((one) => one.id)).size, events.length);
  const chosen = await client
    .api('/me/events')
    .filter("type eq 'seriesMaster'")
    .select('subject,type')
    .get();
  assert.deepEqual(new Set(chosen.value.map((one) => one.type)), new Set(['seriesMaster']));
  assert.ok(chosen.value.every((one) => one.body === undefined));
});

cases.set('a view expands series', async () => {
  const zone = 'Tokyo Standard Time';
  const page = await client
    .api('/me/calendar/calendarView')
    .query(window)
    .header('Prefer', `outlook.timezone="${zone}", outlook.body-content-type="text"`)
    .get();
  const events = await every(page);
  const kinds = new Set(events.map((one) => one.type));
  assert.ok(kinds.has('occurrence') && !kinds.has('seriesMaster'));
  assert.equal(page.value[0].start.timeZone, zone);
  assert.equal(page.value[0].body.contentType, 'text');
});

cases.set('an event keeps its fields', async () => {
  const made = await created(
    timed('Plans', '2026-11-25T10:00:00', '2026-11-25T11:00:00', {
      body: { contentType: 'html', content: '<p>Bring <b>plans</b></p>' },
      location: { displayName: 'Room 1' },
      attendees: [{ type: 'optional', emailAddress: { address: 'b@contoso.example', name: 'B' } }],
      sensitivity: 'private',
      showAs: 'oof',
      importance: 'high',
      categories: ['Travel'],
      reminderMinutesBeforeStart: 5,
      transactionId: randomUUID(),
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
    }),
  );
  const found = await event(made.id).get();
  assert.equal(found.start.dateTime, '2026-11-25T09:00:00.0000000');
  assert.equal(found.originalStartTimeZone, 'W. Europe Standard Time');
  assert.deepEqual([found.sensitivity, found.showAs, found.importance], ['private', 'oof', 'high']);
  assert.deepEqual(
    found.locations.map((one) => one.displayName),
    ['Room 1'],
  );
  assert.equal(found.attendees[0].status.response, 'none');
  assert.match(found.onlineMeeting.joinUrl, /^https:\/\/teams\.microsoft\.com\//);
  const changed = await event(made.id)
    .header('If-Match', found['@odata.etag'])
    .patch({ subject: 'Changed' });
  assert.equal(changed.subject, 'Changed');
  const stale = event(made.id).header('If-Match', found['@odata.etag']).patch({ subject: 'Stale' });
  assert.deepEqual(await refused(stale), [412, 'ErrorIrresolvableConflict']);
  assert.equal((await refused(event(made.id).patch({ title: 'x' })))[0], 400);
  await event(made.id).delete();
  assert.equal((await refused(event(made.id).get()))[0], 404);
});

cases.set('an all-day event is midnight to midnight', async () => {
  const made = await created(
    timed('Trip', '2026-11-24T00:00:00', '2026-11-26T00:00:00', { isAllDay: true }),
  );
  assert.equal(made.start.dateTime, '2026-11-24T00:00:00.0000000');
  await event(made.id).delete();
});

const range = { type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 3 };
const series = (pattern, more = range) =>
  timed('Series', '2026-12-01T09:00:00', '2026-12-01T09:30:00', {
    recurrence: { pattern, range: more },
  });

async function instances(id, until = '2031-01-01T00:00:00Z') {
  const request = client.api(`/me/events/${id}/instances`);
  return every(
    await request.query({ startDateTime: '2026-11-01T00:00:00Z', endDateTime: until }).get(),
  );
}

const days = (events) => events.map((one) => one.start.dateTime.slice(0, 10));

cases.set('every pattern has its days', async () => {
  const expected = [
    [{ type: 'daily', interval: 2 }, ['2026-12-01', '2026-12-03', '2026-12-05']],
    [
      { type: 'weekly', interval: 1, daysOfWeek: ['tuesday', 'friday'] },
      ['2026-12-01', '2026-12-04', '2026-12-08'],
    ],
    [
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 1 },
      ['2026-12-01', '2027-01-01', '2027-02-01'],
    ],
    [
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'first' },
      ['2026-12-01', '2027-01-05', '2027-02-02'],
    ],
    [
      { type: 'absoluteYearly', interval: 1, dayOfMonth: 1, month: 12 },
      ['2026-12-01', '2027-12-01', '2028-12-01'],
    ],
    [
      { type: 'relativeYearly', interval: 1, daysOfWeek: ['tuesday'], index: 'first', month: 12 },
      ['2026-12-01', '2027-12-07', '2028-12-05'],
    ],
  ];
  for (const [pattern, dates] of expected) {
    const made = await created(series(pattern));
    assert.deepEqual(days(await instances(made.id)), dates, pattern.type);
    await event(made.id).delete();
  }
});

cases.set('every range ends as it says', async () => {
  const daily = { type: 'daily', interval: 1 };
  for (const [more, count] of [
    [{ type: 'endDate', startDate: '2026-12-01', endDate: '2026-12-04' }, 4],
    [{ type: 'numbered', startDate: '2026-12-01', numberOfOccurrences: 5 }, 5],
    [{ type: 'noEnd', startDate: '2026-12-01' }, 31],
  ]) {
    const made = await created(series(daily, more));
    assert.equal((await instances(made.id, '2027-01-01T00:00:00Z')).length, count, more.type);
    await event(made.id).delete();
  }
  assert.equal(
    (await refused(created(series(daily, { ...range, startDate: '2026-12-02' }))))[0],
    400,
  );
});

cases.set('occurrences move and go', async () => {
  const made = await created(series({ type: 'weekly', interval: 1, daysOfWeek: ['tuesday'] }));
  const [, second, third] = await instances(made.id);
  const moved = await event(second.id).patch({
    start: moment('2026-12-09T10:00:00'),
    end: moment('2026-12-09T10:30:00'),
  });
  assert.deepEqual([moved.id, moved.type], [second.id, 'exception']);
  const past = { start: moment('2026-12-16T10:00:00'), end: moment('2026-12-16T10:30:00') };
  assert.deepEqual(await refused(event(second.id).patch(past)), [
    400,
    'ErrorOccurrenceCrossingBoundary',
  ]);
  await event(third.id).delete();
  const master = await event(made.id)
    .select('subject,cancelledOccurrences,exceptionOccurrences')
    .expand('exceptionOccurrences')
    .get();
  assert.deepEqual(master.cancelledOccurrences, [`OID.${made.id}.2026-12-15`]);
  assert.deepEqual(
    master.exceptionOccurrences.map((one) => one.id),
    [second.id],
  );
  assert.deepEqual(days(await instances(made.id)), ['2026-12-01', '2026-12-09']);
  await client.api(`/me/events/${made.id}/cancel`).post({ comment: 'Enough' });
  assert.equal((await refused(event(made.id).get()))[0], 404);
});

cases.set('delta tells what changed and what went', async () => {
  let [items, link] = await round(
    client.api('/me/calendarView/delta').query(window).header('Prefer', 'odata.maxpagesize=20'),
  );
  assert.ok(items.length > 20);
  assert.ok(
    items.some(
      (one) => one.type === 'occurrence' && one.subject === undefined && one.seriesMasterId,
    ),
  );
  const made = await created(timed('New', '2026-11-27T10:00:00', '2026-11-27T11:00:00'));
  [items, link] = await round(client.api(link));
  assert.deepEqual(
    items.map((one) => one.id),
    [made.id],
  );
  await event(made.id).patch({ subject: 'Newer' });
  [items, link] = await round(client.api(link));
  assert.deepEqual(
    items.map((one) => one.subject),
    ['Newer'],
  );
  await event(made.id).delete();
  [items, link] = await round(client.api(link));
  assert.deepEqual(
    items.map((one) => [one.id, one['@removed'].reason]),
    [[made.id, 'deleted']],
  );
  assert.deepEqual((await round(client.api(link)))[0], []);
  const strange = client
    .api('/me/calendarView/delta')
    .query({ ...window, $select: 'subject' })
    .get();
  assert.equal((await refused(strange))[0], 400);
});

cases.set('attachments and app data', async () => {
  const made = await created(timed('Papers', '2026-11-25T10:00:00', '2026-11-25T11:00:00'));
  const attachments = client.api(`/me/events/${made.id}/attachments`);
  const stored = await attachments.post({
    '@odata.type': '#microsoft.graph.fileAttachment',
    name: 'a.txt',
    contentType: 'text/plain',
    contentBytes: Buffer.from('hello').toString('base64'),
  });
  assert.equal(stored.size, 5);
  const full = await event(made.id).expand('attachments').get();
  assert.deepEqual([full.hasAttachments, full.attachments.length], [true, 1]);
  await client.api(`/me/events/${made.id}/attachments/${stored.id}`).delete();
  assert.equal((await event(made.id).get()).hasAttachments, false);
  await client.api(`/me/events/${made.id}/extensions`).post({
    '@odata.type': 'microsoft.graph.openTypeExtension',
    extensionName: 'example.notes',
    theme: 'dark',
  });
  const read = await event(made.id).expand('extensions').get();
  assert.equal(read.extensions[0].theme, 'dark');
  await event(made.id).delete();
});

cases.set('actions on events', async () => {
  const list = await client
    .api('/me/events')
    .filter("isOrganizer eq false and type eq 'singleInstance'")
    .top(50)
    .get();
  const id = list.value[0].id;
  await client
    .api(`/me/events/${id}/tentativelyAccept`)
    .post({ comment: 'Perhaps', sendResponse: true });
  assert.equal((await event(id).get()).responseStatus.response, 'tentativelyAccepted');
  await client.api(`/me/events/${id}/accept`).post({ sendResponse: false });
  assert.equal((await event(id).get()).responseStatus.response, 'accepted');
  const toRecipients = [{ emailAddress: { address: 'c@contoso.example' } }];
  await client.api(`/me/events/${id}/forward`).post({ comment: 'See', toRecipients });
  await client
    .api(`/me/events/${id}/snoozeReminder`)
    .post({ newReminderTime: moment('2026-11-27T11:55:00') });
  await client.api(`/me/events/${id}/dismissReminder`).post({});
  await client.api(`/me/events/${id}/decline`).post({ comment: 'No', sendResponse: true });
  assert.equal((await refused(event(id).get()))[0], 404);
});

cases.set('categories come and go', async () => {
  const made = await client
    .api('/me/outlook/masterCategories')
    .post({ displayName: 'Music', color: 'preset5' });
  const path = `/me/outlook/masterCategories/${made.id}`;
  assert.equal((await client.api(path).patch({ color: 'preset8' })).color, 'preset8');
  const list = await client.api('/me/outlook/masterCategories').get();
  assert.ok(list.value.some((one) => one.displayName === 'Music'));
  await client.api(path).delete();
  assert.equal((await refused(client.api(path).get()))[0], 404);
});

/** A webhook that echoes validation tokens and emits what it is told. */
async function webhook() {
  const server = createServer(async (request, response) => {
    const token = new URL(request.url, 'http://localhost').searchParams.get('validationToken');
    let told = '';
    for await (const piece of request) told += piece;
    response.writeHead(token ? 200 : 202, { 'content-type': 'text/plain' }).end(token ?? '');
    if (!token) server.emit('told', JSON.parse(told));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [server, `http://127.0.0.1:${server.address().port}/hook?secret=1`];
}

cases.set('a subscription is made, told, renewed and deleted', async () => {
  const [server, notificationUrl] = await webhook();
  const made = await client.api('/subscriptions').post({
    changeType: 'created,updated,deleted',
    notificationUrl,
    resource: 'me/events',
    expirationDateTime: '2026-11-25T09:00:00Z',
    clientState: 'state',
  });
  assert.equal(made.notificationUrl, notificationUrl);
  const next = once(server, 'told');
  const written = await created(timed('Told', '2026-11-24T09:00:00', '2026-11-24T10:00:00'));
  const [{ value }] = await next;
  assert.deepEqual([value[0].clientState, value[0].changeType], ['state', 'created']);
  assert.equal(value[0].resourceData.id, written.id);
  const one = client.api(`/subscriptions/${made.id}`);
  const renewed = await one.patch({ expirationDateTime: '2026-11-26T09:00:00Z' });
  assert.equal(new Date(renewed.expirationDateTime).toISOString(), '2026-11-26T09:00:00.000Z');
  await one.delete();
  assert.deepEqual(await refused(one.get()), [404, 'ResourceNotFound']);
  await event(written.id).delete();
  server.close();
});

cases.set('a batch answers each part in its order', async () => {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify(timed('Batched', '2026-11-25T10:00:00', '2026-11-25T11:00:00'));
  const step = (id, path, init = {}, dependsOn = undefined) => ({
    id,
    request: new Request(`https://graph.example${path}`, init),
    dependsOn,
  });
  const content = new BatchRequestContent([
    step('1', '/me/events', { method: 'POST', headers: json, body }),
    step('2', '/me/events/AAMkAGIx', {}, ['1']),
    step('3', '/me/calendars', {}, ['2']),
  ]);
  const answer = new BatchResponseContent(
    await client.api('/$batch').post(await content.getContent()),
  );
  const status = (id) => answer.getResponseById(id).status;
  assert.deepEqual(['1', '2', '3'].map(status), [201, 404, 424]);
  const made = await answer.getResponseById('1').json();
  assert.equal(made.subject, 'Batched');
  await event(made.id).delete();
});

let failed = 0;
for (const [name, run] of cases) {
  try {
    await run();
  } catch (error) {
    failed += 1;
    console.log(`failed: ${name}`);
    console.log(error);
  }
}
console.log(`${cases.size - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
