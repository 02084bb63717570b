import type { ConnectionId, PackageId } from '@turn-lever/core/ids';
import type { CheckPackage } from '@turn-lever/core/ordering/package-tag';
import type { PackageListing } from '@turn-lever/core/ports/check-provider';
import { z } from 'zod';
import { toStorable } from '../storable-text.ts';
import { replyError } from './reply-error.ts';
import type { SendToTurn } from './request.ts';
import { vendorId } from './vendor-id.ts';

const route = 'GET /public_api/me/packages';

const packageItem = z.object({
  package_id: vendorId.nullish().catch(null),
  id: vendorId.nullish().catch(null),
  name: z.string().overwrite(toStorable).trim().nullish().catch(null),
});
const packagesAnswer = z.union([
  z.array(z.unknown()),
  z.object({ packages: z.array(z.unknown()) }).transform(({ packages }) => packages),
]);

// Not every account, and perhaps no longer any, has this undocumented route (`turn-api.md` §1.5).
const notOffered: readonly number[] = [404, 405, 501];

/**
 * The account's packages. Items without an id are passed over, a package without a name is called by its id.
 *
 * @throws PortError as the port says.
 */
export const listPackages = async (
  send: SendToTurn,
  connectionId: ConnectionId,
  timeout: number,
): Promise<PackageListing> => {
  const reply = await send(connectionId, { method: 'GET', route, path: '/public_api/me/packages', timeout });
  if (reply.kind === 'answered' && notOffered.includes(reply.status)) return { kind: 'not-offered' };
  const parsed =
    reply.kind === 'answered' && reply.status === 200 ? packagesAnswer.safeParse(reply.body) : undefined;
  if (parsed?.success !== true) throw replyError(reply, route);
  const packages = new Map<string, CheckPackage>();
  for (const checkPackage of parsed.data.map(toPackage)) {
    if (checkPackage !== null && !packages.has(checkPackage.id)) packages.set(checkPackage.id, checkPackage);
  }
  return { kind: 'listed', packages: [...packages.values()] };
};

const toPackage = (item: unknown): CheckPackage | null => {
  const { data } = packageItem.safeParse(item);
  const id = data?.package_id ?? data?.id ?? null;
  return id === null ? null : { id: id as PackageId, name: data?.name?.slice(0, 200).toWellFormed() || id };
};
