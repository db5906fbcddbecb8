// @googleapis/calendar against the simulator. Prints a line for each failure and ends with
// `N passed, N failed`.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { auth, calendar as calendarApi } from '@googleapis/calendar'

const root = process.env.SIM_GOOGLE.replace(/calendar\/v3$/, '')
const zone = 'Europe/Berlin'
const client = new auth.OAuth2()
client.setCredentials({ access_token: process.env.SIM_TOKEN_GOOGLE })
const api = calendarApi({ version: 'v3', auth: client, rootUrl: root })

const moment = (dateTime) => ({ dateTime, timeZone: zone })
const timed = (summary, start, end, more = {}) => ({ summary, start: moment(start), end: moment(end), ...more })
const lunch = (more) => timed('Lunch', '2026-11-23T12:00:00', '2026-11-23T13:00:00', more)

async function calendar() {
  const { data } = await api.calendars.insert({ requestBody: { summary: 'SDK', timeZone: zone } })
  return data.id
}

/** All items of a list, and its last page. */
async function pages(list, parameters) {
  const items = []
  let pageToken
  for (;;) {
    const { data } = await list({ ...parameters, pageToken })
    items.push(...(data.items ?? []))
    pageToken = data.nextPageToken
    if (!pageToken) return { items, last: data }
  }
}
const events = (parameters) => pages((p) => api.events.list(p), parameters)

async function refused(promise, status, reason) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.response?.status, status)
    assert.equal(error.response.data.error.errors[0].reason, reason)
    return true
  })
}

const tests = {
  async 'calendars are listed and paged'() {
    const { items, last } = await pages((p) => api.calendarList.list(p), { maxResults: 1 })
    assert.ok(items.some((item) => item.primary))
    assert.ok(last.nextSyncToken)
    assert.equal((await api.settings.get({ setting: 'timezone' })).data.kind, 'calendar#setting')
    assert.equal(Object.keys((await api.colors.get()).data.event).length, 11)
  },
  async 'events are paged and kept in order'() {
    const calendarId = await calendar()
    for (let day = 10; day < 17; day++) {
      const requestBody = timed(`d${day}`, `2026-11-${day}T09:00:00`, `2026-11-${day}T10:00:00`)
      await api.events.insert({ calendarId, requestBody })
    }
    const { items } = await events({ calendarId, maxResults: 2, singleEvents: true, orderBy: 'startTime' })
    assert.deepEqual(items.map((item) => item.summary), ['d10', 'd11', 'd12', 'd13', 'd14', 'd15', 'd16'])
  },
  async 'sync tokens carry changes and deletions'() {
    const calendarId = await calendar()
    const kept = (await api.events.insert({ calendarId, requestBody: lunch() })).data
    const gone = (await api.events.insert({ calendarId, requestBody: lunch() })).data
    let { last } = await events({ calendarId })
    await api.events.patch({ calendarId, eventId: kept.id, requestBody: { summary: 'Brunch' } })
    await api.events.delete({ calendarId, eventId: gone.id, sendUpdates: 'none' })
    const round = await events({ calendarId, syncToken: last.nextSyncToken })
    assert.deepEqual(
      new Map(round.items.map((item) => [item.id, item.status])),
      new Map(round.items.map((item) => [item.id, item.id === gone.id ? 'cancelled' : 'confirmed'])),
    )
    assert.equal(round.items.length, 2)
    const syncToken = round.last.nextSyncToken
    assert.deepEqual((await events({ calendarId, syncToken })).items, [])
    await refused(api.events.list({ calendarId, syncToken, timeMin: '2026-01-01T00:00:00Z' }), 400, 'invalid')
    await refused(api.events.list({ calendarId, syncToken: 'unknown' }), 410, 'fullSyncRequired')
  },
  async 'an all-day series is changed at one place and cancelled at another'() {
    const calendarId = await calendar()
    const requestBody = {
      summary: 'Day',
      start: { date: '2026-11-23' },
      end: { date: '2026-11-24' },
      recurrence: ['RRULE:FREQ=MONTHLY;BYDAY=-1MO,4MO;COUNT=4', 'EXDATE;VALUE=DATE:20261228'],
    }
    const series = (await api.events.insert({ calendarId, requestBody })).data
    assert.deepEqual(series.recurrence, requestBody.recurrence)
    const list = (await api.events.instances({ calendarId, eventId: series.id })).data.items
    assert.deepEqual(list.map((one) => one.start.date), ['2026-11-23', '2026-11-30', '2027-01-25'])
    await api.events.patch({ calendarId, eventId: list[1].id, requestBody: { summary: 'Other' } })
    await api.events.delete({ calendarId, eventId: list[2].id })
    const { items } = await events({ calendarId })
    const exception = items.find((item) => item.summary === 'Other')
    assert.deepEqual(exception.originalStartTime, { date: '2026-11-30' })
    const cancelled = items.find((item) => item.status === 'cancelled')
    assert.equal(cancelled.recurringEventId, series.id)
  },
  async 'attendees, attachments, conference and labels are kept'() {
    const calendarId = await calendar()
    const eventLabels = [{ name: 'Client', backgroundColor: '#039be5' }]
    const home = await api.calendars.patch({ calendarId, requestBody: { labelProperties: { eventLabels } } })
    const label = home.data.labelProperties.eventLabels[0].id
    const { data } = await api.events.insert({
      calendarId,
      conferenceDataVersion: 1,
      eventLabelVersion: 1,
      supportsAttachments: true,
      sendUpdates: 'all',
      requestBody: lunch({
        attendees: [{ email: 'mia@mail.example', optional: true }],
        attachments: [{ fileUrl: 'https://files.example/plan.pdf', title: 'Plan' }],
        conferenceData: { createRequest: { requestId: randomUUID() } },
        eventLabelId: label,
      }),
    })
    assert.equal(data.attendees[0].responseStatus, 'needsAction')
    assert.equal(data.attachments[0].title, 'Plan')
    assert.match(data.hangoutLink, /^https:\/\/meet\.google\.com\//)
    assert.equal(data.eventLabelId, label)
  },
  async 'update, move and delete'() {
    const [calendarId, destination] = [await calendar(), await calendar()]
    const event = (await api.events.insert({ calendarId, requestBody: lunch({ location: 'Bar' }) })).data
    const { data } = await api.events.update({ calendarId, eventId: event.id, requestBody: lunch() })
    assert.equal(data.location, undefined)
    await api.events.move({ calendarId, eventId: event.id, destination })
    await api.events.delete({ calendarId: destination, eventId: event.id })
    await refused(api.events.delete({ calendarId: destination, eventId: event.id }), 410, 'deleted')
  },
  async 'etags guard writes'() {
    const calendarId = await calendar()
    const event = (await api.events.insert({ calendarId, requestBody: lunch() })).data
    const change = (tag) =>
      api.events.patch({ calendarId, eventId: event.id, requestBody: { summary: 'x' } }, { headers: { 'If-Match': tag } })
    await change(event.etag)
    await refused(change(event.etag), 412, 'conditionNotMet')
  },
  async 'busy times are told'() {
    const calendarId = await calendar()
    await api.events.insert({ calendarId, requestBody: lunch() })
    const requestBody = { timeMin: '2026-11-23T00:00:00Z', timeMax: '2026-11-24T00:00:00Z', items: [{ id: calendarId }] }
    const { data } = await api.freebusy.query({ requestBody })
    assert.deepEqual(data.calendars[calendarId].busy, [{ start: '2026-11-23T11:00:00Z', end: '2026-11-23T12:00:00Z' }])
  },
  async 'a calendar is watched until the channel is stopped'() {
    const server = createServer((request, response) => {
      response.writeHead(200).end()
      server.emit('told', request.headers)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const calendarId = await calendar()
    const address = `http://127.0.0.1:${server.address().port}/hook`
    const requestBody = { id: randomUUID(), type: 'web_hook', token: 'secret', address, params: { ttl: '3600' } }
    const first = once(server, 'told')
    const { data } = await api.events.watch({ calendarId, requestBody })
    assert.deepEqual([data.kind, data.id], ['api#channel', requestBody.id])
    await refused(api.events.watch({ calendarId, requestBody }), 400, 'channelIdNotUnique')
    assert.equal((await first)[0]['x-goog-resource-state'], 'sync')
    const second = once(server, 'told')
    await api.events.insert({ calendarId, requestBody: lunch() })
    const [told] = await second
    assert.deepEqual([told['x-goog-resource-state'], told['x-goog-channel-token']], ['exists', 'secret'])
    const channel = { id: data.id, resourceId: data.resourceId }
    assert.equal((await api.channels.stop({ requestBody: channel })).status, 204)
    await refused(api.channels.stop({ requestBody: channel }), 404, 'notFound')
    server.close()
  },
}

let failed = 0
for (const [name, test] of Object.entries(tests)) {
  try {
    await test()
  } catch (error) {
    failed++
    console.log(`failed: ${name}`)
    console.error(error)
  }
}
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
