import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Incident, IncidentKind, Incidents } from '../src/ports/incidents.ts';

/** Incidents in memory; passes the incidents contract. */
export const createFakeIncidents = ({ now }: { readonly now: () => Instant }): Incidents => {
  const open = new Map<ConnectionId, readonly Incident[]>();
  const raised: {
    readonly connectionId: ConnectionId;
    readonly kind: IncidentKind;
    readonly subject: string;
  }[] = [];
  const openOf = (connectionId: ConnectionId) => open.get(connectionId) ?? [];
  return {
    async raise(connectionId, kind, subject) {
      const known = openOf(connectionId);
      if (known.some((incident) => incident.kind === kind && incident.subject === subject)) return false;
      raised.push({ connectionId, kind, subject });
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
    async subjectsRaised(connectionId, kind) {
      const ofKind = raised.filter((one) => one.connectionId === connectionId && one.kind === kind);
      return [...new Set(ofKind.map(({ subject }) => subject))];
    },
  };
};
