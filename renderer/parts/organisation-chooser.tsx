import { Checkbox, Skeleton, Text } from '@mantine/core';
import { useId } from 'react';
import { say } from '../../shared/language/say.ts';
import type { Organisation, XeroSignIn } from '../../shared/snapshot.ts';
import classes from './organisation-chooser.module.css';
import { peopleOf, rolesOf } from './organisation-facts.ts';
import { OrganisationTrouble } from './organisation-trouble.tsx';
import { organisationsOf } from './sign-ins.ts';
import { Tag } from './tag.tsx';
import { ToneIcon } from './tone.tsx';

/** All connected organisations with a box each: ticked ones are governed. */
export function OrganisationChooser({
  xero,
  isChosen,
  onToggle,
}: {
  xero: readonly XeroSignIn[];
  isChosen: (organisation: Organisation) => boolean;
  onToggle: (organisation: Organisation, chosen: boolean) => void;
}) {
  return (
    <ul className={classes['list']}>
      {organisationsOf(xero).map((organisation) => (
        <OrganisationRow
          key={organisation.id}
          organisation={organisation}
          xero={xero}
          chosen={isChosen(organisation)}
          onToggle={(chosen) => onToggle(organisation, chosen)}
        />
      ))}
    </ul>
  );
}

function OrganisationRow({
  organisation,
  xero,
  chosen,
  onToggle,
}: {
  organisation: Organisation;
  xero: readonly XeroSignIn[];
  chosen: boolean;
  onToggle: (chosen: boolean) => void;
}) {
  const facts = useId();
  return (
    <li className={classes['row']}>
      <Checkbox
        className={classes['box']}
        checked={chosen}
        onChange={(event) => onToggle(event.currentTarget.checked)}
        aria-describedby={facts}
        label={
          <span className={classes['name']}>
            {organisation.name}
            {organisation.demo && <Tag>{say('common.demoCompany')}</Tag>}
          </span>
        }
      />
      <div id={facts} className={classes['facts']}>
        <OrganisationFacts organisation={organisation} xero={xero} />
      </div>
    </li>
  );
}

function OrganisationFacts({
  organisation,
  xero,
}: {
  organisation: Organisation;
  xero: readonly XeroSignIn[];
}) {
  const { state } = organisation;
  switch (state.kind) {
    case 'unread':
      return (
        <>
          <Skeleton height={12} width={180} radius="sm" my={4} animate={false} aria-hidden />
          <span className={classes['unread']}>{rolesOf(organisation)}</span>
        </>
      );
    case 'read':
      return (
        <Text size="xs" c="dimmed">
          {state.people > 0 && (
            <>
              <b className={classes['people']}>{peopleOf(organisation)}</b> ·{' '}
            </>
          )}
          {rolesOf(organisation)}
        </Text>
      );
    case 'failed':
    case 'missing':
      return (
        <div className={classes['failure']}>
          <ToneIcon tone="bad" size={16} />
          <OrganisationTrouble
            organisation={organisation}
            failure={state.because}
            xero={xero}
            among="boxes"
          />
        </div>
      );
  }
}
