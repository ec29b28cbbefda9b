/** The colours of the design, from light to dark; the theme and the printed report take theirs from here. */

/** Deep teal, the one accent. */
export const accent = [
  '#eaf5f5',
  '#d0e7e8',
  '#a3d0d2',
  '#74b8bb',
  '#4aa0a4',
  '#2c888d',
  '#187378',
  '#0d5f64',
  '#094e52',
  '#063c40',
] as const;

/** Neutrals with a hint of blue: `gray` for the light theme, `dark` for the dark one (text first). */
export const gray = [
  '#f5f8fa',
  '#edf1f5',
  '#e0e7ed',
  '#ced8e1',
  '#b0bdc9',
  '#8191a0',
  '#5a6b7b',
  '#435464',
  '#2a3845',
  '#17222c',
] as const;
export const dark = [
  '#e3eaf0',
  '#c3ced8',
  '#9cabb9',
  '#74879a',
  '#3a4855',
  '#2a3641',
  '#1d2730',
  '#151d25',
  '#10171d',
  '#0b1015',
] as const;

/** For what can't be undone. */
export const red = [
  '#fcebe9',
  '#f8d3cf',
  '#f0aaa3',
  '#e57d73',
  '#d95a4e',
  '#cb4337',
  '#bd3429',
  '#ad2a20',
  '#8f2019',
  '#6f1813',
] as const;
