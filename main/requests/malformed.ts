/** Why a task can't be understood, in words for C1's admins. */
export interface Malformed {
  readonly malformed: string;
}
