// A failure as the screen tells it.

export interface Problem {
  /** `full`: no room. `newer`: written by a newer version. `closed`: no access (any more). */
  readonly kind: 'full' | 'newer' | 'closed' | 'blocked' | 'other';
  readonly message: string;
  readonly tip: string;
}
