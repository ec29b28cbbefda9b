/** The fixed words of the pause. */
export const PAUSE = {
  button: 'Pause',
  resume: 'Resume',
  lengths: {
    hour: 'For 1 hour',
    tomorrow: 'Until tomorrow, 8 o’clock',
    byHand: 'Until I resume it',
  },
  headline: 'Paused.',
  forTime: 'It goes on by itself ',
  byHand: 'It stays so until you resume it.',
  meanwhile: ' Until then no looks at Xero and no syncs; what C1 asks for waits.',
  station: 'Paused',
} as const;
