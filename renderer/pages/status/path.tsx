import { IconArrowRight, IconLinkOff } from '@tabler/icons-react';
import type { Failure } from '../../../shared/errors.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { pauseOf } from '../../parts/pause.ts';
import type { Action } from '../../parts/use-action.ts';
import type { Tone } from '../../parts/tones.ts';
import { C1Card } from './c1-card.tsx';
import { ComputerCard } from './computer-card.tsx';
import classes from './path.module.css';
import { c1Station, xeroStation } from './stations.ts';
import { XeroCard } from './xero-card.tsx';

/** The path of the data: Xero → this computer → C1, broken where it is broken. */
export function Path({
  snapshot,
  told,
  pausing,
  onReplaceCredential,
  onRemoveCredential,
}: {
  snapshot: Snapshot;
  /** The failure that the hero sentence tells of already. */
  told: Failure | null;
  pausing: Action;
  onReplaceCredential: () => void;
  onRemoveCredential: () => void;
}) {
  const paused = pauseOf(snapshot) !== null && snapshot.sync.kind !== 'uploading';
  return (
    <section className={classes['path']} aria-label={say('path.thePathOfTheData')}>
      <XeroCard snapshot={snapshot} told={told} />
      <Link tone={xeroStation(snapshot).tone} between={say('path.xeroAndThisComputer')} />
      <ComputerCard snapshot={snapshot} told={told} pausing={pausing} />
      <Link
        tone={paused ? 'paused' : c1Station(snapshot).tone}
        between={say('path.thisComputerAndC1')}
      />
      <C1Card
        snapshot={snapshot}
        told={told}
        onReplaceCredential={onReplaceCredential}
        onRemoveCredential={onRemoveCredential}
      />
    </section>
  );
}

function Link({ tone, between }: { tone: Tone; between: string }) {
  const whole = tone === 'good' || tone === 'working';
  const Icon = whole ? IconArrowRight : IconLinkOff;
  return (
    <div
      className={classes['link']}
      data-whole={whole}
      data-waits={tone === 'offline' || tone === 'paused'}
      role="img"
      aria-label={
        whole
          ? say('path.dataFlowsBetween', { between })
          : say('path.noDataFlowsBetween', { between })
      }
    >
      <Icon size={18} stroke={1.75} aria-hidden />
    </div>
  );
}
