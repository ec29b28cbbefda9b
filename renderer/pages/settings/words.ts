import { say } from '../../../shared/language/say.ts';

/** What each choice of the settings page is called. */

export const INTERVALS = {
  15: say('settings.every15Minutes'),
  30: say('settings.every30Minutes'),
  60: say('settings.everyHour'),
  120: say('settings.every2Hours'),
  240: say('settings.every4Hours'),
} as const;

export const DUE_AFTER = {
  30: say('settings.after30Days'),
  60: say('settings.after60Days'),
  90: say('settings.after90Days'),
  never: say('settings.never'),
} as const;

export const THEME_NAMES = {
  system: say('settings.likeThisComputer'),
  light: say('settings.light'),
  dark: say('settings.dark'),
} as const;

export const ACCOUNT_ID_NAMES = {
  global: say('settings.oneForEachPerson'),
  user: say('settings.oneForEachOrganisationA'),
} as const;

export const REQUEST_WINDOW_NAMES = {
  5: say('count.minute', { count: 5 }),
  15: say('count.minute', { count: 15 }),
  30: say('count.minute', { count: 30 }),
  60: say('count.hour', { count: 1 }),
  120: say('count.hour', { count: 2 }),
  240: say('count.hour', { count: 4 }),
  480: say('count.hour', { count: 8 }),
  1440: say('count.hour', { count: 24 }),
} as const;
