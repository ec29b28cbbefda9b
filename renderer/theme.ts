import { createTheme, rem } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';
import { say } from '../shared/language/say.ts';
import { accent, dark, gray, red } from './palette.ts';

/** The tokens of the design: colour, type, space, corners and the one shadow. Nothing else sets them. */

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, gray, dark, red },
  black: gray[9],
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: rem(13), sm: rem(15), md: rem(15), lg: rem(18), xl: rem(24) },
  fontWeights: { regular: '400', medium: '600', bold: '600' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.5', lg: '1.45', xl: '1.3' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.25' },
      h2: { fontSize: rem(18), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { sm: rem(8), md: rem(8), lg: rem(12) },
  defaultRadius: 'md',
  shadows: { md: '0 1px 2px rgb(16 30 42 / 6%), 0 6px 20px rgb(16 30 42 / 7%)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Checkbox: { defaultProps: { radius: 4 } },
    Menu: {
      defaultProps: {
        shadow: 'md',
        // Within the page, so that it stands in the landmark that it belongs to.
        withinPortal: false,
        // A menu may hold nothing beside its items.
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 0 },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        shadow: 'md',
        // The page's panes scroll, the body never does; locking it would inject a style the CSP refuses.
        lockScroll: false,
        transitionProps: { duration: 160, transition: 'fade' },
        closeButtonProps: { 'aria-label': say('common.close') },
      },
    },
  },
});

/** States of the world, each a text colour and a tint to lay under it; shapes of icons are in `parts/tone.tsx`. */
const lightTones = {
  '--tone-good': '#17694a',
  '--tone-good-tint': '#e6f4ed',
  '--tone-working': '#0d5f64',
  '--tone-working-tint': '#e5f2f3',
  '--tone-attention': '#855300',
  '--tone-attention-tint': '#fcf2df',
  '--tone-bad': '#ad2a20',
  '--tone-bad-tint': '#fcebe9',
  '--tone-paused': '#2f4f9e',
  '--tone-paused-tint': '#e9eefa',
  '--tone-offline': '#4d5e6e',
  '--tone-offline-tint': '#edf1f5',
} as const;
const darkTones = {
  '--tone-good': '#6bcb9b',
  '--tone-good-tint': '#17322a',
  '--tone-working': '#7cc3c6',
  '--tone-working-tint': '#15323a',
  '--tone-attention': '#e8b65a',
  '--tone-attention-tint': '#37301d',
  '--tone-bad': '#f49a90',
  '--tone-bad-tint': '#3b2427',
  '--tone-paused': '#9db7f2',
  '--tone-paused-tint': '#222f4a',
  '--tone-offline': '#a9b7c4',
  '--tone-offline-tint': '#232f39',
} as const;

/** Lays the tokens that Mantine doesn't name over those it does. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--motion': '160ms' },
  light: {
    ...lightTones,
    '--surface': '#ffffff',
    '--surface-sunken': gray[0],
    '--surface-raised': '#ffffff',
    '--line': gray[2],
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': gray[6],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': lightTones['--tone-bad'],
    '--mantine-color-default-border': gray[5],
    '--mantine-color-disabled-color': gray[6],
    '--mantine-color-accent-light': lightTones['--tone-working-tint'],
    '--mantine-color-accent-light-hover': '#d6eaeb',
    '--mantine-color-accent-light-color': accent[7],
  },
  dark: {
    ...darkTones,
    '--surface': dark[7],
    '--surface-sunken': dark[8],
    '--surface-raised': dark[6],
    '--line': '#2c3843',
    '--mantine-color-body': dark[7],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': darkTones['--tone-bad'],
    '--mantine-color-default-border': dark[3],
    '--mantine-color-disabled-color': dark[2],
    '--mantine-color-accent-light': darkTones['--tone-working-tint'],
    '--mantine-color-accent-light-hover': '#1b3f47',
    '--mantine-color-accent-light-color': darkTones['--tone-working'],
    '--mantine-color-anchor': accent[3],
  },
});
