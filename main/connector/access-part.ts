import { join } from 'node:path';
import type { Intents } from '../../shared/intents.ts';
import { KeptLooks } from '../store/kept-looks.ts';
import { DeskHere, DeskThere } from './access-desks.ts';
import { AccessList } from './access-list.ts';
import { reportMaker } from './evidence-report.ts';
import type { ReadableHistory } from './history.ts';
import { userManagementAddress } from './pages.ts';
import type { StateHolder } from './state-holder.ts';
import type { ConnectorSurroundings } from './surroundings.ts';

/** The Access page's side of the connector: kept looks, the desks that answer for them, and its intents. */
export class AccessPart {
  readonly list: AccessList;
  readonly intents: AccessIntents;
  /** A look found all of this, at this time. */
  readonly looked: AccessList['looked'];
  readonly #there: DeskThere;

  constructor(
    surroundings: ConnectorSurroundings & { readonly history: ReadableHistory },
    state: StateHolder,
  ) {
    const { folder, startDesk, clock } = surroundings;
    this.#there = new DeskThere(startDesk, clock);
    this.list = new AccessList({
      ...surroundings,
      state,
      kept: new KeptLooks({ ...surroundings, folder: join(folder, 'looks') }),
      desks: { here: new DeskHere(), there: this.#there },
    });
    const { list } = this;
    this.looked = (read, at) => list.looked(read, at);
    this.intents = {
      accessOverview: () => list.overview(),
      listAccess: (request) => list.list(request),
      showPerson: (request) => list.person(request),
      listChanges: (request) => list.changes(request),
      exportAccess: (request) => list.export(request),
      saveReport: (request) =>
        list.saveReport(request, reportMaker(surroundings.app, state.snapshot)),
      showSaved: () => Promise.resolve(list.showSaved()),
      chooseOwnDomains: ({ domains }) => list.chooseDomains(domains),
      openUserManagement: ({ organisation }) =>
        surroundings.browser.open(userManagementAddress(organisation, state.snapshot)),
    };
  }

  /** What was looked at last is kept, then nothing of it runs any more. */
  async stop(): Promise<void> {
    await this.list.idle();
    await this.#there.stop();
  }
}

export type AccessIntents = Pick<
  Intents,
  | 'accessOverview'
  | 'listAccess'
  | 'showPerson'
  | 'listChanges'
  | 'exportAccess'
  | 'saveReport'
  | 'showSaved'
  | 'chooseOwnDomains'
  | 'openUserManagement'
>;
