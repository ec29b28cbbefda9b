/**
 * The change from one app at Xero to another, once somebody has signed in with the new one. The old
 * sign-in is kept until the new app reaches every governed organisation that only the old one reached.
 */
export interface AppChange {
  /** The sign-in that is given up. */
  readonly from: string;
  /** Of the app that takes its place. */
  readonly clientId: string;
}
