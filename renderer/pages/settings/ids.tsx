import { say } from '../../../shared/language/say.ts';
import { ACCOUNT_IDS } from '../../../shared/settings.ts';
import type { Organisation } from '../../../shared/snapshot.ts';
import { Choice } from './choice.tsx';
import type { SettingsProps } from './everyday.tsx';
import { Setting } from './setting.tsx';
import { ACCOUNT_ID_NAMES } from './words.ts';

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
    { value: null, label: say('settings.noOrganisationKeepsThem') },
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Setting title={say('settings.howAccountsAreToldApart')}>
      <Choice
        label={say('settings.idOfAnAccount')}
        description={say('settings.onePersonWhoIsIn')}
        value={accountId}
        options={ACCOUNT_IDS.map((value) => ({ value, label: ACCOUNT_ID_NAMES[value] }))}
        disabled={busy}
        onChange={(value) => change({ accountId: value })}
      />
      <Choice<string | null>
        label={say('settings.idsOfBatonXero')}
        description={say('settings.comingFromBatonXeroChoose')}
        value={legacyOrganisationId}
        options={legacy}
        disabled={busy}
        onChange={(value) => change({ legacyOrganisationId: value })}
      />
    </Setting>
  );
}
