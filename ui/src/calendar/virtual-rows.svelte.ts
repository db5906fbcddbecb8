/**
 * Which rows of a long list are in the document: those in view, some around them, and those that
 * have to stay. Heights are known; @tanstack/virtual-core follows the scrolling and finds them.
 */
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';

export interface Row {
  key: string;
  height: number;
}

/** Rows rendered beyond the edges of the view, so that scrolling finds them there. */
const AROUND = 8;
/** Before the window has a layout, and where it never gets one (tests). */
const FIRST_HEIGHT = 800;

export class VirtualRows {
  #version = $state(0);
  #rows: readonly Row[] = [];
  #element: HTMLElement | null = null;
  #stay: readonly number[] = [];
  #report: (offset: number) => void = () => {};
  readonly #padding: number;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;

  /** `padding` is what stands before the first row and after the last. */
  constructor(padding: number) {
    this.#padding = padding;
    this.#virtualizer = new Virtualizer(this.#options());
  }

  /** Follows an element that scrolls; the answer stops that. */
  follow(element: HTMLElement): () => void {
    this.#element = element;
    const stop = this.#virtualizer._didMount();
    this.#virtualizer._willUpdate();
    return () => {
      stop();
      this.#element = null;
    };
  }

  /** The rows to render, in order; `stay` are rendered wherever they are. Call it in a derived. */
  indexes(rows: readonly Row[], stay: readonly number[]): number[] {
    void this.#version;
    this.#rows = rows;
    this.#stay = stay;
    this.#virtualizer.setOptions(this.#options());
    return this.#virtualizer.getVirtualIndexes();
  }

  /** Told of a scrolling that was our own, so that its rows are there before it is painted. */
  moved(offset: number): void {
    this.#report(offset);
  }

  #options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const rows = this.#rows;
    const stay = this.#stay;
    return {
      count: rows.length,
      getScrollElement: () => this.#element,
      estimateSize: (index) => rows[index]?.height ?? 0,
      getItemKey: (index) => rows[index]?.key ?? index,
      paddingStart: this.#padding,
      paddingEnd: this.#padding,
      overscan: AROUND,
      initialRect: { width: 0, height: FIRST_HEIGHT },
      rangeExtractor: (range) => withThose(defaultRangeExtractor(range), stay, rows.length),
      scrollToFn: elementScroll,
      observeElementRect: (instance, tell) =>
        observeElementRect(instance, ({ width, height }) =>
          tell({ width, height: height === 0 ? FIRST_HEIGHT : height }),
        ),
      observeElementOffset: (instance, tell) => {
        this.#report = (offset) => tell(offset, false);
        return observeElementOffset(instance, tell);
      },
      onChange: () => (this.#version += 1),
    };
  }
}

function withThose(shown: readonly number[], stay: readonly number[], count: number): number[] {
  const all = new Set([...shown, ...stay.filter((index) => index >= 0 && index < count)]);
  return [...all].sort((a, b) => a - b);
}
