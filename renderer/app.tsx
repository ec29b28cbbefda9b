import { MantineProvider } from '@mantine/core';
import { SurroundingsProvider, useSnapshot } from './state.ts';
import type { Surroundings } from './state.ts';
import { Loading } from './pages/loading/loading.tsx';
import { Setup } from './pages/setup/setup.tsx';
import { Status } from './pages/status/status.tsx';
import { WindowTrouble } from './pages/window-trouble/window-trouble.tsx';
import { cssVariables, theme } from './theme.ts';

/** The whole window. The theme follows the system; the nonce is that of the CSP header. */
export function App({ surroundings, nonce }: { surroundings: Surroundings; nonce: string }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <SurroundingsProvider value={surroundings}>
        <WindowTrouble>
          <CurrentPage />
        </WindowTrouble>
      </SurroundingsProvider>
    </MantineProvider>
  );
}

function CurrentPage() {
  const snapshot = useSnapshot();
  if (snapshot === null) return <Loading />;
  if (snapshot.setup === 'done') return <Status snapshot={snapshot} />;
  return <Setup snapshot={snapshot} step={snapshot.setup} />;
}
