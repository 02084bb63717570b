/** Where a program under test is to die. */
export interface CrashPoint {
  readonly port:
    | 'inbox'
    | 'checks'
    | 'connections'
    | 'incidents'
    | 'grants'
    | 'callLog'
    | 'ats'
    | 'checkProvider';
  readonly method: string;
  /** Before or after the method took effect. */
  readonly when: 'before' | 'after';
  /** 1 for its first call. */
  readonly call: number;
  /** Default `SIGKILL`. After `SIGSTOP` it stands still until it is continued, and goes on as if nothing had happened. */
  readonly signal?: 'SIGKILL' | 'SIGSTOP';
}
