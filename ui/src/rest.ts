/**
 * The rest of the window: what the first picture of a view with hours does not show. One file,
 * fetched behind that picture and there from then on: who types on right after the key of a sheet
 * would lose letters while one is fetched.
 */
export { default as Agenda } from './calendar/Agenda.svelte';
export { default as MonthGrid } from './calendar/MonthGrid.svelte';
export { default as YearGrid } from './calendar/YearGrid.svelte';
export { default as DetailsPopover } from './details/DetailsPopover.svelte';
export { default as FirstRun } from './onboarding/FirstRun.svelte';
export { default as Sheets } from './Sheets.svelte';
export { default as Sidebar } from './sidebar/Sidebar.svelte';
