import { Button } from '@mantine/core';
import type { Failure } from '../../../shared/errors.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot, XeroSignIn } from '../../../shared/snapshot.ts';
import { Breakable } from '../../parts/breakable.tsx';
import {
  isSignedIn,
  keptSignIns,
  markOf,
  nameOf,
  organisationsOf,
  shortId,
} from '../../parts/sign-ins.ts';
import { ToneLabel } from '../../parts/tone.tsx';
import { useXeroDialogs } from '../../xero-dialogs/open-dialogs.tsx';
import { StationCard } from './station-card.tsx';
import { xeroStation } from './stations.ts';
import classes from './xero-card.module.css';

/** Who is signed in to Xero, each with the way out, and the way for others to come in. */
export function XeroCard({ snapshot, told }: { snapshot: Snapshot; told: Failure | null }) {
  const { xero } = snapshot;
  const { open } = useXeroDialogs();
  // One app is changed at a time.
  const changeApp =
    snapshot.appChange === undefined
      ? (signInId: string) => open({ kind: 'changeApp', signInId })
      : undefined;
  const signOut = (signInId: string) => open({ kind: 'signOut', signInId });
  const station = xeroStation(snapshot);
  const kept = keptSignIns(xero);
  const [only, ...others] = kept;
  const several = others.length > 0;
  const organisations = organisationsOf(xero);
  const governed = organisations.filter((organisation) => organisation.governed);
  return (
    <StationCard
      name="Xero"
      place="xero"
      station={station}
      told={told}
      title={titleOf(kept)}
      further={
        <>
          {!several && only !== undefined && (
            <Button variant="subtle" size="compact-sm" onClick={() => signOut(only.id)}>
              {say('xeroCard.signOut')}
            </Button>
          )}
          {!several && only !== undefined && changeApp !== undefined && (
            <Button variant="subtle" size="compact-sm" onClick={() => changeApp(only.id)}>
              {say('changeApp.button')}
            </Button>
          )}
          {only !== undefined && station.ways.length === 0 && (
            <Button variant="subtle" size="compact-sm" onClick={() => open({ kind: 'addSignIn' })}>
              {say('xeroCard.addSignIn')}
            </Button>
          )}
        </>
      }
    >
      {several ? (
        <ul className={classes['list']}>
          {kept.map((signIn) => (
            <SignInRow
              key={signIn.id}
              signIn={signIn}
              onChangeApp={changeApp && (() => changeApp(signIn.id))}
              onSignOut={() => signOut(signIn.id)}
            />
          ))}
        </ul>
      ) : (
        only !== undefined && (
          <p>
            <Breakable>{markOf(only)}</Breakable>
          </p>
        )
      )}
      {organisations.length > 0 && (
        <p>
          {say('xeroCard.ofGoverned', {
            governed: governed.length,
            organisations: say('count.organisation', { count: organisations.length }),
          })}
        </p>
      )}
    </StationCard>
  );
}

function titleOf(kept: readonly XeroSignIn[]): string {
  const [only, ...others] = kept;
  if (only === undefined) return say('xeroCard.nobodySignedIn');
  return others.length > 0 ? say('count.signIn', { count: kept.length }) : nameOf(only);
}

/** One of several sign-ins, with its own way out. */
function SignInRow({
  signIn,
  onChangeApp,
  onSignOut,
}: {
  signIn: XeroSignIn;
  onChangeApp: (() => void) | undefined;
  onSignOut: () => void;
}) {
  const who = signIn.who?.email ?? `${nameOf(signIn)} ${shortId(signIn)}`;
  return (
    <li className={classes['row']}>
      <span className={classes['who']}>
        <Breakable>{who}</Breakable>
      </span>
      {!isSignedIn(signIn) && <ToneLabel tone="bad">{say('common.needsYou')}</ToneLabel>}
      <span className={classes['ways']}>
        {onChangeApp !== undefined && (
          <RowButton name={say('changeApp.buttonOf', { who })} onClick={onChangeApp}>
            {say('changeApp.button')}
          </RowButton>
        )}
        <RowButton name={say('xeroCard.signOutOf', { who })} onClick={onSignOut}>
          {say('xeroCard.signOut')}
        </RowButton>
      </span>
    </li>
  );
}

/** A small button of one row, whose full name tells whose it is. */
function RowButton({
  name,
  onClick,
  children,
}: {
  name: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button variant="subtle" size="compact-xs" mih={24} aria-label={name} onClick={onClick}>
      {children}
    </Button>
  );
}
