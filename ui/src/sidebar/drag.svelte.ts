/**
 * A calendar on its way to another place, by pointer. What is under the pointer is asked of the
 * page while it moves; nothing is stored before the drop.
 */
import type { Attachment } from 'svelte/attachments';
import { placeAt, type Hit, type Place, type Sections } from './order';

/** What the drag needs of where it happens. */
export interface Ground {
  /** `null` while nothing can be moved. */
  sections(): Sections | null;
  drop(id: string, place: Place): void;
  /** What scrolls when the pointer comes to its edge. */
  scroller(): HTMLElement | null;
}

/** So far the pointer may tremble on a click. */
const STILL_PX = 5;
const EDGE_PX = 32;
const SCROLL_PX = 8;

export class Drag {
  id = $state<string | null>(null);
  /** Where a drop would put it; `null` where there is no place. */
  over = $state.raw<Place | null>(null);
  at = $state.raw({ x: 0, y: 0 });

  readonly #ground: Ground;
  #end: AbortController | null = null;
  #frame = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Makes a row something that can be dragged. */
  row(id: string): Attachment<HTMLElement> {
    return (element) => {
      const press = (event: PointerEvent): void => this.#press(event, id);
      element.addEventListener('pointerdown', press);
      return () => element.removeEventListener('pointerdown', press);
    };
  }

  #press(event: PointerEvent, id: string): void {
    // A finger scrolls; it has the menu.
    const isPointer = event.button === 0 && event.pointerType !== 'touch';
    const onButton = (event.target as Element).closest('button') !== null;
    if (!isPointer || onButton || this.#ground.sections() === null) return;
    const from = { x: event.clientX, y: event.clientY };
    this.stop();
    this.#end = new AbortController();
    const { signal } = this.#end;
    const listen = <K extends keyof WindowEventMap>(
      name: K,
      heard: (event: WindowEventMap[K]) => void,
    ): void => window.addEventListener(name, heard, { signal, capture: true });
    listen('pointermove', (move) => this.#move(move, id, from));
    listen('pointerup', () => this.#drop());
    listen('pointercancel', () => this.stop());
    listen('blur', () => this.stop());
    listen('keydown', (key) => {
      if (key.key !== 'Escape' || this.id === null) return;
      key.preventDefault();
      key.stopPropagation();
      this.stop();
    });
  }

  #move(event: PointerEvent, id: string, from: { x: number; y: number }): void {
    const { clientX: x, clientY: y } = event;
    const begun = this.id !== null || Math.hypot(x - from.x, y - from.y) > STILL_PX;
    if (!begun) return;
    event.preventDefault();
    this.id = id;
    this.at = { x, y };
    this.#look();
    this.#scrollAtEdge();
  }

  #look(): void {
    const sections = this.#ground.sections();
    const hit = hitAt(this.at.x, this.at.y);
    const { id } = this;
    this.over =
      sections === null || hit === null || id === null ? null : placeAt(sections, id, hit);
  }

  #scrollAtEdge(): void {
    cancelAnimationFrame(this.#frame);
    const scroller = this.#ground.scroller();
    if (scroller === null || this.id === null) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const by =
      this.at.y < top + EDGE_PX ? -SCROLL_PX : this.at.y > bottom - EDGE_PX ? SCROLL_PX : 0;
    if (by === 0) return;
    this.#frame = requestAnimationFrame(() => {
      const before = scroller.scrollTop;
      scroller.scrollTop = before + by;
      if (scroller.scrollTop === before) return;
      this.#look();
      this.#scrollAtEdge();
    });
  }

  #drop(): void {
    const { id, over } = this;
    if (id !== null) swallowClick();
    this.stop();
    if (id !== null && over !== null) this.#ground.drop(id, over);
  }

  /** Ends it where it is; nothing has changed. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#end?.abort();
    this.#end = null;
    this.id = null;
    this.over = null;
  }
}

function hitAt(x: number, y: number): Hit | null {
  const under = document.elementFromPoint(x, y);
  const row = under?.closest<HTMLElement>('[data-calendar]') ?? null;
  if (row !== null) {
    const { top, height } = row.getBoundingClientRect();
    const half = y < top + height / 2 ? 'upper' : 'lower';
    return { kind: 'row', id: row.dataset.calendar ?? '', half };
  }
  const group = under?.closest<HTMLElement>('[data-group]') ?? null;
  return group === null ? null : { kind: 'group', index: Number(group.dataset.group) };
}

/** The click that ends a drag is none: it would switch the calendar under the pointer. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
}
