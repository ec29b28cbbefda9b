import './mantine.css';
import '@fontsource-variable/inter/wght.css';
import './theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openTicker } from './clock.ts';
import { followRest } from './rest.ts';
import { openSnapshotStore } from './state.ts';

/** Relative times have minutes as their smallest step; five seconds keep them honest. */
const TICK_MS = 5_000;

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

// The handler of app:// replaces the placeholder in index.html with the nonce of its CSP header.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

const surroundings = {
  intents: window.connector,
  snapshots: openSnapshotStore(window.connector),
  ticker: openTicker(Date.now, TICK_MS),
};

followRest(window.connector);
createRoot(root).render(
  <StrictMode>
    <App surroundings={surroundings} nonce={nonce} />
  </StrictMode>,
);
