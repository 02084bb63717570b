/** Starts on this port, or on the next one that is free; at most 50 further. */
export async function startNear<Started>(
  port: number,
  start: (port: number) => Promise<Started>,
): Promise<Started> {
  for (let candidate = port; ; candidate += 1) {
    try {
      return await start(candidate);
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || candidate >= port + 50) throw error;
    }
  }
}
