import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Incident, Incidents } from '../src/ports/incidents.ts';

/** Incidents in memory; passes the incidents contract. */
export const createFakeIncidents = ({ now }: { readonly now: () => Instant }): Incidents => {
  const open = new Map<ConnectionId, readonly Incident[]>();
  const openOf = (connectionId: ConnectionId) => open.get(connectionId) ?? [];
  return {
    async raise(connectionId, kind, subject) {
      const known = openOf(connectionId);
      if (known.some((incident) => incident.kind === kind && incident.subject === subject)) return false;
      open.set(connectionId, [{ kind, subject, raisedAt: now() }, ...known]);
      return true;
    },
    async resolve(connectionId, kind, subject) {
      const known = openOf(connectionId);
      const left = known.filter((incident) => incident.kind !== kind || incident.subject !== subject);
      open.set(connectionId, left);
      return left.length < known.length;
    },
    async listOpen(connectionId) {
      return openOf(connectionId);
    },
  };
};
