import { Title } from '@mantine/core';
import { say } from '../../shared/language/say.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';
import { RegisterCustom } from './register-custom.tsx';
import { RegisterDesktop } from './register-desktop.tsx';
import { RegisterWeb } from './register-web.tsx';

const GUIDES = { desktop: RegisterDesktop, web: RegisterWeb, custom: RegisterCustom } as const;

/** How to register the chosen kind of app at developer.xero.com. */
export function RegisterGuide({ kind }: { kind: XeroAppKind }) {
  const Guide = GUIDES[kind];
  return (
    <section>
      <Title order={2} mb={12}>
        {say('registerGuide.registerItAtXeroOnce')}
      </Title>
      <Guide />
    </section>
  );
}
