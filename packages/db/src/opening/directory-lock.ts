import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

/** Another live process has the embedded database open. The message says what to do. */
export class DatabaseHeldError extends Error {
  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}. Stop it first, or set DATABASE_URL.`);
    this.name = 'DatabaseHeldError';
  }
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given the same number; empty where the system does not say. */
  readonly mark: string;
}

// Locks of this very process: in a container the one that died often had the number we have now.
const ours = new Set<string>();

/**
 * Takes the lock file at `path`, for the embedded database in `directory`: PGlite itself lets two processes open one
 * directory, and rows are lost without a word. A lock of a process that is gone is taken over. Throws
 * `DatabaseHeldError`. Does not see processes of another machine or container. Answers what gives it back.
 */
export const lockDirectory = (directory: string, path: string): (() => void) => {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  for (;;) {
    if (ours.has(path)) throw new DatabaseHeldError(directory, process.pid);
    if (take(path, own)) break;
    const holder = readHolder(path);
    if (holder === null) continue;
    if (isAlive(holder)) throw new DatabaseHeldError(directory, holder.pid);
    removeLockOf(holder, path, own);
  }
  ours.add(path);
  return () => {
    if (ours.delete(path)) unlinkSync(path);
  };
};

/** Linking a complete file into place is atomic, so nobody ever reads half a lock. */
const take = (path: string, own: string): boolean => {
  writeFileSync(own, JSON.stringify({ pid: process.pid, mark: markOf(process.pid) } satisfies Holder));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(own);
  }
};

const readHolder = (path: string): Holder | null => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const { pid, mark } = JSON.parse(text) as Partial<Holder>;
    if (typeof pid === 'number' && typeof mark === 'string') return { pid, mark };
  } catch {
    // Not one of ours, or the disk was full: nobody holds a lock like that.
  }
  return { pid: 0, mark: '' };
};

const isAlive = ({ pid, mark }: Holder): boolean => {
  if (pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const now = markOf(pid);
  return mark === '' || now === '' || now === mark;
};

/** Moving it away is atomic: of two that saw the same dead process only one gets that file. */
const removeLockOf = (dead: Holder, path: string, own: string): void => {
  const aside = `${own}.dead`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  const isTheDeadOne = moved === null || (moved.pid === dead.pid && moved.mark === dead.mark);
  // Somebody was faster and this is their fresh lock: put it back.
  if (!isTheDeadOne) linkSync(aside, path);
  unlinkSync(aside);
};

/** Boot and start time of a process, on Linux. */
const markOf = (pid: number): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22 is the start time; the name in field 2 may hold blanks, so count from behind its bracket.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot}/${start}`;
  } catch {
    return '';
  }
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
