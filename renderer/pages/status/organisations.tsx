import { Button, Text, Title } from '@mantine/core';
import { shutKeychain } from '../../../shared/keychain-shut.ts';
import { say } from '../../../shared/language/say.ts';
import type { Organisation, Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { LeftOut } from '../../parts/left-out.tsx';
import { Moment } from '../../parts/moment.tsx';
import {
  callsLeftOf,
  failureOf,
  peopleOf,
  rolesOf,
  standingOf,
  type Looks,
} from '../../parts/organisation-facts.ts';
import { OrganisationTrouble } from '../../parts/organisation-trouble.tsx';
import { pauseOf } from '../../parts/pause.ts';
import { organisationsOf } from '../../parts/sign-ins.ts';
import { progressOf } from '../../parts/sync-progress.ts';
import { Tag } from '../../parts/tag.tsx';
import { ToneLabel } from '../../parts/tone.tsx';
import { Limits } from './limits.tsx';
import { OrganisationMenu } from './organisation-menu.tsx';
import classes from './section.module.css';

/** Every connected organisation with its people, roles and state. */
export function Organisations({
  snapshot,
  onConnectAnother,
  onChange,
}: {
  snapshot: Snapshot;
  onConnectAnother: (() => void) | null;
  onChange: () => void;
}) {
  const organisations = organisationsOf(snapshot.xero);
  const isShut = shutKeychain(snapshot) !== null;
  const isLooking = progressOf(snapshot.sync) !== null;
  const looks = pauseOf(snapshot) !== null && !isLooking ? 'paused' : 'goOn';
  return (
    <section className={classes['section']}>
      <div className={classes['head']}>
        <Title order={2}>{say('common.organisations')}</Title>
        <div className={classes['buttons']}>
          {onConnectAnother !== null && (
            <Button variant="subtle" size="compact-sm" h={28} onClick={onConnectAnother}>
              {say('common.connectAnotherOrganisation')}
            </Button>
          )}
          {organisations.length > 0 && (
            <Button variant="subtle" size="compact-sm" h={28} onClick={onChange}>
              {say('organisations.changeWhichAreGoverned')}
            </Button>
          )}
        </div>
      </div>
      {organisations.length === 0 ? (
        <Text c="dimmed">
          {say(isShut ? 'common.readOnceTheKeychainIsOpen' : 'organisations.noneIsConnectedSignIn')}
        </Text>
      ) : (
        <ul className={classes['rows']}>
          {organisations.map((organisation) => (
            <OrganisationRow
              key={organisation.id}
              organisation={organisation}
              xero={snapshot.xero}
              looks={looks}
            />
          ))}
        </ul>
      )}
      <LeftOut xero={snapshot.xero} />
      {organisations.length > 0 && <Limits />}
    </section>
  );
}

function OrganisationRow({
  organisation,
  xero,
  looks,
}: {
  organisation: Organisation;
  xero: readonly XeroSignIn[];
  looks: Looks;
}) {
  const { tone, word } = standingOf(organisation, looks);
  const { state } = organisation;
  const failure = failureOf(organisation);
  const people = peopleOf(organisation);
  const callsLeft = callsLeftOf(organisation);
  const hasMenu = organisation.governed || state.kind !== 'missing';
  return (
    <li className={`${classes['row'] ?? ''} ${classes['organisation'] ?? ''}`}>
      <div className={classes['title']}>
        {organisation.name}
        {organisation.demo && <Tag>{say('common.demoCompany')}</Tag>}
      </div>
      <div className={classes['standing']}>
        <ToneLabel tone={tone}>{word}</ToneLabel>
        {hasMenu && <OrganisationMenu organisation={organisation} />}
      </div>
      {failure === null ? (
        <>
          <Text size="xs" c="dimmed">
            {people !== null && `${people} · `}
            {rolesOf(organisation, looks)}
          </Text>
          <Text size="xs" c="dimmed" ta="right">
            {state.kind === 'read' && <Moment at={state.at} />}
          </Text>
          {callsLeft !== null && (
            <Text size="xs" c="dimmed" className={classes['calls']}>
              {callsLeft}
            </Text>
          )}
        </>
      ) : (
        <div className={classes['trouble']} data-place={`organisation/${organisation.id}`}>
          <OrganisationTrouble
            organisation={organisation}
            failure={failure}
            xero={xero}
            among="facts"
          />
        </div>
      )}
    </li>
  );
}
