import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus, IconX } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { AccessFilter, AccessOverview } from '../../../shared/access-list.ts';
import { WARNING_NAMES } from '../../../shared/access-words.ts';
import { say } from '../../../shared/language/say.ts';
import classes from './filter-bar.module.css';
import { outsideOf, rolePeople, WHO } from './words.ts';

type Change = (filter: AccessFilter) => void;

/** Whom the table shows, as a sentence of which each part can be changed. */
export const FilterBar = memo(function FilterBar({
  overview,
  filter,
  onChange,
  onDomains,
}: {
  overview: AccessOverview;
  filter: AccessFilter;
  onChange: Change;
  onDomains: () => void;
}) {
  const { only, warning } = filter;
  const without = (condition: 'subscribers' | 'outside') =>
    onChange({ ...filter, only: only.filter((each) => each !== condition) });
  return (
    <div className={classes['bar']} role="group" aria-label={say('filterBar.filter')}>
      <Who overview={overview} filter={filter} onChange={onChange} />
      <span className={classes['word']}>{say('filterBar.in')}</span>
      <Where overview={overview} filter={filter} onChange={onChange} />
      {only.includes('subscribers') && (
        <Condition onRemove={() => without('subscribers')}>{say('common.whoPayForIt')}</Condition>
      )}
      {only.includes('outside') && (
        <Condition onRemove={() => without('outside')} onChange={onDomains}>
          {outsideOf(overview.domains.own)}
        </Condition>
      )}
      {warning !== null && (
        <Condition onRemove={() => onChange({ ...filter, warning: null })}>
          {say('common.with', {
            warning: warning === 'any' ? say('common.somethingToLookAt') : WARNING_NAMES[warning],
          })}
        </Condition>
      )}
      <More overview={overview} filter={filter} onChange={onChange} onDomains={onDomains} />
    </div>
  );
});

interface PartProps {
  readonly overview: AccessOverview;
  readonly filter: AccessFilter;
  readonly onChange: Change;
}

function Who({ overview, filter, onChange }: PartProps) {
  const { who } = filter;
  const role = overview.roles.find(({ id }) => who.kind === 'role' && id === who.role);
  const choose = (to: AccessFilter['who']) => () => onChange({ ...filter, who: to });
  return (
    <Part
      name={who.kind === 'role' ? rolePeople(role?.name ?? who.role) : WHO[who.kind]}
      label={say('common.who')}
    >
      <Choice onClick={choose({ kind: 'everyone' })} count={overview.people}>
        {say('access.everyone')}
      </Choice>
      {overview.roles.map(({ id, name, people }) => (
        <Choice key={id} onClick={choose({ kind: 'role', role: id })} count={people}>
          {rolePeople(name)}
        </Choice>
      ))}
      {overview.undisclosed > 0 && (
        <Choice onClick={choose({ kind: 'undisclosed' })} count={overview.undisclosed}>
          {say('access.peopleInARoleXero')}
        </Choice>
      )}
      {overview.removed > 0 && (
        <Choice onClick={choose({ kind: 'removed' })} count={overview.removed}>
          {say('access.peopleRemovedInXero')}
        </Choice>
      )}
    </Part>
  );
}

function Where({ overview: { organisations }, filter, onChange }: PartProps) {
  const chosen = organisations.find(({ id }) => id === filter.organisation);
  const choose = (organisation: string | null) => () => onChange({ ...filter, organisation });
  return (
    <Part
      name={chosen?.name ?? say('filterBar.anyOrganisation')}
      label={say('common.organisation')}
    >
      <Choice onClick={choose(null)}>{say('filterBar.anyOrganisation')}</Choice>
      {organisations.map(({ id, name, people }) => (
        <Choice key={id} onClick={choose(id)} count={people}>
          {name}
        </Choice>
      ))}
    </Part>
  );
}

function More({
  overview,
  filter,
  onChange,
  onDomains,
}: PartProps & { readonly onDomains: () => void }) {
  const { only } = filter;
  const add = (condition: 'subscribers' | 'outside') => () =>
    onChange({ ...filter, only: [...only, condition] });
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          h={28}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          {say('access.addAFilter')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>
        {!only.includes('subscribers') && (
          <Choice onClick={add('subscribers')} count={overview.subscribers}>
            {say('common.whoPayForIt')}
          </Choice>
        )}
        {!only.includes('outside') && (
          <Choice
            onClick={overview.domains.own.length === 0 ? onDomains : add('outside')}
            count={overview.outside}
          >
            {outsideOf(overview.domains.own)}
          </Choice>
        )}
        <Choice onClick={() => onChange({ ...filter, warning: 'any' })}>
          {say('filterBar.withSomethingToLookAt')}
        </Choice>
        {overview.warnings.map(({ code, people }) => (
          <Choice key={code} onClick={() => onChange({ ...filter, warning: code })} count={people}>
            {say('filterBar.withWarningNames', { warningNames: WARNING_NAMES[code] })}
          </Choice>
        ))}
        <Choice onClick={onDomains}>{say('access.yourEMailDomains')} …</Choice>
      </Menu.Dropdown>
    </Menu>
  );
}

function Part({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes['part']} aria-label={`${label}: ${name}`}>
          <span className={classes['partName']}>{name}</span>
          <IconChevronDown size={16} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>{children}</Menu.Dropdown>
    </Menu>
  );
}

function Choice({
  count,
  onClick,
  children,
}: {
  count?: number;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <Menu.Item
      onClick={onClick}
      rightSection={
        count === undefined ? null : (
          <span className={classes['count']}>{count.toLocaleString()}</span>
        )
      }
    >
      {children}
    </Menu.Item>
  );
}

function Condition({
  onRemove,
  onChange,
  children,
}: {
  onRemove: () => void;
  onChange?: () => void;
  children: ReactNode;
}) {
  return (
    <span className={classes['condition']}>
      {onChange === undefined ? (
        <span>{children}</span>
      ) : (
        <button type="button" className={classes['inside']} onClick={onChange}>
          {children}
        </button>
      )}
      <button type="button" className={classes['remove']} onClick={onRemove}>
        <IconX size={16} stroke={1.75} aria-hidden />
        <span className={classes['hidden']}>{say('filterBar.removeThisFilter')}</span>
      </button>
    </span>
  );
}
