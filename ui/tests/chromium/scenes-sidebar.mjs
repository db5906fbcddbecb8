// Scenes of the sidebar and of details that lead to other events.
const ready = '[data-testid="event"]';

/** At 720 the sidebar is put away. */
const sidebar = async (page) => {
  if ((await page.$('#sidebar')) === null) await page.keyboard.press('Control+b');
  await page.waitForSelector('#sidebar');
};

const details = async (page) => {
  await page.click('[data-title="Sprint planning"] [data-testid="event-open"]', {
    position: { x: 8, y: 8 },
  });
  await page.waitForSelector('[data-testid="details-join"]');
  await page.waitForSelector('[data-testid="details"] [aria-expanded] >> text=Series');
};

/** A week in the life of a meeting. */
const history = (page) =>
  page.evaluate(() => {
    const at = { day: 20777, minute: 600 };
    const when = { day: 20777, days: 1, startMinute: 600, endMinute: 660, allDay: false };
    const base = {
      changedClock: at,
      isNew: false,
      title: 'Sprint planning',
      stood: '',
      stoodWhen: when,
      occurrenceId: 'o',
      calendarId: 'c',
      calendar: 'Platform team',
      color: '#0a9396',
      account: 'ada@contoso.com',
      before: null,
      after: null,
      beforeWhen: null,
      afterWhen: null,
      person: null,
      words: '',
    };
    const changes = [
      {
        changedAt: '2026-11-20T09:34:00Z',
        isNew: true,
        field: 'time',
        beforeWhen: when,
        afterWhen: { ...when, startMinute: 690, endMinute: 750 },
      },
      {
        changedAt: '2026-11-19T15:02:00Z',
        field: 'attendee',
        before: 'not_responded grace.hopper@contoso.com',
        after: 'accepted grace.hopper@contoso.com',
        person: 'Grace Hopper',
      },
      {
        changedAt: '2026-11-18T08:20:00Z',
        field: 'location',
        before: 'Room 2',
        after: 'Room 4A',
      },
    ].map((change, index) => ({ ...base, id: String(9 - index), ...change }));
    window.fake.eventChanges = () => Promise.resolve(changes);
  });

export const sidebarScenes = [
  { name: 'arranged', until: ready, act: sidebar, all: true },
  {
    name: 'arranged-menu',
    scene: 'arranged',
    until: ready,
    act: async (page) => {
      await sidebar(page);
      await page.click('[data-calendar="ms/Platform team"]', { button: 'right' });
      await page.click('[role="menu"] >> text=Move to group');
      await page.waitForSelector('[role="menuitemradio"]');
    },
    all: true,
  },
  {
    name: 'arranged-drag',
    scene: 'arranged',
    until: ready,
    act: async (page) => {
      await sidebar(page);
      const from = await page.locator('[data-calendar="ms/Calendar"]').boundingBox();
      const to = await page.locator('[data-calendar="go/Family"]').boundingBox();
      await page.mouse.move(from.x + 60, from.y + 12);
      await page.mouse.down();
      await page.mouse.move(to.x + 60, to.y + 3, { steps: 8 });
      await page.waitForSelector('.ghost');
    },
    wide: true,
  },
  {
    name: 'view-menu',
    scene: 'arranged',
    until: ready,
    act: async (page) => {
      await sidebar(page);
      await page.click('[aria-label="Options for Client A"]');
      await page.click('[role="menu"] >> text=Shortcut');
      await page.waitForSelector('[role="menuitemradio"]');
    },
    all: true,
  },
  {
    name: 'new-group',
    scene: 'arranged',
    until: ready,
    act: async (page) => {
      await sidebar(page);
      await page.click('[data-testid="new-group"]');
      await page.keyboard.type('Client work');
    },
    wide: true,
  },
  { name: 'many-calendars', until: ready, act: sidebar, all: true },
  {
    name: 'many-calendars-found',
    scene: 'many-calendars',
    until: ready,
    act: async (page) => {
      await sidebar(page);
      await page.fill('#sidebar input[type="search"]', 'facil');
    },
    wide: true,
  },
  {
    name: 'arranged-arabic',
    scene: 'arranged',
    until: ready,
    act: sidebar,
    look: { locale: 'ar-EG' },
    all: true,
  },
  { name: 'copies', until: ready, wide: true },
  {
    name: 'copies-details',
    scene: 'copies',
    until: ready,
    act: async (page) => {
      await history(page);
      await details(page);
      await page.click('[data-testid="details"] [aria-expanded] >> text=Series');
      await page.click('[data-testid="details"] [aria-expanded] >> text=History');
      await page.waitForSelector('[data-testid="details"] ol >> text=Room 4A');
    },
    all: true,
  },
  {
    name: 'copies-details-arabic',
    scene: 'copies',
    until: ready,
    act: async (page) => {
      await page.click('[data-title="Sprint planning"] [data-testid="event-open"]', {
        position: { x: 8, y: 8 },
      });
      await page.waitForSelector('[data-testid="details-join"]');
    },
    look: { locale: 'ar-EG' },
    all: true,
  },
  {
    name: 'details-failed',
    scene: 'copies',
    until: ready,
    act: async (page) => {
      await page.evaluate(() => {
        const failure = { code: 'disk', remedy: 'nothing', message: 'The disk cannot be read.' };
        window.fake.fail('thread', failure);
        window.fake.fail('eventChanges', failure);
      });
      await details(page);
      await page.click('[data-testid="details"] [aria-expanded] >> text=Series');
      await page.waitForSelector('[data-testid="details"] [role="alert"]');
    },
    wide: true,
  },
];
