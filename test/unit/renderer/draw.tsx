import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MendsProvider } from '../../../renderer/parts/mends.tsx';
import type { Mends } from '../../../renderer/parts/mends.tsx';
import { XeroDialogsProvider } from '../../../renderer/xero-dialogs/open-dialogs.tsx';
import { SurroundingsProvider } from '../../../renderer/state.ts';
import { intentArguments, type Intents } from '../../../shared/intents.ts';
import { NOW } from '../../e2e/screens/data.ts';

const nothing = () => undefined;
const intents = Object.fromEntries(
  Object.keys(intentArguments).map((name) => [name, () => Promise.reject(new Error(name))]),
) as unknown as Intents;
const mends = new Proxy({}, { get: () => nothing }) as Mends;
const surroundings = {
  intents,
  snapshots: { current: () => null, subscribe: () => nothing },
  ticker: { current: () => NOW, subscribe: () => nothing },
};

/** What a part of the window shows at first: its words, and its buttons by the name they are told by. */
export function draw(part: ReactNode): { readonly text: string; readonly buttons: string[] } {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <SurroundingsProvider value={surroundings}>
        <XeroDialogsProvider>
          <MendsProvider value={mends}>{part}</MendsProvider>
        </XeroDialogsProvider>
      </SurroundingsProvider>
    </MantineProvider>,
  );
  const shown = markup.replace(/<style[\s\S]*?<\/style>/g, '');
  const buttons = [...shown.matchAll(/<button([^>]*)>([\s\S]*?)<\/button>/g)].map(
    ([, attributes = '', content = '']) =>
      /aria-label="([^"]*)"/.exec(attributes)?.[1] ?? wordsOf(content),
  );
  return { text: wordsOf(shown), buttons };
}

function wordsOf(markup: string): string {
  return markup
    .replace(/<(?:wbr|\/?b)\b[^>]*>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
