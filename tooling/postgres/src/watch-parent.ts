import { spawn } from 'node:child_process';

// `read` returns when our end of the pipe closes, and the kernel closes it however we end, kill -9 included.
const script = `read -r _
[ -f "$1/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" 2>/dev/null
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -f "$1/data/postmaster.pid" ] || break; sleep 0.2; done
rm -rf "$1"`;

/**
 * Starts a process that outlives us only to end the server below `directory` and to remove the directory, so that a
 * killed test run leaves nothing behind. Calling what it returns makes it do so at once.
 */
export const watchParent = (directory: string): (() => void) => {
  const watcher = spawn('/bin/sh', ['-c', script, 'watch-parent', directory], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    // A session of its own: Ctrl-C in the terminal must not end it before its work is done.
    detached: true,
  });
  watcher.unref();
  const { stdin } = watcher;
  // Without this a watcher that is gone already would end us with EPIPE.
  stdin.on('error', () => {});
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref();
  return () => stdin.end();
};
