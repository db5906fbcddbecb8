/** What was used last, for as long as the window is open. */
import { used } from './rank';

let ids: readonly string[] = [];

export const recent = {
  get ids(): readonly string[] {
    return ids;
  },
  add(id: string): void {
    ids = used(ids, id);
  },
  forget(): void {
    ids = [];
  },
};
