import { say } from '../../shared/language/say.ts';
import type { Snapshot } from '../../shared/snapshot.ts';
import { Breakable } from '../parts/breakable.tsx';
import { Moment } from '../parts/moment.tsx';
import { Say } from '../parts/say.tsx';
import classes from './sheet.module.css';
import { sidesOf, stationOf, type Side } from './stations.ts';
import { STATION_STATE, STATIONS } from './words.ts';

/** The four stations, with the one that was come to. */
export function Stations({ at }: { at: ReturnType<typeof stationOf> }) {
  return (
    <ol className={classes['stations']}>
      {STATIONS.map((name, index) => {
        const state = index < at ? 'passed' : index === at ? 'current' : 'open';
        return (
          <li
            key={name}
            className={classes['station']}
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            {name}
            <span className={classes['word']}>{STATION_STATE[state]}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Old and new credential side by side; which one is in use stands there in words. */
export function Pair({ snapshot }: { snapshot: Snapshot }) {
  return (
    <div className={classes['pair']}>
      {sidesOf(snapshot).map((side) => (
        <OneSide key={side.name} side={side} />
      ))}
    </div>
  );
}

function OneSide({ side: { name, credential, standing, inUse } }: { side: Side }) {
  return (
    <section className={classes['side']} data-in-use={inUse} aria-label={name}>
      <h3 className={classes['name']}>{name}</h3>
      {credential === null ? (
        <p className={classes['facts']}>{say('rotation.notPastedYet')}</p>
      ) : (
        <>
          <p className={classes['id']}>
            <Breakable>{credential.clientId}</Breakable>
          </p>
          <p className={classes['standing']}>{standing}</p>
          <p className={classes['facts']}>
            <Say
              word="overview.addedHere"
              values={{ moment: <Moment at={credential.addedAt} /> }}
            />
          </p>
        </>
      )}
    </section>
  );
}
