import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { XeroSignIn } from '../../shared/snapshot.ts';

/** What can be opened over any page about Xero; one at a time. */
export type XeroDialog =
  /** `from` is an earlier attempt, whose app is offered again. */
  | { readonly kind: 'addSignIn'; readonly from?: XeroSignIn }
  | { readonly kind: 'connectAnother' }
  | { readonly kind: 'newSecret'; readonly signInId: string }
  | { readonly kind: 'changeApp'; readonly signInId: string }
  | { readonly kind: 'signOut'; readonly signInId: string }
  | { readonly kind: 'disconnect'; readonly organisationId: string };

interface OpenDialogs {
  readonly dialog: XeroDialog | null;
  readonly open: (dialog: XeroDialog) => void;
  readonly close: () => void;
}

const XeroDialogsContext = createContext<OpenDialogs | null>(null);

/** Remembers which dialog is open; `XeroDialogs` draws it. */
export function XeroDialogsProvider({ children }: { children: ReactNode }) {
  const [dialog, setDialog] = useState<XeroDialog | null>(null);
  const dialogs = useMemo(
    () => ({ dialog, open: setDialog, close: () => setDialog(null) }),
    [dialog],
  );
  return <XeroDialogsContext value={dialogs}>{children}</XeroDialogsContext>;
}

export function useXeroDialogs(): OpenDialogs {
  const dialogs = useContext(XeroDialogsContext);
  if (dialogs === null) throw new Error('No XeroDialogsProvider above this component');
  return dialogs;
}
