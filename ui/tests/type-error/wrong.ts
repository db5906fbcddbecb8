// A known type error. `npm run check:canary` passes only if the type check refuses this file.
export const minutes: number = 'sixty';
