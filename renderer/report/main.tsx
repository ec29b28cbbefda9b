import '@fontsource-variable/inter/wght.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { accent, gray, red } from '../palette.ts';
import { Report } from './report.tsx';
import { titleOf } from './words.ts';

/** What the design's colours are called on paper, which has one theme. */
const INKS = {
  '--ink': gray[9],
  '--ink-dimmed': gray[6],
  '--ink-accent': accent[7],
  '--ink-warning': red[7],
  '--line': gray[2],
  '--line-strong': gray[5],
  '--tint': gray[0],
  // The sign is drawn with Mantine's name for the accent.
  '--mantine-primary-color-filled': accent[7],
} as const;

/** Lays the report out in a window that nobody sees, and says when it may be printed. */
async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('report.html has no #root');
  for (const [name, value] of Object.entries(INKS)) root.style.setProperty(name, value);
  const report = await window.reporter.report();
  document.title = titleOf(report);
  flushSync(() => createRoot(root).render(<Report report={report} />));
  // Letters are fetched once something is to be written with them.
  document.body.getBoundingClientRect();
  await document.fonts.ready;
  window.reporter.laidOut();
}

void main();
