import { ACCOUNT_IDS } from '../../../shared/settings.ts';
import type { Organisation } from '../../../shared/snapshot.ts';
import { Choice } from './choice.tsx';
import type { SettingsProps } from './everyday.tsx';
import { Setting } from './setting.tsx';
import { IDS } from './words.ts';

/** What C1 knows accounts and roles by; seldom changed, and never lightly. */
export function Ids({
  settings,
  busy,
  change,
  organisations,
}: SettingsProps & { readonly organisations: readonly Organisation[] }) {
  const { accountId, legacyOrganisationId } = settings;
  const known = organisations.filter(({ governed, id }) => governed || id === legacyOrganisationId);
  const legacy = [
    { value: null, label: IDS.none },
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Setting title={IDS.title}>
      <Choice
        label={IDS.account}
        description={IDS.accountSays}
        value={accountId}
        options={ACCOUNT_IDS.map((value) => ({ value, label: IDS.accounts[value] }))}
        disabled={busy}
        onChange={(value) => change({ accountId: value })}
      />
      <Choice<string | null>
        label={IDS.legacy}
        description={IDS.legacySays}
        value={legacyOrganisationId}
        options={legacy}
        disabled={busy}
        onChange={(value) => change({ legacyOrganisationId: value })}
      />
    </Setting>
  );
}
