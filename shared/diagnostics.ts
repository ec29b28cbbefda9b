/** One file of the bundle that support gets, as the window shows it before it is saved. */
export interface DiagnosticFile {
  readonly name: string;
  readonly lines: readonly string[];
}
