import { MantineProvider } from '@mantine/core';
import { SurroundingsProvider, useSnapshot } from './state.ts';
import type { Surroundings } from './state.ts';
import { Access } from './pages/access/access.tsx';
import { History } from './pages/history/history.tsx';
import { Loading } from './pages/loading/loading.tsx';
import { Requests } from './pages/requests/requests.tsx';
import { Settings } from './pages/settings/settings.tsx';
import { Setup } from './pages/setup/setup.tsx';
import { Status } from './pages/status/status.tsx';
import { usePage } from './page.ts';
import { XeroDialogsProvider } from './xero-dialogs/open-dialogs.tsx';
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
          <XeroDialogsProvider>
            <CurrentPage />
          </XeroDialogsProvider>
        </WindowTrouble>
      </SurroundingsProvider>
    </MantineProvider>
  );
}

function CurrentPage() {
  const snapshot = useSnapshot();
  const page = usePage();
  if (snapshot === null) return <Loading />;
  if (snapshot.setup !== 'done') return <Setup snapshot={snapshot} step={snapshot.setup} />;
  switch (page) {
    case 'status':
      return <Status snapshot={snapshot} />;
    case 'access':
      return <Access snapshot={snapshot} />;
    case 'requests':
      return <Requests snapshot={snapshot} />;
    case 'history':
      return <History snapshot={snapshot} />;
    case 'settings':
      return <Settings snapshot={snapshot} />;
  }
}
